/// What ended a cell early.
package struct CellError: Error {
  /// The exception's class: `RuntimeError`.
  package var type: String
  package var message: String
  /// The calls that led to it, outermost first, as far as their code is known; the last is where it was raised.
  package var frames: [Frame]
  /// What may help: operands with their shapes, fixes that were tried.
  package var hints: [String]
  /// What a cell that ended the run with `SystemExit` asked for.
  package var exitStatus: ExitStatus?

  package struct Frame {
    /// The function's name; `<module>` for the cell itself.
    package var function: String
    package var source: CellSource
    /// Byte offsets into the source.
    package var range: Range<Int>

    package init(function: String, source: CellSource, range: Range<Int>) {
      self.function = function
      self.source = source
      self.range = range
    }
  }

  package init(
    type: String, message: String, frames: [Frame] = [], hints: [String] = [], exitStatus: ExitStatus? = nil
  ) {
    self.type = type
    self.message = message
    self.frames = frames
    self.hints = hints
    self.exitStatus = exitStatus
  }

  /// `Type: message`, as records keep it; the type alone when there is no message.
  package var summary: String { message.isEmpty ? type : "\(type): \(message)" }

  package var isInterrupt: Bool { type == "KeyboardInterrupt" }
}
