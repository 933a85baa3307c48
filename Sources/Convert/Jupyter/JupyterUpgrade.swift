import Notebook

/// Notebooks of earlier versions of Jupyter's format in the shape of version 4, as `nbformat.convert` gives it.
enum JupyterUpgrade {
  /// The notebook in version 4. Throws for what is no notebook, or one of an unknown version.
  static func upgraded(_ root: JSON, path: String) throws(NotebookError) -> JSON {
    guard root.members != nil else { throw NotebookError(path: path, line: 1, "this is no Jupyter notebook") }
    let version = root["nbformat"]?.int ?? (root["cells"] != nil ? 4 : root["worksheets"] != nil ? 3 : 0)
    switch version {
    case 4:
      guard root["cells"]?.array != nil else { throw NotebookError(path: path, "this notebook has no cells") }
      return root
    case 2, 3:
      let cells = (root["worksheets"]?.array ?? []).flatMap { $0["cells"]?.array ?? [] }
      return .object([
        .init("cells", .array(cells.map(cell))), .init("metadata", root["metadata"] ?? .object([])),
        .init("nbformat", .int(4)), .init("nbformat_minor", .int(0)),
      ])
    case 0: throw NotebookError(path: path, line: 1, "this is no Jupyter notebook: it has no nbformat")
    default:
      throw NotebookError(path: path, "nbformat \(version) is not supported; this tnb reads versions 2 to 4")
    }
  }

  private static func cell(_ old: JSON) -> JSON {
    var new = old
    switch old["cell_type"]?.string {
    case "code":
      new["source"] = old["input"] ?? .string("")
      new["outputs"] = .array((old["outputs"]?.array ?? []).map(output))
      new["execution_count"] = old["prompt_number"] ?? .null
    case "heading":
      new["cell_type"] = .string("markdown")
      let level = min(max(old["level"]?.int ?? 1, 1), 6)
      let text = JupyterCell.text(old["source"]).split(separator: "\n").joined(separator: " ")
      new["source"] = .string(String(repeating: "#", count: level) + " " + text)
    case "html": new["cell_type"] = .string("markdown")
    case "plaintext": new["cell_type"] = .string("raw")
    default: break
    }
    return new
  }

  private static let mediaTypes = [
    "text": "text/plain", "html": "text/html", "svg": "image/svg+xml", "png": "image/png", "jpeg": "image/jpeg",
    "latex": "text/latex", "json": "application/json", "javascript": "application/javascript",
  ]

  private static func output(_ old: JSON) -> JSON {
    var new = old
    switch old["output_type"]?.string {
    case "pyerr": new["output_type"] = .string("error")
    case "stream": new["name"] = old["stream"] ?? .string("stdout")
    case "pyout", "display_data":
      if old["output_type"]?.string == "pyout" { new["output_type"] = .string("execute_result") }
      let data = (old.members ?? []).compactMap { member in
        mediaTypes[member.key].map { JSON.Member($0, member.value) }
      }
      new["data"] = .object(data)
    default: break
    }
    return new
  }
}
