import Language
import Tensor

/// Help for an uncaught error: what its operands were, fixes that were tried, names that are near.
///
/// Nothing here changes the error's type or message, which are CPython's and PyTorch's.
extension VM {
  /// Fills in `hints`; called once, before the error is shown.
  package func explain(_ error: ExceptionObject) {
    guard error.hints.isEmpty else { return }
    if let operands = error.operands {
      error.hints += OperandExplanation(operands, names: operandNames(error)).hints
    }
    if let name = nearName(error) { error.hints.append("hint: did you mean '\(name)'?") }
  }

  /// The near name of a NameError, AttributeError, ImportError or misspelt keyword.
  private func nearName(_ error: ExceptionObject) -> String? {
    if let near = error.nearNames {
      var candidates = near.candidates
      if error.type.isSubtype(of: Types.nameError) { candidates += visibleNames }
      return NearName.nearest(to: near.wanted, among: candidates)
    }
    if error.type.isSubtype(of: Types.attributeError), let wanted = error.attributes?[Symbol("name")]?.string,
      let object = error.attributes?[Symbol("obj")]
    {
      return NearName.nearest(to: wanted, among: directory(object))
    }
    return nil
  }

  /// Names a cell sees: globals with a value, built-ins, torch's.
  private var visibleNames: [String] {
    var names = main.names.filter { main[$0] != nil }.map(\.text)
    names += builtins.names.map(\.text)
    if main.fallback != nil, let torch = modules["torch"] {
      names += torch.attributes.names.map(\.text) + (torch.loadableNames?() ?? [])
    }
    return names
  }

  /// The source text of the two operands of the operator that failed: its span, parsed again.
  private func operandNames(_ error: ExceptionObject) -> (String, String)? {
    guard let span = error.traceback.first?.span, let text = sources.text(of: span), text.count < 2000 else { return nil }
    // Parentheses let an expression go over several lines; an augmented assignment stands without.
    let attempts = [[UInt8(ascii: "(")] + text + [UInt8(ascii: ")")], text]
    for (index, attempt) in attempts.enumerated() {
      guard let tree = try? Parser.parse(attempt), tree.body.count == 1 else { continue }
      func shown(_ expression: Expression) -> String? {
        let name = String(decoding: attempt[Int(expression.span.lo)..<Int(expression.span.hi)], as: UTF8.self)
        return name.utf8.count <= 40 && !name.utf8.contains(UInt8(ascii: "\n")) ? name : nil
      }
      switch tree.body[0].kind {
      case .expression(let expression):
        switch expression.kind {
        case .binary(let left, _, let right, _): return pair(shown(left), shown(right))
        case .compare(let left, let rest) where rest.count == 1: return pair(shown(left), shown(rest[0].1))
        default: return nil
        }
      case .augmentedAssign(let left, _, let right, _) where index == 1: return pair(shown(left), shown(right))
      default: return nil
      }
    }
    return nil
  }

  private func pair(_ left: String?, _ right: String?) -> (String, String)? {
    guard let left, let right else { return nil }
    return (left, right)
  }
}
