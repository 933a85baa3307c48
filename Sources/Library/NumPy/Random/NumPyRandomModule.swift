import BigInt
import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// `np.random`.
enum NumPyRandomModule {
  /// Begun when it is first asked for, which is no change that a cell makes.
  nonisolated(unsafe) static let global: LegacyStream = Changes.apart {
    let stream = LegacyStream(seed: 0)
    begin(stream)
    return stream
  }

  /// Begins the global stream as every session with the same seed does.
  static func begin(_ stream: LegacyStream) {
    stream.reseed(Entropy.shared.word(for: stream, named: "numpy.random"))
  }

  nonisolated(unsafe) static let stateType: TypeObject = {
    let type = TypeObject("RandomState", module: "numpy.random.mtrand", bases: [Types.object], layout: .other)
    type.construct = NativeFunction("RandomState(seed=None)", "A legacy stream of its own.") {
      (vm, args) throws(ExceptionObject) in
      let stream = LegacyStream(seed: args.given(0) == nil ? Entropy.shared.next() : 0)
      if let seed = args.given(0) { try LegacyDraws.seed(stream, seed, vm) }
      return .object(StreamObject(stream))
    }
    return type
  }()

  static func make() -> Module {
    NumPyLibrary.table("random") { table in
      LegacyDraws.add(to: table, { _ in global })
      table.set("RandomState", .object(stateType))
      table.native("default_rng(seed=None)", "A modern stream of its own.") { (vm, args) throws(ExceptionObject) in
        if case .object(let o)? = args.given(0), o is GeneratorStream { return args[0] }
        return .object(GeneratorStream(PermutedStream(entropy: try entropy(args.given(0), vm))))
      }
      table.set("Generator", .object(GeneratorStream.type))
      for name in Distributions.missing {
        table.set(name, Unavailable.value("numpy.random." + name))
      }
    }
  }

  /// The words of a seed: an int of any size, or a sequence of ints.
  private static func entropy(_ value: Value?, _ vm: VM) throws(ExceptionObject) -> [UInt32] {
    guard let value else { return (0..<4).map { _ in Entropy.shared.next() } }
    var big: BigInt
    if case .object(let o) = value, let b = o as? BigIntObject {
      big = b.value
    } else if let i = try ArgumentConversion.int(value) {
      big = BigInt(i)
    } else if let items = ArgumentConversion.sequence(value) {
      var words: [UInt32] = []
      for item in items { words += try entropy(item, vm) }
      return words
    } else {
      throw .type("SeedSequence expects int or sequence of ints for entropy not \(try vm.repr(value))")
    }
    if big < 0 { throw .value("expected non-negative integer") }
    var words: [UInt32] = []
    repeat {
      words.append(UInt32(big & 0xFFFF_FFFF))
      big >>= 32
    } while big > 0
    return words
  }
}

/// `np.random.RandomState`.
package final class StreamObject: Object {
  let stream: LegacyStream
  package override var innerSubjects: [AnyObject] { [stream] }
  private let table = MemberTable()

  init(_ stream: LegacyStream) {
    self.stream = stream
    super.init()
    customType = NumPyRandomModule.stateType
    LegacyDraws.add(to: table, { _ in stream })
  }

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    table.find(name.text)
  }
  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { "RandomState(MT19937)" }
}

/// Sizes and the arrays that draws fill.
enum Draws {
  /// nil: a single number is wanted.
  static func size(_ value: Value?, _ vm: VM) throws(ExceptionObject) -> [Int]? {
    guard let value else { return nil }
    let shape = try CreationFunctions.shape(value, vm)
    _ = try NumPyCore.checked(shape.isEmpty ? [] : shape, .bool)
    return shape
  }

  static func sizes(_ values: [Value]) throws(ExceptionObject) -> [Int] {
    var result: [Int] = []
    for v in values {
      guard let n = try ArgumentConversion.int(v) else {
        throw .type("'\(ArgumentConversion.typeName(v))' object cannot be interpreted as an integer")
      }
      result.append(n)
    }
    _ = try NumPyCore.checked(result, .float64)
    return result
  }

  static func doubles(_ shape: [Int]?, _ draw: () -> Double) throws(ExceptionObject) -> Value {
    guard let shape else { return .float(draw()) }
    let n = shape.reduce(1, *)
    return .object(NDArray(NumPyCore.make((0..<n).map { _ in draw() }, shape)))
  }

  /// Draws with parameters that may be arrays.
  static func parametric(
    _ a: Value, _ b: Value, _ size: Value?, _ vm: VM, _ draw: (Double, Double) -> Double
  ) throws(ExceptionObject) -> Value {
    let (x, y) = (try NumPyArray.from(a, vm), try NumPyArray.from(b, vm))
    if x.ndim == 0 && y.ndim == 0 {
      let (p, q) = (x.onlyScalar.double, y.onlyScalar.double)
      return try doubles(Draws.size(size, vm)) { draw(p, q) }
    }
    guard var shape = NumPyCore.broadcast(x.shape.array, y.shape.array) else {
      throw .value("shape mismatch: objects cannot be broadcast to a single shape")
    }
    if let wanted = try Draws.size(size, vm) {
      try requireBroadcast(shape, wanted)
      shape = wanted
    }
    let (p, q) = (NumPyCore.doubles(NumPyCore.expand(x, shape)), NumPyCore.doubles(NumPyCore.expand(y, shape)))
    return .object(NDArray(NumPyCore.make(p.indices.map { draw(p[$0], q[$0]) }, shape)))
  }

