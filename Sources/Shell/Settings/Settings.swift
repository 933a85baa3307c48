import Notebook

/// What a user can set, kept in a file of `name = value` lines.
package final class Settings {
  /// A setting, declared once.
  package struct Declaration {
    package let name: String
    package let standard: Value
    package let summary: String
  }

  package enum Value: Equatable {
    case bool(Bool)
    /// An amount of memory.
    case bytes(Int)

    /// As Python writes it.
    package var text: String {
      switch self {
      case .bool(let value): value ? "True" : "False"
      case .bytes(let count): count % (1 << 30) == 0 ? "\(count >> 30) GiB" : "\(count >> 20) MiB"
      }
    }

    /// What is allowed, in words.
    var kind: String {
      switch self {
      case .bool: "True or False"
      case .bytes: "an amount of memory such as 1 GiB or 200 MiB"
      }
    }

    /// `200 MiB`, `1GiB`, `0`.
    private static func byteCount(_ text: String) -> Int? {
      let digits = text.prefix { $0.isNumber }
      guard let number = Int(digits), number >= 0, number < 1 << 20 else { return nil }
      switch String(text.dropFirst(digits.count)).trimmingSpace().lowercased() {
      case "gib", "gb", "g": return number << 30
      case "mib", "mb", "m": return number << 20
      case "": return number == 0 ? 0 : nil
      default: return nil
      }
    }

    /// Reads a value of the same kind.
    func reading(_ text: String) -> Value? {
      switch self {
      case .bool:
        switch text.lowercased() {
        case "true", "1", "yes", "on": .bool(true)
        case "false", "0", "no", "off": .bool(false)
        default: nil
        }
      case .bytes:
        Self.byteCount(text).map { .bytes($0) }
      }
    }
  }

  package static let declarations: [Declaration] = [
    Declaration(
      name: "undo_memory", standard: .bytes(1 << 30), summary: "how much memory what %undo brings back may take"),
    Declaration(
      name: "confirm_exit", standard: .bool(true), summary: "ask before Ctrl-D leaves a session that is not saved"),
    Declaration(name: "color", standard: .bool(true), summary: "show code, errors and prompts in colour"),
    Declaration(name: "banner", standard: .bool(true), summary: "greet at the start"),
  ]

  /// nil: kept in memory only.
  package let path: String?
  private var values: [String: Value] = [:]
  /// Lines of the file that are no settings of this version, which are written back.
  private var others: [String] = []

  package init(path: String? = nil) {
    self.path = path
    guard let path, let bytes = try? readFile(path) else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1).map { String($0).trimmingSpace() }
      if parts.count == 2, let declaration = Self.declaration(parts[0]),
        let value = declaration.standard.reading(parts[1])
      {
        values[parts[0]] = value
      } else {
        others.append(String(line))
      }
    }
  }

  package static func declaration(_ name: String) -> Declaration? { declarations.first { $0.name == name } }

  package subscript(name: String) -> Value? { values[name] ?? Self.declaration(name)?.standard }

  package var confirmsExit: Bool { self["confirm_exit"] == .bool(true) }
  package var usesColor: Bool { self["color"] == .bool(true) }
  package var undoMemory: Int {
    if case .bytes(let count)? = self["undo_memory"] { count } else { 1 << 30 }
  }
  package var showsBanner: Bool { self["banner"] == .bool(true) }

  /// Sets and writes a setting.
  package func set(_ name: String, _ text: String) throws(CommandError) {
    guard let declaration = Self.declaration(name) else {
      throw CommandError("there is no setting \(name)", hint: "%config lists them")
    }
    guard let value = declaration.standard.reading(text) else {
      throw CommandError("\(name) is \(declaration.standard.kind), not \(text)")
    }
    values[name] = value
    guard let path else { return }
    let lines = others + Self.declarations.compactMap { item in values[item.name].map { "\(item.name) = \($0.text)" } }
    do throws(NotebookError) {
      if let slash = path.lastIndex(of: "/") { _ = UserFiles.make(String(path[..<slash])) }
      try replaceFile(path, with: Array((lines.joined(separator: "\n") + "\n").utf8))
    } catch {
      throw CommandError("the setting holds for this session, but cannot be written: \(error.description)")
    }
  }
}
