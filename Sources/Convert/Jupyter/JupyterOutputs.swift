import Notebook

/// The outputs of a code cell: Jupyter's bundles by media type on one side, record lines and image files on the other.
enum JupyterOutputs {
  // MARK: From Jupyter

  /// What a cell's outputs come to in a notebook file.
  struct Imported {
    var records: [Record] = []
    var images: [Document.File] = []
    var notes: [String] = []
  }

  /// `imagePath` gives the path of the cell's `n`th image (counted from 1), by its ending.
  static func imported(_ outputs: [JSON], imagePath: (_ n: Int, _ ending: String) -> String) -> Imported {
    var result = Imported()
    var printed = ""
    func flush() {
      result.records += Record.lines(output: Array(printed.utf8), error: nil)
      printed = ""
    }
    func startLine() { if !printed.isEmpty, !printed.hasSuffix("\n") { printed += "\n" } }
    for output in outputs {
      switch output["output_type"]?.string {
      case "stream":
        let text = JupyterCell.text(output["text"])
        if output["name"]?.string == "stderr" {
          let count = text.split(separator: "\n").count
          result.notes.append("what it wrote to standard error is left out (\(count) \(count == 1 ? "line" : "lines"))")
        } else {
          printed += text
        }
      case "execute_result", "display_data":
        let data = output["data"] ?? .object([])
        if let image = image(in: data) {
          let path = ownPath(of: output, ending: image.ending) ?? imagePath(result.images.count + 1, image.ending)
          result.images.append(Document.File(path: path, bytes: image.bytes))
          continue
        }
        // `<IPython.core.display.HTML object>` says nothing of what was shown.
        let isEmpty =
          data["text/html"] != nil && JupyterCell.text(data["text/plain"]).hasPrefix("<IPython.core.display")
        let kept = ["text/plain", "text/markdown", "text/latex"].first {
          data[$0] != nil && !(isEmpty && $0 == "text/plain")
        }
        let others = (data.members ?? []).map(\.key).filter { $0 != kept && $0 != "text/plain" && !isImage($0) }
        if !others.isEmpty {
          let what = "its output as \(others.joined(separator: ", ")) is left out"
          result.notes.append(kept == nil ? what : what + "; its text is kept")
        }
        guard let kept else { continue }
        startLine()
        printed += JupyterCell.text(data[kept]) + "\n"
      case "error":
        startLine()
        flush()
        let name = output["ename"]?.string ?? "Error"
        let message = withoutPlace(output["evalue"]?.string ?? "", ofError: name)
        result.records += Record.lines(output: [], error: message.isEmpty ? name : "\(name): \(message)")
      case let other:
        result.notes.append("its output of type \(other ?? "unknown") is left out")
      }
    }
    flush()
    return result
  }

  /// The path that `exported` wrote down, if it stays within the notebook's folder.
  private static func ownPath(of output: JSON, ending: String) -> String? {
    guard let path = output["metadata"]?["tnb"]?["file"]?.string, LocalFiles.isInside(path),
      path.hasSuffix(".\(ending)")
    else { return nil }
    return path
  }

  /// Python puts the place of a syntax error behind its message; IPython's is a file that nobody has.
  private static func withoutPlace(_ message: String, ofError name: String) -> String {
    guard ["SyntaxError", "IndentationError", "TabError"].contains(name), message.hasSuffix(")"),
      let open = message.lastIndex(of: "("), message[open...].contains(", line "), open > message.startIndex
    else { return message }
    return String(message[..<message.index(before: open)])
  }

  private static let imageEndings = [
    ("image/png", "png"), ("image/jpeg", "jpg"), ("image/gif", "gif"), ("image/webp", "webp"), ("image/svg+xml", "svg"),
  ]

  private static func isImage(_ mediaType: String) -> Bool { imageEndings.contains { $0.0 == mediaType } }

  private static func image(in data: JSON) -> (ending: String, bytes: [UInt8])? {
    for (mediaType, ending) in imageEndings {
      guard let value = data[mediaType] else { continue }
      if let bytes = bytes(of: value, mediaType: mediaType) { return (ending, bytes) }
    }
    return nil
  }

  /// The bytes of an image in JSON: base64, but for SVG, which is text.
  static func bytes(of value: JSON, mediaType: String) -> [UInt8]? {
    let text = JupyterCell.text(value)
    return mediaType == "image/svg+xml" ? Array(text.utf8) : Base64.decode(text)
  }

  static func ending(ofMediaType mediaType: String) -> String? { imageEndings.first { $0.0 == mediaType }?.1 }

  static func mediaType(ofEnding ending: String) -> String? {
    ending == "jpeg" ? "image/jpeg" : imageEndings.first { $0.1 == ending }?.0
  }

  // MARK: To Jupyter

  /// `isResult` says that the printed lines are the displayed value of the cell; `file` gives the bytes of an image.
  static func exported(
    _ content: CellContent, isResult: Bool, count: JSON, file: (String) -> [UInt8]?
  ) -> [JSON] {
    var outputs: [JSON] = []
    var images = content.images.compactMap { image(at: $0, file: file) }
    for run in runs(of: content.records) {
      let text = run.map(\.text).joined(separator: "\n")
      switch run[0].kind {
      case .output where isResult:
        outputs.append(
          .object([
            .init("output_type", .string("execute_result")), .init("execution_count", count),
            .init("metadata", .object([])),
            .init("data", .object([.init("text/plain", JupyterCell.lines(text))])),
          ]))
      case .output:
        outputs.append(
          .object([
            .init("output_type", .string("stream")), .init("name", .string("stdout")),
            .init("text", JupyterCell.lines(text + "\n")),
          ]))
      case .error:
        // What ended the cell comes last.
        outputs += images + [error(text)]
        images = []
      }
    }
    return outputs + images
  }

  /// Lines of one kind that stand together.
  private static func runs(of records: [Record]) -> [[Record]] {
    var runs: [[Record]] = []
    for record in records {
      if runs.last?.first?.kind == record.kind { runs[runs.count - 1].append(record) } else { runs.append([record]) }
    }
    return runs
  }

  private static func error(_ text: String) -> JSON {
    let first = text.prefix { $0 != "\n" }
    let name = first.prefix { $0 != ":" }
    let hasMessage = text.dropFirst(name.count).hasPrefix(": ")
    let ename = hasMessage ? String(name) : String(first)
    let evalue = hasMessage ? String(text.dropFirst(name.count + 2)) : String(text.dropFirst(first.count + 1))
    let shown = "\u{1B}[31m\(ename)\u{1B}[39m" + (evalue.isEmpty ? "" : ": \(evalue)")
    return .object([
      .init("output_type", .string("error")), .init("ename", .string(ename)), .init("evalue", .string(evalue)),
      .init("traceback", .array([.string(shown)])),
    ])
  }

  private static func image(at path: String, file: (String) -> [UInt8]?) -> JSON? {
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let mediaType = mediaType(ofEnding: ending), let bytes = file(path) else { return nil }
    let value: JSON =
      mediaType == "image/svg+xml"
      ? JupyterCell.lines(String(decoding: bytes, as: UTF8.self)) : .string(Base64.encode(bytes))
    return .object([
      .init("output_type", .string("display_data")),
      .init("data", .object([.init(mediaType, value)])),
      .init("metadata", .object([.init("tnb", .object([.init("file", .string(path))]))])),
    ])
  }
}
