import CFiles
import Glibc

/// What the command line allows a replay beyond its notebook's folder.
package struct FilePermissions {
  /// `--allow-write`: what is written in the notebook's folder goes to the disk.
  package var writesOwnFolder = false
  /// `--allow-read=DIR`, absolute.
  package private(set) var readable: [String] = []
  /// `--allow-write=DIR`, absolute.
  package private(set) var writable: [String] = []

  package init() {}

  /// Takes an option: `--allow-write`, `--allow-write=DIR` or `--allow-read=DIR`; false when it is none of them.
  package mutating func take(_ option: String) throws(FileError) -> Bool {
    if option == "--allow-write" {
      writesOwnFolder = true
    } else if option.hasPrefix("--allow-write=") {
      writable.append(try FilePermissions.folder(String(option.dropFirst("--allow-write=".count))))
    } else if option.hasPrefix("--allow-read=") {
      readable.append(try FilePermissions.folder(String(option.dropFirst("--allow-read=".count))))
    } else {
      return false
    }
    return true
  }

  /// A folder as it is named from here: a run goes to its notebook's.
  private static func folder(_ path: String) throws(FileError) -> String {
    guard let text = realpath(path, nil) else { throw .last(path) }
    defer { free(text) }
    var status = stat()
    guard stat(text, &status) == 0 else { throw .last(path) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw FileError(ENOTDIR, path) }
    return String(cString: text)
  }
}
