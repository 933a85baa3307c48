import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// The functions of `np.random` and `RandomState`.
enum LegacyDraws {
  static func seed(_ stream: LegacyStream, _ value: Value, _ vm: VM) throws(ExceptionObject) {
    if let i = try ArgumentConversion.int(value) {
      guard let word = UInt32(exactly: i) else { throw .value("Seed must be between 0 and 2**32 - 1") }
      return stream.reseed(word)
    }
    if case .object(let o) = value, o is BigIntObject { throw .value("Seed must be between 0 and 2**32 - 1") }
    guard let list = try ArgumentConversion.ints(value), !list.isEmpty else {
      throw .type("Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'")
    }
    stream.reseed(list.map { UInt32(truncatingIfNeeded: $0) })
  }

  static func add(to table: MemberTable, _ of: @escaping (VM) -> LegacyStream) {
    table.native("seed(seed=None)", "Restarts the stream.") { (vm, args) throws(ExceptionObject) in
      guard let value = args.given(0) else {
        of(vm).reseed(Entropy.shared.next())
        return .none
      }
      try seed(of(vm), value, vm)
      return .none
    }
    table.native("rand(*args)", "Uniform numbers in [0, 1).") { (vm, args) throws(ExceptionObject) in
      let sizes = try Draws.sizes(args[0].asTuple?.items ?? [])
      return try Draws.doubles(sizes.isEmpty ? nil : sizes) { of(vm).double() }
    }
    table.native("randn(*args)", "Standard normal numbers.") { (vm, args) throws(ExceptionObject) in
      let sizes = try Draws.sizes(args[0].asTuple?.items ?? [])
      return try Draws.doubles(sizes.isEmpty ? nil : sizes) { of(vm).gauss() }
    }
    for name in ["random", "random_sample", "ranf", "sample"] {
      table.native("\(name)(size=None)", "Uniform numbers in [0, 1).") { (vm, args) throws(ExceptionObject) in
        try Draws.doubles(Draws.size(args.given(0), vm)) { of(vm).double() }
      }
    }
    table.native("standard_normal(size=None)", "Standard normal numbers.") { (vm, args) throws(ExceptionObject) in
      try Draws.doubles(Draws.size(args.given(0), vm)) { of(vm).gauss() }
    }
    table.native("uniform(low=0.0, high=1.0, size=None)", "Uniform numbers.") { (vm, args) throws(ExceptionObject) in
      try Draws.parametric(args.has(0) ? args[0] : .float(0), args.has(1) ? args[1] : .float(1), args.given(2), vm) {
        $0 + ($1 - $0) * of(vm).double()
      }
    }
    table.native("normal(loc=0.0, scale=1.0, size=None)", "Normal numbers.") { (vm, args) throws(ExceptionObject) in
      try Draws.requireNotNegative(args.given(1), "scale", vm)
      return try Draws.parametric(
        args.has(0) ? args[0] : .float(0), args.has(1) ? args[1] : .float(1), args.given(2), vm
      ) {
        $0 + $1 * of(vm).gauss()
      }
    }
    table.native("exponential(scale=1.0, size=None)", "Exponential numbers.") { (vm, args) throws(ExceptionObject) in
      try Draws.requireNotNegative(args.given(0), "scale", vm)
      return try Draws.parametric(args.has(0) ? args[0] : .float(1), .float(0), args.given(1), vm) { (s, _) in
        s * of(vm).exponential()
      }
    }
    addIntegers(to: table, of)
    addChoices(to: table, of)
    Distributions.add(to: table, of)
  }

  private static func addIntegers(to table: MemberTable, _ of: @escaping (VM) -> LegacyStream) {
    table.native("randint(low, high=None, size=None, dtype=None)", "Ints below a bound.") {
      (vm, args) throws(ExceptionObject) in
      let dtype = try WholeDraws.type(args, 3, "randint", vm)
      return try WholeDraws.draw(
        of(vm), low: args[0], high: args.given(1), size: args.given(2), dtype: dtype, closed: false,
        plain: !NumPyDType.isNumPyScalar(args.given(3)), vm)
    }
    addCounts(to: table, of)
    table.native("bytes(length)", "Random bytes.") { (vm, args) throws(ExceptionObject) in
      try Draws.bytes(args[0]) { of(vm).next32() }
    }
    table.native("tomaxint(size=None)", "Ints of 63 bits.") { (vm, args) throws(ExceptionObject) in
      let stream = of(vm)
      return try Draws.counts(.int(0), .int(0), args.given(0), vm) { (_, _) in Int(stream.next64() >> 1) }
    }
  }

