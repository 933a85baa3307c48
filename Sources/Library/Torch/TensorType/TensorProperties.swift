import Runtime
import Tensor

/// Attributes that are no methods: `shape`, `dtype`, `grad` …
enum TensorProperties {
  static func add(to table: TypeMemberTable) {
    addGeometry(to: table)
    addAutograd(to: table)
    addViews(to: table)
  }

  private static func addGeometry(to table: TypeMemberTable) {
    table.property("shape", "The sizes.", { (_, t) throws(ExceptionObject) in SizeObject.make(t.shape) })
    table.property("dtype", "The element type.", { (_, t) throws(ExceptionObject) in DTypeObject.of(t.dtype) })
    table.property("device", "The CPU.", { (_, t) throws(ExceptionObject) in .object(DeviceObject.cpu) })
    table.property("layout", "Strided.", { (_, t) throws(ExceptionObject) in .object(NamedConstant.strided) })
    table.property("ndim", "The number of dimensions.", { (_, t) throws(ExceptionObject) in .int(t.ndim) })
    table.property("itemsize", "Bytes of one element.", { (_, t) throws(ExceptionObject) in .int(t.dtype.size) })
    table.property(
      "nbytes", "Bytes of all elements.", { (_, t) throws(ExceptionObject) in .int(t.count * t.dtype.size) })
    for name in [
      "is_cuda", "is_sparse", "is_quantized", "is_meta", "is_mkldnn", "is_mps", "is_nested", "is_vulkan", "is_xpu",
      "is_sparse_csr", "is_ipu", "is_xla", "is_maia", "is_mtia",
    ] {
      table.property(name, "False.", { (_, t) throws(ExceptionObject) in .bool(false) })
    }
    table.property("is_cpu", "True.", { (_, t) throws(ExceptionObject) in .bool(true) })
  }

  private static func addAutograd(to table: TypeMemberTable) {
    table.property(
      "grad", "The accumulated gradient, or None.",
      { (_, t) throws(ExceptionObject) in t.grad.map { .tensor($0) } ?? .none },
      set: { (vm, t, value) throws(ExceptionObject) in
        switch value {
        case .none: t.grad = nil
        case .tensor(let g): try core { () throws(TensorError) in try t.setGrad(g) }
        default:
          throw .type("assigned grad expected to be a Tensor or None but got grad of type \(vm.typeName(value))")
        }
      }, delete: { (_, t) throws(ExceptionObject) in t.grad = nil })
    table.property(
      "requires_grad", "Whether gradients are recorded for it.",
      { (_, t) throws(ExceptionObject) in .bool(t.requiresGrad) },
      set: { (vm, t, value) throws(ExceptionObject) in
        guard case .bool(let wanted) = value else { throw .runtime("requires_grad must be a bool") }
        if wanted && !t.isLeaf { throw .runtime("you can only change requires_grad flags of leaf variables.") }
        if wanted && !t.dtype.isFloating {
          throw .runtime("only Tensors of floating point and complex dtype can require gradients")
        }
        try core { () throws(TensorError) in try t.setRequiresGrad(wanted) }
      })
    table.property(
      "grad_fn", "The node of the graph that made it, or None.",
      { (_, t) throws(ExceptionObject) in t.node.map { .object(NodeObject.of($0)) } ?? .none })
    table.property(
      "is_leaf", "Whether no operation of the graph made it.", { (_, t) throws(ExceptionObject) in .bool(t.isLeaf) })
    table.property(
      "retains_grad", "Whether it keeps its gradient though it is no leaf.",
      { (_, t) throws(ExceptionObject) in .bool(t.retainsGrad) })
    table.property(
      "output_nr", "Which output of its node it is.", { (_, t) throws(ExceptionObject) in .int(t.outputIndex) })
    table.property(
      "_version", "How often its storage was changed in place.", { (_, t) throws(ExceptionObject) in .int(t.version) })
    table.property(
      "_base", "The tensor it is a view of, or None.",
      { (_, t) throws(ExceptionObject) in t.base.map { .tensor($0) } ?? .none })
    table.property("_grad", "", { (_, t) throws(ExceptionObject) in t.grad.map { .tensor($0) } ?? .none })
    table.property(
      "data", "The same elements, outside the graph.",
      { (_, t) throws(ExceptionObject) in .tensor(t.untrackedAlias()) },
      set: { (vm, t, value) throws(ExceptionObject) in
        guard case .tensor(let other) = value else {
          throw .type("Variable data has to be a tensor, but got \(vm.typeName(value))")
        }
        if t.requiresGrad && !other.dtype.isFloating {
          throw .runtime("data set to a tensor that requires gradients must be floating point or complex dtype")
        }
        t.setData(other)
      })
  }

  private static func addViews(to table: TypeMemberTable) {
    table.property(
      "T", "Its dimensions reversed.",
      { (vm, t) throws(ExceptionObject) in
        try tensorResult { () throws(TensorError) in
          try Operations.permute(t, Array((0..<t.ndim).reversed()))
        }
      })
    table.property(
      "mT", "Its last two dimensions swapped.",
      { (vm, t) throws(ExceptionObject) in
        if t.ndim < 2 {
          throw .runtime(
            "tensor.mT is only supported on matrices or batches of matrices. Got \(t.ndim)-D tensor.")
        }
        return try tensorResult { () throws(TensorError) in try Operations.transpose(t, -2, -1) }
      })
    table.alias("mT", "mH")
    table.property(
      "H", "The transposed matrix.",
      { (vm, t) throws(ExceptionObject) in
        if t.ndim != 2 && t.ndim != 0 {
          throw .runtime("tensor.H is only supported on matrices (2-D tensors). Got \(t.ndim)-D tensor.")
        }
        return t.ndim == 0
          ? .tensor(t) : try tensorResult { () throws(TensorError) in try Operations.transpose(t, 0, 1) }
      })
    table.property("real", "Itself.", { (_, t) throws(ExceptionObject) in .tensor(t) })
    table.property(
      "imag", "Not for real tensors.",
      { (_, t) throws(ExceptionObject) in
        throw .runtime("imag is not implemented for tensors with non-complex dtypes.")
      })
  }
}
