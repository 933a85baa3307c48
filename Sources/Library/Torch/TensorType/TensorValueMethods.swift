import Runtime
import Tensor

/// Questions about a tensor, and its elements as Python values.
enum TensorValueMethods {
  static func add(to table: TypeMemberTable) {
    table.method("item", "The only element, as a Python number.") { (vm, t) throws(ExceptionObject) in
      try TensorConversions.item(t)
    }
    table.method("tolist", "The elements as nested lists.") { (vm, t) throws(ExceptionObject) in
      try TensorConversions.list(t)
    }
    table.method("dim", "The number of dimensions.") { (vm, t) throws(ExceptionObject) in .int(t.ndim) }
    table.alias("dim", "ndimension")
    table.method("numel", "The number of elements.") { (vm, t) throws(ExceptionObject) in .int(t.count) }
    table.alias("numel", "nelement")
    table.method("element_size", "Bytes of one element.") { (vm, t) throws(ExceptionObject) in .int(t.dtype.size) }
    table.method("data_ptr", "The address of the first element.") { (vm, t) throws(ExceptionObject) in
      .int(Int(bitPattern: t.data))
    }
    table.method("storage_offset", "Where in its storage the tensor begins.") { (vm, t) throws(ExceptionObject) in
      .int(t.offset)
    }
    table.function("size", "(Tensor input, int? dim=None)", "The sizes, or one of them.") {
      (vm, t, args) throws(ExceptionObject) in
      guard let dim = args.int(1) else { return SizeObject.make(t.shape) }
      return .int(t.shape[try core { () throws(TensorError) in try Dimension.wrap(dim, t.ndim) }])
    }
    table.function("stride", "(Tensor input, int? dim=None)", "The strides, or one of them.") {
      (vm, t, args) throws(ExceptionObject) in
      guard let dim = args.int(1) else { return .makeTuple(t.strides.map { .int($0) }) }
      return .int(t.strides[try core { () throws(TensorError) in try Dimension.wrap(dim, t.ndim) }])
    }
    table.function(
      "is_contiguous", "(Tensor input, *, MemoryFormat memory_format=None)",
      "Whether the elements lie in row-major order."
    ) {
      (vm, t, args) throws(ExceptionObject) in .bool(t.isContiguous)
    }
    table.method("is_floating_point", "Whether the dtype is a floating one.") { (vm, t) throws(ExceptionObject) in
      .bool(t.dtype.isFloating)
    }
    table.method("is_complex", "False.") { (vm, t) throws(ExceptionObject) in .bool(false) }
    table.method("is_signed", "Whether the dtype has negative numbers.") { (vm, t) throws(ExceptionObject) in
      .bool(t.dtype != .bool && t.dtype != .uint8)
    }
    table.method("is_inference", "Whether it was made in inference mode.") { (vm, t) throws(ExceptionObject) in
      .bool(t.isInference)
    }
    for name in ["is_shared", "is_pinned", "is_coalesced", "is_conj", "is_neg"] {
      table.method(name, "False.") { (vm, t) throws(ExceptionObject) in .bool(false) }
    }
    table.method("is_nonzero", "Whether the single element is not zero.") { (vm, t) throws(ExceptionObject) in
      .bool(try TensorConversions.truth(t))
    }
    table.method("get_device", "-1: the CPU.") { (vm, t) throws(ExceptionObject) in .int(-1) }
    for name in ["untyped_storage", "storage"] {
      table.method(name, "The memory behind the tensor.") { (vm, t) throws(ExceptionObject) in
        .object(StorageObject(t, isTyped: name == "storage"))
      }
    }
    addElementwise(to: table)
  }

  private static func addElementwise(to table: TypeMemberTable) {
    table.native("apply_(self, callable, /)", "Replaces each element by the function's value.") {
      (vm, t, args) throws(ExceptionObject) in
      try core { () throws(TensorError) in try t.checkInPlace() }
      for index in try elementIndices(of: t) {
        let result = try vm.call(args[1], with: ResultConversion.value(t.scalar(at: index)))
        try ElementStore.write(result, t.storage.bytes + index * t.dtype.size, t.dtype, vm)
      }
      t.bumpVersion()
      return .tensor(t)
    }
    table.native("map_(self, tensor, callable, /)", "Replaces each element by the function of it and the other's.") {
      (vm, t, args) throws(ExceptionObject) in
      guard case .tensor(let other) = args[1] else {
        throw .type("map_(): argument 'tensor' (position 1) must be Tensor, not \(vm.typeName(args[1]))")
      }
      try core { () throws(TensorError) in try t.checkInPlace() }
      let expanded = try core { () throws(TensorError) in try Operations.expand(other, t.shape.array) }
      for (index, from) in zip(try elementIndices(of: t), try elementIndices(of: expanded)) {
        let result = try vm.call(
          args[2], with: ResultConversion.value(t.scalar(at: index)), ResultConversion.value(expanded.scalar(at: from)))
        try ElementStore.write(result, t.storage.bytes + index * t.dtype.size, t.dtype, vm)
      }
      t.bumpVersion()
      return .tensor(t)
    }
  }
}
