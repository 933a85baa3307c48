import CFiles
import Glibc

/// How a file is opened.
package struct OpenMode: Equatable {
  package var reads: Bool
  package var writes: Bool
  /// Everything is written at the end.
  package var appends = false
  /// A file that is not there is made.
  package var creates = false
  /// What the file holds is dropped.
  package var truncates = false
  /// The file must not be there.
  package var isExclusive = false

  package init(reads: Bool = false, writes: Bool = false) {
    self.reads = reads
    self.writes = writes
  }

  package static let read = OpenMode(reads: true)
  /// A new file, or an old one's contents dropped.
  package static let write: OpenMode = {
    var mode = OpenMode(writes: true)
    mode.creates = true
    mode.truncates = true
    return mode
  }()

  /// The flags of open(2).
  var flags: Int32 {
    var flags = reads && writes ? O_RDWR : writes ? O_WRONLY : O_RDONLY
    if appends { flags |= O_APPEND }
    if creates { flags |= O_CREAT }
    if truncates { flags |= O_TRUNC }
    if isExclusive { flags |= O_EXCL }
    return flags
  }
}

/// What is known of a file without opening it.
package struct FileStatus {
  package enum Kind { case file, folder, link, other }

  package let kind: Kind
  package let size: Int
  /// Seconds since 1970.
  package let modified: Double
  /// The permission bits.
  package let mode: UInt32
  /// The device and the file's number on it; zeros for what is in no file system.
  package let device: UInt
  package let number: UInt

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFLNK: kind = .link
    default: kind = .other
    }
    size = Int(status.st_size)
    modified = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) * 1e-9
    mode = UInt32(status.st_mode & 0o7777)
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
  }

  init(_ kind: Kind, size: Int = 0, modified: Double = 0) {
    self.kind = kind
    self.size = size
    self.modified = modified
    mode = kind == .folder ? 0o755 : 0o644
    device = 0
    number = 0
  }
}
