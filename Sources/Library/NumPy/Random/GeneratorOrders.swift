import Runtime
import Tensor

extension GeneratorStream {
  /// Positions along an axis; nil means the first.
  private static func axis(_ value: Value?, _ a: Value, _ vm: VM) throws(ExceptionObject) -> Int {
    let axis = try NumPyCore.moderate(value, default: 0)
    guard case .object(let o) = a, let array = o as? NDArray else { return axis }
    return try NumPyCore.axis(axis, array.tensor.ndim)
  }

  private static func picked(_ a: Value, _ places: [Int], _ axis: Int, _ vm: VM) throws(ExceptionObject) -> Value {
    let index = Value.object(NDArray(NumPyCore.make(places, [places.count])))
    let whole = Value.object(SliceObject(.none, .none, .none))
    return try vm.getItem(a, axis == 0 ? index : .makeTuple([Value](repeating: whole, count: axis) + [index]))
  }

  static func addOrders(to table: MemberTable, _ s: PermutedStream) {
    table.native("shuffle(x, axis=0)", "Reorders in place.") { (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let a = o as? NDArray else {
        if try axis(args.given(1), args[0], vm) != 0 {
          throw .notImplemented("Axis argument is only supported on ndarray objects")
        }
        try Draws.reorder(args[0], order(Draws.rows(args[0], vm), s), vm)
        return .none
      }
      try a.requireWritable()
      if a.tensor.ndim == 0 { throw .type("len() of unsized object") }
      let d = try axis(args.given(1), args[0], vm)
      try NumPyCore.assign(a.tensor, ShapeFunctions.take(a.tensor, order(a.tensor.shape[d], s), d))
      return .none
    }
    table.native("permutation(x, axis=0)", "Ints or rows in random order.") { (vm, args) throws(ExceptionObject) in
      if let n = try ArgumentConversion.int(args[0]) {
        _ = try NumPyCore.checked([n], .int64)
        return .object(NDArray(NumPyCore.make(order(n, s), [n])))
      }
      let a = try Draws.array(args[0], vm)
      let d = try axis(args.given(1), a, vm)
      let size: Int
      if case .object(let o) = a, let array = o as? NDArray {
        size = array.tensor.shape[d]
      } else {
        size = try vm.length(a)
      }
      return try picked(a, order(size, s), d, vm)
    }
    table.native("permuted(x, *, axis=None, out=None)", "Each row along an axis in an order of its own.") {
      (vm, args) throws(ExceptionObject) in
      let t = NumPyCore.copy(try NumPyArray.from(args[0], vm))
      let result: Tensor
      if args.given(1) == nil {
        let flat = NumPyCore.reshape(t, [t.count])
        result = NumPyCore.reshape(try ShapeFunctions.take(flat, order(t.count, s), 0), t.shape.array)
      } else {
        let d = try axis(args.given(1), .object(NDArray(t)), vm)
        let around = (0..<t.ndim).filter { $0 != d } + [d]
        let rows = NumPyCore.copy(NumPyCore.permute(t, around))
        let n = t.shape[d]
        var places: [Int] = []
        for r in 0..<(n == 0 ? 0 : rows.count / n) { places += order(n, s).map { r * n + $0 } }
        let flat = try ShapeFunctions.take(NumPyCore.reshape(rows, [rows.count]), places, 0)
        var back = [Int](repeating: 0, count: t.ndim)
        for (i, axis) in around.enumerated() { back[axis] = i }
        result = NumPyCore.copy(NumPyCore.permute(NumPyCore.reshape(flat, rows.shape.array), back))
      }
      guard let out = args.given(2) else { return .object(NDArray(result)) }
      return try ReductionFunctions.give(result, out, "permuted")
    }
    table.native("choice(a, size=None, replace=True, p=None, axis=0, shuffle=True)", "Random items.") {
      (vm, args) throws(ExceptionObject) in
      try choice(s, args, vm)
    }
  }

  private static func choice(_ s: PermutedStream, _ args: Arguments, _ vm: VM) throws(ExceptionObject) -> Value {
    let isRange = try ArgumentConversion.int(args[0]) != nil
    if case .float = args[0] { throw .value("a must be a sequence or an integer, not <class 'float'>") }
    let pool = isRange ? args[0] : try Draws.array(args[0], vm)
    let d = isRange ? 0 : try axis(args.given(4), pool, vm)
    var n = try isRange ? NumPyCore.moderate(args[0], default: 0) : vm.length(pool)
    if case .object(let o) = pool, let a = o as? NDArray { n = a.tensor.shape[d] }
    let shape = try Draws.size(args.given(1), vm)
    let wanted = shape?.reduce(1, *) ?? 1
    if n <= 0 && wanted > 0 {
      throw .value(
        isRange
          ? "a must be a positive integer unless no samples are taken" : "a cannot be empty unless no samples are taken"
      )
    }
    let replaces = args.has(2) ? try vm.isTrue(args[2]) : true
    if !replaces && wanted > n { throw .value("Cannot take a larger sample than population when replace is False") }
    if !replaces && wanted > 1 << 22 { try NumPyCore.requireRoom([n]) }
    let places: [Int]
    if let given = args.given(3) {
      let p = try Draws.probabilities(given, n, vm)
      places =
        replaces
        ? WeightedChoice.repeated(p, wanted, s.double) : try WeightedChoice.distinct(p, wanted, s.double)
    } else if replaces {
      places = (0..<wanted).map { _ in Int(s.bounded(UInt64(n - 1))) }
    } else {
      places = s.sample(n, wanted, shuffled: args.has(5) ? try vm.isTrue(args[5]) : true)
    }
    if d == 0 { return try Draws.pick(pool, places, shape, vm) }
    if shape == nil {
      let whole = Value.object(SliceObject(.none, .none, .none))
      return try vm.getItem(pool, .makeTuple([Value](repeating: whole, count: d) + [.int(places[0])]))
    }
    let whole = Value.object(SliceObject(.none, .none, .none))
    let index = Value.object(NDArray(NumPyCore.make(places, shape ?? [])))
    return try vm.getItem(pool, .makeTuple([Value](repeating: whole, count: d) + [index]))
  }
}
