/// A file that is not a notebook, or that cannot be read or written: what is wrong, and in which line.
package struct NotebookError: Error, Equatable {
  package var path: String
  /// Counted from 1; nil when the file as a whole is meant.
  package var line: Int?
  package var message: String

  package init(path: String, line: Int? = nil, _ message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  /// `path:line: message`, the form that editors turn into a link.
  package var description: String {
    if let line { return "\(path):\(line): \(message)" }
    return "\(path): \(message)"
  }
}
