/// Lays text out in groups that break when they do not fit the width, as IPython.lib.pretty does (Oppen's algorithm).
public final class PrettyPrinter {
  final class Group {
    let depth: Int
    /// Breakables of the group that still wait in the buffer.
    var breakables = 0
    var wantBreak = false
    init(_ depth: Int) { self.depth = depth }
  }

  private enum Piece {
    case text(String, width: Int)
    case breakable(separator: String, width: Int, indentation: Int, group: Group)

    var width: Int {
      switch self {
      case .text(_, let width): width
      case .breakable(_, let width, _, _): width
      }
    }
  }

  private let maximumWidth: Int
  /// Containers show this many items, then `...`.
  package static let maximumItems = 1000
  private var output = ""
  private var outputWidth = 0
  private var buffer: [Piece] = []
  /// Pieces before it were written already; the array is trimmed when it runs empty.
  private var head = 0
  private var bufferWidth = 0
  private var groups: [Group]
  private var queue: [[Group]]
  package var indentation = 0
  /// Objects being printed, for cycles.
  var stack: [ObjectIdentifier] = []
  var depth = 0

  package init(width: Int = 79) {
    maximumWidth = width
    let root = Group(0)
    groups = [root]
    queue = [[root]]
  }

  /// Everything written so far.
  package func finish() -> String {
    flush()
    return output
  }

  package func text(_ string: String) {
    let width = string.unicodeScalars.count
    if head == buffer.count {
      output += string
      outputWidth += width
      return
    }
    buffer.append(.text(string, width: width))
    bufferWidth += width
    breakOuterGroups()
  }

  /// A space, or a line break where the group around it does not fit.
  package func breakable(_ separator: String = " ") {
    let group = groups[groups.count - 1]
    if group.wantBreak {
      flush()
      newLine()
    } else {
      let width = separator.unicodeScalars.count
      group.breakables += 1
      buffer.append(.breakable(separator: separator, width: width, indentation: indentation, group: group))
      bufferWidth += width
      breakOuterGroups()
    }
  }

  /// A line break in any case.
  package func breakLine() {
    if let group = dequeue() { breakOneGroup(group) }
    flush()
    newLine()
  }

  package func beginGroup(_ indent: Int = 0, _ open: String = "") {
    if !open.isEmpty { text(open) }
    let group = Group(groups[groups.count - 1].depth + 1)
    groups.append(group)
    while queue.count <= group.depth { queue.append([]) }
    queue[group.depth].append(group)
    indentation &+= indent
  }

  var openGroups: Int { groups.count }

  package func endGroup(_ dedent: Int = 0, _ close: String = "") {
    indentation &-= dedent
    let group = groups.removeLast()
    if group.breakables == 0 { remove(group) }
    if !close.isEmpty { text(close) }
  }

  /// Each line of a text on a line of its own, indented as the text begins.
  package func lines(_ text: String) {
    beginGroup()
    for (i, line) in PrettyPrinter.splitLines(text).enumerated() {
      if i > 0 { breakLine() }
      self.text(line)
    }
    endGroup()
  }

  /// As Python's `str.splitlines`.
  package static func splitLines(_ text: String) -> [String] {
    var result: [String] = []
    var line = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if afterReturn && scalar == "\n" {
        afterReturn = false
        continue
      }
      afterReturn = scalar == "\r"
      switch scalar.value {
      case 0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029:
        result.append(String(line))
        line = String.UnicodeScalarView()
      default: line.append(scalar)
      }
    }
    if !line.isEmpty { result.append(String(line)) }
    return result
  }

  private func newLine() {
    output += "\n"
    indent(by: indentation)
    bufferWidth = 0
  }

  /// A class's own `_repr_pretty_` may ask for any number of columns.
  private func indent(by columns: Int) {
    outputWidth = min(max(columns, 0), 10_000)
    output += String(repeating: " ", count: outputWidth)
  }

  private func emit(_ piece: Piece) {
    switch piece {
    case .text(let string, let width):
      output += string
      outputWidth += width
    case .breakable(let separator, let width, let indentation, let group):
      group.breakables -= 1
      if group.wantBreak {
        output += "\n"
        indent(by: indentation)
      } else {
        if group.breakables == 0 { remove(group) }
        output += separator
        outputWidth += width
      }
    }
  }

  private func takeFirst() -> Piece {
    let piece = buffer[head]
    head += 1
    if head == buffer.count {
      buffer.removeAll(keepingCapacity: true)
      head = 0
    }
    return piece
  }

  private func flush() {
    while head < buffer.count { emit(takeFirst()) }
    bufferWidth = 0
  }

  private func breakOneGroup(_ group: Group) {
    while group.breakables > 0 {
      let piece = takeFirst()
      emit(piece)
      bufferWidth -= piece.width
    }
    while head < buffer.count, case .text(_, let width) = buffer[head] {
      emit(takeFirst())
      bufferWidth -= width
    }
  }

  private func breakOuterGroups() {
    while maximumWidth < outputWidth + bufferWidth {
      guard let group = dequeue() else { return }
      breakOneGroup(group)
    }
  }

  private func dequeue() -> Group? {
    for i in queue.indices {
      // IPython counts from the end and deletes from the front; with one candidate a level both are the same group.
      for (offset, group) in queue[i].reversed().enumerated() where group.breakables > 0 {
        queue[i].remove(at: offset)
        group.wantBreak = true
        return group
      }
      for group in queue[i] { group.wantBreak = true }
      queue[i].removeAll()
    }
    return nil
  }

  private func remove(_ group: Group) {
    guard group.depth < queue.count, let i = queue[group.depth].firstIndex(where: { $0 === group }) else { return }
    queue[group.depth].remove(at: i)
  }
}
