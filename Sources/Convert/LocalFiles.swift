import Glibc
import Notebook

/// The files that a notebook may refer to: those in its folder and below.
enum LocalFiles {
  /// Larger files are no illustrations.
  private static let mostBytes = 64 << 20

  /// Whether a path stays within the folder that it starts from, as far as its text tells.
  static func isInside(_ path: String) -> Bool {
    guard !path.isEmpty, !path.hasPrefix("/"), !path.hasPrefix("~"), !path.contains("\0") else { return false }
    return !path.split(separator: "/", omittingEmptySubsequences: false).contains { $0 == ".." || $0.isEmpty }
  }

  /// The bytes of a file below `folder`; nil when there is none, or when a link leads out of the folder.
  static func read(_ path: String, in folder: String) -> [UInt8]? {
    guard isInside(path), let root = realpath(folder, nil) else { return nil }
    defer { free(root) }
    guard let target = realpath("\(folder)/\(path)", nil) else { return nil }
    defer { free(target) }
    let rootPath = String(cString: root)
    let targetPath = String(cString: target)
    guard targetPath.hasPrefix(rootPath == "/" ? "/" : rootPath + "/") else { return nil }
    var status = stat()
    guard stat(targetPath, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= mostBytes else {
      return nil
    }
    return try? readFile(targetPath)
  }

  /// Writes a file below `folder`, and the folders above it. One that is there already has to have these bytes, unless
  /// `overwriting`.
  static func write(_ file: Document.File, in folder: String, overwriting: Bool) throws(NotebookError) {
    let target = "\(folder)/\(file.path)"
    guard isInside(file.path) else { throw NotebookError(path: target, "leads out of the folder") }
    if let before = read(file.path, in: folder) {
      if before == file.bytes { return }
      guard overwriting else { throw NotebookError(path: target, "exists; nothing was written") }
    }
    var made = folder
    for part in file.path.split(separator: "/").dropLast() {
      made += "/\(part)"
      if mkdir(made, 0o777) != 0, errno != EEXIST { throw NotebookError(path: made, message(ofError: errno)) }
    }
    // A folder that is a link could lead elsewhere.
    guard let root = realpath(folder, nil), let parent = realpath(made, nil) else {
      throw NotebookError(path: target, message(ofError: errno))
    }
    defer {
      free(root)
      free(parent)
    }
    let rootPath = String(cString: root)
    guard (String(cString: parent) + "/").hasPrefix(rootPath == "/" ? "/" : rootPath + "/") else {
      throw NotebookError(path: target, "leads out of the folder")
    }
    try replaceFile(target, with: file.bytes)
  }
}
