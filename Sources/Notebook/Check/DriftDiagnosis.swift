/// Why cells give other output than a notebook records, as far as a comparison can tell.
struct DriftDiagnosis {
  /// Lines for the reader; none when the differences say all there is to say.
  private(set) var lines: [String] = []

  init(_ notebook: Notebook, _ results: [Replay.Result], _ cells: [FileReport.Cell]) {
    func fails(_ i: Int) -> Bool { if case .failed = cells[i].outcome { true } else { false } }
    guard results.indices.contains(where: fails) else { return }
    let roots = DriftTrace(results, fails: fails).roots
    for root in roots {
      if !root.followers.isEmpty {
        let first = roots.count == 1 ? "the first to differ" : "where a difference begins"
        lines.append(
          "\(cells[root.cell].title) is \(first); what it made is used in \(Self.list(root.followers, cells))")
      }
      lines += Self.reasons(notebook, results, root.cell, title: cells[root.cell].title)
    }
  }

  private static func reasons(
    _ notebook: Notebook, _ results: [Replay.Result], _ cell: Int, title: String
  ) -> [String] {
    let result = results[cell]
    guard !result.tookTooLong,
      let drift = NumericDrift(expected: notebook.cells[result.index].records, actual: result.records)
    else { return [] }
    if drift.isRounding {
      return [
        "the numbers of \(title) differ \(drift.description) at most: likely the same sums in another "
          + "order, as another processor, number of threads or version of a library gives"
      ]
    }
    guard let source = results[...cell].last(where: \.drewRandomNumbers) else { return [] }
    let who = "\(title) \(source.index == result.index ? "draws" : "comes after cells that draw") random numbers"
    let isSeeded =
      notebook.header.seed != nil
      || results[...cell].contains {
        $0.source.string.contains("manual_seed") || $0.source.string.contains("set_rng_state")
      }
    guard isSeeded else {
      return [
        "\(who), and nothing seeds them: a line `# seed: 42` in the header and `tnb update` make them the same each time"
      ]
    }
    return ["\(who): the seed is another than when it was recorded, or more or fewer numbers are drawn above it"]
  }

  /// `cell 4`, `cells 4 and 7`, `cells 4, 7 and 9 more`.
  private static func list(_ followers: [Int], _ cells: [FileReport.Cell]) -> String {
    let most = 6
    var names = followers.prefix(most).map { cells[$0].title.dropFirst("cell ".count) }.map(String.init)
    if followers.count > most { names.append("\(followers.count - most) more") }
    guard names.count > 1 else { return "cell \(names[0])" }
    return "cells \(names.dropLast().joined(separator: ", ")) and \(names.last!)"
  }
}
