/// The report that continuous integration reads: a test suite for each notebook, a test case for each cell.
package struct JUnitReport {
  private var suites = ""
  private var tests = 0
  private var failures = 0
  private var errors = 0
  private var skipped = 0
  private var seconds = 0.0

  package init() {}

  /// The element of one file, to be handed to `add`.
  package static func suite(_ report: FileReport) -> String {
    let path = Markup.escape(report.path)
    if let error = report.error { return broken(report.path, error.description) }
    if report.isInterrupted { return broken(report.path, "interrupted") }
    let time = report.cells.reduce(0) { $0 + $1.seconds }
    var text =
      "  <testsuite name=\"\(path)\" tests=\"\(report.cells.count)\" failures=\"\(report.failed)\" errors=\"0\""
      + " skipped=\"\(report.notRun)\" time=\"\(Self.time(time))\">\n"
    for cell in report.cells {
      text +=
        "    <testcase classname=\"\(path)\" name=\"\(Markup.escape(cell.title))\" file=\"\(path)\" line=\"\(cell.line)\""
        + " time=\"\(Self.time(cell.seconds))\""
      switch cell.outcome {
      case .passed: text += "/>\n"
      case .notRun: text += "><skipped message=\"a cell above took too long\"/></testcase>\n"
      case .failed(let failure):
        let details = failure.details.map { $0 + "\n" }.joined()
        text += "><failure message=\"\(Markup.escape(failure.summary))\">"
        text += "\(Markup.escape("\(report.path):\(cell.line)\n" + details))</failure></testcase>\n"
      }
    }
    if !report.diagnosis.isEmpty {
      text += "    <system-out>\(Markup.escape(report.diagnosis.joined(separator: "\n")))</system-out>\n"
    }
    return text + "  </testsuite>\n"
  }

  /// The element of a file that could not be checked.
  package static func broken(_ path: String, _ message: String) -> String {
    let path = Markup.escape(path)
    return """
        <testsuite name="\(path)" tests="1" failures="0" errors="1" skipped="0" time="0.000">
          <testcase classname="\(path)" name="notebook" file="\(path)" time="0.000"><error message="\(Markup.escape(message))"/></testcase>
        </testsuite>

      """
  }

  /// Adds a file's element.
  package mutating func add(_ suite: String, passed: Int, failed: Int, errors: Int = 0, notRun: Int, seconds: Double) {
    suites += suite
    tests += passed + failed + errors + notRun
    failures += failed
    self.errors += errors
    skipped += notRun
    self.seconds += seconds
  }

  /// The whole file.
  package var text: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"tnb check\" tests=\"\(tests)\" failures=\"\(failures)\""
      + " errors=\"\(errors)\" skipped=\"\(skipped)\" time=\"\(Self.time(seconds))\">\n\(suites)</testsuites>\n"
  }

  /// Seconds with three decimals.
  private static func time(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }
}
