import Files

/// What runs cells one after another in one namespace.
package protocol CellRunner: AnyObject {
  /// Receives what a cell prints and displays.
  var write: (String) -> Void { get set }

  /// What cells may do with files; nothing, until it is set.
  var files: FileAccess { get set }

  /// Begins the random streams from a seed; torch's as `torch.manual_seed` does.
  func seed(_ seed: UInt64)

  /// Runs a cell and displays its last expression; nil when it ended well.
  func run(_ cell: CellSource) -> CellError?
}
