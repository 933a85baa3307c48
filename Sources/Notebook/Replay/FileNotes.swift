import Files
import Tensor

extension FilePermissions {
  /// What a replay may do with files, run from the current folder.
  package func access() -> FileAccess {
    // Without its folder a run touches nothing.
    (try? SandboxedAccess(folder: ".", permissions: self) { MemoryBudget.allows($0) }) ?? FileAccess()
  }
}

/// What a run says at its end about files.
package enum FileNotes {
  /// A line each for what was written and not kept, and for what was removed and is still there.
  package static func lines(_ files: FileAccess) -> [String] {
    let (written, removed) = files.notKept
    var lines: [String] = []
    if !written.isEmpty {
      let verb = written.count == 1 ? "was" : "were"
      lines.append(
        "\(listed(written)) \(verb) not kept; \(option(written)) keeps \(written.count == 1 ? "it" : "them")")
    }
    if !removed.isEmpty {
      let verb = removed.count == 1 ? "is" : "are"
      lines.append(
        "\(listed(removed)) \(verb) still there; \(option(removed)) removes \(removed.count == 1 ? "it" : "them")")
    }
    return lines
  }

  /// The first few names.
  private static func listed(_ names: [String]) -> String {
    if names.count == 1 { return names[0] }
    if names.count <= 6 { return names.dropLast().joined(separator: ", ") + " and " + names.last! }
    return names.prefix(5).joined(separator: ", ") + " and \(names.count - 5) more files"
  }

  /// The option that keeps them: of the notebook's own folder, or of another one.
  private static func option(_ names: [String]) -> String {
    guard let other = names.first(where: { $0.hasPrefix("/") }) else { return "--allow-write" }
    return "--allow-write=\(Path.split(other).folder)"
  }
}
