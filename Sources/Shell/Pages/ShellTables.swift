/// The tables of `docs/shell.md`: keys, commands and settings, from where they are declared.
package enum ShellTables {
  /// The page with its tables written anew. A table stands between `<!-- name -->` and `<!-- end -->` lines; all else is
  /// left alone.
  package static func update(_ page: String, keys: [KeyDescription]) -> String {
    var result: [String] = []
    var lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while let line = lines.popFirst() {
      result.append(line)
      guard let table = table(line, keys) else { continue }
      result += [""] + table + [""]
      lines = lines.drop { $0 != "<!-- end -->" }
    }
    return result.joined(separator: "\n")
  }

  private static func table(_ mark: String, _ keys: [KeyDescription]) -> [String]? {
    switch mark {
    case "<!-- keys -->":
      return rows(["key", "does"], keys.map { [code($0.keys.components(", ")), cell($0.does)] })
    case "<!-- commands -->":
      let all = CommandTable.all.sorted { $0.name < $1.name }
      return rows(
        ["command", "does"], all.map { [code([$0.synopsis] + $0.aliases.map { "%\($0)" }), cell($0.summary)] })
        + all.filter { !$0.help.isEmpty }.flatMap { ["", "**%\($0.name)** \($0.help)"] }
    case "<!-- settings -->":
      return rows(
        ["setting", "at first", "for"],
        Settings.declarations.map { [code([$0.name]), code([$0.standard.text]), cell($0.summary)] })
    default: return nil
    }
  }

  private static func rows(_ head: [String], _ rows: [[String]]) -> [String] {
    ([head, head.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
  }

  private static func code(_ texts: [String]) -> String {
    texts.map { "`\($0.replacing("|", with: "\\|"))`" }.joined(separator: ", ")
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
