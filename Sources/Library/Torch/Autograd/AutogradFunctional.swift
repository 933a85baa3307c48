import Runtime
import Tensor

/// `torch.autograd.functional`: Jacobians, Hessians and products with them.
enum AutogradFunctional {
  static func make() -> Module {
    TorchModule.table("autograd.functional") { table in
      let common = "Any func, Any inputs"
      table.function(
        "jacobian",
        "(\(common), bool create_graph=False, bool strict=False, bool vectorize=False, str strategy='reverse-mode')",
        "The matrix of first derivatives.", isPython: true
      ) { (vm, args) throws(ExceptionObject) in
        let (function, inputs) = try prepare(args, vm)
        let creates = args.bool(2, default: false)
        let made = try jacobian(
          function.call, inputs.tensors, creates, vm, strict: args.bool(3, default: false) ? .function : nil)
        let rows = made.rows.map { (row) in inputs.isTuple ? Value.makeTuple(row.map { .tensor($0) }) : .tensor(row[0])
        }
        return made.isTuple ? .makeTuple(rows) : rows[0]
      }
      table.function(
        "hessian",
        "(\(common), bool create_graph=False, bool strict=False, bool vectorize=False, str outer_jacobian_strategy='reverse-mode')",
        "The matrix of second derivatives of a scalar function.", isPython: true
      ) { (vm, args) throws(ExceptionObject) in
        let (function, inputs) = try prepare(args, vm)
        let rows = try hessian(
          function.call, inputs.tensors, args.bool(2, default: false), vm, isStrict: args.bool(3, default: false))
        if !inputs.isTuple { return .tensor(rows[0][0]) }
        return .makeTuple(rows.map { .makeTuple($0.map { .tensor($0) }) })
      }
      table.function(
        "vjp", "(\(common), Any? v=None, bool create_graph=False, bool strict=False)", "v times the Jacobian.",
        isPython: true
      ) {
        (vm, args) throws(ExceptionObject) in
        let (function, inputs) = try prepare(args, vm)
        return try vjp(function, inputs, args.value(2), args.bool(3, default: false), vm)
      }
      table.function(
        "jvp", "(\(common), Any? v=None, bool create_graph=False, bool strict=False)", "The Jacobian times v.",
        isPython: true
      ) {
        (vm, args) throws(ExceptionObject) in
        let (function, inputs) = try prepare(args, vm)
        return try jvp(function, inputs, args.value(2), args.bool(3, default: false), vm)
      }
      for name in ["hvp", "vhp"] {
        table.function(
          name, "(\(common), Any? v=None, bool create_graph=False, bool strict=False)", "The Hessian times v.",
          isPython: true
        ) {
          (vm, args) throws(ExceptionObject) in
          let (function, inputs) = try prepare(args, vm)
          return try hvp(name, function, inputs, args.value(2), args.bool(3, default: false), vm)
        }
      }
    }
  }

  /// A function of the language on tensors.
  struct TensorFunction {
    let call: ([Tensor]) throws(ExceptionObject) -> (tensors: [Tensor], isTuple: Bool)
  }

  struct Inputs {
    let tensors: [Tensor]
    let isTuple: Bool

    func pack(_ results: [Tensor]) -> Value {
      isTuple ? .makeTuple(results.map { .tensor($0) }) : .tensor(results[0])
    }
  }

  private static func prepare(
    _ args: OperationArguments, _ vm: VM
  ) throws(ExceptionObject) -> (TensorFunction, Inputs) {
    let callee = CreationMembers.rawValue(args, 0)
    let function = TensorFunction { (inputs) throws(ExceptionObject) in
      let result = try vm.call(callee, inputs.map { .tensor($0) })
      if case .tensor(let t) = result { return ([t], false) }
      guard let items = result.asTuple?.items else {
        throw .type(
          "The outputs of the user-provided function given to jacobian must be either a Tensor or a tuple of Tensors but the given outputs of the user-provided function has type \(try vm.repr(.object(vm.type(of: result))))."
        )
      }
      return (try AutogradModule.tensors(.makeTuple(items), vm), true)
    }
    let value = CreationMembers.rawValue(args, 1)
    if case .tensor(let t) = value { return (function, Inputs(tensors: [t], isTuple: false)) }
    guard let items = value.asTuple?.items else {
      throw .type(
        "The inputs given to jacobian must be either a Tensor or a tuple of Tensors but the given inputs has type \(try vm.repr(.object(vm.type(of: value))))."
      )
    }
    return (function, Inputs(tensors: try AutogradModule.tensors(.makeTuple(items), vm), isTuple: true))
  }

  /// Fresh leaves over the inputs, or views of them when the result is to be differentiable.
  private static func leaves(_ inputs: [Tensor], _ createsGraph: Bool) throws(ExceptionObject) -> [Tensor] {
    var result: [Tensor] = []
    for input in inputs {
      if createsGraph && input.requiresGrad {
        result.append(try core { () throws(TensorError) in try Operations.view(input, input.shape.array) })
      } else {
        let leaf = input.detach()
        try core { () throws(TensorError) in try leaf.setRequiresGrad(true) }
        result.append(leaf)
      }
    }
    return result
  }

