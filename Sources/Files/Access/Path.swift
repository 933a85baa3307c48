/// Paths as text.
package enum Path {
  /// What stands before the last slash and behind it: ("", p) without one, ("/", "") for the root.
  package static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  package static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Whether `path` is `folder` or stands below it; both absolute and without links.
  package static func contains(_ folder: String, _ path: String) -> Bool {
    path == folder || folder == "/" || path.hasPrefix(folder + "/")
  }

  /// `path` as it is named from `folder`, where it stands below it.
  package static func relative(_ path: String, to folder: String) -> String {
    guard contains(folder, path), path != folder else { return path }
    return String(path.dropFirst(folder == "/" ? 1 : folder.count + 1))
  }
}
