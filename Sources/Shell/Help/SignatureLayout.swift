import Notebook

/// A signature that is too long for a line, broken behind its commas.
enum SignatureLayout {
  static func lines(_ signature: String, width: Int) -> [String] {
    guard TextWidth.of(signature) > width, let open = signature.firstIndex(of: "(") else { return [signature] }
    let indent = min(signature.distance(from: signature.startIndex, to: open) + 1, 8)
    var lines: [String] = []
    var line = ""
    for piece in pieces(signature) {
      if !line.isEmpty, TextWidth.of(line) + TextWidth.of(piece) > width {
        lines.append(line.droppingBlankEnd())
        line = String(repeating: " ", count: indent) + piece
      } else {
        line += piece
      }
    }
    return lines + [line]
  }

  /// The parts that end in `, ` outside of inner brackets.
  private static func pieces(_ signature: String) -> [String] {
    var pieces = [""]
    var depth = 0
    var previous: Character = " "
    for character in signature {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      pieces[pieces.count - 1].append(character)
      if character == " ", previous == ",", depth == 1 { pieces.append("") }
      previous = character
    }
    return pieces
  }
}
