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
  private static func give(_ t: Tensor, _ out: Value?, _ name: String) throws(ExceptionObject) -> Value {
    guard let out, case .object(let o) = out, let a = o as? NDArray else { return NDArray.result(t) }
    try NumPyArithmetic.store(t, into: a.tensor, name)
    return out
  }

  static func add(to table: MemberTable) {
    table.native("sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=0, where=True)", "The sum.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let made = NumPyMath.sum(
        t, try NumPyMath.axes(args.given(1), t.ndim, vm), keep: try keeps(args, 4, vm),
        dtype: try CreationFunctions.dtype(args, 2, vm))
      return try give(made, args.given(3), "add")
    }
    table.native("prod(a, axis=None, dtype=None, out=None, keepdims=False)", "The product.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      return NDArray.result(
        NumPyMath.product(
          t, try NumPyMath.axes(args.given(1), t.ndim, vm), keep: try keeps(args, 4, vm),
          dtype: try CreationFunctions.dtype(args, 2, vm)))
    }
    table.native("mean(a, axis=None, dtype=None, out=None, keepdims=False)", "The mean.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let made = NumPyMath.mean(
        t, try NumPyMath.axes(args.given(1), t.ndim, vm), keep: try keeps(args, 4, vm),
        dtype: try CreationFunctions.dtype(args, 2, vm))
      return try give(made, args.given(3), "mean")
    }
    for name in ["var", "std"] {
      table.native(
        "\(name)(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, correction=0)", "The spread."
      ) {
        (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        var ddof = 0.0
        if let v = args.given(4) ?? args.given(6) { ddof = try CreationFunctions.number(v, vm) }
        let made = NumPyMath.variance(
          t, try NumPyMath.axes(args.given(1), t.ndim, vm), keep: try keeps(args, 5, vm), ddof: ddof,
          dtype: try CreationFunctions.dtype(args, 2, vm))
        return NDArray.result(name == "var" ? made : NumPyMath.map(made, { $0.squareRoot() }, { $0.squareRoot() }))
      }
    }
    for (name, largest) in [("max", true), ("min", false)] {
      table.native("\(name)(a, axis=None, out=None, keepdims=False)", "The extreme.") {
        (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        return try give(
          NumPyMath.extreme(t, NumPyMath.axes(args.given(1), t.ndim, vm), keep: keeps(args, 3, vm), largest: largest),
          args.given(2), name)
      }
      table.native("arg\(name)(a, axis=None, out=None, *, keepdims=False)", "Where the extreme is.") {
        (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        return NDArray.result(
          try NumPyMath.argExtreme(
            t, NumPyMath.axes(args.given(1), t.ndim, vm)?.first, keep: keeps(args, 3, vm), largest: largest))
      }
    }
    table.alias("max", "amax")
    table.alias("min", "amin")
    table.native("ptp(a, axis=None, out=None, keepdims=False)", "Largest less smallest.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      let axes = try NumPyMath.axes(args.given(1), t.ndim, vm)
      let (high, low) = (
        try NumPyMath.extreme(t, axes, keep: false, largest: true),
        try NumPyMath.extreme(t, axes, keep: false, largest: false)
      )
      return NDArray.result(
        try NumPyArithmetic.compute(.subtract, .init(tensor: high, weak: nil), .init(tensor: low, weak: nil), vm))
    }
    for (name, isAll) in [("all", true), ("any", false)] {
      table.native("\(name)(a, axis=None, out=None, keepdims=False)", "Whether elements are true.") {
        (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        return NDArray.result(
          NumPyMath.truth(t, try NumPyMath.axes(args.given(1), t.ndim, vm), keep: try keeps(args, 3, vm), all: isAll))
      }
    }
    for (name, isProduct) in [("cumsum", false), ("cumprod", true)] {
      table.native("\(name)(a, axis=None, dtype=None, out=None)", "Running totals.") {
        (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        return .object(
          NDArray(NumPyMath.cumulative(t, try NumPyMath.axes(args.given(1), t.ndim, vm)?.first, product: isProduct)))
      }
    }
    for (name, skipped) in [
      ("nansum", "sum"), ("nanmean", "mean"), ("nanmax", "max"), ("nanmin", "min"), ("nanstd", "std"),
    ] {
      table.native("\(name)(a, axis=None)", "As `\(skipped)`, without NaN.") { (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        if args.given(1) != nil { throw .notImplemented("np.\(name) along an axis is not available in tnb") }
        let kept = NumPyCore.doubles(t).filter { !$0.isNaN }
        guard let f = table.find(skipped) else { return .none }
        return try vm.call(
          f, with: .object(NDArray(NumPyCore.make(kept, [kept.count], t.dtype.isFloating ? t.dtype : .float64))))
      }
    }
    addQuantiles(to: table)
    addSorting(to: table)
  }

  private static func addQuantiles(to table: MemberTable) {
    table.native("median(a, axis=None, out=None, overwrite_input=False, keepdims=False)", "The middle value.") {
      (vm, args) throws(ExceptionObject) in
      let t = try array(args[0], vm)
      return NDArray.result(
        quantile(t, try NumPyMath.axes(args.given(1), t.ndim, vm), 0.5, keep: try keeps(args, 4, vm)))
    }
    for (name, scale) in [("percentile", 100.0), ("quantile", 1.0)] {
      table.native(
        "\(name)(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False)",
        "Values below which a share lies."
      ) {
        (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        let axes = try NumPyMath.axes(args.given(2), t.ndim, vm)
        let q = try array(args[1], vm)
        if q.ndim == 0 {
          return NDArray.result(quantile(t, axes, q.onlyScalar.double / scale, keep: try keeps(args, 6, vm)))
        }
        let parts = NumPyCore.doubles(q).map { quantile(t, axes, $0 / scale, keep: false) }
        return .object(NDArray(try NumPyJoining.stack(parts, 0)))
      }
    }
  }

  private static func quantile(_ t: Tensor, _ axes: [Int]?, _ q: Double, keep: Bool) -> Tensor {
    NumPyMath.reduceDoubles(t, axes, keep: keep, t.dtype == .float32 ? .float32 : .float64) { row in
      if row.isEmpty || row.contains(where: { $0.isNaN }) { return .nan }
      let sorted = row.sorted()
      let place = q * Double(sorted.count - 1)
      let low = Int(place.rounded(.down))
      let high = min(low + 1, sorted.count - 1)
      let part = place - Double(low)
      let (a, b) = (sorted[max(0, min(low, sorted.count - 1))], sorted[max(0, high)])
      return part >= 0.5 ? b - (b - a) * (1 - part) : a + (b - a) * part
    }
  }

  private static func addSorting(to table: MemberTable) {
    for (name, isOrder) in [("sort", false), ("argsort", true)] {
      table.native("\(name)(a, axis=-1, kind=None, order=None, *, stable=None)", "In ascending order.") {
        (vm, args) throws(ExceptionObject) in
        var t = try array(args[0], vm)
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
    table.native(
      "unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None)",
      "The different values, sorted."
    ) {
      (vm, args) throws(ExceptionObject) in
      if let texts = try TextArray.make(args[0], nil, vm) {
        return .object(TextArray(Array(Set(texts.texts)).sorted()))
      }
      return try unique(array(args[0], vm), keeps(args, 1, vm), keeps(args, 2, vm), keeps(args, 3, vm))
    }
    table.native("searchsorted(a, v, side='left', sorter=None)", "Where values belong in a sorted array.") {
      (vm, args) throws(ExceptionObject) in
      let sorted = NumPyCore.doubles(try array(args[0], vm))
      let v = try array(args[1], vm)
      let isRight = args.has(2) && args[2].string == "right"
      let places = NumPyCore.doubles(v).map { search(sorted, $0, right: isRight) }
      return NDArray.result(NumPyCore.make(places, v.shape.array))
    }
    table.native("digitize(x, bins, right=False)", "Which bin each value is in.") {
      (vm, args) throws(ExceptionObject) in
      let x = try array(args[0], vm)
      let bins = NumPyCore.doubles(try array(args[1], vm))
      let isRight = try keeps(args, 2, vm)
      return NDArray.result(
        NumPyCore.make(NumPyCore.doubles(x).map { search(bins, $0, right: !isRight) }, x.shape.array))
    }
    table.native("bincount(x, weights=None, minlength=0)", "How often each int occurs.") {
      (vm, args) throws(ExceptionObject) in
      let x = NumPyCore.ints(try array(args[0], vm))
      if let negative = x.first(where: { $0 < 0 }) {
        _ = negative
        throw .value("'list' argument must have no negative elements")
      }
      let n = max((x.max() ?? -1) + 1, args.has(2) ? try ArgumentConversion.int(args[2]) ?? 0 : 0)
      try NumPyCore.requireRoom([n])
      if let weights = args.given(1) {
        var sums = [Double](repeating: 0, count: n)
        for (i, w) in zip(x, NumPyCore.doubles(try array(weights, vm))) { sums[i] += w }
        return .object(NDArray(NumPyCore.make(sums, [n])))
      }
      var counts = [Int](repeating: 0, count: n)
      for i in x { counts[i] += 1 }
      return .object(NDArray(NumPyCore.make(counts, [n])))
    }
    table.native("histogram(a, bins=10, range=None, density=None, weights=None)", "How many values lie in each bin.") {
      (vm, args) throws(ExceptionObject) in
      let x = NumPyCore.doubles(try array(args[0], vm))
      var edges: [Double]
      var edgeType = DType.float64
      if args.has(1), try ArgumentConversion.int(args[1]) == nil {
        let given = try array(args[1], vm)
        edges = NumPyCore.doubles(given)
        edgeType = given.dtype
      } else {
        let n = try NumPyCore.moderate(args.given(1), default: 10)
        try NumPyCore.requireRoom([n])
        var (low, high) = (x.min() ?? 0, x.max() ?? 1)
        if let r = args.given(2), let pair = ArgumentConversion.sequence(r), pair.count == 2 {
          (low, high) = (try CreationFunctions.number(pair[0], vm), try CreationFunctions.number(pair[1], vm))
        }
        if low == high { (low, high) = (low - 0.5, high + 0.5) }
        edges = (0...max(n, 1)).map { low + Double($0) * ((high - low) / Double(max(n, 1))) }
        edges[edges.count - 1] = high
      }
      var counts = [Int](repeating: 0, count: max(edges.count - 1, 0))
      for v in x where edges.count > 1 && v >= edges[0] && v <= edges[edges.count - 1] {
        counts[min(search(edges, v, right: true) - 1, counts.count - 1)] += 1
      }
      let bins = Value.object(NDArray(NumPyCore.make(edges, [edges.count], edgeType)))
      if try keeps(args, 3, vm) {
        let total = Double(counts.reduce(0, +))
        let shares = counts.indices.map { Double(counts[$0]) / total / (edges[$0 + 1] - edges[$0]) }
        return .makeTuple([.object(NDArray(NumPyCore.make(shares, [shares.count]))), bins])
      }
      return .makeTuple([.object(NDArray(NumPyCore.make(counts, [counts.count]))), bins])
    }
    for name in ["nonzero", "argwhere", "flatnonzero", "count_nonzero"] {
      table.native("\(name)(a)", "The elements that are not zero.") { (vm, args) throws(ExceptionObject) in
        let t = try array(args[0], vm)
        switch name {
        case "nonzero": return .makeTuple(NumPyIndexing.positions(t).map { .object(NDArray($0)) })
        case "argwhere":
          return .object(
            NDArray(NumPyCore.copy(NumPyCore.permute(try NumPyJoining.stack(NumPyIndexing.positions(t), 0), [1, 0]))))
        case "flatnonzero": return .object(NDArray(NumPyIndexing.positions(NumPyCore.reshape(t, [t.count]))[0]))
        default: return NumPyScalar.make(.int(NumPyCore.doubles(t).filter { $0 != 0 }.count), .int64)
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

  private static func unique(_ t: Tensor, _ index: Bool, _ inverse: Bool, _ counts: Bool) throws(ExceptionObject)
    -> Value
  {
    let flat = NumPyCore.copy(NumPyCore.reshape(t, [t.count]))
    let values = NumPyCore.doubles(flat)
    let order = NumPyMath.order(values[...])
    var firsts: [Int] = []
    var numbers: [Int] = []
    var places = [Int](repeating: 0, count: values.count)
    for i in order {
      if firsts.isEmpty || values[firsts[firsts.count - 1]] != values[i] {
        firsts.append(i)
        numbers.append(0)
      }
      numbers[numbers.count - 1] += 1
      places[i] = firsts.count - 1
    }
    let picked = Value.object(NDArray(try ShapeFunctions.take(flat, firsts, 0)))
    var results = [picked]
    if index { results.append(.object(NDArray(NumPyCore.make(firsts, [firsts.count])))) }
    if inverse { results.append(.object(NDArray(NumPyCore.make(places, t.shape.array)))) }
    if counts { results.append(.object(NDArray(NumPyCore.make(numbers, [numbers.count])))) }
    return results.count == 1 ? picked : .makeTuple(results)
  }
}
