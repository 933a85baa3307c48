import BigInt
import Runtime
import Tensor

/// `torch.Generator`: a stream of random numbers.
package final class GeneratorObject: Object {
  let generator: Generator
  package override var innerSubjects: [AnyObject] { [generator] }

  init(_ generator: Generator) { self.generator = generator }

  package override var builtinType: TypeObject { TorchTypes.generator }

  /// The one that `torch.manual_seed` returns and seeds.
  nonisolated(unsafe) static let global = GeneratorObject(Generator.global)

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    name.text == "device" ? .object(DeviceObject.cpu) : nil
  }

  /// A seed as PyTorch takes it: any int of 64 bits, negative ones wrapped around.
  static func seed(_ value: Value, _ vm: VM) throws(ExceptionObject) -> UInt64 {
    switch value {
    case .int(let i): return UInt64(bitPattern: Int64(i))
    case .bool(let b): return b ? 1 : 0
    case .str: return try seed(vm.call(.object(Types.int), with: value), vm)
    case .float(let d):
      guard let i = Int(exactly: d.rounded(.towardZero)) else { throw .overflow("cannot convert float to a seed") }
      return UInt64(bitPattern: Int64(i))
    case .object(let o):
      if let big = o as? BigIntObject {
        if let u = UInt64(exactly: big.value) { return u }
        throw .runtime("Overflow when unpacking long")
      }
    default: break
    }
    if let i = try ArgumentConversion.int(value) { return UInt64(bitPattern: Int64(i)) }
    throw .type(
      "int() argument must be a string, a bytes-like object or a real number, not '\(ArgumentConversion.typeName(value))'"
    )
  }

  static func value(_ seed: UInt64) -> Value { BigIntObject.make(BigInt(seed)) }

  static let constructor = NativeFunction("Generator(device='cpu')", "A new stream of random numbers.") {
    (vm, args) throws(ExceptionObject) in
    if let given = args.given(0), let device = try DeviceObject.from(given) { try device.requireAvailable() }
    return .object(GeneratorObject(Generator(seed: Generator.defaultSeed)))
  }

  static func installMethods() {
    TorchTypes.generator.construct = constructor
    method("manual_seed(self, seed, /)", "Restarts the stream.") { (vm, g, args) throws(ExceptionObject) in
      g.generator.manualSeed(try seed(args[1], vm))
      return .object(g)
    }
    method("initial_seed(self)", "The seed of the stream.") { (vm, g, args) throws(ExceptionObject) in
      value(g.generator.seed)
    }
    method("seed(self)", "Restarts from a seed that nobody chose, and returns it.") {
      (vm, g, args) throws(ExceptionObject) in
      value(g.generator.seedFromEntropy())
    }
    method("get_state(self)", "The stream's state, a tensor of bytes.") { (vm, g, args) throws(ExceptionObject) in
      try tensorResult { () throws(TensorError) in try g.generator.stateTensor() }
    }
    method("set_state(self, state, /)", "Takes a state from `get_state`.") { (vm, g, args) throws(ExceptionObject) in
      try setState(g.generator, args[1])
      return .none
    }
    method("clone_state(self)", "A generator in the same state.") { (vm, g, args) throws(ExceptionObject) in
      let copy = Generator(seed: g.generator.seed)
      copy.snapshot = g.generator.snapshot
      return .object(GeneratorObject(copy))
    }
  }

  static func setState(_ generator: Generator, _ value: Value) throws(ExceptionObject) {
    guard case .tensor(let t) = value else {
      throw .type("expected a torch.ByteTensor, but got \(ArgumentConversion.typeName(value))")
    }
    do throws(TensorError) { try generator.restore(fromStateTensor: t) } catch { throw error.exception }
  }

  private static func method(
    _ text: String, _ doc: String,
    _ body: @escaping (VM, GeneratorObject, Arguments) throws(ExceptionObject) -> Value
  ) {
    let native = NativeFunction(text, doc) { (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let g = o as? GeneratorObject else {
        throw .type("descriptor requires a 'torch._C.Generator' object")
      }
      return try body(vm, g, args)
    }
    TorchTypes.generator.set(native.name, .object(native))
  }
}

/// A tensor computed by the core, as a value; its errors as exceptions.
@inline(__always) func tensorResult(
  _ body: () throws(TensorError) -> Tensor
) throws(ExceptionObject) -> Value {
  do throws(TensorError) { return .tensor(try body()) } catch { throw error.exception }
}

/// Anything computed by the core; its errors as exceptions.
@inline(__always) func core<T>(_ body: () throws(TensorError) -> T) throws(ExceptionObject) -> T {
  do throws(TensorError) { return try body() } catch { throw error.exception }
}

/// The storage indices of all elements in row-major order.
func elementIndices(of t: Tensor) throws(ExceptionObject) -> [Int] {
  try core { () throws(TensorError) in try t.elementIndices() }
}
