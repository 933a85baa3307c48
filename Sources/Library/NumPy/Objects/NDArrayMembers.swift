import Runtime
import Tensor

/// Attributes and methods of arrays; most methods are the functions of `np` with the array as first argument.
enum NDArrayMembers {
  static func install() {
    let type = NumPyTypes.ndarray
    type.loader = { load($0.text) }
    type.loadableNames = { Array(forwarded) + Array(own.keys) }
    NumPyTypes.ndarray.construct = NativeFunction("ndarray(shape, dtype=None)", "An array of zeros.") {
      (vm, args) throws(ExceptionObject) in
      .object(
        NDArray(
          try CreationFunctions.filled(
            CreationFunctions.shape(args[0], vm), CreationFunctions.dtype(args, 1, vm) ?? .float64, .int(0))))
    }
  }

  private static let forwarded: Set<String> = [
    "sum", "prod", "mean", "var", "std", "max", "min", "argmax", "argmin", "all", "any", "cumsum", "cumprod",
    "round", "clip", "ravel", "swapaxes", "squeeze", "repeat", "argsort", "take", "dot", "trace", "diagonal", "nonzero",
    "searchsorted",
  ]

  private static func load(_ name: String) -> Value? {
    if let value = own[name] { return value }
    guard forwarded.contains(name), let function = NumPyLibrary.module.member(name), case .object(let o) = function,
      let native = o as? NativeFunction
    else { return nil }
    return .object(
      NativeFunction(unbound: "\(name)(self, *args, **kwargs)", native.doc) {
        (vm, base, positional, keywords) throws(ExceptionObject) in
        var named: [(Symbol, Value)] = []
        for (i, key) in (keywords?.items ?? []).enumerated() {
          if case .str(let s) = key { named.append((Symbol(s), base[positional + i])) }
        }
        return try vm.call(function, (0..<positional).map { base[$0] }, named)
      })
  }

