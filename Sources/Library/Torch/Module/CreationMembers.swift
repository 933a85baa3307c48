import Runtime
import Tensor

/// Tensors from Python data and NumPy arrays.
enum CreationMembers {
  private static let options =
    "*, ScalarType? dtype=None, Device? device=None, bool requires_grad=False, bool pin_memory=False"

  static func add(to table: MemberTable) {
    table.function("tensor", "(Any data, \(options))", "A tensor with a copy of the data.") {
      (vm, args) throws(ExceptionObject) in
      let data = rawValue(args, 0)
      let result = try TensorData.make(data, dtype: args.dtype(1), vm)
      return try finish(result, requiresGrad: args.bool(3, default: false))
    }
    table.function(
      "as_tensor", "(Any data, ScalarType? dtype=None, Device? device=None)",
      "A tensor that shares memory where it can."
    ) { (vm, args) throws(ExceptionObject) in
      .tensor(try share(rawValue(args, 0), args.dtype(1), vm))
    }
    table.function(
      "asarray",
      "(Any obj, *, ScalarType? dtype=None, Device? device=None, bool? copy=None, bool requires_grad=False)",
      "A tensor that shares memory where it can."
    ) { (vm, args) throws(ExceptionObject) in
      let copies = args.optionalBool(3) == true
      let data = rawValue(args, 0)
      let result = copies ? try TensorData.make(data, dtype: args.dtype(1), vm) : try share(data, args.dtype(1), vm)
      return try finish(result, requiresGrad: args.bool(4, default: false))
    }
    table.native("from_numpy(ndarray, /)", "A tensor over an array's memory.") { (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let array = o as? ArrayLike else {
        throw .type("expected np.ndarray (got \(ArgumentConversion.typeName(args[0])))")
      }
      return .tensor(try array.sharedTensor())
    }
    table.function("scalar_tensor", "(Scalar s, \(options))", "A 0-d tensor of a number.") {
      (vm, args) throws(ExceptionObject) in
      let dtype = args.dtype(1) ?? DType.defaultFloat
      let result = try TensorData.make(ResultConversion.value(args.scalar(0, default: .int(0))), dtype: dtype, vm)
      return try finish(result, requiresGrad: args.bool(3, default: false))
    }
    table.set("Tensor", .object(Types.tensor))
  }

  /// An `Any` argument as it was given, None included.
  static func rawValue(_ args: OperationArguments, _ i: Int) -> Value {
    if case .any(let box) = args[i], let value = (box as? ValueBox)?.value { return value }
    return .none
  }

  static func finish(_ result: Tensor, requiresGrad: Bool) throws(ExceptionObject) -> Value {
    if requiresGrad {
      if !result.dtype.isFloating {
        throw .runtime("Only Tensors of floating point and complex dtype can require gradients")
      }
      try core { () throws(TensorError) in try result.setRequiresGrad(true) }
    }
    return .tensor(result)
  }

  /// The tensor itself, a view of an array's memory, or a new tensor of the data.
  static func share(_ data: Value, _ dtype: DType?, _ vm: VM) throws(ExceptionObject) -> Tensor {
    switch data {
    case .tensor(let t):
      guard let dtype, dtype != t.dtype else { return t }
      guard case .tensor(let converted) = try vm.callMethod(data, Symbol("to"), [DTypeObject.of(dtype)]) else {
        return t
      }
      return converted
    case .object(let o):
      if let array = o as? ArrayLike, dtype == nil || dtype == array.tensor.dtype { return try array.sharedTensor() }
    default: break
    }
    return try TensorData.make(data, dtype: dtype, vm)
  }
}

extension ArrayLike {
  /// A tensor over the same memory.
  func sharedTensor() throws(ExceptionObject) -> Tensor {
    for stride in tensor.strides where stride < 0 {
      throw .value(
        "At least one stride in the given numpy array is negative, and tensors with negative strides are not currently supported. (You can probably work around this by making a copy of your array  with array.copy().) "
      )
    }
    return tensor.alias()
  }
}
