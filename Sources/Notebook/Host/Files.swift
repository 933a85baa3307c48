import Glibc

/// Writes all of `bytes`; gives the error number when that fails.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  bytes.withUnsafeBytes { buffer in
    var offset = 0
    while offset < buffer.count {
      let count = write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
      if count > 0 {
        offset += count
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }
}

/// Everything that can be read from an open file; nil and `errno` when that fails.
package func readAll(from descriptor: Int32) -> [UInt8]? {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    if count > 0 {
      bytes += chunk[..<count]
    } else if count == 0 {
      return bytes
    } else if errno != EINTR {
      return nil
    }
  }
}

/// Reads lines as they come, for who acts on each before the next is there.
package final class LineReader {
  private let descriptor: Int32
  private var buffer: ArraySlice<UInt8> = []
  private var isAtEnd = false

  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next line without its ending; nil at the end.
  package func next() -> [UInt8]? {
    var searched = buffer.startIndex
    while true {
      if let newline = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { buffer = buffer[(newline + 1)...] }
        let line = buffer[..<newline]
        return Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
      }
      if isAtEnd {
        defer { buffer = [] }
        return buffer.isEmpty ? nil : Array(buffer)
      }
      let count = buffer.count
      fill()
      searched = buffer.startIndex + count
    }
  }

  /// What was read ahead of the lines that were given.
  package var rest: [UInt8] { Array(buffer) }

  private func fill() {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &chunk, chunk.count)
    if count > 0 {
      buffer = Array(buffer)[...] + chunk[..<count]
    } else if count == 0 || errno != EINTR {
      isAtEnd = true
    }
  }
}

/// "No such file or directory" and the like.
package func message(ofError number: Int32) -> String { String(cString: strerror(number)) }

/// The bytes of a file.
package func readFile(_ path: String) throws(NotebookError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw NotebookError(path: path, message(ofError: errno)) }
  defer { close(descriptor) }
  guard let bytes = readAll(from: descriptor) else { throw NotebookError(path: path, message(ofError: errno)) }
  return bytes
}

/// The `.tnb` files at or below each path: a file as it is given, a folder searched in order of name, hidden ones left out.
package func notebookFiles(at paths: [String]) throws(NotebookError) -> [String] {
  var files: [String] = []
  for path in paths {
    var status = stat()
    guard stat(path, &status) == 0 else { throw NotebookError(path: path, message(ofError: errno)) }
    if status.st_mode & S_IFMT == S_IFDIR {
      let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
      try collectNotebooks(in: trimmed, into: &files, depth: 0)
    } else {
      files.append(path)
    }
  }
  return files
}

private func collectNotebooks(in folder: String, into files: inout [String], depth: Int) throws(NotebookError) {
  guard let directory = opendir(folder) else { throw NotebookError(path: folder, message(ofError: errno)) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if !name.hasPrefix(".") { names.append(name) }
  }
  closedir(directory)
  for name in names.sorted() {
    let path = "\(folder)/\(name)"
    var status = stat()
    // A link to a folder is not followed: it may lead back up.
    guard lstat(path, &status) == 0 else { continue }
    if status.st_mode & S_IFMT == S_IFDIR {
      // PATH_MAX ends any real tree long before.
      if depth < 200 { try collectNotebooks(in: path, into: &files, depth: depth + 1) }
    } else if name.hasSuffix(".tnb") {
      files.append(path)
    }
  }
}

/// Runs `body` with the folder of `path` as the current one, as what a cell opens is named from there.
package func inFolder<Result>(of path: String, _ body: () -> Result) -> Result {
  guard path.contains("/") else { return body() }
  let folder = parentFolder(of: path)
  let before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard before >= 0 else { return body() }
  defer {
    _ = fchdir(before)
    close(before)
  }
  _ = chdir(folder)
  return body()
}
