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
    "searchsorted", "put", "argpartition", "choose", "conj", "conjugate",
  ]

  /// Those of the members that arrays of strings have as well: done with the places of their texts.
  private static let textual: Set<String> = [
    "shape", "ndim", "size", "T", "mT", "reshape", "transpose", "flatten", "copy", "__copy__", "__deepcopy__",
    "__len__",
    "__array__", "__iter__", "__getitem__",
  ]

  private static func load(_ name: String) -> Value? {
    if let value = own[name] { return value }
    guard forwarded.contains(name), let function = NumPyLibrary.module.member(name) else { return nil }
    var doc = "As `np.\(name)`."
    if case .object(let o) = function, let native = o as? NativeFunction { doc = native.doc }
    return .object(
      NativeFunction(unbound: "\(name)(self, *args, **kwargs)", doc) {
        (vm, base, positional, keywords) throws(ExceptionObject) in
        var named: [(Symbol, Value)] = []
        for (i, key) in (keywords?.items ?? []).enumerated() {
          if case .str(let s) = key { named.append((Symbol(s), base[positional + i])) }
        }
        let result = try vm.call(function, (0..<positional).map { base[$0] }, named)
        if case .object(let o) = result, let a = o as? NDArray, case .object(let own) = base[0],
          let me = own as? NDArray
        {
          a.show(me)
        }
        return result
      })
  }

  /// Special methods that are there to be called by name; operators do not go through them.
  private static let slots: Set<String> = ["__len__", "__getitem__", "__setitem__", "__contains__", "__iter__"]

  private typealias Declare = (String, String, @escaping (VM, NDArray, Arguments) throws(ExceptionObject) -> Value) ->
    Void

  private static func addSlots(_ method: Declare) {
    method("__len__(self, /)", "") { (vm, a, args) throws(ExceptionObject) in .int(try vm.length(.object(a))) }
    method("__getitem__(self, key, /)", "") { (vm, a, args) throws(ExceptionObject) in
      try vm.getItem(.object(a), args[1])
    }
    method("__setitem__(self, key, value, /)", "") { (vm, a, args) throws(ExceptionObject) in
      try vm.setItem(.object(a), args[1], args[2])
      return .none
    }
    method("__contains__(self, key, /)", "") { (vm, a, args) throws(ExceptionObject) in
      .bool(try a.nativeContains(args[1], vm) ?? false)
    }
    method("__iter__(self, /)", "") { (vm, a, args) throws(ExceptionObject) in try vm.iterator(.object(a)) }
  }

  private static func addShapes(_ method: Declare) {
    method("reshape(self, *shape, order='C', copy=None)", "The elements in another shape.") {
      (vm, a, args) throws(ExceptionObject) in
      let given = args[1].asTuple?.items ?? []
      guard let reshape = NumPyLibrary.module.member("reshape") else { return .none }
      var named: [(Symbol, Value)] = []
      if args.has(2) { named.append((Symbol("order"), args[2])) }
      if args.has(3) { named.append((Symbol("copy"), args[3])) }
      return try vm.call(reshape, [.object(a), given.count == 1 ? given[0] : .makeTuple(given)], named)
    }
    method("transpose(self, *axes)", "The dimensions in another order.") { (vm, a, args) throws(ExceptionObject) in
      let order = try ShapeFunctions.order(args[1].asTuple?.items ?? [], a.tensor.ndim, vm)
      return NDArray.sharing(NumPyCore.permute(a.tensor, order), .object(a))
    }
    method("flatten(self, order='C')", "A copy in one dimension.") { (vm, a, args) throws(ExceptionObject) in
      let t = MemoryOrder.rows(of: a.tensor, try MemoryOrder.of(args.given(1), vm))
      return .object(NDArray(NumPyCore.reshape(NumPyCore.copy(t), [t.count])))
    }
    method("compress(self, condition, axis=None, out=None)", "Entries where a condition holds.") {
      (vm, a, args) throws(ExceptionObject) in
      guard let compress = NumPyLibrary.module.member("compress") else { return .none }
      return try vm.call(compress, [args[1], .object(a), args.given(2) ?? .none, args.given(3) ?? .none])
    }
    method("partition(self, kth, axis=-1, kind='introselect', order=None)", "Puts elements where sorting would.") {
      (vm, a, args) throws(ExceptionObject) in
      try a.requireWritable()
      let axis = args.has(2) ? try NumPyCore.moderate(args[2], default: -1) : -1
      try NumPyCore.assign(a.tensor, NumPyMath.sorted(a.tensor, NumPyCore.axis(axis, a.tensor.ndim), indices: false))
      return .none
    }
    method("resize(self, *new_shape, refcheck=True)", "Another shape in place: elements cut off, or zeros added.") {
      (vm, a, args) throws(ExceptionObject) in
      let given = args[1].asTuple?.items ?? []
      let shape = try CreationFunctions.shape(given.count == 1 ? given[0] : .makeTuple(given), vm)
      if a.base != nil {
        throw .value("cannot resize this array: it does not own its data")
      }
      let made = try CreationFunctions.filled(shape, a.tensor.dtype, .int(0))
      let n = min(made.count, a.tensor.count)
      let (from, to) = (NumPyCore.reshape(a.tensor, [a.tensor.count]), NumPyCore.reshape(made, [made.count]))
      try NumPyCore.assign(
        NumPyCore.view(to, [n], [1], to.offset), NumPyCore.view(from, [n], [1], from.offset))
      a.tensor = made
      return .none
    }
    method("to_device(self, device, /, *, stream=None)", "Itself.") { (vm, a, args) throws(ExceptionObject) in
      if args[1].string != "cpu" { throw .value("Unsupported device: \(try vm.str(args[1])).") }
      return .object(a)
    }
  }

  nonisolated(unsafe) private static let own: [String: Value] = {
    var table: [String: Value] = [:]
    func receiver(_ v: Value, _ vm: VM) throws(ExceptionObject) -> NDArray {
      if case .object(let o) = v, let a = o as? NDArray { return a }
      throw .type("descriptor requires a 'numpy.ndarray' object but received a '\(vm.typeName(v))'")
    }
    /// The answer of an array of strings; nil for other receivers.
    func ofTexts(
      _ name: String, _ v: Value, _ vm: VM, _ args: Arguments?,
      _ answer: (NDArray) throws(ExceptionObject) -> Value
    ) throws(ExceptionObject) -> Value? {
      guard case .object(let o) = v, let texts = o as? TextArray else { return nil }
      if textual.contains(name) { return texts.decoded(try answer(NDArray(texts.codes))) }
      return try TextMembers.answer(name, texts, args, vm)
    }
    func property(
      _ name: String, _ get: @escaping (NDArray) throws(ExceptionObject) -> Value,
      set: ((VM, NDArray, Value) throws(ExceptionObject) -> Void)? = nil
    ) {
      var setter: ((VM, Value, Value) throws(ExceptionObject) -> Void)?
      if let set { setter = { (vm, r, v) throws(ExceptionObject) in try set(vm, receiver(r, vm), v) } }
      table[name] = .object(
        NativeProperty(
          name, "",
          { (vm, r) throws(ExceptionObject) in
            if let answer = try ofTexts(name, r, vm, nil, get) { return answer }
            return try get(receiver(r, vm))
          }, set: setter))
    }
    func method(
      _ text: String, _ doc: String, _ body: @escaping (VM, NDArray, Arguments) throws(ExceptionObject) -> Value
    ) {
      let name = MemberTable.name(of: text)
      let function = NativeFunction(text, doc) { (vm, args) throws(ExceptionObject) in
        let ofArray = { (a: NDArray) throws(ExceptionObject) -> Value in try body(vm, a, args) }
        if let answer = try ofTexts(name, args[0], vm, args, ofArray) { return answer }
        return try body(vm, receiver(args[0], vm), args)
      }
      function.isSlotWrapper = slots.contains(name)
      table[name] = .object(function)
    }
    property("shape", { (a) throws(ExceptionObject) in .makeTuple(a.tensor.shape.map { .int($0) }) }) {
      (vm, a, v) throws(ExceptionObject) in
      a.tensor = try ShapeFunctions.reshape(a.tensor, CreationFunctions.shape(v, vm))
    }
    property("dtype", { (a) throws(ExceptionObject) in NumPyDType.of(a.tensor.dtype) }) {
      (vm, a, v) throws(ExceptionObject) in
      a.tensor = try MemoryViews.reinterpreted(a.tensor, NumPyDType.require(v, vm))
    }
    property("ndim", { (a) throws(ExceptionObject) in .int(a.tensor.ndim) })
    property("size", { (a) throws(ExceptionObject) in .int(a.tensor.count) })
    property("itemsize", { (a) throws(ExceptionObject) in .int(a.tensor.dtype.size) })
    property("nbytes", { (a) throws(ExceptionObject) in .int(a.tensor.count * a.tensor.dtype.size) })
    property(
      "strides", { (a) throws(ExceptionObject) in .makeTuple(a.tensor.strides.map { .int($0 &* a.tensor.dtype.size) }) }
    )
    func turned(_ a: NDArray, _ order: [Int]) -> Value {
      NDArray.sharing(NumPyCore.permute(a.tensor, order), .object(a))
    }
    property("T", { (a) throws(ExceptionObject) in turned(a, (0..<a.tensor.ndim).reversed()) })
    property(
      "mT",
      { (a) throws(ExceptionObject) in
        let n = a.tensor.ndim
        if n < 2 { throw .value("matrix transpose with ndim < 2 is undefined") }
        return turned(a, Array(0..<(n - 2)) + [n - 1, n - 2])
      })
    property("real", { (a) throws(ExceptionObject) in .object(a) })
    property(
      "imag",
      { (a) throws(ExceptionObject) in
        let zeros = NDArray(try CreationFunctions.filled(a.tensor.shape.array, a.tensor.dtype, .int(0)))
        zeros.isWritable = false
        return .object(zeros)
      })
    property("flat", { (a) throws(ExceptionObject) in .object(FlatIterator(a)) }) {
      (vm, a, v) throws(ExceptionObject) in try FlatIterator.assign(a, v, vm)
    }
    property("base", { (a) throws(ExceptionObject) in a.base.map { .object($0) } ?? .none })
    property("flags", { (a) throws(ExceptionObject) in .object(FlagsObject(a)) })
    property("device", { (a) throws(ExceptionObject) in .text("cpu") })
    method("setflags(self, write=None, align=None, uic=None)", "Sets whether elements can be assigned.") {
      (vm, a, args) throws(ExceptionObject) in
      if let write = args.given(1) { try FlagsObject(a).setWritable(vm.isTrue(write)) }
      return .none
    }
    addShapes(method)
    addSlots(method)
    method("astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True)", "Another type.") {
      (vm, a, args) throws(ExceptionObject) in
      if let texts = TextDType.parse(args[1]) {
        guard let made = try TextArray.make(.object(a), .object(texts), vm) else { return .none }
        return .object(made)
      }
      let type = args[1].isNone ? .float64 : try NumPyDType.require(args[1], vm)
      if let rule = args.given(3)?.string, rule != "unsafe", type != a.tensor.dtype {
        guard let can = NumPyLibrary.module.member("can_cast") else { return .none }
        let answer = try vm.call(can, [NumPyDType.of(a.tensor.dtype), NumPyDType.of(type), .text(rule)])
        if try !vm.isTrue(answer) {
          throw .type(
            "Cannot cast array data from dtype('\(a.tensor.dtype.name)') to dtype('\(type.name)') according to the rule '\(rule)'"
          )
        }
      }
      if args.has(5), type == a.tensor.dtype, try !vm.isTrue(args[5]) { return .object(a) }
      let order = try MemoryOrder.of(args.given(2) ?? .text("K"), vm)
      return .object(NDArray(order.laid(NumPyCore.copy(a.tensor, type), like: a.tensor)))
    }
    method("copy(self, order='C')", "A copy.") { (vm, a, args) throws(ExceptionObject) in
      let order = try MemoryOrder.of(args.given(1), vm)
      return .object(NDArray(order.laid(NumPyCore.copy(a.tensor), like: a.tensor)))
    }
    method("__copy__(self)", "A copy.") { (vm, a, args) throws(ExceptionObject) in
      .object(NDArray(NumPyCore.copy(a.tensor)))
    }
    method("__deepcopy__(self, memo, /)", "A copy.") { (vm, a, args) throws(ExceptionObject) in
      .object(NDArray(NumPyCore.copy(a.tensor)))
    }
    method("view(self, dtype=None, type=None)", "The same memory, read as another type where one is given.") {
      (vm, a, args) throws(ExceptionObject) in
      if args.given(2) != nil { throw .notImplemented("ndarray.view: type= is not available in tnb") }
      guard let wanted = args.given(1) else { return NDArray.sharing(a.tensor.alias(), .object(a)) }
      if case .object(let o) = wanted, o === NumPyTypes.ndarray { return NDArray.sharing(a.tensor.alias(), .object(a)) }
      return NDArray.sharing(
        try MemoryViews.reinterpreted(a.tensor, NumPyDType.require(wanted, vm)), .object(a))
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
      try a.requireWritable()
      try NumPyCore.assign(a.tensor, NumPyArray.make(args[1], dtype: a.tensor.dtype, vm))
      return .none
    }
    method("sort(self, axis=-1, kind=None, order=None, *, stable=None)", "Sorts in place.") {
      (vm, a, args) throws(ExceptionObject) in
      try a.requireWritable()
      if args.given(3) != nil { throw .value("Cannot specify order when the array has no fields.") }
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
      (vm, a, args) throws(ExceptionObject) in
      let order = try MemoryOrder.of(args.given(1), vm)
      return .object(BytesObject(try RawFiles.bytes(NumPyCore.copy(MemoryOrder.rows(of: a.tensor, order)))))
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
