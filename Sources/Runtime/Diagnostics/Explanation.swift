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
      error.hints += OperandExplanation(operands, sources: FailingCode(error, sources)?.operands(of: operands.op)).hints
    } else {
      error.hints += tensorNotes(error)
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
    return names + builtins.names.map(\.text) + main.fallbackNames()
  }

  /// The shapes of the tensors that the failing expression of a cell names: `x: [2, 3]  weight: [4, 5]`.
  private func tensorNotes(_ error: ExceptionObject) -> [String] {
    // Names inside functions are gone when the error arrives here.
    guard error.type === Types.runtimeError || error.type === Types.indexError || error.type === Types.valueError,
      let code = FailingCode(error, sources), code.isCell
    else { return [] }
    var notes: [String] = []
    for name in code.names {
      guard case .tensor(let tensor)? = main[Symbol(name)] else { continue }
      notes.append("\(name): \(OperandExplanation.shape(tensor))")
    }
    return notes.isEmpty || notes.count > 6 ? [] : [notes.joined(separator: "  ")]
  }
}
