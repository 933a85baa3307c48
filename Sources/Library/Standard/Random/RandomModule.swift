import BigInt
import Runtime
import Tensor

/// `_random`: the generator under `random`, whose distributions are written in the language.
enum RandomModule {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("_random", "The generator under random.")
    m.set("Core", RandomCore.type)
    return m.module
  }
}

/// One generator.
final class RandomCore: Object {
  private var twister = MersenneTwister(key: [0])

  static let type: TypeObject = {
    let type = TypeObject("Random", module: "_random", bases: [Types.object], layout: .other)
    type.construct = NativeFunction("Random()", "A generator.") { (vm, args) throws(ExceptionObject) in
      .object(RandomCore())
    }
    for method in methods { type.set(method.name, .object(method)) }
    return type
  }()
  override var builtinType: TypeObject { RandomCore.type }

  package override var contents: Any? {
    get { twister }
    set { if let old = newValue as? MersenneTwister { twister = old } }
  }

  override func isSame(as contents: Any) -> Bool {
    (contents as? MersenneTwister).map { $0.state == twister.state && $0.index == twister.index } ?? false
  }

  private static func core(_ args: Arguments, resets: Bool = false) throws(ExceptionObject) -> RandomCore {
    if case .object(let o) = args[0], let core = o as? RandomCore {
      if resets { core.willReset() } else { core.willChange() }
      return core
    }
    throw .type("a generator is needed")
  }

  private static var methods: [NativeFunction] {
    [
      NativeFunction("random(self, /)", "The next number in [0, 1).") { (vm, args) throws(ExceptionObject) in
        .float(try core(args).twister.nextDouble())
      },
      NativeFunction("getrandbits(self, k, /)", "An int of k random bits.") { (vm, args) throws(ExceptionObject) in
        let core = try core(args)
        let k = try vm.int(args[1])
        if k < 0 { throw .value("number of bits must be non-negative") }
        if k > 1 << 26 { throw .memory() }
        return BigIntObject.make(core.bits(k))
      },
      NativeFunction("below(self, n, /)", "A random int from 0 to n - 1.") { (vm, args) throws(ExceptionObject) in
        let core = try core(args)
        switch try vm.integer(args[1]) {
        case .small(let n):
          if n <= 0 { return .int(0) }
          return .int(core.below(n))
        case .big(let n):
          let k = n.magnitude.bitWidth
          var r = core.bits(k)
          while r >= n { r = core.bits(k) }
          return BigIntObject.make(r)
        }
      },
      NativeFunction("seed(self, a, /)", "Begins the sequence that belongs to a.") {
        (vm, args) throws(ExceptionObject) in
        try core(args, resets: true).seed(args[1], vm)
        return .none
      },
      NativeFunction("begin(self, /)", "Begins the sequence of the module's own generator.") {
        (vm, args) throws(ExceptionObject) in
        let core = try core(args, resets: true)
        core.twister = MersenneTwister(key: (0..<8).map { Entropy.shared.word(for: core, named: "random", index: $0) })
        return .none
      },
      NativeFunction("getstate(self, /)", "The words of the state and the position in them.") {
        (vm, args) throws(ExceptionObject) in
        let core = try core(args)
        Changes.noteRead(core)
        let twister = core.twister
        return .makeTuple(twister.state.map { .int(Int($0)) } + [.int(twister.index)])
      },
      NativeFunction("setstate(self, state, /)", "Goes back to a state.") { (vm, args) throws(ExceptionObject) in
        let core = try core(args, resets: true)
        guard let items = args[1].asTuple?.items else { throw .type("state vector must be a tuple") }
        guard items.count == MersenneTwister.size + 1 else { throw .value("state vector is the wrong size") }
        var words: [UInt32] = []
        for item in items.dropLast() { words.append(UInt32(truncatingIfNeeded: try vm.int(item))) }
        guard let twister = MersenneTwister(state: words, index: try vm.int(items[items.count - 1])) else {
          throw .value("invalid state")
        }
        core.twister = twister
        return .none
      },
    ]
  }

  private func below(_ n: Int) -> Int {
    let k = Int.bitWidth - n.leadingZeroBitCount
    if k <= 32 {
      let shift = UInt32(32 - k)
      var r = Int(twister.next32() >> shift)
      while r >= n { r = Int(twister.next32() >> shift) }
      return r
    }
    func draw() -> Int {
      let low = UInt(twister.next32())
      let high = UInt(twister.next32() >> UInt32(64 - k))
      return Int(bitPattern: high << 32 | low)
    }
    var r = draw()
    while r >= n { r = draw() }
    return r
  }

  private func bits(_ k: Int) -> BigInt {
    if k <= 0 { return 0 }
    var result = BigUInt(0)
    var left = k
    var shift = 0
    while left > 0 {
      var word = twister.next32()
      if left < 32 { word >>= UInt32(32 - left) }
      result |= BigUInt(word) << shift
      left -= 32
      shift += 32
    }
    return BigInt(result)
  }

  /// None: from a seed that nobody chose. Ints by their magnitude, floats by their hash, text with its SHA-512 after it.
  private func seed(_ value: Value, _ vm: VM) throws(ExceptionObject) {
    var number: BigUInt
    if let integer = value.asInteger {
      number = integer.bigInt.magnitude
    } else if let text = value.asStr {
      number = SHA512.digest(Array(text.bytes)).reduce(text.bytes.reduce(BigUInt(0), join), join)
    } else if let bytes = value.asBytes {
      number = SHA512.digest(bytes.bytes).reduce(bytes.bytes.reduce(BigUInt(0), join), join)
    } else if value.isNone {
      twister = MersenneTwister(key: (0..<8).map { _ in Entropy.shared.next() })
      return
    } else {
      number = BigUInt(UInt(bitPattern: try vm.hash(value)))
    }
    var key: [UInt32] = []
    while !number.isZero {
      key.append(UInt32(truncatingIfNeeded: number))
      number >>= 32
    }
    twister = MersenneTwister(key: key.isEmpty ? [0] : key)
  }

  private func join(_ number: BigUInt, _ byte: UInt8) -> BigUInt { number << 8 | BigUInt(byte) }
}
