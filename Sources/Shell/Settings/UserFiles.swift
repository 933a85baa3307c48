import Glibc

/// Where the shell keeps what outlives it, by the XDG base directory specification.
package enum UserFiles {
  /// History and recovery: `$XDG_STATE_HOME/tnb`, else `~/.local/state/tnb`. nil without a home.
  package static func state() -> String? { folder("XDG_STATE_HOME", ".local/state") }

  /// Settings: `$XDG_CONFIG_HOME/tnb`, else `~/.config/tnb`.
  package static func configuration() -> String? { folder("XDG_CONFIG_HOME", ".config") }

  private static func folder(_ variable: String, _ standard: String) -> String? {
    // The specification has relative paths ignored.
    if let value = getenv(variable).map({ String(cString: $0) }), value.hasPrefix("/") { return value + "/tnb" }
    guard let home = getenv("HOME").map({ String(cString: $0) }), home.hasPrefix("/") else { return nil }
    return "\(home)/\(standard)/tnb"
  }

  /// Makes a folder and those above it; only its owner may look into it.
  package static func make(_ folder: String) -> Bool {
    if access(folder, F_OK) == 0 { return true }
    if let slash = folder.lastIndex(of: "/"), slash > folder.startIndex, !make(String(folder[..<slash])) {
      return false
    }
    return mkdir(folder, 0o700) == 0 || errno == EEXIST
  }

  /// The absolute path with links followed; as it is where there is no such file.
  package static func absolute(_ path: String) -> String {
    guard let text = realpath(path, nil) else { return path }
    defer { free(text) }
    return String(cString: text)
  }

  /// A path with a leading `~` replaced.
  package static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }
}
