/// What checking one file gave.
package struct FileReport {
  package let path: String
  package var cells: [Cell] = []
  /// Lines that were passed over.
  package var notes: [String] = []
  /// Why cells differ, as far as that can be told.
  package var diagnosis: [String] = []
  /// What was written and not kept.
  package var fileNotes: [String] = []
  /// The file could not be read, or what it is compared with.
  package var error: NotebookError?
  package var isInterrupted = false

  /// A cell that has code.
  package struct Cell {
    /// `cell 3 "weights"`.
    package let title: String
    /// Of the first line of code.
    package let line: Int
    package var seconds = 0.0
    package var outcome: Outcome
  }

  package enum Outcome {
    case passed
    case failed(Failure)
    /// A cell above it took too long.
    case notRun
  }

  /// How a cell failed.
  package enum Failure {
    /// The output is not what the file records; and where an error that was not expected came from.
    case differs(RecordDiff, diagnostic: String?)
    /// It looks as the file records, and these values are not what they were, to the last bit; none of them: the digests were
    /// recorded for other code.
    case bits([String])
    /// It was stopped after so many seconds.
    case tookTooLong(limit: Double)
  }

  package init(path: String) { self.path = path }

  package var passed: Int { cells.reduce(0) { if case .passed = $1.outcome { $0 + 1 } else { $0 } } }
  package var failed: Int { cells.reduce(0) { if case .failed = $1.outcome { $0 + 1 } else { $0 } } }
  package var notRun: Int { cells.count - passed - failed }

  package var status: ExitStatus {
    if isInterrupted { return .interrupted }
    if error != nil { return .usage }
    return failed > 0 ? .failure : .success
  }

  /// A line for the file, then what differs.
  package func rendered() -> String {
    if let error { return "\(error.description)\n" }
    if isInterrupted { return "\(path): interrupted\n" }
    let notes = fileNotes.map { "  \($0)\n" }.joined()
    guard failed > 0 else { return "\(path): \(Self.cells(cells.count)) passed\n" + notes }
    var text = "\(path): \(failed) of \(Self.cells(cells.count)) failed\n"
    for cell in cells {
      guard case .failed(let failure) = cell.outcome else { continue }
      text += "  \(path):\(cell.line): \(cell.title) \(failure.summary)\n"
      for line in failure.details { text += "    \(line)\n" }
    }
    if notRun > 0 { text += "  \(Self.cells(notRun)) below \(notRun == 1 ? "was" : "were") not run\n" }
    for line in diagnosis { text += "  \(line)\n" }
    return text + notes
  }

  private static func cells(_ count: Int) -> String { "\(count) \(count == 1 ? "cell" : "cells")" }
}

extension FileReport.Failure {
  /// What follows the cell's name.
  var summary: String {
    switch self {
    case .differs: "differs (- recorded, + now)"
    case .bits([]): "was changed since its bits were recorded (`tnb update --bits` records them anew)"
    case .bits(let names): "has other bits than recorded in \(names.map(Self.spoken).joined(separator: ", "))"
    case .tookTooLong(let limit): "took longer than \(PrintedDecimal.short(limit)) s and was stopped"
    }
  }

  /// The name of a digest for a reader.
  private static func spoken(_ name: String) -> String {
    switch name {
    case "=": "the displayed value"
    case "random()": "the random generator"
    default: name
    }
  }

  /// The lines below it.
  var details: [String] {
    switch self {
    case .differs(let diff, let diagnostic):
      diff.rendered(indent: "").lines + (diagnostic.map { Array($0.lines.dropFirst()) } ?? [])
    case .bits, .tookTooLong: []
    }
  }
}

extension String {
  /// The lines, without the empty one behind the last line break.
  var lines: [String] {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}

extension PrintedDecimal {
  /// `2` of 2.0, `0.5` of 0.5.
  static func short(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
