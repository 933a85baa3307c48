import Runtime
import Tensor

/// `torch.einsum`, which also takes each operand with a list of its subscripts: `einsum(a, [0, 1], b, [1, 2], [0, 2])`.
enum EinsumMember {
  static func add(to table: MemberTable) {
    table.lazy("einsum") {
      guard let declaration = OperationTable.function("einsum") else { return .none }
      let binder = OperationBinder(declaration, isMethod: false)
      let native = binder.native(doc: declaration.doc, shownName: "torch.functional.einsum(*args: Any) -> torch.Tensor")
      native.unboundBody = { (vm, base, positional, keywords) throws(ExceptionObject) in
        if keywords == nil && positional < 2 {
          throw .value(
            "einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts list"
          )
        }
        guard keywords == nil, case .tensor = base[0] else { return try binder.call(vm, base, positional, keywords) }
        let arguments = (0..<positional).map { base[$0] }
        let (equation, operands) = try self.equation(arguments, vm)
        return try tensorResult { () throws(TensorError) in try Operations.einsum(equation, operands) }
      }
      return .object(native)
    }
  }

  /// The equation that lists of subscripts stand for.
  private static func equation(_ arguments: [Value], _ vm: VM) throws(ExceptionObject) -> (String, [Tensor]) {
    var inputs: [String] = []
    var operands: [Tensor] = []
    for i in stride(from: 0, to: arguments.count - 1, by: 2) {
      guard case .tensor(let t) = arguments[i] else {
        throw .type("expected Tensor as element \(i / 2) in argument 1, but got \(vm.typeName(arguments[i]))")
      }
      operands.append(t)
      inputs.append(try subscripts(arguments[i + 1], vm))
    }
    let left = inputs.joined(separator: ",")
    return (
      arguments.count % 2 == 1 ? left + "->" + (try subscripts(arguments[arguments.count - 1], vm)) : left, operands
    )
  }

  private static func subscripts(_ list: Value, _ vm: VM) throws(ExceptionObject) -> String {
    var text = ""
    for item in try vm.items(list) {
      if case .ellipsis = item {
        text += "..."
      } else if case .int(let i) = item, i >= 0, i < 52 {
        text.unicodeScalars.append(Unicode.Scalar(UInt8(i < 26 ? 65 + i : 71 + i)))
      } else if case .int = item {
        throw .value(
          "einsum(): subscript in subscript list is not within the valid range [0, 52)")
      } else {
        throw .type("'>=' not supported between instances of '\(vm.typeName(item))' and 'int'")
      }
    }
    return text
  }
}
