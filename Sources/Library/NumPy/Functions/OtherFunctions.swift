import Language
import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// Choosing, comparing, products, polynomials, settings.
enum OtherFunctions {
  private static func array(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Tensor {
    try NumPyArray.from(value, vm)
  }
  private static func operand(_ value: Value, _ vm: VM) throws(ExceptionObject) -> NumPyArithmetic.Operand {
    if let o = try NumPyArithmetic.operand(value, vm) { return o }
    return .init(tensor: try array(value, vm), weak: nil)
  }

  static func add(to table: MemberTable) {
    addChoosing(to: table)
    addComparing(to: table)
    addProducts(to: table)
    addRows(to: table)
    addQuestions(to: table)
    addSettings(to: table)
  }

  private static func addChoosing(to table: MemberTable) {
    table.native("where(condition, x=0, y=0, /)", "x where the condition holds, else y.") {
      (vm, args) throws(ExceptionObject) in
      let condition = try array(args[0], vm)
      if !args.has(1) { return .makeTuple(NumPyIndexing.positions(condition).map { .object(NDArray($0)) }) }
      guard args.has(2) else { throw .value("either both or neither of x and y should be given") }
      let (x, y) = (try operand(args[1], vm), try operand(args[2], vm))
      let type = try NumPyArithmetic.resultType(x, y)
      guard let inner = NumPyCore.broadcast(x.tensor.shape.array, y.tensor.shape.array),
        let shape = NumPyCore.broadcast(condition.shape.array, inner)
      else {
        throw .value(
          "operands could not be broadcast together with shapes \(NumPyCore.text(condition.shape.array)) \(NumPyCore.text(x.tensor.shape.array)) \(NumPyCore.text(y.tensor.shape.array)) "
        )
      }
      let result = try NumPyCore.checked(shape, type)
      let (c, a, b) = (
        NumPyCore.expand(condition, shape), NumPyCore.expand(x.tensor, shape), NumPyCore.expand(y.tensor, shape)
      )
      var p = result.data
      for ((i, j), k) in zip(zip(c.uncheckedElementIndices(), a.uncheckedElementIndices()), b.uncheckedElementIndices())
      {
        ElementStore.write(c.double(at: i) != 0 ? a.scalar(at: j) : b.scalar(at: k), p, type)
        p += type.size
      }
      return .object(NDArray(result))
    }
    table.native("clip(a, a_min=None, a_max=None, out=None, *, min=None, max=None)", "Within bounds.") {
      (vm, args) throws(ExceptionObject) in
      var x = try operand(args[0], vm)
      for (bound, low) in [(args.given(1) ?? args.given(4), true), (args.given(2) ?? args.given(5), false)] {
        guard let bound else { continue }
        let made = try ElementwiseFunctions.pair(x, operand(bound, vm), real: false) {
          low ? ($0.isNaN ? $0 : max($0, $1)) : ($0.isNaN ? $0 : min($0, $1))
        }
        x = .init(tensor: made, weak: nil)
      }
      return try ReductionFunctions.give(x.tensor, args.given(3), "clip")
    }
    for name in ["round", "around"] {
      table.native("\(name)(a, decimals=0, out=None)", "Rounded half to even.") { (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        let made = NumPyMath.round(t, try NumPyCore.moderate(args.given(1), default: 0))
        return try ReductionFunctions.give(made, args.given(2), name)
      }
    }
    table.native("take(a, indices, axis=None, out=None, mode='raise')", "Elements at positions.") {
      (vm, args) throws(ExceptionObject) in
      try take(args, vm)
    }
  }

  private static func take(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> Value {
    var t = try array(args[0], vm)
    var axis = 0
    if let given = args.given(2) {
      guard let i = try ArgumentConversion.int(given) else {
        throw .type("'\(vm.typeName(given))' object cannot be interpreted as an integer")
      }
      axis = try NumPyCore.axis(i, t.ndim)
    } else {
      t = NumPyCore.reshape(t, [t.count])
    }
    let mode = args.has(4) ? args[4].string ?? "" : "raise"
    var places = try array(args[1], vm)
    if places.count == 0 { places = NumPyCore.cast(places, .int64) }
    if places.dtype.isFloating {
      throw .type(
        "Cannot cast array data from dtype('\(places.dtype.name)') to dtype('int64') according to the rule 'safe'")
    }
    let size = t.shape[axis]
    if mode != "raise" {
      guard mode == "wrap" || mode == "clip" else {
        throw .value("clipmode must be one of 'clip', 'raise', or 'wrap' (got '\(mode)')")
      }
      if size == 0 && places.count > 0 { throw .index("cannot do a non-empty take from an empty axes.") }
      let within = NumPyCore.ints(places).map { mode == "wrap" ? ($0 % size + size) % size : min(max($0, 0), size - 1) }
      places = NumPyCore.make(within, places.shape.array)
    }
    let whole = Value.object(SliceObject(.none, .none, .none))
    let entries = [Value](repeating: whole, count: axis) + [.object(NDArray(NumPyCore.cast(places, .int64)))]
    let picked = try NumPyIndexing.get(NDArray(t), .makeTuple(entries), vm)
    guard let out = args.given(3) else { return picked }
    return try ReductionFunctions.give(array(picked, vm), out, "take")
  }

  private static func close(_ x: Double, _ y: Double, _ rtol: Double, _ atol: Double, _ nan: Bool) -> Bool {
    if x.isNaN || y.isNaN { return nan && x.isNaN && y.isNaN }
    if x.isInfinite || y.isInfinite { return x == y }
    return fabs(x - y) <= atol + rtol * fabs(y)
  }

  private static func addComparing(to table: MemberTable) {
    for name in ["isclose", "allclose"] {
      table.native("\(name)(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)", "Whether elements are nearly equal.") {
        (vm, args) throws(ExceptionObject) in
        let (a, b) = (try array(args[0], vm), try array(args[1], vm))
        guard let shape = NumPyCore.broadcast(a.shape.array, b.shape.array) else {
          throw .value(
            "operands could not be broadcast together with shapes \(NumPyCore.text(a.shape.array)) \(NumPyCore.text(b.shape.array)) "
          )
        }
        try NumPyCore.requireRoom(shape)
        let rtol = args.has(2) ? try CreationFunctions.number(args[2], vm) : 1e-5
        let atol = args.has(3) ? try CreationFunctions.number(args[3], vm) : 1e-8
        let nan = args.has(4) ? try vm.isTrue(args[4]) : false
        let (x, y) = (NumPyCore.doubles(NumPyCore.expand(a, shape)), NumPyCore.doubles(NumPyCore.expand(b, shape)))
        let flags = x.indices.map { close(x[$0], y[$0], rtol, atol, nan) }
        if name == "allclose" { return .bool(flags.allSatisfy { $0 }) }
        return NDArray.result(NumPyCore.make(flags, shape))
      }
    }
    table.native("array_equal(a1, a2, equal_nan=False)", "Whether shapes and elements are equal.") {
      (vm, args) throws(ExceptionObject) in
      let (a, b) = (try array(args[0], vm), try array(args[1], vm))
      let nan = args.has(2) ? try vm.isTrue(args[2]) : false
      guard a.shape == b.shape else { return .bool(false) }
      return .bool(
        zip(NumPyCore.doubles(a), NumPyCore.doubles(b)).allSatisfy { $0 == $1 || (nan && $0.isNaN && $1.isNaN) })
    }
  }

  private static func addProducts(to table: MemberTable) {
    table.native("dot(a, b, out=None)", "The product of vectors and matrices.") { (vm, args) throws(ExceptionObject) in
      try ReductionFunctions.give(NumPyLinear.dot(array(args[0], vm), array(args[1], vm), vm), args.given(2), "dot")
    }
    for name in ["inner", "vdot"] {
      table.native("\(name)(a, b, /)", "The inner product.") { (vm, args) throws(ExceptionObject) in
        let (a, b) = (try array(args[0], vm), try array(args[1], vm))
        if name == "vdot" {
          return NDArray.result(
            try NumPyLinear.dot(NumPyCore.reshape(a, [a.count]), NumPyCore.reshape(b, [b.count]), vm))
        }
        if a.ndim > 0 && b.ndim > 0 && a.shape[a.ndim - 1] != b.shape[b.ndim - 1] {
          throw .value(
            "shapes \(NumPyCore.text(a.shape.array)) and \(NumPyCore.text(b.shape.array)) not aligned: \(a.shape[a.ndim - 1]) (dim \(a.ndim - 1)) != \(b.shape[b.ndim - 1]) (dim \(b.ndim - 1))"
          )
        }
        var order = Array(0..<b.ndim)
        if b.ndim > 1 { order.swapAt(b.ndim - 1, b.ndim - 2) }
        return NDArray.result(try NumPyLinear.dot(a, NumPyCore.permute(b, order), vm))
      }
    }
    table.native("outer(a, b, out=None)", "All products of two vectors' elements.") {
      (vm, args) throws(ExceptionObject) in
      let (a, b) = (try array(args[0], vm), try array(args[1], vm))
      try NumPyCore.requireRoom([a.count, b.count])
      let made = try NumPyArithmetic.compute(
        .multiply, .init(tensor: NumPyCore.reshape(a, [a.count, 1]), weak: nil),
        .init(tensor: NumPyCore.reshape(b, [1, b.count]), weak: nil), vm)
      return try ReductionFunctions.give(made, args.given(2), "outer")
    }
    table.native(
      "einsum(*operands, out=None, optimize=False, dtype=None, order='K', casting='safe')",
      "Products and sums by index letters."
    ) {
      (vm, args) throws(ExceptionObject) in try einsum(args, vm)
    }
    table.native("_diagonal(a, offset)", "A diagonal of a matrix.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      guard t.ndim == 2 else { throw .value("diag requires an array of at least two dimensions") }
      return .object(NDArray(ShapeFunctions.diagonal(t, try NumPyCore.moderate(args.given(1), default: 0))))
    }
  }

  private static func einsum(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> Value {
    let given = args[0].asTuple?.items ?? []
    guard let subscripts = given.first?.string else {
      throw .notImplemented("np.einsum without a text of subscripts is not available in tnb")
    }
    var tensors: [Tensor] = []
    for item in given.dropFirst() { tensors.append(try array(item, vm)) }
    var type = tensors.reduce(DType.bool) { NumPyArray.promote($0, $1.dtype) }
    if let wanted = try CreationFunctions.dtype(args, 3, vm) { type = wanted }
    guard let einsum = TorchModule.shared.member("einsum") else {
      throw .notImplemented("np.einsum is not available in tnb")
    }
    do throws(ExceptionObject) {
      let list = [.text(subscripts)] + tensors.map { Value.tensor(NumPyCore.cast($0, type)) }
      guard case .tensor(let result) = try vm.call(einsum, list) else { return .none }
      return try ReductionFunctions.give(result, args.given(1), "einsum")
    } catch {
      throw error.type === Types.runtimeError ? .value(try vm.str(.object(error))) : error
    }
  }

  private static func addRows(to table: MemberTable) {
    table.native("apply_along_axis(func1d, axis, arr)", "A function of each row.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[2], vm)
      let axis = try NumPyCore.axis(ArgumentConversion.int(args[1]) ?? 0, t.ndim)
      let order = (0..<t.ndim).filter { $0 != axis } + [axis]
      let rows = NumPyCore.copy(NumPyCore.permute(t, order))
      let n = t.shape[axis]
      var results: [Value] = []
      for r in 0..<(n == 0 ? 0 : rows.count / n) {
        results.append(
          try vm.call(args[0], with: .object(NDArray(NumPyCore.view(rows, [n], [1], rows.offset + r * n)))))
      }
      let made = try NumPyArray.make(.makeList(results), dtype: nil, vm)
      let outer = order.dropLast().map { t.shape[$0] }
      return NDArray.result(NumPyCore.reshape(made, outer + made.shape.array.dropFirst()))
    }
  }

  private static func addQuestions(to table: MemberTable) {
    table.native("shape(a)", "The sizes.") { (vm, args) throws(ExceptionObject) in
      .makeTuple(try array(args[0], vm).shape.map { .int($0) })
    }
    table.native("ndim(a)", "The number of dimensions.") { (vm, args) throws(ExceptionObject) in
      .int(try array(args[0], vm).ndim)
    }
    table.native("size(a, axis=None)", "The number of elements.") { (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      guard let axis = args.given(1), let i = try ArgumentConversion.int(axis) else { return .int(t.count) }
      return .int(t.shape[try NumPyCore.axis(i, t.ndim)])
    }
    table.native("isscalar(element)", "Whether it is a number or text.") { (vm, args) throws(ExceptionObject) in
      switch args[0] {
      case .int, .float, .bool, .str: return .bool(true)
      case .instance: return .bool(args[0].asStr != nil)
      case .object(let o): return .bool(o is NumPyScalar)
      default: return .bool(false)
      }
    }
    table.native("result_type(*arrays_and_dtypes)", "The type of a result.") { (vm, args) throws(ExceptionObject) in
      var type: DType?
      var numbers: [DType] = []
      for v in args[0].asTuple?.items ?? [] {
        switch v {
        case .int: numbers.append(.int64)
        case .float: numbers.append(.float64)
        default:
          let parsed = NumPyDType.parse(v)
          let d = try parsed == nil ? array(v, vm).dtype : parsed!
          type = type.map { NumPyArray.promote($0, d) } ?? d
        }
      }
      // Python's numbers give way to types of their kind.
      for d in numbers {
        guard let known = type else {
          type = d
          continue
        }
        if known == .bool || (d.isFloating && !known.isFloating) { type = d }
      }
      return NumPyDType.of(type ?? .float64)
    }
    table.native("promote_types(type1, type2)", "The type that holds both.") { (vm, args) throws(ExceptionObject) in
      NumPyDType.of(NumPyArray.promote(try NumPyDType.require(args[0], vm), try NumPyDType.require(args[1], vm)))
    }
    table.native("issubdtype(arg1, arg2)", "Whether a type is of a kind.") { (vm, args) throws(ExceptionObject) in
      let d = try NumPyDType.require(args[0], vm)
      let type = NumPyTypes.scalar(d)
      if case .object(let o) = args[1], let wanted = o as? TypeObject {
        if wanted === Types.float { return .bool(type === NumPyTypes.float64) }
        if wanted === Types.int { return .bool(type.isSubtype(of: NumPyTypes.signedInteger)) }
        return .bool(type.isSubtype(of: wanted))
      }
      return .bool(NumPyDType.parse(args[1]) == d)
    }
    for (name, isFloat) in [("finfo", true), ("iinfo", false)] {
      table.native("\(name)(dtype)", "The limits of a type.") { (vm, args) throws(ExceptionObject) in
        let d: DType
        if let parsed = NumPyDType.parse(args[0]) { d = parsed } else { d = try array(args[0], vm).dtype }
        guard d.isFloating == isFloat, d != .bool else {
          throw .value(
            isFloat
              ? "data type <class 'numpy.\(NumPyTypes.scalar(d).name)'> not inexact"
              : "Invalid integer data type '\(d == .bool ? "b" : "f")'.")
        }
        return .object(NumericLimits(d, numPy: true))
      }
    }
  }

  private static func addSettings(to table: MemberTable) {
    table.native(
      "set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *, legacy=None)",
      "Sets how arrays print."
    ) { (vm, args) throws(ExceptionObject) in
      try setOptions(args, vm)
      return .none
    }
    table.native("printoptions(*args, **kwargs)", "Print options within a `with` block.") {
      (vm, args) throws(ExceptionObject) in
      let before = NumPyPrintOptions.current
      var named: [(Symbol, Value)] = []
      if let dict = args[1].asDict {
        var position = 0
        while let (key, value) = dict.next(&position) {
          if let s = key.asStr { named.append((Symbol(s), value)) }
        }
      }
      let positional = args[0].asTuple?.items ?? []
      let keywords = named
      guard let set = table.find("set_printoptions") else { return .none }
      return .object(
        ContextObject(
          "printoptions",
          enter: { (vm) throws(ExceptionObject) in
            _ = try vm.call(set, positional, keywords)
            return .none
          }, exit: { (_) throws(ExceptionObject) in NumPyPrintOptions.current = before }))
    }
    table.native("get_printoptions()", "How arrays print.") { (vm, args) throws(ExceptionObject) in try getOptions(vm) }
    table.native("_array_text(a, separator, prefix, suffix)", "An array as text, by the options that are set.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      if t.ndim == 0, NumPyPrintOptions.current.writer == nil { return .text(NumPyText.str(t)) }
      return .text(
        NumPyText.string(
          t, separator: args[1].string ?? " ", prefix: args[2].string ?? "",
          suffix: args[3].string ?? ""))
    }
    for name in [
      "memmap", "fft", "ma", "fromregex", "DataSource",
      "matrix", "rec", "datetime64", "complex128", "complex64", "uint16", "uint32", "uint64", "longdouble", "object_",
      "void",
    ] {
      table.set(name, Unavailable.value("numpy." + name))
    }
  }

  /// Writes elements by the functions of a `formatter` dict.
  private static func writer(_ formatter: Value, _ vm: VM) throws(ExceptionObject) -> NumPyElementWriter? {
    guard let dict = formatter.asDict else { throw .type("formatter must be a dict, not \(vm.typeName(formatter))") }
    var functions: [String: Value] = [:]
    var position = 0
    while let (key, value) = dict.next(&position) {
      if let name = key.string, !value.isNone { functions[name] = value }
    }
    func function(_ dtype: DType) -> Value? {
      let names = dtype == .bool ? ["bool"] : dtype.isFloating ? ["float", "float_kind"] : ["int", "int_kind"]
      return names.compactMap { functions[$0] }.last ?? functions["all"]
    }
    return NumPyElementWriter(dict) { [unowned vm] (scalar, dtype) in
      guard let f = function(dtype) else { return nil }
      do throws(ExceptionObject) {
        return try vm.str(vm.call(f, with: .object(NumPyScalar(scalar, dtype))))
      } catch {
        return "<\(error.type.name)>"
      }
    }
  }

  private static func getOptions(_ vm: VM) throws(ExceptionObject) -> Value {
    let o = NumPyPrintOptions.current
    let dict = Value.dict(Dict())
    let threshold = Int(exactly: o.threshold).map { Value.int($0) } ?? .float(o.threshold)
    let entries: [(String, Value)] = [
      ("edgeitems", .int(o.edgeItems)), ("threshold", threshold), ("floatmode", .text(o.floatMode)),
      ("precision", .int(o.precision)), ("suppress", .bool(o.suppress)), ("linewidth", .int(o.lineWidth)),
      ("nanstr", .text(o.nanText)), ("infstr", .text(o.infinityText)), ("sign", .text(o.sign)),
      ("formatter", (o.writer?.source as? Dict).map { .dict($0) } ?? .none), ("legacy", .bool(false)),
      ("override_repr", .none),
    ]
    for (name, value) in entries { try vm.setItem(dict, .text(name), value) }
    return dict
  }

  private static func setOptions(_ args: Arguments, _ vm: VM) throws(ExceptionObject) {
    var o = NumPyPrintOptions.current
    if let v = args.given(0), try ArgumentConversion.int(v) == nil { throw .type("precision must be an integer") }
    if let v = args.given(1) {
      guard let n = try ArgumentConversion.scalar(v) else { throw .type("threshold must be numeric") }
      if n.double.isNaN { throw .value("threshold must be non-NAN, try sys.maxsize for untruncated representation") }
    }
    if let v = args.given(9), !["fixed", "unique", "maxprec", "maxprec_equal"].contains(v.string ?? "") {
      throw .value(
        "floatmode option must be one of 'fixed', 'unique', 'maxprec', or 'maxprec_equal', got \(try vm.repr(v))")
    }
    if let v = args.given(8), ![" ", "+", "-"].contains(v.string ?? "") {
      throw .value("sign option must be one of ' ', '+', or '-'")
    }
    if args.given(10) != nil { throw .notImplemented("np.set_printoptions(legacy=…) is not available in tnb") }
    if let v = args.given(0), let n = try ArgumentConversion.int(v) { o.precision = max(0, min(n, 64)) }
    if let v = args.given(1), let n = try ArgumentConversion.scalar(v) { o.threshold = n.double }
    if let v = args.given(2), let n = try ArgumentConversion.int(v) { o.edgeItems = max(1, n) }
    if let v = args.given(3), let n = try ArgumentConversion.int(v) { o.lineWidth = n }
    if let v = args.given(4) { o.suppress = try vm.isTrue(v) }
    if let v = args.given(5)?.string { o.nanText = v }
    if let v = args.given(6)?.string { o.infinityText = v }
    // A formatter holds until options are set again, as in NumPy.
    o.writer = nil
    if let v = args.given(7) { o.writer = try writer(v, vm) }
    if let v = args.given(8)?.string { o.sign = v }
    if let v = args.given(9)?.string { o.floatMode = v }
    NumPyPrintOptions.current = o
  }
}