  private static func withGrad<T>(_ body: () throws(ExceptionObject) -> T) throws(ExceptionObject) -> T {
    let wasEnabled = GradMode.isEnabled
    GradMode.isEnabled = true
    defer { GradMode.isEnabled = wasEnabled }
    return try body()
  }

  /// For each output, the derivative by each input, of shape output × input.
  static func jacobian(
    _ function: ([Tensor]) throws(ExceptionObject) -> (tensors: [Tensor], isTuple: Bool), _ inputs: [Tensor],
    _ createsGraph: Bool, _ vm: VM, strict: Strictness? = nil
  ) throws(ExceptionObject) -> (rows: [[Tensor]], isTuple: Bool) {
    try withGrad { () throws(ExceptionObject) in
      let leaves = try leaves(inputs, createsGraph)
      let (outputs, isTuple) = try function(leaves)
      if let strict { try strict.check(outputs, leaves) }
      var rows: [[Tensor]] = []
      for output in outputs {
        var parts: [[Tensor]] = leaves.map { _ in [] }
        for j in 0..<output.count {
          let found = try gradients(output, at: j, leaves, createsGraph)
          for (k, g) in found.enumerated() { parts[k].append(g) }
        }
        var row: [Tensor] = []
        for (k, list) in parts.enumerated() {
          let shape = output.shape.array + leaves[k].shape.array
          row.append(
            try core { () throws(TensorError) in
              if list.isEmpty { return try Tensor.filled(Dims.checked(shape), leaves[k].dtype, .int(0)) }
              return try Operations.reshape(Operations.stack(list, 0), shape)
            })
        }
        rows.append(createsGraph ? row : row.map { $0.detach() })
      }
      return (rows, isTuple)
    }
  }

  /// The derivatives of one element of `output`.
  private static func gradients(
    _ output: Tensor, at index: Int, _ leaves: [Tensor], _ createsGraph: Bool
  ) throws(ExceptionObject) -> [Tensor] {
    try core { () throws(TensorError) in
      var found: [Tensor?] = leaves.map { _ in nil }
      if output.requiresGrad {
        let seed = try Tensor.filled(output.shape, output.dtype, .int(0))
        ElementStore.write(.int(1), seed.data + index * seed.dtype.size, seed.dtype)
        found = try Autograd.grad(
          [output], leaves, gradients: [seed], retainGraph: true, createGraph: createsGraph, allowUnused: true)
      }
      var result: [Tensor] = []
      for (g, leaf) in zip(found, leaves) { result.append(try g.orZeros(like: leaf)) }
      return result
    }
  }

  static func hessian(
    _ function: ([Tensor]) throws(ExceptionObject) -> (tensors: [Tensor], isTuple: Bool), _ inputs: [Tensor],
    _ createsGraph: Bool, _ vm: VM, isStrict: Bool
  ) throws(ExceptionObject) -> [[Tensor]] {
    let gradient: ([Tensor]) throws(ExceptionObject) -> (tensors: [Tensor], isTuple: Bool) = {
      (leaves) throws(ExceptionObject) in
      let single: ([Tensor]) throws(ExceptionObject) -> (tensors: [Tensor], isTuple: Bool) = {
        (x) throws(ExceptionObject) in
        let result = try function(x)
        try requireScalar(result, "hessian")
        return result
      }
      let made = try jacobian(single, leaves, true, vm, strict: isStrict ? .function : nil)
      // The Jacobian of a scalar has the shape of the input, after the scalar's own.
      var tensors: [Tensor] = []
      for (g, leaf) in zip(made.rows[0], leaves) {
        tensors.append(try core { () throws(TensorError) in try Operations.reshape(g, leaf.shape.array) })
      }
      return (tensors, true)
    }
    return try jacobian(gradient, inputs, createsGraph, vm, strict: isStrict ? .jacobian : nil).rows
  }

  private static func requireScalar(_ result: (tensors: [Tensor], isTuple: Bool), _ name: String)
    throws(ExceptionObject)
  {
    if result.isTuple {
      throw .runtime("The function given to \(name) should return a single Tensor")
    }
    if result.tensors[0].count != 1 {
      throw .runtime("The Tensor returned by the function given to \(name) should contain a single element")
    }
  }

