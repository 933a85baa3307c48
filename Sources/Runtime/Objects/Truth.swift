import BigInt
import Language
import Tensor

extension VM {
  package func isTrue(_ value: Value) throws(ExceptionObject) -> Bool {
    switch value {
    case .bool(let b): return b
    case .int(let i): return i != 0
    case .float(let d): return d != 0
    case .none, .unbound: return false
    case .str(let s): return s.count != 0
    case .list(let l): return !l.isEmpty
    case .tuple(let t): return !t.isEmpty
    case .dict(let d): return d.count != 0
    case .function, .ellipsis, .notImplemented: return true
    case .tensor(let t):
      if t.attachment != nil, let method = type(of: value).dispatch.truth, case .function = method {
        return try truthOf(method, value)
      }
      return try TensorHooks.isTrue(self, t)
    case .instance(let i): return try isTrueInstance(value, i)
    case .object(let o):
      let table = type(of: value).dispatch
      if let method = table.truth { return try truthOf(method, value) }
      if let method = table.length { return try lengthOf(method, value) != 0 }
      if let answer = try o.nativeTruth(self) { return answer }
      if let length = try nativeLength(value, o) { return length != 0 }
      return true
    }
  }

  private func isTrueInstance(_ value: Value, _ i: Instance) throws(ExceptionObject) -> Bool {
    let table = i.type.dispatch
    if let method = table.truth { return try truthOf(method, value) }
    if let method = table.length { return try lengthOf(method, value) != 0 }
    guard let payload = i.payload else { return true }
    return try isTrue(payload)
  }

  private func truthOf(_ method: Value, _ value: Value) throws(ExceptionObject) -> Bool {
    let answer = try callSpecial(method, value)
    if case .bool(let b) = answer { return b }
    throw .type("__bool__ should return bool, returned \(typeName(answer))")
  }

  // MARK: Length

  package func length(_ value: Value) throws(ExceptionObject) -> Int {
    switch value {
    case .str(let s): return s.count
    case .list(let l): return l.count
    case .tuple(let t): return t.count
    case .dict(let d): return d.count
    case .tensor(let t):
      if t.attachment != nil, let method = type(of: value).dispatch.length, case .function = method {
        return try lengthOf(method, value)
      }
      return try TensorHooks.length(self, t)
    case .instance(let i):
      if let method = i.type.dispatch.length { return try lengthOf(method, value) }
      if let payload = i.payload { return try length(payload) }
    case .object(let o):
      if let method = type(of: value).dispatch.length { return try lengthOf(method, value) }
      if let length = try nativeLength(value, o) { return length }
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .function: break
    }
    throw .type("object of type '\(typeName(value))' has no len()")
  }

  private func lengthOf(_ method: Value, _ value: Value) throws(ExceptionObject) -> Int {
    let answer = try callSpecial(method, value)
    guard let integer = try index(answer) else {
      throw .type("'\(typeName(answer))' object cannot be interpreted as an integer")
    }
    guard let count = integer.int else {
      throw .overflow("cannot fit 'int' into an index-sized integer")
    }
    if count < 0 { throw .value("__len__() should return >= 0") }
    return count
  }

  /// Built-in containers' length; nil for what has none.
  package func nativeLength(_ value: Value, _ o: Object) throws(ExceptionObject) -> Int? {
    switch o {
    case let s as SetObject: return s.count
    case let r as RangeObject: return r.count
    case let v as DictView: return v.dict.count
    case let b as BytesObject: return b.bytes.count
    case let t as Tuple: return t.count
    case let d as Dict: return d.count
    case let l as List: return l.count
    default: return try o.nativeLength(self)
    }
  }

  // MARK: Identity

  /// `x is y`, both in registers.
  @inline(__always) func isIdentical(_ x: UnsafeMutablePointer<Value>, _ y: UnsafeMutablePointer<Value>) -> Bool {
    if x.tag == y.tag && x.intPayload == y.intPayload { return true }
    return isIdentical(x.pointee, y.pointee)
  }

  package func isIdentical(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.none, .none), (.ellipsis, .ellipsis), (.notImplemented, .notImplemented), (.unbound, .unbound): return true
    case (.bool(let x), .bool(let y)): return x == y
    case (.int(let x), .int(let y)): return x == y
    // Numbers have no identity here; equal bits count as one object, as for a name compared with itself.
    case (.float(let x), .float(let y)): return x.bitPattern == y.bitPattern
    case (.tensor(let x), .tensor(let y)): return x === y
    case (.instance(let x), .instance(let y)): return x === y
    case (.str(let x), .str(let y)): return x === y || (x.count <= 20 && x.hasSameBytes(as: y))
    case (.tuple(let x), .tuple(let y)): return x === y || (x.isEmpty && y.isEmpty)
    default:
      guard let x = a.object, let y = b.object else { return false }
      if x === y { return true }
      // Binding makes a new method object each time; CPython's too, so only equality holds for those.
      return false
    }
  }

  /// A number that is unique to an object while it lives: what `id` gives and default reprs show.
  package func address(_ value: Value) -> Int {
    if let object = value.object { return Int(bitPattern: Unmanaged.passUnretained(object).toOpaque()) }
    switch value {
    case .tensor(let t): return Int(bitPattern: Unmanaged.passUnretained(t).toOpaque())
    case .int(let i): return 0x7f00_0000_0000 &+ i &* 32
    case .bool(let b): return b ? 0x7e00_0000_0020 : 0x7e00_0000_0040
    case .float(let d): return Int(bitPattern: UInt(d.bitPattern >> 8)) &* 16
    case .none: return 0x7e00_0000_0060
    case .ellipsis: return 0x7e00_0000_0080
    default: return 0x7e00_0000_00a0
    }
  }
}
