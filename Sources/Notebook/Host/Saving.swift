import CKernels
import Glibc

/// What may become of a file that is there already.
package enum Overwriting {
  case always
  /// Only while it holds the bytes that were read; a file that is gone is written anew.
  case unchanged(since: [UInt8])
  case never
}

/// Writes a file so that a failure, a full disk or a crash leaves what was there: a new file beside it gets the bytes, is
/// brought to the disk, and takes the name. Mode, owner and extended attributes are kept, and so are links: the target of a
/// symbolic one is what is replaced, and a file that has several names, or stands where no file can be made beside it, is
/// written in place.
///
/// Throws when `overwriting` forbids it; nothing is written then.
package func replaceFile(
  _ path: String, with bytes: [UInt8], overwriting: Overwriting = .always
) throws(NotebookError) {
  do throws(SavingFailure) {
    try Saving(path: path, bytes: bytes, overwriting: overwriting).run()
  } catch {
    throw NotebookError(path: path, error.text)
  }
}

private enum SavingFailure: Error {
  case changed
  case exists
  case system(Int32)

  var text: String {
    switch self {
    case .changed: "changed on disk since it was read; nothing was written"
    case .exists: "exists; nothing was written"
    case .system(let number): message(ofError: number)
    }
  }
}

private struct Saving {
  let path: String
  let bytes: [UInt8]
  let overwriting: Overwriting

  func run() throws(SavingFailure) {
    let target = followingLinks(path)
    var old = stat()
    guard stat(target, &old) == 0 else { return try replace(target, old: nil) }
    guard old.st_mode & S_IFMT == S_IFREG else {
      if old.st_mode & S_IFMT == S_IFDIR { throw .system(EISDIR) }
      return try writeThrough(target)
    }
    switch overwriting {
    case .always: break
    case .never: throw .exists
    case .unchanged(let before):
      guard let now = try? readFile(target), now == before else { throw .changed }
    }
    // Another name of the file would keep the old contents.
    if old.st_nlink > 1 { return try writeInPlace(target) }
    try replace(target, old: old)
  }

  /// By way of a new file.
  private func replace(_ target: String, old: stat?) throws(SavingFailure) {
    var temporary = ""
    var descriptor: Int32 = -1
    for attempt in 0..<100 {
      temporary = "\(target).\(getpid())\(attempt == 0 ? "" : "-\(attempt)").tmp"
      // Until the mode is set nobody else may read what may be private.
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, old == nil ? 0o666 : 0o600)
      if descriptor >= 0 || errno != EEXIST { break }
    }
    guard descriptor >= 0 else {
      let failure = errno
      if old != nil, failure == EACCES || failure == EPERM { return try writeInPlace(target) }
      throw .system(failure)
    }
    var failure = writeAll(bytes, to: descriptor)
    if let old, failure == nil {
      // Only root can give a file away; what others write stays theirs.
      _ = fchown(descriptor, old.st_uid, old.st_gid)
      tnb_copy_attributes(target, descriptor)
      if fchmod(descriptor, old.st_mode & 0o7777) != 0 { failure = errno }
    }
    if failure == nil, fsync(descriptor) != 0, errno != EINVAL { failure = errno }
    if close(descriptor) != 0, failure == nil { failure = errno }
    if failure == nil { failure = move(temporary, to: target, isNew: old == nil) }
    guard let failure else { return syncFolder(of: target) }
    unlink(temporary)
    // A file that is mounted by itself, as containers do, cannot be replaced.
    if failure == EBUSY, old != nil { return try writeInPlace(target) }
    if failure == EEXIST { throw .exists }
    throw .system(failure)
  }

  /// Gives the error number when that fails: `EEXIST` when the file came into being meanwhile and may not be overwritten.
  private func move(_ temporary: String, to target: String, isNew: Bool) -> Int32? {
    if isNew, case .never = overwriting {
      if link(temporary, target) == 0 {
        unlink(temporary)
        return nil
      }
      // Some file systems know no second names.
      if errno != EPERM, errno != EOPNOTSUPP, errno != ENOSYS { return errno }
    }
    return rename(temporary, target) == 0 ? nil : errno
  }

  private func writeInPlace(_ target: String) throws(SavingFailure) {
    let descriptor = open(target, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno) }
    defer { close(descriptor) }
    // The room is there before the first byte of the old contents goes.
    let noRoom = posix_fallocate(descriptor, 0, off_t(max(bytes.count, 1)))
    if noRoom == ENOSPC || noRoom == EFBIG { throw .system(noRoom) }
    if let failure = writeAll(bytes, to: descriptor) { throw .system(failure) }
    guard ftruncate(descriptor, off_t(bytes.count)) == 0, fsync(descriptor) == 0 else { throw .system(errno) }
  }

  /// For a device or a pipe, which has no contents to lose.
  private func writeThrough(_ target: String) throws(SavingFailure) {
    let descriptor = open(target, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno) }
    defer { close(descriptor) }
    if let failure = writeAll(bytes, to: descriptor) { throw .system(failure) }
  }

  /// The new name has to be on the disk too.
  private func syncFolder(of target: String) {
    let folder = open(parentFolder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    _ = fsync(folder)
    close(folder)
  }
}

/// The folder that a path's last part stands in; `.` for a bare name.
package func parentFolder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The path with its links followed, also where the last one leads to a file that is not there yet.
private func followingLinks(_ path: String) -> String {
  var path = path
  for _ in 0..<40 {
    if let text = realpath(path, nil) {
      defer { free(text) }
      return String(cString: text)
    }
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count - 1)
    guard count > 0 else { break }
    let link = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = link.hasPrefix("/") ? link : parentFolder(of: path) + "/" + link
  }
  return path
}
