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
    for (name, isNormal) in [("random", false), ("standard_normal", true)] {
      table.native(
        "\(name)(size=None, dtype=None, out=None)", isNormal ? "Standard normal numbers." : "Uniform numbers in [0, 1)."
      ) { (vm, args) throws(ExceptionObject) in
        try floats(name, args, vm) {
          isNormal ? s.gauss() : s.double()
        } _: {
          isNormal ? s.floatGauss() : s.float()
        }
      }
    }
    table.native("uniform(low=0.0, high=1.0, size=None)", "Uniform numbers.") { (vm, args) throws(ExceptionObject) in
      try Draws.parametric(args.has(0) ? args[0] : .float(0), args.has(1) ? args[1] : .float(1), args.given(2), vm) {
        $0 + ($1 - $0) * s.double()
      }
    }
    table.native("normal(loc=0.0, scale=1.0, size=None)", "Normal numbers.") { (vm, args) throws(ExceptionObject) in
      try Draws.requireNotNegative(args.given(1), "scale", vm)
      return try Draws.parametric(
        args.has(0) ? args[0] : .float(0), args.has(1) ? args[1] : .float(1), args.given(2), vm
      ) {
        $0 + $1 * s.gauss()
      }
    }
    table.native("integers(low, high=None, size=None, dtype=None, endpoint=False)", "Ints below a bound.") {
      (vm, args) throws(ExceptionObject) in
      let closed = args.has(4) ? try vm.isTrue(args[4]) : false
      return try WholeDraws.draw(
        s, low: args[0], high: args.given(1), size: args.given(2), dtype: WholeDraws.type(args, 3, "integers", vm),
        closed: closed, plain: false, vm)
    }
    table.native("exponential(scale=1.0, size=None)", "Exponential numbers.") { (vm, args) throws(ExceptionObject) in
      try Draws.requireNotNegative(args.given(0), "scale", vm)
      return try Draws.parametric(args.has(0) ? args[0] : .float(1), .float(0), args.given(1), vm) { (scale, _) in
        scale * s.exponential()
      }
    }
    Distributions.add(to: table, { _ in s })
    LegacyDraws.addCounts(to: table, { _ in s })
    table.native("bytes(length)", "Random bytes.") { (vm, args) throws(ExceptionObject) in
      try Draws.bytes(args[0]) { s.next32() }
    }
    addOrders(to: table, s)
    for name in Distributions.missing { table.set(name, Unavailable.value("numpy.random.Generator." + name)) }
  }

  /// Numbers of either precision, in a new array or in `out`.
  private static func floats(
    _ name: String, _ args: Arguments, _ vm: VM, _ double: () -> Double, _ single: () -> Float
  ) throws(ExceptionObject) -> Value {
    let dtype = try CreationFunctions.dtype(args, 1, vm) ?? .float64
    guard dtype == .float64 || dtype == .float32 else {
      throw .type("Unsupported dtype dtype('\(dtype.name)') for \(name)")
    }
    func next() -> Double { dtype == .float32 ? Double(single()) : double() }
    if let out = args.given(2) {
      guard case .object(let o) = out, let a = o as? NDArray else {
        throw .type("Supplied output array must be an array, not \(vm.typeName(out))")
      }
      try a.requireWritable()
      if a.tensor.dtype != dtype || !a.tensor.isContiguous {
        throw .type("Supplied output array has the wrong type. Expected \(dtype.name), got \(a.tensor.dtype.name)")
      }
      if let shape = try Draws.size(args.given(0), vm), shape != a.tensor.shape.array {
        throw .value("size must match out.shape when used together")
      }
      let values = (0..<a.tensor.count).map { _ in next() }
      try NumPyCore.assign(a.tensor, NumPyCore.make(values, a.tensor.shape.array, dtype))
      return out
    }
    guard let shape = try Draws.size(args.given(0), vm) else { return .float(next()) }
    return .object(NDArray(NumPyCore.make((0..<shape.reduce(1, *)).map { _ in next() }, shape, dtype)))
  }

  static func order(_ n: Int, _ s: PermutedStream) -> [Int] {
    var places = Array(0..<n)
    for i in stride(from: n - 1, to: 0, by: -1) { places.swapAt(i, Int(s.interval(UInt64(i)))) }
    return places
  }
}
