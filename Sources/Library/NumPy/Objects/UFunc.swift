import Language
import Runtime
import Tensor

/// `np.add`, `np.sqrt`: functions that work element by element.
package final class UFunc: Object {
  let name: String
  let inputs: Int
  private let body: (VM, [NumPyArithmetic.Operand]) throws(ExceptionObject) -> Tensor

  init(
    _ name: String, _ inputs: Int,
    _ body: @escaping (VM, [NumPyArithmetic.Operand]) throws(ExceptionObject) -> Tensor
  ) {
    self.name = name
    self.inputs = inputs
    self.body = body
    super.init()
    customType = NumPyTypes.ufunc
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { "<ufunc '\(name)'>" }

  package override func nativeAttribute(_ attribute: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch attribute.text {
    case "__name__": return .text(name)
    case "nin": return .int(inputs)
    case "nout": return .int(1)
    case "nargs": return .int(inputs + 1)
    case "identity":
      let identities = try vm.getAttribute(vm.importedModule("_numpy_ufuncs"), Symbol("identities"))
      return try vm.callMethod(identities, Symbol("get"), [.text(name)])
    case "reduce", "accumulate", "outer", "reduceat", "at":
      if inputs != 2 && attribute.text != "at" {
        throw .value("\(attribute.text) only supported for binary functions")
      }
      let written = try vm.getAttribute(vm.importedModule("_numpy_ufuncs"), attribute)
      return try vm.call(vm.getAttribute(vm.importedModule("functools"), Symbol("partial")), [written, .object(self)])
    default: return nil
    }
  }

  private func call(
    _ vm: VM, _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ keywords: Tuple?
  ) throws(ExceptionObject) -> Value {
    if positional < inputs || positional > inputs + 1 {
      throw .type(
        "\(name)() takes from \(inputs) to \(inputs + 1) positional arguments but \(positional) \(positional == 1 ? "was" : "were") given"
      )
    }
    var out: Value? = positional > inputs && !base[inputs].isNone ? base[inputs] : nil
    var dtype: DType?
    var condition: Tensor?
    for (i, key) in (keywords?.items ?? []).enumerated() {
      let value = base[positional + i]
      switch key.string ?? "" {
      case "out": out = value.isNone ? nil : value
      case "dtype": if !value.isNone { dtype = try NumPyDType.require(value, vm) }
      case "where":
        if case .bool(true) = value { break }
        condition = try NumPyArray.from(value, vm)
      case "casting", "order", "subok": break
      case let other: throw .type("\(name)() got an unexpected keyword argument '\(other)'")
      }
    }
    if inputs == 2, let texts = try textual(base[0], base[1], vm) { return texts }
    var operands: [NumPyArithmetic.Operand] = []
    var isTensor = false
    for i in 0..<inputs {
      if case .tensor(let t) = base[i] {
        try NumPyLibrary.requireNoGrad(t)
        isTensor = true
        operands.append(.init(tensor: t, weak: nil))
      } else if let operand = try NumPyArithmetic.operand(base[i], vm) {
        operands.append(operand)
      } else {
        throw .type(
          "ufunc '\(name)' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''"
        )
      }
    }
    var result = try body(vm, operands)
    if NumPyErrors.raises { try NumPyErrors.check(name, operands.map(\.tensor), result) }
    if let dtype { result = NumPyCore.cast(result, dtype) }
    if let tuple = out?.asTuple, let only = tuple.first { out = only }
    if let out {
      let target: Tensor
      if case .object(let o) = out, let a = o as? NDArray {
        try a.requireWritable()
        target = a.tensor
      } else if case .tensor(let t) = out {
        target = t
      } else {
        throw .type("return arrays must be of ArrayType")
      }
      try write(result, target, condition)
      return out
    }
    if isTensor { return .tensor(result) }
    return NDArray.result(result)
  }

  private static let comparisons: [String: ComparisonOperator] = [
    "equal": .equal, "not_equal": .notEqual, "less": .less, "less_equal": .lessEqual, "greater": .greater,
    "greater_equal": .greaterEqual,
  ]

  /// What arrays of strings answer; nil where both sides are numbers.
  private func textual(_ a: Value, _ b: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    guard TextArray.isText(a) || TextArray.isText(b) else { return nil }
    if name == "add" { return try TextArray.binary(.add, a, b, vm) }
    if let op = UFunc.comparisons[name], let answer = try TextArray.compare(op, a, b, vm) { return answer }
    throw try NumPyArithmetic.noLoop(name, a, b, vm)
  }

  private func write(_ result: Tensor, _ target: Tensor, _ condition: Tensor?) throws(ExceptionObject) {
    guard let condition else { return try NumPyArithmetic.store(result, into: target, name) }
    target.willChangeElements()
    let shape = target.shape.array
    let (from, flags) = (NumPyCore.expand(result, shape), NumPyCore.expand(condition, shape))
    for ((to, source), flag) in zip(
      zip(target.uncheckedElementIndices(), from.uncheckedElementIndices()), flags.uncheckedElementIndices())
    where flags.double(at: flag) != 0 {
      ElementStore.write(from.scalar(at: source), target.storage.bytes + to * target.dtype.size, target.dtype)
    }
    target.bumpVersion()
  }

  static func install() {
    NumPyTypes.ufunc.set(
      Symbol("__call__"),
      .object(
        NativeFunction(unbound: "__call__(self, *args, **kwargs)") {
          (vm, base, positional, keywords) throws(ExceptionObject) in
          guard case .object(let o) = base[0], let f = o as? UFunc else { throw .type("not a ufunc") }
          return try f.call(vm, base + 1, positional - 1, keywords)
        }))
  }
}
