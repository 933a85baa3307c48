import Runtime
import Tensor

/// Other types and devices: `to`, `type`, `float` …, `numpy`.
enum TensorConversionMethods {
  static func add(to table: TypeMemberTable) {
    let casts: [(String, DType)] = [
      ("float", .float32), ("double", .float64), ("half", .float16), ("bfloat16", .bfloat16), ("long", .int64),
      ("int", .int32), ("short", .int16), ("char", .int8), ("byte", .uint8), ("bool", .bool),
    ]
    for (name, dtype) in casts {
      table.function(name, "(Tensor input, *, MemoryFormat memory_format=None)", "Its elements as \(dtype.name).") {
        (vm, t, args) throws(ExceptionObject) in
        try tensorResult { () throws(TensorError) in try Operations.cast(t, dtype) }
      }
    }
    table.unbound("to", "Another dtype or device.") { (vm, t, args, named) throws(ExceptionObject) in
      try to(vm, t, args, named)
    }
    table.unbound("type", "The type's name, or a conversion to another.") {
      (vm, t, args, named) throws(ExceptionObject) in
      guard let wanted = args.first ?? named.first(where: { $0.0.text == "dtype" })?.1, !wanted.isNone else {
        return .text("torch." + LegacyTensorType.name(t.dtype))
      }
      guard let dtype = DTypeObject.dtype(wanted) ?? LegacyTensorType.dtype(wanted) else {
        if case .object(let o) = wanted, o === Types.tensor {
          return try tensorResult { () throws(TensorError) in try Operations.cast(t, DType.defaultFloat) }
        }
        if case .object(let o) = wanted, let type = o as? TypeObject { throw .value("invalid type: '\(type.name)'") }
        throw wanted.string == nil
          ? .type("dtype must be a type, str, or dtype object") : .value("invalid type: '\(wanted.string ?? "")'")
      }
      return try tensorResult { () throws(TensorError) in try Operations.cast(t, dtype) }
    }
    table.function("type_as", "(Tensor input, Tensor other)", "Its elements in the other's dtype.") {
      (vm, t, args) throws(ExceptionObject) in
      try tensorResult { () throws(TensorError) in try Operations.cast(t, args.tensor(1).dtype) }
    }
    table.function("cpu", "(Tensor input, *, MemoryFormat? memory_format=None)", "Itself.") {
      (vm, t, args) throws(ExceptionObject) in .tensor(t)
    }
    table.unbound("cuda", "Fails: there is no CUDA.") { (vm, t, args, named) throws(ExceptionObject) in
      throw .make(Types.assertionError, "Torch not compiled with CUDA enabled")
    }
    table.unbound("pin_memory", "Fails: there is no CUDA.") { (vm, t, args, named) throws(ExceptionObject) in
      throw .runtime("Cannot access accelerator device when none is available.")
    }
    table.method("share_memory_", "Itself.") { (vm, t) throws(ExceptionObject) in .tensor(t) }
    table.function("numpy", "(Tensor input, *, bool force=False)", "A NumPy array over the same memory.") {
      (vm, t, args) throws(ExceptionObject) in
      try NumPyLibrary.array(of: t, force: args.bool(1, default: false))
    }
    table.native("__array__(self, dtype=None, copy=None)", "A NumPy array over the same memory.") {
      (vm, t, args) throws(ExceptionObject) in try NumPyLibrary.array(of: t, force: false)
    }
  }

  /// `to(dtype)`, `to(device)`, `to(device, dtype)`, `to(other)`, with `non_blocking` and `copy`.
  private static func to(
    _ vm: VM, _ t: Tensor, _ args: [Value], _ named: [(Symbol, Value)]
  ) throws(ExceptionObject) -> Value {
    var dtype: DType?
    var copies = false
    var flags = 0
    var isKnown = true
    func take(_ value: Value, _ position: Int) throws(ExceptionObject) {
      switch value {
      case .none: return
      case .bool(let b):
        flags += 1
        if flags == 2 { copies = b }
        return
      case .tensor(let other):
        dtype = other.dtype
        return
      default: break
      }
      if let d = ArgumentConversion.dtype(value) {
        dtype = d
        return
      }
      try UnavailableDType.refuse(value)
      if case .float = value {
        isKnown = false
        return
      }
      if let device = try DeviceObject.from(value) { return try device.requireAvailable() }
      isKnown = false
    }
    for (i, value) in args.enumerated() { try take(value, i) }
    for (name, value) in named {
      switch name.text {
      case "dtype":
        guard let d = ArgumentConversion.dtype(value) else {
          try UnavailableDType.refuse(value)
          if value.isNone { continue }
          isKnown = false
          continue
        }
        dtype = d
      case "device", "other": try take(value, 0)
      case "copy": copies = try vm.isTrue(value)
      case "non_blocking", "memory_format": break
      default: isKnown = false
      }
    }
    if !isKnown { throw invalid(vm, args, named) }
    let target = dtype ?? t.dtype
    if target == t.dtype && copies { return try tensorResult { () throws(TensorError) in try Operations.clone(t) } }
    return try tensorResult { () throws(TensorError) in try Operations.cast(t, target) }
  }

  private static func invalid(_ vm: VM, _ args: [Value], _ named: [(Symbol, Value)]) -> ExceptionObject {
    var got = args.map { vm.typeName($0) }
    got += named.map { "\($0.0.text)=\(vm.typeName($0.1))" }
    return .type(
      """
      to() received an invalid combination of arguments - got (\(got.joined(separator: ", "))\(args.isEmpty && !named.isEmpty ? ", " : "")), but expected one of:
       * (torch.device device = None, torch.dtype dtype = None, bool non_blocking = False, bool copy = False, *, torch.memory_format memory_format = None)
       * (torch.dtype dtype, bool non_blocking = False, bool copy = False, *, torch.memory_format memory_format = None)
       * (Tensor tensor, bool non_blocking = False, bool copy = False, *, torch.memory_format memory_format = None)

      """)
  }
}
