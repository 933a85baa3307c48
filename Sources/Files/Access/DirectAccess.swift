import CFiles
import Glibc

/// The files of the user who typed the cells: everything that the system allows.
package final class DirectAccess: FileAccess {
  package override func open(_ path: String, _ mode: OpenMode) throws(FileError) -> OpenFile {
    let descriptor = Glibc.open(path, mode.flags | O_CLOEXEC | O_NOCTTY, 0o666)
    guard descriptor >= 0 else { throw .last(path) }
    let file = DescriptorFile(descriptor, path: path)
    var status = stat()
    // A folder can be opened for reading, and cannot be read.
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { throw FileError(EISDIR, path) }
    return file
  }

  package override func status(_ path: String, followingLinks: Bool = true) throws(FileError) -> FileStatus {
    var status = stat()
    guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { throw .last(path) }
    return FileStatus(status)
  }

  package override func names(in path: String) throws(FileError) -> [String] {
    guard let folder = opendir(path) else { throw .last(path) }
    return Folder.names(folder)
  }

  package override func makeFolder(_ path: String) throws(FileError) {
    guard mkdir(path, 0o777) == 0 else { throw .last(path) }
  }

  package override func removeFile(_ path: String) throws(FileError) {
    guard unlink(path) == 0 else { throw .last(path) }
  }

  package override func removeFolder(_ path: String) throws(FileError) {
    guard rmdir(path) == 0 else { throw .last(path) }
  }

  package override func rename(_ path: String, to target: String) throws(FileError) {
    guard Glibc.rename(path, target) == 0 else { throw .last(path) }
  }

  package override func replace(_ path: String) throws(FileError) -> PendingFile {
    // A link stays: what it leads to is replaced.
    let target = (try? resolved(path)) ?? path
    let (folder, name) = Path.split(target)
    let parent = Glibc.open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { throw .last(path) }
    return try Replacement.begin(in: Descriptor(parent), name: name, path: path)
  }

  package override func resolved(_ path: String) throws(FileError) -> String {
    guard let text = realpath(path, nil) else { throw .last(path) }
    defer { free(text) }
    return String(cString: text)
  }

  package override var currentFolder: String { Folder.current }

  package override var homeFolder: String? { getenv("HOME").map { String(cString: $0) } }
}

/// A file descriptor, closed with its last reference.
final class Descriptor {
  let number: Int32
  init(_ number: Int32) { self.number = number }
  deinit { close(number) }
}

enum Folder {
  /// The process's current one.
  static var current: String {
    guard let text = getcwd(nil, 0) else { return "/" }
    defer { free(text) }
    return String(cString: text)
  }

  /// The names in an open folder, sorted; closes it.
  static func names(_ folder: OpaquePointer) -> [String] {
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// A file on disk is replaced by way of a new one beside it.
enum Replacement {
  nonisolated(unsafe) private static var count = 0

  /// `path` is for messages.
  static func begin(in folder: Descriptor, name: String, path: String) throws(FileError) -> PendingFile {
    var status = stat()
    let exists = fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw FileError(EISDIR, path) }
    if exists, faccessat(folder.number, name, W_OK, 0) != 0 { throw .last(path) }
    count += 1
    let temporary = ".\(name.utf8.count > 200 ? "file" : name).\(getpid())-\(count).tmp"
    // What is no plain file (a device) is written as it is, and so is a file whose folder takes no new ones.
    let isPlain = !exists || status.st_mode & S_IFMT == S_IFREG
    var descriptor =
      isPlain ? tnb_open_below(folder.number, temporary, O_WRONLY | O_CREAT | O_EXCL, 0o666) : -1
    if descriptor < 0 {
      if isPlain, !exists || errno != EACCES { throw .last(path) }
      descriptor = tnb_open_below(folder.number, name, O_WRONLY | O_TRUNC, 0o666)
      guard descriptor >= 0 else { throw .last(path) }
      return PendingFile(DescriptorFile(descriptor, path: path)) { _ in nil }
    }
    let mode = status.st_mode & 0o7777
    return PendingFile(DescriptorFile(descriptor, path: path)) { [descriptor] isComplete in
      guard isComplete else {
        unlinkat(folder.number, temporary, 0)
        return nil
      }
      if exists { fchmod(descriptor, mode) }
      guard renameat(folder.number, temporary, folder.number, name) == 0 else {
        let failure = FileError.last(path)
        unlinkat(folder.number, temporary, 0)
        return failure
      }
      return nil
    }
  }
}
