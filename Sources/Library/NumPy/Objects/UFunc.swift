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
    case "reduce", "accumulate", "outer":
      guard inputs == 2 else { return nil }
      let kind = attribute.text
      return .object(
        NativeFunction("\(kind)(a, b=0, /, axis=0, dtype=None, out=None, keepdims=False)") {
          (vm, args) throws(ExceptionObject) in
          try self.fold(kind, vm, args)
        })
    default: return nil
    }
  }

  /// `reduce` and `accumulate` along an axis; `outer` over all pairs.
  private func fold(_ kind: String, _ vm: VM, _ args: Arguments) throws(ExceptionObject) -> Value {
    let a = try NumPyArray.from(args[0], vm)
    if kind == "outer" {
      let b = try NumPyArray.from(args[1], vm)
      try NumPyCore.requireRoom(a.shape.array + b.shape.array)
      let left = NumPyCore.reshape(a, a.shape.array + [Int](repeating: 1, count: b.ndim))
      return NDArray.result(try body(vm, [.init(tensor: left, weak: nil), .init(tensor: b, weak: nil)]))
    }
    var axis = 0
    if let given = args.given(2) ?? (args.has(1) ? args[1] : nil), let i = try ArgumentConversion.int(given) {
      axis = i
    }
    axis = try NumPyCore.axis(axis, a.ndim)
    let n = a.shape[axis]
    if n == 0 { throw .value("zero-size array to reduction operation \(name) which has no identity") }
    func row(_ i: Int) -> Tensor {
      var shape = a.shape
      var strides = a.strides
      let offset = a.offset + i * strides[axis]
      shape.remove(at: axis)
      strides.remove(at: axis)
      return NumPyCore.view(a, shape, strides, offset)
    }
    var total = row(0)
    var all = [total]
    for i in 1..<max(n, 1) {
      total = try body(vm, [.init(tensor: total, weak: nil), .init(tensor: row(i), weak: nil)])
      all.append(total)
    }
    if kind == "reduce" { return NDArray.result(total) }
    return .object(NDArray(try NumPyJoining.stack(all, axis)))
  }

  private func call(
    _ vm: VM, _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ keywords: Tuple?
  ) throws(ExceptionObject) -> Value {
    if positional < inputs || positional > inputs + 1 {
      throw .type(
        "\(name)() takes from \(inputs) to \(inputs + 1) positional arguments but \(positional) were given")
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
    if let dtype { result = NumPyCore.cast(result, dtype) }
    if let tuple = out?.asTuple, let only = tuple.first { out = only }
    if let out {
      let target: Tensor
      if case .object(let o) = out, let a = o as? NDArray {
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
