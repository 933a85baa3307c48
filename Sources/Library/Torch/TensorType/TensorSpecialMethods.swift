import Language
import Runtime
import Tensor

/// Special methods by name: what operators and built-in functions do, callable as `x.__add__(y)`.
enum TensorSpecialMethods {
  static func add(to table: TypeMemberTable) {
    table.method("__len__", "") { (vm, t) throws(ExceptionObject) in .int(try TensorConversions.length(t)) }
    table.method("__bool__", "") { (vm, t) throws(ExceptionObject) in .bool(try TensorConversions.truth(t)) }
    table.method("__int__", "") { (vm, t) throws(ExceptionObject) in try TensorConversions.int(t) }
    table.method("__float__", "") { (vm, t) throws(ExceptionObject) in try TensorConversions.float(t) }
    table.method("__index__", "") { (vm, t) throws(ExceptionObject) in try TensorConversions.index(t) }
    table.method("__iter__", "") { (vm, t) throws(ExceptionObject) in try TensorConversions.iterator(vm, t) }
    table.method("__abs__", "") { (vm, t) throws(ExceptionObject) in
      try tensorResult { () throws(TensorError) in try Operations.abs(t) }
    }
    table.method("__reversed__", "") { (vm, t) throws(ExceptionObject) in
      if t.ndim == 0 { return .tensor(t) }
      return try tensorResult { () throws(TensorError) in try Operations.flip(t, [0]) }
    }
    table.method("__hash__", "") { (vm, t) throws(ExceptionObject) in
      .int(Int(bitPattern: Unmanaged.passUnretained(t).toOpaque()))
    }
    table.method("__repr__", "") { (vm, t) throws(ExceptionObject) in .text(try TensorConversions.repr(vm, t)) }
    table.method("__str__", "") { (vm, t) throws(ExceptionObject) in .text(try TensorConversions.repr(vm, t)) }
    table.native("__format__(self, spec, /)", "") { (vm, t, args) throws(ExceptionObject) in
      .text(try TensorConversions.format(vm, t, args[1].string ?? ""))
    }
    table.native("__contains__(self, item, /)", "") { (vm, t, args) throws(ExceptionObject) in
      .bool(try TensorConversions.contains(vm, t, args[1]))
    }
    table.native("__getitem__(self, index, /)", "") { (vm, t, args) throws(ExceptionObject) in
      try TensorIndexing.get(vm, t, args[1])
    }
    table.native("__setitem__(self, index, value, /)", "") { (vm, t, args) throws(ExceptionObject) in
      try TensorIndexing.set(vm, t, args[1], args[2])
      return .none
    }
    addOperators(to: table)
    addCopying(to: table)
  }

  private static func addOperators(to table: TypeMemberTable) {
    let operators: [(String, BinaryOperator)] = [
      ("add", .add), ("sub", .subtract), ("mul", .multiply), ("truediv", .divide), ("floordiv", .floorDivide),
      ("mod", .modulo), ("pow", .power), ("matmul", .matmul), ("lshift", .leftShift), ("rshift", .rightShift),
      ("and", .bitAnd), ("or", .bitOr), ("xor", .bitXor),
    ]
    for (name, op) in operators {
      table.native("__\(name)__(self, other, /)", "") { (vm, t, args) throws(ExceptionObject) in
        try TensorOperators.binary(vm, op, args[0], args[1])
      }
      table.native("__r\(name)__(self, other, /)", "") { (vm, t, args) throws(ExceptionObject) in
        try TensorOperators.binary(vm, op, args[1], args[0])
      }
      table.native("__i\(name)__(self, other, /)", "") { (vm, t, args) throws(ExceptionObject) in
        try TensorOperators.inplace(vm, op, args[0], args[1])
      }
    }
    let comparisons: [(String, ComparisonOperator)] = [
      ("eq", .equal), ("ne", .notEqual), ("lt", .less), ("le", .lessEqual), ("gt", .greater),
      ("ge", .greaterEqual),
    ]
    for (name, op) in comparisons {
      table.native("__\(name)__(self, other, /)", "") { (vm, t, args) throws(ExceptionObject) in
        try TensorOperators.compare(vm, op, args[0], args[1])
      }
    }
    table.method("__neg__", "") { (vm, t) throws(ExceptionObject) in try TensorOperators.unary(vm, .minus, t) }
    table.method("__pos__", "") { (vm, t) throws(ExceptionObject) in .tensor(t) }
    table.method("__invert__", "") { (vm, t) throws(ExceptionObject) in try TensorOperators.unary(vm, .invert, t) }
  }

  private static func addCopying(to table: TypeMemberTable) {
    table.native("__deepcopy__(self, memo, /)", "A copy of a leaf.") { (vm, t, args) throws(ExceptionObject) in
      if !t.isLeaf {
        throw .runtime(
          "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  If you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see https://github.com/pytorch/pytorch/pull/103001"
        )
      }
      let key = Value.int(Int(bitPattern: Unmanaged.passUnretained(t).toOpaque()))
      if case .dict(let memo) = args[1], let known = try memo.get(key, vm) { return known }
      let copy = try core { () throws(TensorError) in try t.copied() }
      try core { () throws(TensorError) in if t.requiresGrad { try copy.setRequiresGrad(true) } }
      if let g = t.grad { copy.grad = try core { () throws(TensorError) in try g.copied() } }
      TensorSpecialMethods.copyClass(t, copy)
      if case .dict(let memo) = args[1] { try memo.set(key, .tensor(copy), vm) }
      return .tensor(copy)
    }
    table.method("__copy__", "Another tensor over the same memory.") { (vm, t) throws(ExceptionObject) in
      let copy = t.alias()
      if t.isLeaf && t.requiresGrad { try core { () throws(TensorError) in try copy.setRequiresGrad(true) } }
      TensorSpecialMethods.copyClass(t, copy)
      return .tensor(copy)
    }
  }

  private static func copyClass(_ from: Tensor, _ to: Tensor) {
    guard let attachment = from.attachment as? TensorAttachment else { return }
    let made = TensorAttachment(attachment.type)
    if let attributes = attachment.attributes {
      let copied = Attributes()
      for name in attributes.names {
        if let value = attributes[name] { copied.set(name, value) }
      }
      made.attributes = copied
    }
    to.attachment = made
  }
}
