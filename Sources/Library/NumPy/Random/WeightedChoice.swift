import Runtime

/// Positions drawn with probabilities, as `choice(p=…)` of both kinds of streams draws them; `uniform` gives the next number in [0, 1).
enum WeightedChoice {
  /// Each position may come again.
  static func repeated(_ weights: [Double], _ wanted: Int, _ uniform: () -> Double) -> [Int] {
    let bounds = cumulative(weights)
    return (0..<wanted).map { _ in ReductionFunctions.search(bounds, uniform(), right: true) }
  }

  /// Different positions: those drawn twice are drawn again, with the rest of the weights.
  static func distinct(
    _ weights: [Double], _ wanted: Int, _ uniform: () -> Double
  ) throws(ExceptionObject) -> [Int] {
    if weights.filter({ $0 > 0 }).count < wanted { throw .value("Fewer non-zero entries in p than size") }
    var (weights, found) = (weights, [Int]())
    while found.count < wanted {
      let draws = (0..<(wanted - found.count)).map { _ in uniform() }
      for i in found { weights[i] = 0 }
      let bounds = cumulative(weights)
      var seen = Set<Int>()
      for x in draws {
        let i = ReductionFunctions.search(bounds, x, right: true)
        if seen.insert(i).inserted { found.append(i) }
      }
    }
    return found
  }

  /// The running sums, the last of them one.
  private static func cumulative(_ weights: [Double]) -> [Double] {
    var total = 0.0
    let sums = weights.map { weight -> Double in
      total += weight
      return total
    }
    return sums.map { $0 / total }
  }
}
