import CFiles
import Glibc

/// A folder whose contents a run may see.
struct Root {
  /// Absolute and without links.
  let path: String
  let folder: Descriptor
  /// What is written in it goes to the disk.
  let isWritable: Bool
}

/// Where a path leads within the roots.
struct Place {
  enum Kind {
    case missing
    case made(MemoryContents)
    case madeFolder
    /// Something on the disk.
    case disk(stat)
  }

  /// Absolute and without links.
  let path: String
  /// The folder on the disk that holds it; nil when only the overlay has that, and for a root itself.
  let parent: Descriptor?
  /// The last part of `path`.
  let name: String
  let kind: Kind
  /// The folder itself, where it is one that the disk has.
  let folder: Descriptor?

  var isFolder: Bool {
    switch kind {
    case .madeFolder: true
    case .disk(let status): status.st_mode & S_IFMT == S_IFDIR
    case .missing, .made: false
    }
  }
}

/// Goes along a path part by part. No step leaves the roots, whatever changes meanwhile: each folder is opened from the one
/// before it without following links, links are read and followed here, and `..` goes back to a folder that is open already.
struct PathWalk {
  private let roots: [Root]
  private let overlay: Overlay
  private let given: String
  private var links = 0
  /// What is still to go, the next part last.
  private var rest: [Substring]
  private var position: Position

  private struct Level {
    let path: String
    /// nil where only the overlay has the folder.
    let folder: Descriptor?
  }

  private enum Position {
    /// Outside all roots: an absolute path, in parts, of which nothing is known.
    case outside([Substring])
    /// The folders from a root down.
    case inside([Level])
  }

  /// Relative paths begin at the first root.
  static func place(
    of path: String, followingLast: Bool = true, roots: [Root], overlay: Overlay
  ) throws(FileError) -> Place {
    guard !path.isEmpty else { throw FileError(ENOENT, path) }
    guard path.utf8.count < Int(PATH_MAX) else { throw FileError(ENAMETOOLONG, path) }
    var walk = PathWalk(path, roots, overlay)
    return try walk.run(followingLast: followingLast)
  }

  private init(_ path: String, _ roots: [Root], _ overlay: Overlay) {
    self.roots = roots
    self.overlay = overlay
    given = path
    rest = path.split(separator: "/").reversed()
    position = .outside([])
    if !path.hasPrefix("/"), let first = roots.first {
      position = .inside([Level(path: first.path, folder: first.folder)])
    }
  }

  private mutating func run(followingLast: Bool) throws(FileError) -> Place {
    enterRoot()
    let mustBeFolder = given.hasSuffix("/")
    while let part = rest.popLast() {
      if part == "." { continue }
      if part == ".." {
        goUp()
        continue
      }
      guard case .inside(let levels) = position else {
        if case .outside(let parts) = position { position = .outside(parts + [part]) }
        enterRoot()
        continue
      }
      guard part.utf8.count <= Int(NAME_MAX) else { throw FileError(ENAMETOOLONG, given) }
      let level = levels[levels.count - 1]
      let path = Path.join(level.path, String(part))
      let isLast = rest.isEmpty
      switch try look(String(part), path, level) {
      case .made(let contents):
        guard isLast, !mustBeFolder else { throw FileError(ENOTDIR, given) }
        return Place(path: path, parent: nil, name: String(part), kind: .made(contents), folder: nil)
      case .madeFolder:
        position = .inside(levels + [Level(path: path, folder: try below(level, String(part), path))])
      case .missing:
        guard rest.allSatisfy({ $0 == "." }) else { throw FileError(ENOENT, given) }
        return Place(path: path, parent: level.folder, name: String(part), kind: .missing, folder: nil)
      case .disk(let status):
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
          position = .inside(levels + [Level(path: path, folder: try openFolder(level, String(part)))])
        case S_IFLNK where !isLast || followingLast || mustBeFolder:
          try follow(level, String(part))
        default:
          guard isLast, !mustBeFolder else { throw FileError(ENOTDIR, given) }
          return Place(path: path, parent: level.folder, name: String(part), kind: .disk(status), folder: nil)
        }
      }
    }
    return try folderPlace()
  }

  /// The path ended at a folder that was entered.
  private func folderPlace() throws(FileError) -> Place {
    guard case .inside(let levels) = position, let last = levels.last else {
      throw FileError(EACCES, given, hint: SandboxedAccess.outsideHint)
    }
    let parent = levels.count > 1 ? levels[levels.count - 2].folder : nil
    let name = levels.count > 1 ? Path.split(last.path).name : ""
    var status = stat()
    guard let folder = last.folder, fstat(folder.number, &status) == 0 else {
      return Place(path: last.path, parent: parent, name: name, kind: .madeFolder, folder: nil)
    }
    return Place(path: last.path, parent: parent, name: name, kind: .disk(status), folder: folder)
  }

  /// What stands under a name in a folder.
  private func look(_ name: String, _ path: String, _ level: Level) throws(FileError) -> Place.Kind {
    switch overlay[path] {
    case .file(let contents): return .made(contents)
    case .folder: return .madeFolder
    case .removed: return .missing
    case nil: break
    }
    guard let folder = level.folder else { return .missing }
    var status = stat()
    if fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return .disk(status) }
    guard errno == ENOENT else { throw .last(given) }
    return .missing
  }

  /// The disk's folder under one that the overlay made; nil where it has none, or it is hidden.
  private func below(_ level: Level, _ name: String, _ path: String) throws(FileError) -> Descriptor? {
    guard case .folder(hidesDisk: false) = overlay[path], let folder = level.folder else { return nil }
    let descriptor = tnb_open_folder(folder.number, name)
    return descriptor >= 0 ? Descriptor(descriptor) : nil
  }

  private func openFolder(_ level: Level, _ name: String) throws(FileError) -> Descriptor {
    let descriptor = tnb_open_folder(level.folder!.number, name)
    guard descriptor >= 0 else { throw .last(given) }
    return Descriptor(descriptor)
  }

  private mutating func follow(_ level: Level, _ name: String) throws(FileError) {
    links += 1
    guard links <= 40 else { throw FileError(ELOOP, given) }
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlinkat(level.folder!.number, name, &buffer, Int(PATH_MAX))
    guard count > 0 else { throw .last(given) }
    let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    rest += target.split(separator: "/").reversed()
    if target.hasPrefix("/") {
      position = .outside([])
      enterRoot()
    }
  }

  private mutating func goUp() {
    switch position {
    case .outside(let parts): position = .outside(parts.dropLast())
    case .inside(let levels):
      if levels.count > 1 {
        position = .inside(levels.dropLast())
      } else {
        position = .outside(levels[0].path.split(separator: "/").dropLast())
      }
    }
    enterRoot()
  }

  /// A path outside of all roots may come to one; one that is below a root goes there from it.
  private mutating func enterRoot() {
    guard case .outside(let parts) = position else { return }
    let path = "/" + parts.joined(separator: "/")
    let around = roots.filter { Path.contains($0.path, path) }
    guard let root = around.max(by: { $0.path.utf8.count < $1.path.utf8.count }) else { return }
    position = .inside([Level(path: root.path, folder: root.folder)])
    if root.path != path { rest += Path.relative(path, to: root.path).split(separator: "/").reversed() }
  }
}
