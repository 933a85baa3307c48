import Glibc

/// What cells may do with files. Everything that opens, looks up or changes a file for a cell asks this object, and nothing else
/// does: `open`, `os`, `pathlib`, `torch.save`, `np.load`.
///
/// This class itself refuses everything.
package class FileAccess {
  package init() {}

  /// Opens a file; a folder is refused with EISDIR.
  package func open(_ path: String, _ mode: OpenMode) throws(FileError) -> OpenFile { throw refusal(path) }
  /// What is known of a file; of the link itself, unless links are followed.
  package func status(_ path: String, followingLinks: Bool = true) throws(FileError) -> FileStatus {
    throw refusal(path)
  }
  /// The names in a folder, sorted, without `.` and `..`.
  package func names(in path: String) throws(FileError) -> [String] { throw refusal(path) }
  package func makeFolder(_ path: String) throws(FileError) { throw refusal(path) }
  package func removeFile(_ path: String) throws(FileError) { throw refusal(path) }
  /// The folder must be empty.
  package func removeFolder(_ path: String) throws(FileError) { throw refusal(path) }
  /// A file that is already there is replaced.
  package func rename(_ path: String, to target: String) throws(FileError) { throw refusal(path) }
  /// A new file that takes the place of `path` when it is complete: a failure leaves the old one whole.
  package func replace(_ path: String) throws(FileError) -> PendingFile { throw refusal(path) }
  /// The absolute path with every link followed, as far as the path exists.
  package func resolved(_ path: String) throws(FileError) -> String { throw refusal(path) }

  /// Where relative paths begin.
  package var currentFolder: String { "/" }
  /// The user's own folder, where cells may know it.
  package var homeFolder: String? { nil }
  /// What was written and is dropped, and what was removed and is still there, as paths below the current folder.
  package var notKept: (written: [String], removed: [String]) { ([], []) }

  /// Whether a path may be asked about at all.
  package final func knows(_ path: String) -> Bool {
    do throws(FileError) {
      _ = try status(path)
      return true
    } catch {
      return error.number != EACCES
    }
  }

  func refusal(_ path: String) -> FileError { FileError(EACCES, path, hint: "hint: this run may not touch files") }
}

/// A file that is being written and has not yet taken its place.
package final class PendingFile {
  package let file: OpenFile
  private let finish: (Bool) -> FileError?
  private var isDone = false

  /// `finish` is called once: with true to put the file into its place, with false to drop it.
  init(_ file: OpenFile, finish: @escaping (Bool) -> FileError?) {
    self.file = file
    self.finish = finish
  }

  deinit { if !isDone { _ = finish(false) } }

  /// Puts the file into its place.
  package func commit() throws(FileError) {
    guard !isDone else { return }
    isDone = true
    if let failure = finish(true) { throw failure }
  }
}
