/// Finds the name that a misspelt one probably meant.
package enum NearName {
  /// The nearest candidate, nil when none is near: at most a third of the letters differ, as in CPython's suggestions.
  package static func nearest(to wanted: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(wanted.utf8)
    // Beyond this a comparison costs more than it is worth.
    guard letters.count >= 2, letters.count <= 40 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != wanted {
      // `__len__` is no help to who wrote `len_`.
      if candidate.hasPrefix("_") != wanted.hasPrefix("_") { continue }
      let other = Array(candidate.utf8)
      let limit = min((letters.count + other.count + 3) / 6, (best?.distance ?? .max) - 1)
      guard limit > 0, abs(letters.count - other.count) <= limit else { continue }
      let distance = self.distance(letters, other)
      if distance <= limit || best.map({ distance == $0.distance && candidate < $0.name }) ?? false {
        best = (candidate, distance)
      }
    }
    return best?.name
  }

  /// Letters to insert, delete, replace or swap with their neighbour; a change of case counts as well.
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        var cost = min(previous[j + 1], row[j]) + 1
        cost = min(cost, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforePrevious[j - 1] + 1) }
        row.append(cost)
      }
      (beforePrevious, previous) = (previous, row)
    }
    return previous[b.count]
  }
}