  static func addCounts(to table: MemberTable, _ of: @escaping (VM) -> any RandomStream) {
    table.native("poisson(lam=1.0, size=None)", "Poisson numbers.") { (vm, args) throws(ExceptionObject) in
      let lambda: Value = args.has(0) ? args[0] : .int(1)
      for v in NumPyCore.doubles(try NumPyArray.from(lambda, vm)) {
        if v < 0 || v.isNaN { throw .value("lam < 0 or lam is NaN") }
        if v > 9.223372006484771e18 { throw .value("lam value too large") }
      }
      let stream = of(vm)
      return try Draws.counts(lambda, .int(0), args.given(1), vm) { (l, _) in stream.poisson(l) }
    }
    table.native("binomial(n, p, size=None)", "Successes in trials.") { (vm, args) throws(ExceptionObject) in
      for n in NumPyCore.doubles(try NumPyArray.from(args[0], vm)) {
        if n < 0 { throw .value("n < 0") }
        if !(n < 9e15) { throw .value("n too large") }
      }
      for p in NumPyCore.doubles(try NumPyArray.from(args[1], vm)) where !(p >= 0 && p <= 1) {
        throw .value("p < 0, p > 1 or p is NaN")
      }
      let stream = of(vm)
      return try Draws.counts(args[0], args[1], args.given(2), vm) { (n, p) in stream.binomial(Int(n), p) }
    }
  }

  /// Fisher–Yates from the end, as `RandomState.shuffle`.
  private static func order(_ n: Int, _ stream: LegacyStream) -> [Int] {
    var places = Array(0..<n)
    for i in stride(from: n - 1, to: 0, by: -1) { places.swapAt(i, Int(stream.interval(UInt64(i)))) }
    return places
  }

  private static func addChoices(to table: MemberTable, _ of: @escaping (VM) -> LegacyStream) {
    table.native("shuffle(x, /)", "Reorders in place.") { (vm, args) throws(ExceptionObject) in
      try Draws.reorder(args[0], order(Draws.rows(args[0], vm), of(vm)), vm)
      return .none
    }
    table.native("permutation(x, /)", "Ints or rows in random order.") { (vm, args) throws(ExceptionObject) in
      if let n = try ArgumentConversion.int(args[0]) {
        _ = try NumPyCore.checked([n], .int64)
        return .object(NDArray(NumPyCore.make(order(n, of(vm)), [n])))
      }
      let rows = try vm.length(Draws.array(args[0], vm))
      let places = order(rows, of(vm))
      return try vm.getItem(Draws.array(args[0], vm), .object(NDArray(NumPyCore.make(places, [rows]))))
    }
    table.native("choice(a, size=None, replace=True, p=None)", "Random items.") { (vm, args) throws(ExceptionObject) in
      let n = try Draws.count(args[0], vm)
      if case .object(let o) = args[0], let a = o as? NDArray, a.tensor.ndim > 1 {
        throw .value("a must be 1-dimensional")
      }
      if args[0].asList != nil || args[0].asTuple != nil, !TextArray.holdsText(args[0]),
        try NumPyArray.from(args[0], vm).ndim > 1
      {
        throw .value("a must be 1-dimensional")
      }
      let shape = try Draws.size(args.given(1), vm)
      let wanted = shape?.reduce(1, *) ?? 1
      if n <= 0 && wanted > 0 {
        throw .value(
          try ArgumentConversion.int(args[0]) != nil
            ? "a must be greater than 0 unless no samples are taken" : "'a' cannot be empty unless no samples are taken"
        )
      }
      let replaces = args.has(2) ? try vm.isTrue(args[2]) : true
      if !replaces || args.given(3) != nil { try NumPyCore.requireRoom([n]) }
      var p: [Double]?
      if let given = args.given(3) { p = try Draws.probabilities(given, n, vm) }
      if !replaces && wanted > n { throw .value("Cannot take a larger sample than population when 'replace=False'") }
      return try Draws.pick(args[0], choose(of(vm), n, wanted, replaces, p), shape, vm)
    }
    table.native("get_state(legacy=True)", "The state of the stream.") { (vm, args) throws(ExceptionObject) in
      let state = of(vm).state
      Changes.noteRead(of(vm))
      return .makeTuple([
        .text("MT19937"), .object(NDArray(NumPyCore.make(state.0.map { Int($0) }, [624]))), .int(state.1),
        .int(state.2 == nil ? 0 : 1), .float(state.2 ?? 0),
      ])
    }
    table.native("set_state(state)", "Takes a state from `get_state`.") { (vm, args) throws(ExceptionObject) in
      let items = args[0].asTuple?.items ?? []
      guard items.count >= 3, case .object(let o) = items[1], let key = o as? NDArray, key.tensor.count == 624,
        let position = try ArgumentConversion.int(items[2]), position >= 0, position <= 624
      else { throw .value("state dictionary is not valid.") }
      var gauss: Double?
      if items.count == 5, case .int(1) = items[3], case .float(let g) = items[4] { gauss = g }
      of(vm).state = (NumPyCore.ints(key.tensor).map { UInt32(truncatingIfNeeded: $0) }, position, gauss)
      return .none
    }
  }

  private static func choose(
    _ stream: LegacyStream, _ n: Int, _ wanted: Int, _ replaces: Bool, _ p: [Double]?
  ) throws(ExceptionObject) -> [Int] {
    guard let weights = p else {
      if replaces { return (0..<wanted).map { _ in Int(stream.interval(UInt64(n - 1))) } }
      return Array(order(n, stream).prefix(wanted))
    }
    return replaces
      ? WeightedChoice.repeated(weights, wanted, stream.double)
      : try WeightedChoice.distinct(weights, wanted, stream.double)
  }
}
