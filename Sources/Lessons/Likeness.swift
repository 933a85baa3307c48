/// How much of two texts is the same: tells a lesson's cell that the learner changed from something else.
enum Likeness {
  /// From 0 for nothing to 1 for equal texts.
  static func of(_ a: String, _ b: String) -> Double {
    let a = Array(a.utf8.filter { $0 != 0x20 && $0 != 0x0A })
    let b = Array(b.utf8.filter { $0 != 0x20 && $0 != 0x0A })
    if a == b { return 1 }
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    // Beyond this a comparison takes longer than a key may.
    guard a.count * b.count <= 4_000_000 else { return a.prefix(2000).elementsEqual(b.prefix(2000)) ? 1 : 0 }
    var row = [Int](repeating: 0, count: b.count + 1)
    for x in a {
      var diagonal = 0
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = x == y ? diagonal + 1 : max(above, row[j])
        diagonal = above
      }
    }
    return 2 * Double(row[b.count]) / Double(a.count + b.count)
  }
}
