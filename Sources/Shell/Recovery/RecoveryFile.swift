import Glibc
import Notebook

/// A notebook that a session writes as it goes, so that nothing is lost when the process is killed: each cell is appended
/// before it runs, what it gave afterwards.
///
/// The file is made with the first cell, and locked as long as the session lives; one that nobody has locked is a session's
/// that did not end by itself. A blank line ends a cell: without it, the cell was running.
package final class RecoveryFile {
  package let folder: String
  private let header: [UInt8]
  private var path: String?
  private var descriptor: Int32 = -1

  /// The cells of the session before, when it was left without being saved.
  private static let lastName = "last.tnb"

  package init(folder: String, seed: UInt64) {
    self.folder = folder
    header = NotebookWriter.header(seed: seed) + [0x0A]
  }

  deinit {
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// A cell is about to run.
  package func begin(_ code: String) {
    guard open() else { return }
    // A cell that a notebook cannot hold is at least no reason not to keep the others.
    let text =
      (try? NotebookWriter.code(code, path: "")) ?? Array("# %%\n# (a cell that a notebook cannot hold)\n".utf8)
    _ = writeAll(text, to: descriptor)
  }

  /// It ran.
  package func end(_ records: [Record]) {
    guard descriptor >= 0 else { return }
    _ = writeAll(NotebookWriter.records(records) + [0x0A], to: descriptor)
  }

  /// Other cells than before make the session: a new file takes the place of the one there is.
  package func rewrite(_ cells: [(code: String, records: [Record])]) {
    let (old, oldPath) = (descriptor, path)
    guard old >= 0, let oldPath else { return }
    descriptor = -1
    for cell in cells {
      begin(cell.code)
      end(cell.records)
    }
    if descriptor < 0, !cells.isEmpty {
      // No new one can be made: the old one is better than none.
      (descriptor, path) = (old, oldPath)
      return
    }
    unlink(oldPath)
    Glibc.close(old)
  }

  /// The session ends by itself. What it did not save is kept until another session ends in this way.
  package func close(keeping: Bool) {
    guard descriptor >= 0, let path else { return }
    if keeping { rename(path, "\(folder)/\(Self.lastName)") } else { unlink(path) }
    Glibc.close(descriptor)
    descriptor = -1
    self.path = nil
  }

  private func open() -> Bool {
    if descriptor >= 0 { return true }
    guard UserFiles.make(folder) else { return false }
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let path = "\(folder)/\(time.tv_sec)-\(time.tv_nsec)-\(getpid()).tnb"
    descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    self.path = path
    flock(descriptor, LOCK_EX | LOCK_NB)
    _ = writeAll(header, to: descriptor)
    return true
  }

  // MARK: Sessions that ended otherwise

  /// A session whose process is gone.
  package struct Lost {
    package let path: String
    /// When it last wrote, in seconds since 1970.
    package let seconds: Int
    package let notebook: Notebook
    /// The code of the cell that was running.
    package let unfinished: String?

    /// The cells that ended.
    package var finished: [NotebookCell] {
      let cells = notebook.cells.filter(\.isRunnable)
      return unfinished == nil ? cells : Array(cells.dropLast())
    }
  }

  /// The sessions in a folder that ended without a word, the newest first.
  package static func lost(in folder: String) -> [Lost] {
    names(in: folder).filter { $0 != lastName }.compactMap { read("\(folder)/\($0)", mustBeUnlocked: true) }
      .sorted { $0.seconds > $1.seconds }
  }

  /// The session before, left without being saved.
  package static func last(in folder: String) -> Lost? { read("\(folder)/\(lastName)", mustBeUnlocked: false) }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".tnb") { names.append(name) }
    }
    return names
  }

  private static func read(_ path: String, mustBeUnlocked: Bool) -> Lost? {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { Glibc.close(descriptor) }
    if mustBeUnlocked, flock(descriptor, LOCK_EX | LOCK_NB) != 0 { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, let bytes = readAll(from: descriptor),
      let notebook = try? Notebook(bytes, path: path)
    else { return nil }
    let cells = notebook.cells.filter(\.isRunnable)
    guard let last = cells.last else {
      // Nothing was lost with it.
      if mustBeUnlocked { unlink(path) }
      return nil
    }
    let isFinished = bytes.suffix(2) == [0x0A, 0x0A]
    return Lost(
      path: path, seconds: status.st_mtim.tv_sec, notebook: notebook,
      unfinished: isFinished ? nil : String(decoding: last.source, as: UTF8.self))
  }
}
