import Notebook

/// Writes `.ipynb` notebooks of Jupyter's format 4.5.
///
/// What Jupyter has no place for (names of marks, blank lines, line ends, a header) goes into members named `tnb` of the
/// metadata, and only where the way back would not give it by itself.
struct JupyterWriter {
  private let notebook: Notebook
  private let file: (String) -> [UInt8]?
  private let newline: String

  /// `file` gives the bytes of an image that the notebook names.
  static func write(_ notebook: Notebook, file: @escaping (String) -> [UInt8]?) -> [UInt8] {
    JupyterWriter(notebook, file: file).root().text()
  }

  private init(_ notebook: Notebook, file: @escaping (String) -> [UInt8]?) {
    self.notebook = notebook
    self.file = file
    let lines = notebook.cells.flatMap { [$0.mark].compactMap(\.self) + $0.lines }
    let ended = lines.filter { !$0.isUnfinished }
    newline = !ended.isEmpty && ended.allSatisfy { $0.ending == .carriageReturnNewline } ? "\r\n" : "\n"
  }

  private func root() -> JSON {
    let cells = notebook.shownCells
    var head = String(decoding: notebook.head, as: UTF8.self)
    if cells.count < notebook.cells.count { for line in notebook.cells[0].lines { head += line.ending.rawValue } }
    var own = JSON.object([])
    if !head.isEmpty { own["head"] = .string(head) }
    if newline == "\r\n" { own["newline"] = .string(newline) }
    if let last = cells.last, (last.lines.last ?? last.mark)?.isUnfinished == true { own["unfinished"] = .bool(true) }

    let shapes = OutputShapes(notebook)
    let isRun = notebook.cells.contains { !$0.records.isEmpty }
    var used: [String: Int] = [:]
    var result: [JSON] = []
    if let preamble = PythonPreamble(notebook, for: .jupyter).text {
      result.append(self.preamble(preamble, used: &used))
    }
    var count = 0
    for (i, cell) in cells.enumerated() {
      if cell.isRunnable { count += 1 }
      let isLast = i == cells.count - 1
      let number: JSON = isRun && cell.isRunnable ? .int(count) : .null
      result.append(
        self.cell(cell, isFirst: i == 0, isLast: isLast, isResult: shapes.isResult(cell), count: number, used: &used))
    }
    var metadata = JSON.object([
      .init(
        "kernelspec",
        .object([
          .init("display_name", .string("Python 3 (ipykernel)")), .init("language", .string("python")),
          .init("name", .string("python3")),
        ])),
      .init(
        "language_info",
        .object([
          .init("name", .string("python")), .init("file_extension", .string(".py")),
          .init("mimetype", .string("text/x-python")), .init("pygments_lexer", .string("ipython3")),
        ])),
    ])
    if let title = notebook.header.title, !title.isEmpty { metadata["title"] = .string(title) }
    if own != .object([]) { metadata["tnb"] = own }
    return .object([
      .init("cells", .array(result)), .init("metadata", metadata), .init("nbformat", .int(4)),
      .init("nbformat_minor", .int(5)),
    ])
  }

  private func preamble(_ text: String, used: inout [String: Int]) -> JSON {
    let content = CellContent(kind: .code, source: text)
    return .object([
      .init("cell_type", .string("code")), .init("execution_count", .null),
      .init("id", .string(JupyterCell.identifier(of: content, used: &used))),
      .init("metadata", .object([.init("tnb", .object([.init("preamble", .bool(true))]))])),
      .init("outputs", .array([])), .init("source", JupyterCell.lines(text)),
    ])
  }

  private func cell(
    _ cell: NotebookCell, isFirst: Bool, isLast: Bool, isResult: Bool, count: JSON, used: inout [String: Int]
  ) -> JSON {
    let content = CellContent(cell)
    var metadata = JupyterCell.metadata(of: content)
    let source = content.kind == .code ? IPythonCode.exported(content.source) : content.source
    var result = JSON.object([
      .init("cell_type", .string(content.kind == .code ? "code" : content.kind == .raw ? "raw" : "markdown")),
      .init("id", .string(JupyterCell.identifier(of: content, used: &used))),
      .init("metadata", metadata), .init("source", JupyterCell.lines(source)),
    ])
    if content.kind == .code {
      result["execution_count"] = count
      result["outputs"] = .array(JupyterOutputs.exported(content, isResult: isResult, count: count, file: file))
    }

    let (body, blanks) = bodyAndBlanks(cell)
    var own = JSON.object([])
    if blanks != (isLast ? 0 : 1) { own["blank"] = .int(blanks) }
    // Only the way back can tell whether it gives the same.
    let returned = JupyterReader.content(of: result, number: 1, codeNumber: 1, filesFolder: "").content.text()
    if withNewlines(returned) != body { own["text"] = .string(body) }
    if own != .object([]) {
      metadata["tnb"] = own
      result["metadata"] = metadata
    }
    return result
  }

  private func withNewlines(_ text: String) -> String {
    newline == "\n" ? text : text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: newline)
  }

  /// A cell's text up to its last line that is not empty, and the number of empty lines behind. A line without an end, which
  /// can only be a file's last, gets one.
  private func bodyAndBlanks(_ cell: NotebookCell) -> (String, Int) {
    var lines = [cell.mark].compactMap(\.self) + cell.lines
    var blanks = 0
    while lines.count > 1, let last = lines.last, last.text.isEmpty, last.ending.rawValue == newline {
      lines.removeLast()
      blanks += 1
    }
    var text: [UInt8] = []
    for line in lines { text += line.text + (line.ending == .none ? newline : line.ending.rawValue).utf8 }
    return (String(decoding: text, as: UTF8.self), blanks)
  }

  /// Whether a cell of a notebook says what a cell in JSON says, whose contents are known: then its text may stand for it.
  static func isSame(_ cell: NotebookCell, as json: JSON, content: CellContent) -> Bool {
    let written = CellContent(cell)
    let source = written.kind == .code ? IPythonCode.exported(written.source) : written.source
    // Not every record comes back as it was, so both sides have to be what comes back.
    let outputs = JupyterOutputs.exported(written, isResult: false, count: .null) { _ in nil }
    func records(_ outputs: [JSON]) -> [Record] { JupyterOutputs.imported(outputs) { _, _ in "" }.records }
    return written.kind == content.kind && source.droppingBlankEnd == JupyterCell.text(json["source"]).droppingBlankEnd
      && records(outputs) == records(json["outputs"]?.array ?? []) && content.images.allSatisfy(written.images.contains)
  }
}
