import Language
import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// Sums, means, extremes; sorting and searching.
enum ReductionFunctions {
  private static func array(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Tensor {
    try NumPyArray.from(value, vm)
  }

  private static func keeps(_ args: Arguments, _ i: Int, _ vm: VM) throws(ExceptionObject) -> Bool {
    args.has(i) ? try vm.isTrue(args[i]) : false
  }

  /// Hands the result over, or writes it where `out` wants it.
  static func give(_ t: Tensor, _ out: Value?, _ name: String) throws(ExceptionObject) -> Value {
    guard var out else { return NDArray.result(t) }
    if let tuple = out.asTuple, tuple.items.count == 1 { out = tuple.items[0] }
    guard case .object(let o) = out, let a = o as? NDArray else { throw .type("return arrays must be of ArrayType") }
    try a.requireWritable()
    try NumPyArithmetic.store(t, into: a.tensor, name)
    return out
  }

  static func add(to table: MemberTable) {
    reduction(table, "sum", "(a, axis=None, dtype=None, out=None, keepdims=False, initial=0, where=True)", "The sum.") {
      NumPyMath.sum($0, $1, keep: $2, dtype: $3)
    }
    reduction(
      table, "prod", "(a, axis=None, dtype=None, out=None, keepdims=False, initial=1, where=True)", "The product."
    ) {
      NumPyMath.product($0, $1, keep: $2, dtype: $3)
    }
    reduction(table, "mean", "(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True)", "The mean.") {
      NumPyMath.mean($0, $1, keep: $2, dtype: $3)
    }
    for (name, largest) in [("max", true), ("min", false)] {
      reduction(table, name, "(a, axis=None, out=None, keepdims=False, initial=0, where=True)", "The extreme.") {
        (t, axes, keep, _) throws(ExceptionObject) in
        try NumPyMath.extreme(t, axes, keep: keep, largest: largest)
      }
      table.native("arg\(name)(a, axis=None, out=None, *, keepdims=False)", "Where the extreme is.") {
        (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        let made = try NumPyMath.argExtreme(
          t, NumPyMath.axes(args.given(1), t.ndim, vm)?.first, keep: keeps(args, 3, vm), largest: largest)
        return try give(made, args.given(2), "arg\(name)")
      }
    }
    for (name, isAll) in [("all", true), ("any", false)] {
      reduction(table, name, "(a, axis=None, out=None, keepdims=False, *, where=True)", "Whether elements are true.") {
        (t, axes, keep, _) in NumPyMath.truth(t, axes, keep: keep, all: isAll)
      }
    }
    addSpread(to: table)
    table.alias("max", "amax")
    table.alias("min", "amin")
    table.native("ptp(a, axis=None, out=None, keepdims=False)", "Largest less smallest.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let axes = try NumPyMath.axes(args.given(1), t.ndim, vm)
      let keep = try keeps(args, 3, vm)
      let (high, low) = (
        try NumPyMath.extreme(t, axes, keep: keep, largest: true),
        try NumPyMath.extreme(t, axes, keep: keep, largest: false)
      )
      let made = try NumPyArithmetic.compute(
        .subtract, .init(tensor: high, weak: nil), .init(tensor: low, weak: nil), vm)
      return try give(made, args.given(2), "ptp")
    }
    for (name, isProduct) in [("cumsum", false), ("cumprod", true)] {
      table.native("\(name)(a, axis=None, dtype=None, out=None)", "Running totals.") {
        (vm, args) throws(ExceptionObject) in
        var t = try array(args[0], vm)
        let wanted = try CreationFunctions.dtype(args, 2, vm)
        if let wanted { t = NumPyCore.cast(t, wanted) }
        var made = NumPyMath.cumulative(
          t, try NumPyMath.axes(args.given(1), t.ndim, vm)?.first, product: isProduct)
        if let wanted { made = NumPyCore.cast(made, wanted) }
        guard let out = args.given(3) else { return .object(NDArray(made)) }
        return try give(made, out, name)
      }
    }
    addSorting(to: table)
  }

  /// A reduction: with `initial` or `where` by a function in the language, else by the loop given.
  private static func reduction(
    _ table: MemberTable, _ name: String, _ parameters: String, _ doc: String,
    _ reduce: @escaping (Tensor, [Int]?, Bool, DType?) throws(ExceptionObject) -> Tensor
  ) {
    let names = Signature(name + parameters).parameters.map(\.name.text)
    func place(_ parameter: String) -> Int? { names.firstIndex(of: parameter) }
    let (dtype, out, keepdims) = (place("dtype"), place("out"), place("keepdims"))
    let (initial, condition) = (place("initial"), place("where"))
    table.native(name + parameters, doc) { (vm, args) throws(ExceptionObject) in
      func given(_ i: Int?) -> Value? { i.flatMap { args.given($0) } }
      let t = try array(args[0], vm)
      let made: Tensor
      if isGiven(given(initial)) || isGiven(given(condition)) {
        made = try array(
          masked(name, .object(NDArray(t)), args, [dtype, keepdims, initial, condition], vm), vm)
      } else {
        made = try reduce(
          t, NumPyMath.axes(args.given(1), t.ndim, vm),
          keepdims.map { (i) throws(ExceptionObject) in try keeps(args, i, vm) } ?? false,
          dtype.flatMap { (i) throws(ExceptionObject) in try CreationFunctions.dtype(args, i, vm) })
      }
      return try give(made, given(out), name)
    }
  }

  /// Whether `initial` or `where` says something.
  private static func isGiven(_ value: Value?) -> Bool {
    guard let value else { return false }
    if case .bool(true) = value { return false }
    return true
  }

  /// The written counterpart, by places of `dtype`, `keepdims`, `initial` (or `ddof`) and `where`.
  private static func masked(
    _ name: String, _ a: Value, _ args: Arguments, _ places: [Int?], _ vm: VM
  ) throws(ExceptionObject) -> Value {
    let written = try vm.importedModule("_numpy_reductions")
    let absent = try vm.getAttribute(written, Symbol("_absent"))
    let defaults: [Value] = [.none, .bool(false), absent, .bool(true)]
    var list = [a, args.given(1) ?? .none]
    for (place, value) in zip(places, defaults) { list.append(place.flatMap { args.given($0) } ?? value) }
    return try vm.call(vm.getAttribute(written, Symbol(name)), list)
  }

  private static func addSpread(to table: MemberTable) {
    for name in ["var", "std"] {
      table.native(
        "\(name)(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=0)",
        "The spread."
      ) {
        (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        if args.given(7) != nil { throw .notImplemented("np.\(name): mean= is not available in tnb") }
        if args.has(8) && args.given(4).map({ if case .int(0) = $0 { false } else { true } }) ?? false {
          throw .value("ddof and correction can't be provided simultaneously.")
        }
        let spread = args.given(4) ?? args.given(8) ?? .int(0)
        if isGiven(args.given(6)) {
          let written = try vm.importedModule("_numpy_reductions")
          let list: [Value] = [
            .object(NDArray(t)), args.given(1) ?? .none, args.given(2) ?? .none, .bool(try keeps(args, 5, vm)), spread,
            args[6],
          ]
          let made = try vm.call(vm.getAttribute(written, Symbol(name)), list)
          return try give(array(made, vm), args.given(3), name)
        }
        let made = NumPyMath.variance(
          t, try NumPyMath.axes(args.given(1), t.ndim, vm), keep: try keeps(args, 5, vm),
          ddof: try CreationFunctions.number(spread, vm), dtype: try CreationFunctions.dtype(args, 2, vm))
        let result = name == "var" ? made : NumPyMath.map(made, { $0.squareRoot() }, { $0.squareRoot() })
        return try give(result, args.given(3), name)
      }
    }
  }

  private static func addSorting(to table: MemberTable) {
    for (name, isOrder) in [("sort", false), ("argsort", true)] {
      table.native("\(name)(a, axis=-1, kind=None, order=None, *, stable=None)", "In ascending order.") {
        (vm, args) throws(ExceptionObject) in
        var t = try array(args[0], vm)
        if let kind = args.given(2)?.string, !["quicksort", "heapsort", "mergesort", "stable"].contains(kind) {
          throw .value("sort kind must be one of 'quick', 'heap', or 'stable' (got '\(kind)')")
        }
        if args.given(3) != nil { throw .value("Cannot specify order when the array has no fields.") }
        var axis = -1
        if args.has(1) {
          if args[1].isNone {
            t = NumPyCore.reshape(t, [t.count])
          } else {
            axis = try ArgumentConversion.int(args[1]) ?? -1
          }
        }
        return .object(NDArray(NumPyMath.sorted(t, try NumPyCore.axis(axis, t.ndim), indices: isOrder)))
      }
    }
    table.native("searchsorted(a, v, side='left', sorter=None)", "Where values belong in a sorted array.") {
      (vm, args) throws(ExceptionObject) in
      var a = try array(args[0], vm)
      if a.ndim != 1 {
        throw .value(a.ndim == 0 ? "object of too small depth for desired array" : "object too deep for desired array")
      }
      if let sorter = args.given(3) {
        let order = NumPyCore.ints(try array(sorter, vm))
        if order.count != a.count { throw .value("sorter.size must equal a.size") }
        if order.contains(where: { $0 < 0 || $0 >= a.count }) { throw .value("Sorter index out of range.") }
        a = try ShapeFunctions.take(a, order, 0)
      }
      let sorted = NumPyCore.doubles(a)
      let v = try array(args[1], vm)
      let side = args.has(2) ? args[2].string ?? "" : "left"
      guard side == "left" || side == "right" else {
        throw .value("search side must be one of 'left' or 'right' (got '\(side)')")
      }
      let isRight = side == "right"
      let places = NumPyCore.doubles(v).map { search(sorted, $0, right: isRight) }
      return NDArray.result(NumPyCore.make(places, v.shape.array))
    }
    table.native("bincount(x, weights=None, minlength=0)", "How often each int occurs.") {
      (vm, args) throws(ExceptionObject) in
      let given = try array(args[0], vm)
      if given.ndim != 1 {
        throw .value(
          given.ndim == 0 ? "object of too small depth for desired array" : "object too deep for desired array")
      }
      if given.dtype.isFloating, given.count > 0, case .object = args[0] {
        throw .type(
          "Cannot cast array data from dtype('\(given.dtype.name)') to dtype('int64') according to the rule 'safe'")
      }
      let x = NumPyCore.ints(given)
      if let negative = x.first(where: { $0 < 0 }) {
        _ = negative
        throw .value("'list' argument must have no negative elements")
      }
      if let most = x.max() { try NumPyCore.requireRoom([most]) }
      let n = max((x.max() ?? -1) + 1, args.has(2) ? try ArgumentConversion.int(args[2]) ?? 0 : 0)
      try NumPyCore.requireRoom([n])
      if let weights = args.given(1) {
        var sums = [Double](repeating: 0, count: n)
        let shares = NumPyCore.doubles(try array(weights, vm))
        if shares.count != x.count { throw .value("The weights and list don't have the same length.") }
        for (i, w) in zip(x, shares) { sums[i] += w }
        return .object(NDArray(NumPyCore.make(sums, [n])))
      }
      var counts = [Int](repeating: 0, count: n)
      for i in x { counts[i] += 1 }
      return .object(NDArray(NumPyCore.make(counts, [n])))
    }
    table.native("count_nonzero(a, axis=None, *, keepdims=False)", "How many elements are not zero.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let flags = NumPyCore.make(NumPyCore.doubles(t).map { $0 != 0 }, t.shape.array)
      return NDArray.result(
        NumPyMath.sum(flags, try NumPyMath.axes(args.given(1), t.ndim, vm), keep: try keeps(args, 2, vm)))
    }
    for name in ["nonzero", "argwhere", "flatnonzero"] {
      table.native("\(name)(a)", "The elements that are not zero.") { (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        switch name {
        case "nonzero": return .makeTuple(NumPyIndexing.positions(t).map { .object(NDArray($0)) })
        case "argwhere":
          return .object(
            NDArray(NumPyCore.copy(NumPyCore.permute(try NumPyJoining.stack(NumPyIndexing.positions(t), 0), [1, 0]))))
        default: return .object(NDArray(NumPyIndexing.positions(NumPyCore.reshape(t, [t.count]))[0]))
        }
      }
    }
  }

  static func search(_ sorted: [Double], _ v: Double, right: Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let mid = (low + high) / 2
      if right ? sorted[mid] <= v : sorted[mid] < v { low = mid + 1 } else { high = mid }
    }
    return low
  }
}
