import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// `torch.autograd.gradcheck`: derivatives against central differences.
enum GradientCheck {
  nonisolated(unsafe) static let error = TypeObject(
    "GradcheckError", module: "torch.autograd.gradcheck", bases: [Types.runtimeError], layout: .exception)

  static func add(to table: MemberTable) {
    table.function(
      "gradcheck",
      "(Any func, Any inputs, *, float eps=1e-06, float atol=1e-05, float rtol=0.001, bool raise_exception=True, float nondet_tol=0.0, bool check_undefined_grad=True, bool check_grad_dtypes=False, bool check_batched_grad=False, bool fast_mode=False)",
      "Whether the gradients agree with central differences.", isPython: true
    ) { (vm, args) throws(ExceptionObject) in
      let settings = Settings(
        eps: args.double(2, default: 1e-6), atol: args.double(3, default: 1e-5), rtol: args.double(4, default: 1e-3))
      return .bool(
        try check(
          vm, CreationMembers.rawValue(args, 0), inputs(CreationMembers.rawValue(args, 1), vm), settings,
          raises: args.bool(5, default: true)))
    }
    table.function(
      "gradgradcheck",
      "(Any func, Any inputs, Any? grad_outputs=None, *, float eps=1e-06, float atol=1e-05, float rtol=0.001, bool raise_exception=True)",
      "As gradcheck, for second derivatives.", isPython: true
    ) { (vm, args) throws(ExceptionObject) in
      let function = CreationMembers.rawValue(args, 0)
      let given = try inputs(CreationMembers.rawValue(args, 1), vm)
      let settings = Settings(
        eps: args.double(3, default: 1e-6), atol: args.double(4, default: 1e-5), rtol: args.double(5, default: 1e-3))
      let gradient = NativeFunction(unbound: "gradient(*args)") { (vm, base, positional, _) throws(ExceptionObject) in
        let arguments = (0..<positional).map { base[$0] }
        let outputs = try AutogradModule.tensors(vm.call(function, arguments), vm)
        let sources = arguments.compactMap { $0.asTensor }.filter { $0.requiresGrad }
        let found = try core { () throws(TensorError) in
          var weights: [Tensor?] = []
          for output in outputs { weights.append(try Tensor.filled(output.shape, output.dtype, .float(0.7))) }
          return try Autograd.grad(outputs, sources, gradients: weights, createGraph: true, allowUnused: true)
        }
        return .makeTuple(found.compactMap { $0 }.filter { $0.requiresGrad }.map { .tensor($0) })
      }
      return .bool(try check(vm, .object(gradient), given, settings, raises: args.bool(6, default: true)))
    }
    table.lazy("GradcheckError") { .object(error) }
  }

  private struct Settings {
    let eps: Double
    let atol: Double
    let rtol: Double
  }

  private static func inputs(_ value: Value, _ vm: VM) throws(ExceptionObject) -> [Value] {
    if case .tensor = value { return [value] }
    return try vm.items(value)
  }

  private static func check(
    _ vm: VM, _ function: Value, _ arguments: [Value], _ settings: Settings, raises: Bool
  ) throws(ExceptionObject) -> Bool {
    let leaves = arguments.compactMap { $0.asTensor }.filter { $0.requiresGrad }
    if leaves.isEmpty {
      throw .value(
        "gradcheck expects at least one input tensor to require gradient, but none of the them have requires_grad=True."
      )
    }
    let outputs = try AutogradModule.tensors(vm.call(function, arguments), vm)
    for (o, output) in outputs.enumerated() where output.requiresGrad {
      for (k, leaf) in leaves.enumerated() {
        let analytical = try analyticalJacobian(output, leaf)
        let numerical = try numericalJacobian(vm, function, arguments, leaf, o, output.count, settings.eps)
        for (a, n) in zip(analytical.values, numerical.values)
        where !(fabs(a - n) <= settings.atol + settings.rtol * fabs(a)) {
          if !raises { return false }
          throw .make(
            error,
            "Jacobian mismatch for output \(o) with respect to input \(k),\nnumerical:\(TensorText.repr(try numerical.tensor()))\nanalytical:\(TensorText.repr(try analytical.tensor()))\n"
          )
        }
      }
    }
    return true
  }

  private struct Matrix {
    let rows: Int
    let columns: Int
    var values: [Double]

    init(_ rows: Int, _ columns: Int) {
      self.rows = rows
      self.columns = columns
      values = [Double](repeating: 0, count: rows * columns)
    }

    func tensor() throws(ExceptionObject) -> Tensor {
      try core { () throws(TensorError) in
        let t = try Tensor(empty: [rows, columns], .float64)
        for (i, v) in values.enumerated() { t.pointer(Double.self)[i] = v }
        return t
      }
    }
  }

  private static func analyticalJacobian(_ output: Tensor, _ leaf: Tensor) throws(ExceptionObject) -> Matrix {
    var matrix = Matrix(leaf.count, output.count)
    for j in 0..<output.count {
      let found = try core { () throws(TensorError) in
        let seed = try Tensor.filled(output.shape, output.dtype, .int(0))
        ElementStore.write(.int(1), seed.data + j * seed.dtype.size, seed.dtype)
        return try Autograd.grad([output], [leaf], gradients: [seed], retainGraph: true, allowUnused: true)[0]
      }
      guard let found else { continue }
      for (i, index) in try elementIndices(of: found).enumerated() {
        matrix.values[i * output.count + j] = found.double(at: index)
      }
    }
    return matrix
  }

  private static func numericalJacobian(
    _ vm: VM, _ function: Value, _ arguments: [Value], _ leaf: Tensor, _ output: Int, _ count: Int, _ eps: Double
  ) throws(ExceptionObject) -> Matrix {
    var matrix = Matrix(leaf.count, count)
    func values() throws(ExceptionObject) -> [Double] {
      let t = try AutogradModule.tensors(vm.call(function, arguments), vm)[output]
      return try elementIndices(of: t).map { t.double(at: $0) }
    }
    for (i, index) in try elementIndices(of: leaf).enumerated() {
      let place = leaf.storage.bytes + index * leaf.dtype.size
      let original = leaf.double(at: index)
      ElementStore.write(.float(original + eps), place, leaf.dtype)
      let above = try values()
      ElementStore.write(.float(original - eps), place, leaf.dtype)
      let below = try values()
      ElementStore.write(.float(original), place, leaf.dtype)
      for j in 0..<count { matrix.values[i * count + j] = (above[j] - below[j]) / (2 * eps) }
    }
    return matrix
  }
}
