import Glibc

/// What a run wrote and removed without touching the disk, by absolute path without links.
struct Overlay {
  enum Node {
    case file(MemoryContents)
    /// `hidesDisk`: what the disk has below it is not there.
    case folder(hidesDisk: Bool)
    /// The disk has it, the run removed it.
    case removed
  }

  private(set) var nodes: [String: Node] = [:]

  subscript(path: String) -> Node? {
    get { nodes[path] }
    set { nodes[path] = newValue }
  }

  /// Names that were made in a folder, and those that were removed from it.
  func names(in folder: String) -> (made: [String], removed: Set<String>) {
    var made: [String] = []
    var removed: Set<String> = []
    let start = folder == "/" ? "/" : folder + "/"
    for (path, node) in nodes where path.hasPrefix(start) {
      let name = String(path.dropFirst(start.count))
      if name.utf8.contains(UInt8(ascii: "/")) { continue }
      if case .removed = node { removed.insert(name) } else { made.append(name) }
    }
    return (made, removed)
  }

  /// Forgets everything below a folder.
  mutating func clear(below folder: String) {
    for path in nodes.keys where path.hasPrefix(folder + "/") { nodes[path] = nil }
  }
}
