import Runtime
import Tensor

/// `new_zeros` and its siblings: tensors of the same type.
enum TensorFactoryMethods {
  private static let options =
    "*, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool pin_memory=False, bool requires_grad=False"

  static func add(to table: TypeMemberTable) {
    filled(table, "new_zeros", .int(0))
    filled(table, "new_ones", .int(1))
    filled(table, "new_empty", .int(0))
    table.function("new_full", "(Tensor input, int[] size, Scalar fill_value, \(options))", "A tensor of one value.") {
      (vm, t, args) throws(ExceptionObject) in
      let (sizes, value) = (args.ints(1) ?? [], args.scalar(2, default: .int(0)))
      let result = try core { () throws(TensorError) in
        try Tensor.filled(Dims.checked(sizes), args.dtype(3) ?? t.dtype, value)
      }
      return try CreationMembers.finish(result, requiresGrad: args.bool(7, default: false))
    }
    table.function(
      "new_tensor",
      "(Tensor input, Any data, *, ScalarType? dtype=None, Device? device=None, bool pin_memory=False, bool requires_grad=False)",
      "A tensor of the data, in this tensor's type."
    ) { (vm, t, args) throws(ExceptionObject) in
      let result = try TensorData.make(CreationMembers.rawValue(args, 1), dtype: args.dtype(2) ?? t.dtype, vm)
      return try CreationMembers.finish(result, requiresGrad: args.bool(5, default: false))
    }
    table.unbound("new", "A tensor of this type from sizes or data.") { (vm, t, args, named) throws(ExceptionObject) in
      .tensor(try LegacyTensorType.construct(vm, args, t.dtype))
    }
  }

  private static func filled(_ table: TypeMemberTable, _ name: String, _ value: Scalar) {
    table.function(name, "(Tensor input, int[] size..., \(options))", "A tensor of this type.") {
      (vm, t, args) throws(ExceptionObject) in
      let sizes = args.ints(1) ?? []
      let result = try core { () throws(TensorError) in
        try Tensor.filled(Dims.checked(sizes), args.dtype(2) ?? t.dtype, value)
      }
      return try CreationMembers.finish(result, requiresGrad: args.bool(6, default: false))
    }
  }
}