  /// As `parametric`, for whole numbers.
  static func counts(
    _ a: Value, _ b: Value, _ size: Value?, _ vm: VM, _ draw: (Double, Double) -> Int
  ) throws(ExceptionObject) -> Value {
    let (x, y) = (try NumPyArray.from(a, vm), try NumPyArray.from(b, vm))
    let wanted = try Draws.size(size, vm)
    if x.ndim == 0 && y.ndim == 0 && wanted == nil { return .int(draw(x.onlyScalar.double, y.onlyScalar.double)) }
    guard let common = NumPyCore.broadcast(x.shape.array, y.shape.array) else {
      throw .value("shape mismatch: objects cannot be broadcast to a single shape")
    }
    let shape = wanted ?? common
    try requireBroadcast(common, shape)
    let (p, q) = (NumPyCore.doubles(NumPyCore.expand(x, shape)), NumPyCore.doubles(NumPyCore.expand(y, shape)))
    return .object(NDArray(NumPyCore.make(p.indices.map { draw(p[$0], q[$0]) }, shape)))
  }

  private static func requireBroadcast(_ common: [Int], _ shape: [Int]) throws(ExceptionObject) {
    guard NumPyCore.broadcast(common, shape) == shape else {
      throw .value(
        "Output size \(NumPyArray.pythonTuple(shape)) is not compatible with broadcast dimensions of inputs \(NumPyArray.pythonTuple(common))."
      )
    }
  }

  static func requireNotNegative(_ value: Value?, _ name: String, _ vm: VM) throws(ExceptionObject) {
    guard let value else { return }
    for v in NumPyCore.doubles(try NumPyArray.from(value, vm)) where v < 0 || (v.isNaN) { throw .value("\(name) < 0") }
  }

  /// The bytes of words, lowest first.
  static func bytes(_ length: Value, _ next: () -> UInt32) throws(ExceptionObject) -> Value {
    let n = try NumPyCore.moderate(length, default: 0)
    if n < 0 { throw .value("negative dimensions are not allowed") }
    try NumPyCore.requireRoom([n])
    var result: [UInt8] = []
    for _ in 0..<((n + 3) / 4) {
      let word = next()
      for shift in [0, 8, 16, 24] as [UInt32] { result.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
    return .object(BytesObject(Array(result.prefix(n))))
  }

  /// The data as an array, of numbers or of strings, with at least one dimension.
  static func array(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    if let texts = try TextArray.make(value, nil, vm) { return .object(texts) }
    let t = try NumPyArray.from(value, vm)
    if t.ndim == 0 { throw .index("x must be an integer or at least 1-dimensional") }
    return .object(NDArray(t))
  }

  /// The probabilities of `choice`, checked.
  static func probabilities(_ value: Value, _ n: Int, _ vm: VM) throws(ExceptionObject) -> [Double] {
    let p = NumPyCore.doubles(try NumPyArray.from(value, vm))
    if p.contains(where: \.isNaN) { throw .value("probabilities contain NaN") }
    if p.count != n { throw .value("'a' and 'p' must have same size") }
    if p.contains(where: { $0 < 0 }) { throw .value("probabilities are not non-negative") }
    if fabs(p.reduce(0, +) - 1) > 1e-8 { throw .value("probabilities do not sum to 1") }
    return p
  }

  /// The items that positions stand for: of a range, an array or a list.
  static func pick(_ pool: Value, _ places: [Int], _ shape: [Int]?, _ vm: VM) throws(ExceptionObject) -> Value {
    if try ArgumentConversion.int(pool) != nil {
      guard let shape else { return .int(places[0]) }
      return .object(NDArray(NumPyCore.make(places, shape)))
    }
    let source: Value
    if let texts = try TextArray.make(pool, nil, vm) {
      source = .object(texts)
    } else {
      source = .object(NDArray(try NumPyArray.from(pool, vm)))
    }
    guard let shape else { return try vm.getItem(source, .int(places[0])) }
    return try vm.getItem(source, .object(NDArray(NumPyCore.make(places, shape))))
  }

  /// The number of items to choose from.
  static func count(_ pool: Value, _ vm: VM) throws(ExceptionObject) -> Int {
    if let n = try ArgumentConversion.int(pool) { return n }
    if let texts = try TextArray.make(pool, nil, vm) {
      if texts.codes.ndim != 1 { throw .value("a must be 1-dimensional") }
      return texts.codes.count
    }
    let t = try NumPyArray.from(pool, vm)
    if t.ndim == 0 { throw .value("a must be 1-dimensional or an integer") }
    return t.shape[0]
  }

  /// Reorders rows in place: positions as they were drawn for `0..<n`.
  static func reorder(_ value: Value, _ order: [Int], _ vm: VM) throws(ExceptionObject) {
    if case .object(let o) = value, let a = o as? NDArray {
      try NumPyCore.assign(a.tensor, ShapeFunctions.take(a.tensor, order, 0))
    } else if case .tensor(let t) = value {
      try NumPyCore.assign(t, ShapeFunctions.take(t, order, 0))
    } else if let list = value.asList {
      let items = list.items
      list.replaceAll(order.map { items[$0] })
    } else {
      throw .type("'\(vm.typeName(value))' object does not support item assignment")
    }
  }

  static func rows(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Int { try vm.length(value) }
}
