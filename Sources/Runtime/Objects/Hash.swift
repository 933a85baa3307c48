import Tensor

extension VM {
  /// Equal values hash equal; raises TypeError "unhashable type: 'list'".
  package func hash(_ value: Value) throws(ExceptionObject) -> Int {
    switch value {
    case .int(let i): return Hashing.int(i)
    case .str(let s): return Hashing.str(s)
    case .bool(let b): return b ? 1 : 0
    case .float(let d):
      // Every NaN is its own key, but a NaN must find itself again; equal bits are one object here.
      return d.isNaN ? Int(bitPattern: UInt(d.bitPattern >> 1)) : Hashing.float(d)
    case .none, .unbound: return 0xFCA8_6420
    case .ellipsis: return 0x1E11
    case .notImplemented: return 0x2E22
    case .tuple(let t): return try hash(t)
    case .function(let f): return Hashing.identity(f)
    case .tensor(let t):
      if t.attachment != nil, let method = type(of: value).dispatch.hash, case .function = method {
        return try hash(by: method, value)
      }
      return Hashing.identity(t)
    case .list, .dict: throw unhashable(value)
    case .instance(let i):
      if let method = i.type.dispatch.hash { return try hash(by: method, value) }
      if let payload = i.payload { return try hash(payload, of: value) }
      return Hashing.identity(i)
    case .object(let o):
      if let method = type(of: value).dispatch.hash { return try hash(by: method, value) }
      return try hash(o, value)
    }
  }

  private func hash(_ payload: Value, of value: Value) throws(ExceptionObject) -> Int {
    switch payload {
    case .list, .dict: throw unhashable(value)
    default: return try hash(payload)
    }
  }

  private func hash(by method: Value, _ value: Value) throws(ExceptionObject) -> Int {
    if case .none = method { throw unhashable(value) }
    let answer = try callSpecial(method, value)
    switch answer {
    case .int(let i): return i == -1 ? -2 : i
    case .bool(let b): return b ? 1 : 0
    default:
      guard let integer = answer.asInteger else { throw .type("__hash__ method should return an integer") }
      return Hashing.bigInt(integer.bigInt)
    }
  }

  private func hash(_ t: Tuple) throws(ExceptionObject) -> Int {
    try NativeDepth.deeper("") { () throws(ExceptionObject) in
      var hashes: [Int] = []
      hashes.reserveCapacity(t.count)
      for i in 0..<t.count { hashes.append(try hash(t[i])) }
      return Hashing.tuple(hashes)
    }
  }

  private func hash(_ o: Object, _ value: Value) throws(ExceptionObject) -> Int {
    switch o {
    case let b as BigIntObject: return Hashing.bigInt(b.value)
    case let t as Tuple: return try hash(t)
    case let s as SetObject:
      if s.isFrozen { return s.membersHash }
      throw unhashable(value)
    case is List, is Dict, is SliceObject: throw unhashable(value)
    case let b as BytesObject: return b.bytes.withUnsafeBytes { Hashing.bytes($0) }
    case let r as RangeObject:
      if r.count == 0 { return Hashing.tuple([0]) }
      return Hashing.tuple([r.count, Hashing.int(r.start), r.count == 1 ? 0 : Hashing.int(r.step)])
    case let m as BoundMethod: return try hash(m.function) ^ Hashing.int(address(m.receiver) >> 4)
    case let g as GenericAlias: return try hash(g.origin) ^ hash(.makeTuple(g.arguments))
    case let u as UnionObject:
      var all = 0
      for member in u.members { all ^= try hash(member) }
      return all
    default: return try o.nativeHash(self) ?? Hashing.identity(o)
    }
  }

  private func unhashable(_ value: Value) -> ExceptionObject { .type("unhashable type: '\(typeName(value))'") }
}
