import CFiles
import Glibc

/// The files of a notebook that is replayed: it reads some folders and what is below them, and nothing else. What it writes
/// goes to the disk only in folders that were opened for that; elsewhere it goes to an overlay, which the run reads back and
/// which is dropped with this object.
package final class SandboxedAccess: FileAccess {
  private let roots: [Root]
  private var overlay = Overlay()
  private let allowsMemory: (Int) -> Bool

  static let outsideHint = "hint: a replay touches its notebook's folder alone; --allow-read=DIR adds a folder"
  private static let plainHint = "hint: a replay opens plain files alone"

  /// Reads `folder` (a path that exists), where relative paths begin, and the folders of `permissions`. `allowsMemory` says
  /// whether the overlay may take so many bytes more.
  package init(
    folder: String, permissions: FilePermissions, allowsMemory: @escaping (Int) -> Bool
  ) throws(FileError) {
    var roots = [try Root(folder, isWritable: permissions.writesOwnFolder)]
    for more in permissions.readable { roots.append(try Root(more, isWritable: false)) }
    for more in permissions.writable { roots.append(try Root(more, isWritable: true)) }
    self.roots = roots
    self.allowsMemory = allowsMemory
    super.init()
  }

  private func place(_ path: String, followingLast: Bool = true) throws(FileError) -> Place {
    try PathWalk.place(of: path, followingLast: followingLast, roots: roots, overlay: overlay)
  }

  /// Whether what is written there goes to the disk.
  private func isWritable(_ place: Place) -> Bool {
    roots.contains { $0.isWritable && Path.contains($0.path, place.path) }
  }

  // MARK: Opening

  package override func open(_ path: String, _ mode: OpenMode) throws(FileError) -> OpenFile {
    if path == "/dev/null" { return NullFile() }
    let place = try place(path)
    if place.isFolder { throw FileError(EISDIR, path) }
    if mode.isExclusive, case .missing = place.kind {} else if mode.isExclusive { throw FileError(EEXIST, path) }
    if mode.writes, !isWritable(place) { return try openInOverlay(place, mode, path) }
    switch place.kind {
    case .made(let contents): return MemoryFile(contents, path: path)
    case .missing, .madeFolder:
      guard mode.creates, let parent = place.parent else { throw FileError(ENOENT, path) }
      return try openOnDisk(parent, place.name, mode, path)
    case .disk: return try openOnDisk(place.parent!, place.name, mode, path)
    }
  }

  private func openOnDisk(
    _ parent: Descriptor, _ name: String, _ mode: OpenMode, _ path: String
  ) throws(FileError) -> OpenFile {
    let descriptor = tnb_open_below(parent.number, name, mode.flags, 0o666)
    guard descriptor >= 0 else { throw .last(path) }
    let file = DescriptorFile(descriptor, path: path)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last(path) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(EISDIR, path) }
    // A FIFO would wait, a device does things; /proc shows the process itself.
    guard status.st_mode & S_IFMT == S_IFREG, !tnb_is_kernel_file(descriptor) else {
      throw FileError(EACCES, path, hint: SandboxedAccess.plainHint)
    }
    return file
  }

  private func openInOverlay(_ place: Place, _ mode: OpenMode, _ path: String) throws(FileError) -> OpenFile {
    switch place.kind {
    case .made(let contents):
      if mode.truncates { _ = contents.resize(to: 0) }
      return MemoryFile(contents, path: path)
    case .missing, .madeFolder:
      guard mode.creates else { throw FileError(ENOENT, path) }
      return MemoryFile(make(at: place), path: path)
    case .disk:
      guard !mode.truncates else { return MemoryFile(make(at: place), path: path) }
      return MemoryFile(try copy(place, path), path: path)
    }
  }

  private func make(at place: Place) -> MemoryContents {
    let contents = MemoryContents(allows: allowsMemory)
    overlay[place.path] = .file(contents)
    return contents
  }

  /// Brings a file of the disk into the overlay, to be changed there.
  private func copy(_ place: Place, _ path: String) throws(FileError) -> MemoryContents {
    let source = try openOnDisk(place.parent!, place.name, .read, path)
    let contents = MemoryContents(allows: allowsMemory)
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var failure: FileError?
    chunk.withUnsafeMutableBytes { buffer in
      do throws(FileError) {
        var offset = 0
        while case let count = try source.read(at: offset, into: buffer), count > 0 {
          guard contents.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), at: offset) else {
            throw FileError(.memory, path)
          }
          offset += count
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    overlay[place.path] = .file(contents)
    return contents
  }

  package override func replace(_ path: String) throws(FileError) -> PendingFile {
    if path == "/dev/null" { return PendingFile(NullFile()) { _ in nil } }
    let place = try place(path)
    if place.isFolder { throw FileError(EISDIR, path) }
    if isWritable(place) {
      guard let parent = place.parent else { throw FileError(ENOENT, path) }
      if case .disk(let status) = place.kind, status.st_mode & S_IFMT != S_IFREG {
        throw FileError(EACCES, path, hint: SandboxedAccess.plainHint)
      }
      return try Replacement.begin(in: parent, name: place.name, path: path)
    }
    let contents = MemoryContents(allows: allowsMemory)
    return PendingFile(MemoryFile(contents, path: path)) { [unowned self] isComplete in
      if isComplete { overlay[place.path] = .file(contents) }
      return nil
    }
  }

  // MARK: Looking

  package override func status(_ path: String, followingLinks: Bool = true) throws(FileError) -> FileStatus {
    if path == "/dev/null" { return FileStatus(.other) }
    switch try place(path, followingLast: followingLinks).kind {
    case .missing: throw FileError(ENOENT, path)
    case .made(let contents): return FileStatus(.file, size: contents.count, modified: contents.modified)
    case .madeFolder: return FileStatus(.folder)
    case .disk(let status): return FileStatus(status)
    }
  }

  package override func names(in path: String) throws(FileError) -> [String] {
    let place = try place(path)
    if case .missing = place.kind { throw FileError(ENOENT, path) }
    guard place.isFolder else { throw FileError(ENOTDIR, path) }
    return try names(in: place, path)
  }

  private func names(in place: Place, _ path: String) throws(FileError) -> [String] {
    let (made, removed) = overlay.names(in: place.path)
    guard let folder = place.folder else { return made.sorted() }
    let descriptor = tnb_open_below(folder.number, ".", O_RDONLY | O_DIRECTORY, 0)
    guard descriptor >= 0 else { throw .last(path) }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      throw .last(path)
    }
    return Set(Folder.names(stream)).subtracting(removed).union(made).sorted()
  }

  package override func resolved(_ path: String) throws(FileError) -> String {
    let place = try place(path)
    if case .missing = place.kind { throw FileError(ENOENT, path) }
    return place.path
  }

  package override var currentFolder: String { roots[0].path }

  // MARK: Changing

  package override func makeFolder(_ path: String) throws(FileError) {
    let place = try place(path, followingLast: false)
    guard case .missing = place.kind else { throw FileError(EEXIST, path) }
    if isWritable(place) {
      guard let parent = place.parent, mkdirat(parent.number, place.name, 0o777) == 0 else { throw .last(path) }
      return
    }
    let wasRemoved = if case .removed = overlay[place.path] { true } else { false }
    overlay[place.path] = .folder(hidesDisk: wasRemoved)
  }

  package override func removeFile(_ path: String) throws(FileError) {
    let place = try place(path, followingLast: false)
    if place.isFolder { throw FileError(EISDIR, path) }
    if case .missing = place.kind { throw FileError(ENOENT, path) }
    if isWritable(place) {
      guard let parent = place.parent, unlinkat(parent.number, place.name, 0) == 0 else { throw .last(path) }
      return
    }
    hide(place)
  }

  package override func removeFolder(_ path: String) throws(FileError) {
    let place = try place(path, followingLast: false)
    if case .missing = place.kind { throw FileError(ENOENT, path) }
    guard place.isFolder else { throw FileError(ENOTDIR, path) }
    guard !place.name.isEmpty else { throw FileError(EBUSY, path) }
    if isWritable(place) {
      guard let parent = place.parent, unlinkat(parent.number, place.name, AT_REMOVEDIR) == 0 else {
        throw .last(path)
      }
      return
    }
    guard try names(in: place, path).isEmpty else { throw FileError(ENOTEMPTY, path) }
    overlay.clear(below: place.path)
    hide(place)
  }

  /// Lets a path be missing from now on.
  private func hide(_ place: Place) {
    overlay[place.path] = isOnDisk(place.path) ? .removed : nil
  }

  /// Whether the disk has something there, whatever the overlay says.
  private func isOnDisk(_ path: String) -> Bool {
    guard let place = try? PathWalk.place(of: path, followingLast: false, roots: roots, overlay: Overlay()) else {
      return false
    }
    if case .missing = place.kind { return false }
    return true
  }

  package override func rename(_ path: String, to target: String) throws(FileError) {
    let from = try place(path, followingLast: false)
    let to = try place(target, followingLast: false)
    if case .missing = from.kind { throw FileError(ENOENT, path) }
    guard from.path != to.path else { return }
    switch (isWritable(from), isWritable(to)) {
    case (true, true):
      guard let old = from.parent, let new = to.parent, renameat(old.number, from.name, new.number, to.name) == 0
      else { throw .last(path) }
    case (false, false): try move(from, to, path)
    default: throw FileError(EXDEV, path)
    }
  }

  private func move(_ from: Place, _ to: Place, _ path: String) throws(FileError) {
    if from.isFolder {
      throw FileError(ENOTSUP, path, hint: "hint: a replay renames files, and folders only with --allow-write")
    }
    if to.isFolder { throw FileError(EISDIR, path) }
    let contents: MemoryContents
    if case .made(let made) = from.kind { contents = made } else { contents = try copy(from, path) }
    overlay[to.path] = .file(contents)
    hide(from)
  }

  // MARK: The end

  package override var notKept: (written: [String], removed: [String]) {
    var written: [String] = []
    var removed: [String] = []
    var folders: [String] = []
    for (path, node) in overlay.nodes {
      let name = Path.relative(path, to: currentFolder)
      switch node {
      case .file(let contents): if !isSame(contents, path) { written.append(name) }
      case .folder: folders.append(name + "/")
      case .removed: if isOnDisk(path) { removed.append(name) }
      }
    }
    // A folder is worth a word when nothing in it says so.
    for folder in folders where !(written + folders).contains(where: { $0 != folder && $0.hasPrefix(folder) }) {
      written.append(folder)
    }
    return (written.sorted(), removed.sorted())
  }

  /// Whether the disk holds the same.
  private func isSame(_ contents: MemoryContents, _ path: String) -> Bool {
    guard
      let place = try? PathWalk.place(of: path, followingLast: false, roots: roots, overlay: Overlay()),
      case .disk(let status) = place.kind, let parent = place.parent, Int(status.st_size) == contents.count,
      let file = try? openOnDisk(parent, place.name, .read, path)
    else { return false }
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var offset = 0
    return chunk.withUnsafeMutableBytes { buffer in
      while offset < contents.count {
        guard let count = try? file.read(at: offset, into: buffer), count > 0, offset + count <= contents.count,
          memcmp(buffer.baseAddress!, contents.buffer.baseAddress! + offset, count) == 0
        else { return false }
        offset += count
      }
      return true
    }
  }
}

extension Root {
  init(_ path: String, isWritable: Bool) throws(FileError) {
    guard let text = realpath(path, nil) else { throw .last(path) }
    defer { free(text) }
    let descriptor = Glibc.open(text, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last(path) }
    self.init(path: String(cString: text), folder: Descriptor(descriptor), isWritable: isWritable)
  }
}
