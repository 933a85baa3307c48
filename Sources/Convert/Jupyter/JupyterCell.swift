import Notebook

/// A cell of a Jupyter notebook, as JSON, and what it holds.
enum JupyterCell {
  /// A text that is written as one string or as a list of lines.
  static func text(_ value: JSON?) -> String {
    switch value {
    case .string(let text): text
    case .array(let lines): lines.map { $0.string ?? "" }.joined()
    default: ""
    }
  }

  /// A text as a list of lines, as Jupyter writes it.
  static func lines(_ text: String) -> JSON {
    guard !text.isEmpty else { return .array([]) }
    var lines: [JSON] = []
    var line: [UInt8] = []
    for byte in text.utf8 {
      line.append(byte)
      guard byte == UInt8(ascii: "\n") else { continue }
      lines.append(.string(String(decoding: line, as: UTF8.self)))
      line.removeAll(keepingCapacity: true)
    }
    if !line.isEmpty { lines.append(.string(String(decoding: line, as: UTF8.self))) }
    return .array(lines)
  }

  // MARK: Metadata

  /// Keys that say how an editor shows a cell or when it ran; they are left out quietly.
  private static let passing: Set<String> = [
    "collapsed", "scrolled", "ExecuteTime", "execution", "executionInfo", "colab", "outputId", "id", "jupyter",
    "jp-MarkdownHeadingCollapsed", "heading_collapsed", "hidden", "trusted", "pycharm", "vscode", "_cell_guid", "_uuid",
    "papermill", "editable", "deletable", "run_control", "colab_type", "tnb", "title", "tags", "code_folding",
    "language",
    "cell_id", "deepnote_cell_type", "execution_start", "execution_millis", "source_hash", "lines_to_next_cell",
    "inputHidden", "outputHidden", "hide_input", "init_cell", "ein.tags", "autoscroll", "ein.hycell",
  ]

  /// Keys for which the format prescribes the type of the value.
  private static let typed: Set<String> = ["tags", "name", "format", "jupyter", "execution", "collapsed", "scrolled"]

  private static let raises = "raises-exception"

  static func readMetadata(_ metadata: JSON, into content: inout CellContent, notes: inout [String]) {
    let name = metadata["title"]?.string ?? metadata["name"]?.string ?? ""
    if !name.isEmpty {
      var named = content
      named.name = name
      if named.fitsMark { content = named } else { notes.append("its name is left out: \(name)") }
    }
    var tags = metadata["tags"]?.array ?? []
    if content.records.contains(where: { $0.kind == .error }) { tags.removeAll { $0 == .string(raises) } }
    if !tags.isEmpty { add("tags", .array(tags), to: &content, notes: &notes) }
    for member in metadata.members ?? [] where !passing.contains(member.key) {
      if member.key == "name", member.value.string == content.name { continue }
      add(member.key, member.value, to: &content, notes: &notes)
    }
  }

  private static func add(_ key: String, _ value: JSON, to content: inout CellContent, notes: inout [String]) {
    var extended = content
    let isWord = value.string.map { !$0.isEmpty && JSON.value(ofOption: $0) == value } ?? false
    let isPlain = isWord || value.string != nil
    extended.options.append(.init(key: key, value: isPlain ? value.string! : value.compactText()))
    if extended.fitsMark, JSON.value(ofOption: extended.options.last!.value) == value {
      content = extended
    } else {
      notes.append("its metadata \(key) is left out")
    }
  }

  static func metadata(of content: CellContent) -> JSON {
    var metadata = JSON.object([])
    if !content.name.isEmpty { metadata["title"] = .string(content.name) }
    for option in content.options {
      let value = JSON.value(ofOption: option.value)
      if typed.contains(option.key) {
        guard option.key == "tags", let tags = value.array, tags.allSatisfy({ $0.string != nil }),
          Set(tags.map { $0.string! }).count == tags.count
        else { continue }
      }
      metadata[option.key] = value
    }
    if content.records.contains(where: { $0.kind == .error }) {
      var tags = metadata["tags"]?.array ?? []
      if !tags.contains(.string(raises)) { tags.append(.string(raises)) }
      metadata["tags"] = .array(tags)
    }
    if content.kind == .raw, let format = content.options.first(where: { $0.key == "format" }) {
      metadata["format"] = .string(format.value)
    }
    return metadata
  }

  // MARK: Identity

  /// A cell's identifier: a digest of what it holds, so that the same notebook gives the same file; `used` counts those that
  /// are taken.
  static func identifier(of content: CellContent, used: inout [String: Int]) -> String {
    // FNV-1a
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in (content.kind == .code ? "c" : "m").utf8 + Array(content.source.utf8) {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    let digits = String(hash >> 32, radix: 16)
    let identifier = String(repeating: "0", count: 8 - digits.utf8.count) + digits
    used[identifier, default: 0] += 1
    return used[identifier]! > 1 ? "\(identifier)-\(used[identifier]!)" : identifier
  }
}

extension JSON {
  /// What an option of a mark says, read as JSON where it is some (`true`, `3`, `["a"]`), else as text.
  static func value(ofOption text: String) -> JSON {
    guard let first = text.first, "[{0123456789-tfn".contains(first),
      let value = try? JSON.parse(Array(text.utf8), path: "")
    else { return .string(text) }
    if case .null = value, text != "null" { return .string(text) }
    return value
  }
}
