import Runtime
import Tensor

/// `np.random.Generator`, as `default_rng` makes it.
package final class GeneratorStream: Object {
  let stream: PermutedStream
  package override var innerSubjects: [AnyObject] { [stream] }
  private let table = MemberTable()

  nonisolated(unsafe) static let type = TypeObject(
    "Generator", module: "numpy.random._generator", bases: [Types.object], layout: .other)

  init(_ stream: PermutedStream) {
    self.stream = stream
    super.init()
    customType = GeneratorStream.type
    GeneratorStream.add(to: table, stream)
  }

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    table.find(name.text)
  }
  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { "Generator(PCG64)" }

  private static func add(to table: MemberTable, _ s: PermutedStream) {
    table.native("random(size=None, dtype=None, out=None)", "Uniform numbers in [0, 1).") {
      (vm, args) throws(ExceptionObject) in
      try Draws.doubles(Draws.size(args.given(0), vm)) { s.double() }
    }
    table.native("standard_normal(size=None, dtype=None, out=None)", "Standard normal numbers.") {
      (vm, args) throws(ExceptionObject) in
      try Draws.doubles(Draws.size(args.given(0), vm)) { s.gauss() }
    }
    table.native("uniform(low=0.0, high=1.0, size=None)", "Uniform numbers.") { (vm, args) throws(ExceptionObject) in
      try Draws.parametric(args.has(0) ? args[0] : .float(0), args.has(1) ? args[1] : .float(1), args.given(2), vm) {
        $0 + ($1 - $0) * s.double()
      }
    }
    table.native("normal(loc=0.0, scale=1.0, size=None)", "Normal numbers.") { (vm, args) throws(ExceptionObject) in
      try Draws.parametric(args.has(0) ? args[0] : .float(0), args.has(1) ? args[1] : .float(1), args.given(2), vm) {
        $0 + $1 * s.gauss()
      }
    }
    table.native("integers(low, high=None, size=None, dtype=None, endpoint=False)", "Ints below a bound.") {
      (vm, args) throws(ExceptionObject) in
      guard let first = try ArgumentConversion.int(args[0]) else {
        throw .type("'\(vm.typeName(args[0]))' object cannot be interpreted as an integer")
      }
      var (low, high) = (0, first)
      if let h = args.given(1), let i = try ArgumentConversion.int(h) { (low, high) = (first, i) }
      if args.has(4), try vm.isTrue(args[4]) { high = high &+ 1 }
      if low >= high { throw .value(args.given(1) == nil ? "high <= 0" : "low >= high") }
      let range = UInt64(bitPattern: Int64(high &- 1 &- low))
      let dtype = try CreationFunctions.dtype(args, 3, vm) ?? .int64
      guard let shape = try Draws.size(args.given(2), vm) else {
        return NumPyScalar.make(.int(low &+ Int(truncatingIfNeeded: s.bounded(range))), dtype)
      }
      let n = shape.reduce(1, *)
      return .object(
        NDArray(NumPyCore.make((0..<n).map { _ in low &+ Int(truncatingIfNeeded: s.bounded(range)) }, shape, dtype)))
    }
    addOrders(to: table, s)
    for name in ["exponential", "poisson", "binomial", "gamma", "beta", "multinomial", "multivariate_normal"] {
      table.set(name, Unavailable.value("numpy.random.Generator." + name))
    }
  }

  private static func order(_ n: Int, _ s: PermutedStream) -> [Int] {
    var places = Array(0..<n)
    for i in stride(from: n - 1, to: 0, by: -1) { places.swapAt(i, Int(s.interval(UInt64(i)))) }
    return places
  }

  private static func addOrders(to table: MemberTable, _ s: PermutedStream) {
    table.native("shuffle(x, axis=0)", "Reorders in place.") { (vm, args) throws(ExceptionObject) in
      try Draws.reorder(args[0], order(Draws.rows(args[0], vm), s), vm)
      return .none
    }
    table.native("permutation(x, axis=0)", "Ints or rows in random order.") { (vm, args) throws(ExceptionObject) in
      if let n = try ArgumentConversion.int(args[0]) {
        _ = try NumPyCore.checked([n], .int64)
        return .object(NDArray(NumPyCore.make(order(n, s), [n])))
      }
      let t = try NumPyArray.from(args[0], vm)
      if t.ndim == 0 { throw .index("x must be an integer or at least 1-dimensional") }
      return .object(NDArray(try ShapeFunctions.take(t, order(t.shape[0], s), 0)))
    }
    table.native("choice(a, size=None, replace=True, p=None, axis=0, shuffle=True)", "Random items.") {
      (vm, args) throws(ExceptionObject) in
      let n = try Draws.count(args[0], vm)
      let shape = try Draws.size(args.given(1), vm)
      let wanted = shape?.reduce(1, *) ?? 1
      if n <= 0 && wanted > 0 { throw .value("a must be a positive integer unless no samples are taken") }
      let replaces = args.has(2) ? try vm.isTrue(args[2]) : true
      if !replaces && wanted > n { throw .value("Cannot take a larger sample than population when replace is False") }
      if !replaces && wanted > 1 << 22 { try NumPyCore.requireRoom([n]) }
      var places: [Int]
      if let given = args.given(3) {
        if !replaces { throw .notImplemented("Generator.choice with p and replace=False is not available in tnb") }
        var total = 0.0
        let sums = try Draws.probabilities(given, n, vm).map { (v) -> Double in
          total += v
          return total
        }
        places = (0..<wanted).map { _ in ReductionFunctions.search(sums.map { $0 / total }, s.double(), right: true) }
      } else if replaces {
        places = (0..<wanted).map { _ in Int(s.bounded(UInt64(n - 1))) }
      } else {
        places = s.sample(n, wanted, shuffled: args.has(5) ? try vm.isTrue(args[5]) : true)
      }
      return try Draws.pick(args[0], places, shape, vm)
    }
  }
}
