import Runtime
import Tensor

/// `torch.Tensor`, `torch.Size`, `torch.device` and other classes; constants; questions about tensors and types.
enum TypeMembers {
  static let version = "2.13.0+cpu"

  static func add(to table: MemberTable) {
    GeneratorObject.installMethods()
    SizeObject.installMethods()
    TorchTypes.device.construct = DeviceObject.constructor
    TorchTypes.finfo.construct = NumericLimits.finfo
    TorchTypes.iinfo.construct = NumericLimits.iinfo
    table.set("Tensor", .object(Types.tensor))
    table.set("Size", .object(TorchTypes.size))
    table.set("dtype", .object(TorchTypes.dtype))
    table.set("device", .object(TorchTypes.device))
    table.set("layout", .object(TorchTypes.layout))
    table.set("memory_format", .object(TorchTypes.memoryFormat))
    table.set("Generator", .object(TorchTypes.generator))
    table.set("finfo", .object(TorchTypes.finfo))
    table.set("iinfo", .object(TorchTypes.iinfo))
    table.set("strided", .object(NamedConstant.strided))
    for format in NamedConstant.memoryFormats { table.set(format.text, .object(format)) }
    table.set("__version__", .text(version))
    table.set("pi", .float(.pi))
    table.set("e", .float(2.718281828459045))
    table.set("inf", .float(.infinity))
    table.set("nan", .float(.nan))
    table.set("newaxis", .none)
    for (name, dtype) in LegacyTensorType.names {
      table.lazy(name) { .object(LegacyTensorType.type(name, dtype)) }
    }
    addQuestions(to: table)
  }

  private static func addQuestions(to table: MemberTable) {
    table.native("is_tensor(obj, /)", "Whether the object is a tensor.") { (vm, args) throws(ExceptionObject) in
      if case .tensor = args[0] { return .bool(true) }
      return .bool(false)
    }
    table.native("is_storage(obj, /)", "False: storages have no objects of their own.") {
      (vm, args) throws(ExceptionObject) in .bool(false)
    }
    table.function("numel", "(Tensor input)", "The number of elements.") { (vm, args) throws(ExceptionObject) in
      .int(try core { () throws(TensorError) in try args.tensor(0) }.count)
    }
    table.function("is_floating_point", "(Tensor input)", "Whether the dtype is a floating one.") {
      (vm, args) throws(ExceptionObject) in
      .bool(try core { () throws(TensorError) in try args.tensor(0) }.dtype.isFloating)
    }
    table.function("is_complex", "(Tensor input)", "False: there are no complex tensors.") {
      (vm, args) throws(ExceptionObject) in .bool(false)
    }
    table.function("is_nonzero", "(Tensor input)", "Whether the single element is not zero.") {
      (vm, args) throws(ExceptionObject) in
      .bool(try TensorConversions.truth(core { () throws(TensorError) in try args.tensor(0) }))
    }
    table.function("promote_types", "(ScalarType type1, ScalarType type2)", "The dtype that holds both.") {
      (vm, args) throws(ExceptionObject) in
      guard let a = args.dtype(0), let b = args.dtype(1) else { return .none }
      return DTypeObject.of(TensorData.promote(a, b))
    }
    table.native("broadcast_shapes(*shapes)", "The shape that shapes broadcast to.") {
      (vm, args) throws(ExceptionObject) in
      var result: [Int] = []
      for (i, item) in (args[0].asTuple?.items ?? []).enumerated() {
        let single = try ArgumentConversion.int(item).map { [$0] }
        let list = try ArgumentConversion.ints(item)
        guard let shape = single ?? list else {
          throw .runtime(
            "Input shapes should be of type ints, a tuple of ints, or a list of ints, got \(try vm.repr(item))")
        }
        let shown = try vm.repr(single == nil ? item : .makeTuple([item]))
        result = try core { () throws(TensorError) in
          try ShapeInference.broadcast(shape, into: result, argument: i, shown: shown)
        }
      }
      return SizeObject.make(result)
    }
    table.function("can_cast", "(ScalarType from_, ScalarType to)", "Whether a conversion keeps the category.") {
      (vm, args) throws(ExceptionObject) in
      guard let a = args.dtype(0), let b = args.dtype(1) else { return .none }
      return .bool(OutArgument.canCast(a, b))
    }
    table.native("get_default_dtype()", "The dtype of new floating tensors.") { (vm, args) throws(ExceptionObject) in
      DTypeObject.of(DType.defaultFloat)
    }
    table.native("set_default_dtype(d, /)", "Sets the dtype of new floating tensors.") {
      (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let d = o as? DTypeObject else {
        throw .type("invalid dtype object: only floating-point types are supported as the default type")
      }
      guard d.dtype.isFloating else { throw .type("only floating-point types are supported as the default type") }
      DType.defaultFloat = d.dtype
      return .none
    }
    table.native("set_default_device(device, /)", "Only the CPU can be the default.") {
      (vm, args) throws(ExceptionObject) in
      if let device = try DeviceObject.from(args[0]) { try device.requireAvailable() }
      return .none
    }
    table.native("get_default_device()", "The CPU.") { (vm, args) throws(ExceptionObject) in .object(DeviceObject.cpu) }
    table.native("typename(obj, /)", "The name of an object's class.") { (vm, args) throws(ExceptionObject) in
      if case .tensor(let t) = args[0] { return .text("torch.\(LegacyTensorType.name(t.dtype))") }
      return .text(vm.type(of: args[0]).name)
    }
  }
}