  nonisolated(unsafe) private static let own: [String: Value] = {
    var table: [String: Value] = [:]
    func receiver(_ v: Value, _ vm: VM) throws(ExceptionObject) -> NDArray {
      if case .object(let o) = v, let a = o as? NDArray { return a }
      throw .type("descriptor requires a 'numpy.ndarray' object but received a '\(vm.typeName(v))'")
    }
    func property(
      _ name: String, _ get: @escaping (NDArray) throws(ExceptionObject) -> Value,
      set: ((VM, NDArray, Value) throws(ExceptionObject) -> Void)? = nil
    ) {
      var setter: ((VM, Value, Value) throws(ExceptionObject) -> Void)?
      if let set { setter = { (vm, r, v) throws(ExceptionObject) in try set(vm, receiver(r, vm), v) } }
      table[name] = .object(
        NativeProperty(name, "", { (vm, r) throws(ExceptionObject) in try get(receiver(r, vm)) }, set: setter))
    }
    func method(
      _ text: String, _ doc: String, _ body: @escaping (VM, NDArray, Arguments) throws(ExceptionObject) -> Value
    ) {
      table[MemberTable.name(of: text)] = .object(
        NativeFunction(text, doc) { (vm, args) throws(ExceptionObject) in try body(vm, receiver(args[0], vm), args) })
    }
    property("shape", { (a) throws(ExceptionObject) in .makeTuple(a.tensor.shape.map { .int($0) }) }) {
      (vm, a, v) throws(ExceptionObject) in
      a.tensor = try ShapeFunctions.reshape(a.tensor, CreationFunctions.shape(v, vm))
    }
    property("dtype", { (a) throws(ExceptionObject) in NumPyDType.of(a.tensor.dtype) })
    property("ndim", { (a) throws(ExceptionObject) in .int(a.tensor.ndim) })
    property("size", { (a) throws(ExceptionObject) in .int(a.tensor.count) })
    property("itemsize", { (a) throws(ExceptionObject) in .int(a.tensor.dtype.size) })
    property("nbytes", { (a) throws(ExceptionObject) in .int(a.tensor.count * a.tensor.dtype.size) })
    property(
      "strides", { (a) throws(ExceptionObject) in .makeTuple(a.tensor.strides.map { .int($0 * a.tensor.dtype.size) }) })
    property(
      "T",
      { (a) throws(ExceptionObject) in .object(NDArray(NumPyCore.permute(a.tensor, (0..<a.tensor.ndim).reversed()))) })
    property("real", { (a) throws(ExceptionObject) in .object(a) })
    property("flat", { (a) throws(ExceptionObject) in .object(NDArray(NumPyCore.reshape(a.tensor, [a.tensor.count]))) })
    property("base", { (a) throws(ExceptionObject) in .none })
    method("reshape(self, *shape, order='C')", "The elements in another shape.") {
      (vm, a, args) throws(ExceptionObject) in
      let given = args[1].asTuple?.items ?? []
      let sizes = try CreationFunctions.shape(given.count == 1 ? given[0] : .makeTuple(given), vm)
      return .object(NDArray(try ShapeFunctions.reshape(a.tensor, sizes)))
    }
    method("transpose(self, *axes)", "The dimensions in another order.") { (vm, a, args) throws(ExceptionObject) in
      .object(
        NDArray(NumPyCore.permute(a.tensor, try ShapeFunctions.order(args[1].asTuple?.items ?? [], a.tensor.ndim, vm))))
    }
    method("flatten(self, order='C')", "A copy in one dimension.") { (vm, a, args) throws(ExceptionObject) in
      .object(NDArray(NumPyCore.reshape(NumPyCore.copy(a.tensor), [a.tensor.count])))
    }
    method("astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True)", "Another type.") {
      (vm, a, args) throws(ExceptionObject) in
      NDArray.resultLike(a, NumPyCore.copy(a.tensor, try NumPyDType.require(args[1], vm)))
    }
    method("copy(self, order='C')", "A copy.") { (vm, a, args) throws(ExceptionObject) in
      .object(NDArray(NumPyCore.copy(a.tensor)))
    }
    method("__copy__(self)", "A copy.") { (vm, a, args) throws(ExceptionObject) in
      .object(NDArray(NumPyCore.copy(a.tensor)))
    }
    method("__deepcopy__(self, memo, /)", "A copy.") { (vm, a, args) throws(ExceptionObject) in
      .object(NDArray(NumPyCore.copy(a.tensor)))
    }
    method("view(self, dtype=None)", "The same memory.") { (vm, a, args) throws(ExceptionObject) in
      .object(NDArray(a.tensor.alias()))
    }
    method("tolist(self)", "Nested lists.") { (vm, a, args) throws(ExceptionObject) in
      try TensorConversions.list(a.tensor)
    }
    method("item(self, *args)", "One element.") { (vm, a, args) throws(ExceptionObject) in
      let index = args[1].asTuple?.items ?? []
      if index.count == 1, let i = try ArgumentConversion.int(index[0]) {
        let flat = NDArray(NumPyCore.reshape(a.tensor, [a.tensor.count]))
        return try vm.callMethod(NumPyIndexing.get(flat, .int(i), vm), Symbol("item"))
      }
      if index.count > 1 { return try vm.callMethod(NumPyIndexing.get(a, .makeTuple(index), vm), Symbol("item")) }
      if a.tensor.count != 1 { throw .value("can only convert an array of size 1 to a Python scalar") }
      return ResultConversion.value(a.tensor.onlyScalar)
    }
    method("fill(self, value)", "Sets all elements.") { (vm, a, args) throws(ExceptionObject) in
      try NumPyCore.assign(a.tensor, NumPyArray.from(args[1], vm))
      return .none
    }
    method("sort(self, axis=-1, kind=None, order=None)", "Sorts in place.") { (vm, a, args) throws(ExceptionObject) in
      let axis = args.has(1) ? try ArgumentConversion.int(args[1]) ?? -1 : -1
      try NumPyCore.assign(a.tensor, NumPyMath.sorted(a.tensor, NumPyCore.axis(axis, a.tensor.ndim), indices: false))
      return .none
    }
    for (name, type) in [("__float__", Types.float), ("__int__", Types.int)] {
      method("\(name)(self)", "") { (vm, a, args) throws(ExceptionObject) in
        if a.tensor.ndim != 0 { throw .type("only 0-dimensional arrays can be converted to Python scalars") }
        return try vm.call(.object(type), with: ResultConversion.value(a.tensor.onlyScalar))
      }
    }
    method("__index__(self)", "") { (vm, a, args) throws(ExceptionObject) in
      if a.tensor.ndim == 0, case .int(let i) = a.tensor.onlyScalar { return .int(i) }
      throw .type("only integer scalar arrays can be converted to a scalar index")
    }
    method("__abs__(self)", "") { (vm, a, args) throws(ExceptionObject) in
      guard let f = NumPyLibrary.module.member("absolute") else { return .none }
      return try vm.call(f, with: args[0])
    }
    method("__format__(self, spec, /)", "") { (vm, a, args) throws(ExceptionObject) in
      let spec = args[1].string ?? ""
      if a.tensor.ndim == 0 { return .text(try vm.format(ResultConversion.value(a.tensor.onlyScalar), spec)) }
      if !spec.isEmpty { throw .type("unsupported format string passed to numpy.ndarray.__format__") }
      return .text(NumPyText.str(a.tensor))
    }
    method("__array__(self, dtype=None, *, copy=None)", "Itself.") { (vm, a, args) throws(ExceptionObject) in .object(a)
    }
    method("tobytes(self, order='C')", "The bytes of the elements, row after row.") {
      (vm, a, args) throws(ExceptionObject) in .object(BytesObject(try RawFiles.bytes(a.tensor)))
    }
    method("tofile(self, fid, sep='', format='%s')", "Writes the bytes of the elements to a file.") {
      (vm, a, args) throws(ExceptionObject) in
      if args.given(2)?.string.map({ !$0.isEmpty }) ?? false {
        throw .notImplemented("ndarray.tofile as text is not available in tnb: use np.savetxt")
      }
      let bytes = try RawFiles.bytes(a.tensor)
      try FileArgument.write(args[1], vm) { (stream) throws(ExceptionObject) in try stream.write(bytes, vm) }
      return .none
    }
    return table
  }()
}

extension NDArray {
  /// An array of no dimensions stays an array here.
  static func resultLike(_ a: NDArray, _ t: Tensor) -> Value { .object(NDArray(t)) }
}
