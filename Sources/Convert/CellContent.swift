import Notebook

/// What a cell holds, without the way in which its file writes it.
struct CellContent: Equatable {
  enum Kind: Equatable {
    case code
    case markdown
    case raw
  }

  var kind: Kind
  var name = ""
  /// The options of its mark, without `images`.
  var options: [Option] = []
  /// Code, or prose without comment signs.
  var source = ""
  var records: [Record] = []
  /// Paths of the images among its outputs: the `output` options of its mark.
  var images: [String] = []

  struct Option: Equatable {
    var key: String
    var value: String
  }

  /// The option that names an image of a cell's output.
  static let imageKey = "output"

  init(kind: Kind, name: String = "", options: [Option] = [], source: String = "") {
    self.kind = kind
    self.name = name
    self.options = options
    self.source = source
  }

  init(_ cell: NotebookCell) {
    kind = cell.kind == .code ? .code : cell.isRaw ? .raw : .markdown
    name = cell.name
    for option in cell.options {
      if option.key == Self.imageKey, cell.kind == .code {
        images.append(option.value)
      } else {
        options.append(Option(key: option.key, value: option.value))
      }
    }
    source = cell.kind == .code ? String(decoding: cell.source, as: UTF8.self) : cell.prose
    records = cell.records
  }

  /// The cell as a notebook file writes it, with `\n` at the end of each line and no blank line at the end.
  ///
  /// `changedLines` gets the lines of strings that would be taken for marks, to which a space is added.
  func text(changedLines: inout [String]) -> String {
    let all = options.map { (key: $0.key, value: $0.value) } + images.map { (key: Self.imageKey, value: $0) }
    let mark = NotebookWriter.mark(kind: kind == .code ? .code : .prose, isRaw: kind == .raw, name: name, options: all)
    guard kind == .code else { return mark + "\n" + NotebookWriter.prose(source) }
    let (bytes, strings) = NotebookWriter.withoutMarks(source)
    changedLines += strings
    let code = String(decoding: bytes, as: UTF8.self)
    let records = String(decoding: NotebookWriter.records(records), as: UTF8.self)
    return mark + "\n" + (code.isEmpty ? "" : code + "\n") + records
  }

  func text() -> String {
    var lines: [String] = []
    return text(changedLines: &lines)
  }

  /// Whether a mark can hold a name and options so that they are read as they are.
  var fitsMark: Bool {
    let mark = NotebookWriter.mark(
      kind: kind == .code ? .code : .prose, isRaw: kind == .raw, name: name,
      options: options.map { (key: $0.key, value: $0.value) })
    let line = NotebookLine(text: Array(mark.utf8), ending: .newline)
    guard !mark.contains(where: \.isNewline) else { return false }
    let cell = CellContent(NotebookCell(mark: line, lines: [], firstLine: 2))
    return cell.name == name && cell.options == options && cell.kind == kind && cell.images.isEmpty
  }
}
