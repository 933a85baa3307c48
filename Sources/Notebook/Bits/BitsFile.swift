import CKernels

/// What the values of a notebook's cells were to the last bit, kept beside it in `NAME.tnb.bits`.
///
///     # Digests of the exact values of lesson.tnb. `tnb update --bits` writes them, `tnb check --bits` compares.
///     # tnb-bits 1, recorded on x86-64-v4 with 2 threads
///
///     cell 1 "weights" 5d41402abc4b2a76
///       = 9e107d9d372bb682
///       w 6e8bc430b9a16bba
///       random() 3b5d5c3712955042
///
/// Behind a cell's name stands the digest of its code; `=` is the value it displayed, `random()` the state of torch's generator
/// after a cell that drew numbers, and the others are variables that the cell reads or binds.
package struct BitsFile: Equatable {
  package struct Cell: Equatable {
    package var title: String
    package var code: String
    package var digests: [Digest]
  }

  package struct Digest: Equatable {
    package var name: String
    package var value: String
  }

  /// The machine that recorded: how loops are cut decides in which order numbers are summed.
  package var machine: String
  package var cells: [Cell]

  package static func path(of notebook: String) -> String { notebook + ".bits" }

  /// This machine.
  package static var thisMachine: String {
    let generation = tnb_processor_generation()
    let threads = tnb_thread_count()
    return
      "\(generation > 0 ? "x86-64-v\(generation)" : "another processor") with \(threads) \(threads == 1 ? "thread" : "threads")"
  }

  package init(machine: String, cells: [Cell]) {
    self.machine = machine
    self.cells = cells
  }

  /// The text of the file; `notebook` is the name of the notebook.
  package func text(notebook: String) -> String {
    var text = """
      # Digests of the exact values of \(notebook). `tnb update --bits` writes them, `tnb check --bits` compares.
      \(Self.mark), recorded on \(machine)

      """
    for cell in cells {
      text += "\n\(cell.title) \(cell.code)\n"
      for digest in cell.digests { text += "  \(digest.name) \(digest.value)\n" }
    }
    return text
  }

  private static let mark = "# tnb-bits 1"

  package init(_ bytes: [UInt8], path: String) throws(NotebookError) {
    machine = ""
    cells = []
    var isKnown = false
    for (i, line) in String(decoding: bytes, as: UTF8.self).lines.enumerated() {
      if line.hasPrefix("# tnb-bits") {
        guard line.hasPrefix(Self.mark + ", recorded on ") else {
          throw NotebookError(path: path, line: i + 1, "these digests are of another version of tnb")
        }
        machine = String(line.dropFirst(Self.mark.count + ", recorded on ".count))
        isKnown = true
      }
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      guard let space = line.lastIndex(of: " "), isKnown else {
        throw NotebookError(path: path, line: i + 1, "these are no digests")
      }
      let value = String(line[line.index(after: space)...])
      guard value.utf8.count == 16, value.utf8.allSatisfy(Self.isHexadecimal) else {
        throw NotebookError(path: path, line: i + 1, "'\(value)' is no digest")
      }
      if line.hasPrefix("  "), !cells.isEmpty {
        cells[cells.count - 1].digests.append(Digest(name: String(line[..<space].dropFirst(2)), value: value))
      } else {
        cells.append(Cell(title: String(line[..<space]), code: value, digests: []))
      }
    }
    guard isKnown else { throw NotebookError(path: path, "these are no digests") }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  /// The cell that was recorded for the code of `cell`, the `index`th: where it stood, or where that code stands now.
  package func recorded(for cell: Cell, at index: Int) -> Cell? {
    if cells.indices.contains(index), cells[index].code == cell.code { return cells[index] }
    return cells.first { $0.code == cell.code && $0.title == cell.title } ?? cells.first { $0.code == cell.code }
  }
}

extension BitsFile.Cell {
  /// The names whose values are others than in `recorded`; those that only one of the two has are among them.
  package func differences(from recorded: BitsFile.Cell) -> [String] {
    let old = Dictionary(recorded.digests.map { ($0.name, $0.value) }) { $1 }
    let new = Dictionary(digests.map { ($0.name, $0.value) }) { $1 }
    let names = digests.map(\.name) + recorded.digests.map(\.name).filter { new[$0] == nil }
    return names.filter { old[$0] != new[$0] }
  }
}
