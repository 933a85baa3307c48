import Runtime
import Tensor

/// `torch.FloatTensor`, `torch.LongTensor` …: constructors of an element type, usable in `isinstance` and `.type()`.
enum LegacyTensorType {
  static let names: [(String, DType)] = [
    ("FloatTensor", .float32), ("DoubleTensor", .float64), ("HalfTensor", .float16), ("BFloat16Tensor", .bfloat16),
    ("LongTensor", .int64), ("IntTensor", .int32), ("ShortTensor", .int16), ("CharTensor", .int8),
    ("ByteTensor", .uint8), ("BoolTensor", .bool),
  ]

  static func name(_ dtype: DType) -> String { dtype.scalarTypeName + "Tensor" }

  nonisolated(unsafe) private static var types: [DType: TypeObject] = [:]

  nonisolated(unsafe) private static let metaclass: TypeObject = {
    let type = TypeObject("tensortype", module: "torch", bases: [Types.type], layout: .type)
    type.set(
      Symbol("__instancecheck__"),
      .object(
        NativeFunction("__instancecheck__(self, instance, /)") { (vm, args) throws(ExceptionObject) in
          guard case .tensor(let t) = args[1], case .object(let o) = args[0], let type = o as? TypeObject else {
            return .bool(false)
          }
          return .bool(name(t.dtype) == type.name)
        }))
    return type
  }()

  static func type(_ name: String, _ dtype: DType) -> TypeObject {
    if let known = types[dtype] { return known }
    let type = TypeObject(name, module: "torch", bases: [Types.object], layout: .tensor)
    type.customType = metaclass
    type.construct = NativeFunction(unbound: "\(name)(*args, **kwargs)") {
      (vm, base, positional, keywords) throws(ExceptionObject) in
      .tensor(try construct(vm, (0..<positional).map { base[$0] }, dtype))
    }
    types[dtype] = type
    return type
  }

  /// The dtype that a legacy type, or the name of one, stands for.
  static func dtype(_ value: Value) -> DType? {
    if case .object(let o) = value, let type = o as? TypeObject {
      return names.first { types[$0.1] === type }?.1
    }
    guard let text = value.string, text.hasPrefix("torch.") else { return nil }
    let bare = String(text.dropFirst(6))
    return names.first { $0.0 == bare }?.1
  }

  /// `torch.Tensor(…)` and its typed siblings: sizes, data, another tensor, or nothing.
  static func construct(_ vm: VM, _ arguments: [Value], _ dtype: DType) throws(ExceptionObject) -> Tensor {
    if arguments.isEmpty { return try core { () throws(TensorError) in try Tensor(empty: [0], dtype) } }
    if arguments.count == 1 {
      let value = arguments[0]
      switch value {
      case .tensor(let t):
        if t.dtype != dtype {
          throw .type(
            "expected TensorOptions(dtype=\(cName(dtype)), device=cpu, layout=Strided, requires_grad=false (default), pinned_memory=false (default), memory_format=(nullopt)) (got TensorOptions(dtype=\(cName(t.dtype)), device=cpu, layout=Strided, requires_grad=false (default), pinned_memory=false (default), memory_format=(nullopt)))"
          )
        }
        return t.alias()
      case .int(let n): return try sized([n], dtype)
      case .str: throw .type("new(): invalid data type 'str'")
      case .object(let o):
        if let size = o as? SizeObject { return try sized(ArgumentConversion.ints(size.items) ?? [], dtype) }
        if o is ArrayLike || o is RangeObject { return try TensorData.make(value, dtype: dtype, vm) }
      default: break
      }
      if ArgumentConversion.sequence(value) != nil { return try TensorData.make(value, dtype: dtype, vm) }
      throw .type("new(): data must be a sequence (got \(ArgumentConversion.typeName(value)))")
    }
    var sizes: [Int] = []
    for (i, argument) in arguments.enumerated() {
      guard let n = try ArgumentConversion.int(argument) else {
        throw .type(
          "new(): argument 'size' failed to unpack the object at pos \(i + 1) with error \"type must be tuple of ints,but got \(ArgumentConversion.typeName(argument))\""
        )
      }
      sizes.append(n)
    }
    return try sized(sizes, dtype)
  }

  private static func sized(_ sizes: [Int], _ dtype: DType) throws(ExceptionObject) -> Tensor {
    try core { () throws(TensorError) in try Tensor(empty: Dims.checked(sizes), dtype) }
  }

  /// The C++ name that PyTorch's TensorOptions print.
  private static func cName(_ dtype: DType) -> String {
    switch dtype {
    case .bool: "bool"
    case .uint8: "unsigned char"
    case .int8: "signed char"
    case .int16: "short int"
    case .int32: "int"
    case .int64: "long int"
    case .float16: "c10::Half"
    case .bfloat16: "c10::BFloat16"
    case .float32: "float"
    case .float64: "double"
    }
  }
}