  private static func vector(
    _ v: Value?, like tensors: [Tensor], _ vm: VM, missing: String
  ) throws(ExceptionObject) -> [Tensor] {
    guard let v else {
      guard tensors.count == 1, tensors[0].count == 1 else { throw .runtime(missing) }
      return [
        try core { () throws(TensorError) in try Tensor.filled(tensors[0].shape, tensors[0].dtype, .int(1)) }
      ]
    }
    let given = try AutogradModule.tensors(v, vm)
    if given.count != tensors.count {
      throw .runtime("v is a tuple of invalid length: should be \(tensors.count) but got \(given.count).")
    }
    for (a, b) in zip(given, tensors) where a.shape != b.shape {
      throw .runtime(
        "v has invalid size: should be torch.Size(\(b.shape.description)) but got torch.Size(\(a.shape.description)).")
    }
    return given
  }

  private static func pack(_ outputs: (tensors: [Tensor], isTuple: Bool), _ createsGraph: Bool) -> Value {
    let shown = createsGraph ? outputs.tensors : outputs.tensors.map { $0.detach() }
    return outputs.isTuple ? .makeTuple(shown.map { .tensor($0) }) : .tensor(shown[0])
  }

  private static func filled(_ found: [Tensor?], _ like: [Tensor], _ createsGraph: Bool) throws(TensorError) -> [Tensor]
  {
    var result: [Tensor] = []
    for (g, x) in zip(found, like) {
      let value = try g.orZeros(like: x)
      result.append(createsGraph ? value : value.detach())
    }
    return result
  }

  private static func vjp(
    _ function: TensorFunction, _ inputs: Inputs, _ v: Value?, _ createsGraph: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    try withGrad { () throws(ExceptionObject) in
      let leaves = try leaves(inputs.tensors, createsGraph)
      let outputs = try function.call(leaves)
      let weights = try vector(
        v, like: outputs.tensors, vm,
        missing:
          "The vector v can only be None if the user-provided function returns a single Tensor with a single element.")
      let found = try core { () throws(TensorError) in
        try filled(
          Autograd.grad(
            outputs.tensors, leaves, gradients: weights, retainGraph: createsGraph, createGraph: createsGraph,
            allowUnused: true), leaves, createsGraph)
      }
      return .makeTuple([pack(outputs, createsGraph), inputs.pack(found)])
    }
  }

  private static func jvp(
    _ function: TensorFunction, _ inputs: Inputs, _ v: Value?, _ createsGraph: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    try withGrad { () throws(ExceptionObject) in
      let leaves = try leaves(inputs.tensors, createsGraph)
      let direction = try vector(
        v, like: leaves, vm,
        missing:
          "The vector v can only be None if the input to the user-provided function is a single Tensor with a single element."
      )
      let outputs = try function.call(leaves)
      // Twice backward: the derivative of vᵀJ by v, applied to the direction.
      let found = try core { () throws(TensorError) in
        var weights: [Tensor] = []
        for output in outputs.tensors {
          let zeros = try Tensor.filled(output.shape, output.dtype, .int(0))
          try zeros.setRequiresGrad(true)
          weights.append(zeros)
        }
        let back = try Autograd.grad(
          outputs.tensors, leaves, gradients: weights, createGraph: true, allowUnused: true)
        var sources: [Tensor] = []
        var seeds: [Tensor?] = []
        for (g, d) in zip(back, direction) {
          guard let g, g.requiresGrad else { continue }
          sources.append(g)
          seeds.append(d)
        }
        if sources.isEmpty { return try filled(weights.map { _ in nil }, outputs.tensors, createsGraph) }
        return try filled(
          Autograd.grad(sources, weights, gradients: seeds, createGraph: createsGraph, allowUnused: true),
          outputs.tensors, createsGraph)
      }
      let packed = outputs.isTuple ? Value.makeTuple(found.map { .tensor($0) }) : .tensor(found[0])
      return .makeTuple([pack(outputs, createsGraph), packed])
    }
  }

  /// The Hessian is symmetric, so both products are the gradient of (∇f · v).
  private static func hvp(
    _ name: String, _ function: TensorFunction, _ inputs: Inputs, _ v: Value?, _ createsGraph: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    try withGrad { () throws(ExceptionObject) in
      let leaves = try leaves(inputs.tensors, createsGraph)
      let direction = try vector(
        v, like: leaves, vm,
        missing:
          "The vector v can only be None if the input to the user-provided function is a single Tensor with a single element."
      )
      let outputs = try function.call(leaves)
      try requireScalar(outputs, name)
      let found = try core { () throws(TensorError) in
        let gradients = try Autograd.grad(outputs.tensors, leaves, createGraph: true, allowUnused: true)
        var sources: [Tensor] = []
        var seeds: [Tensor?] = []
        for (g, d) in zip(gradients, direction) {
          guard let g, g.requiresGrad else { continue }
          sources.append(g)
          seeds.append(d)
        }
        if sources.isEmpty { return try filled(leaves.map { _ in nil }, leaves, createsGraph) }
        return try filled(
          Autograd.grad(sources, leaves, gradients: seeds, createGraph: createsGraph, allowUnused: true), leaves,
          createsGraph)
      }
      return .makeTuple([pack(outputs, createsGraph), inputs.pack(found)])
    }
  }
}
