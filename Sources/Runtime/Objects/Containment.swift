import Language
import Tensor

extension VM {
  /// `item in container`, both in registers.
  @inline(never) final func contains(
    _ container: UnsafeMutablePointer<Value>, _ item: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) -> Bool {
    if container.tag == ValueLayout.object {
      let object = container.reference(as: Object.self)
      if object._withUnsafeGuaranteedRef({ $0.family == .set && $0.customType == nil }),
        let answer = container.reference(as: SetObject.self)._withUnsafeGuaranteedRef({ $0.containsPlain(item) })
      {
        return answer
      }
    } else if container.tag == ValueLayout.dict && item.tag == ValueLayout.str {
      return container.reference(as: Dict.self)._withUnsafeGuaranteedRef { $0.placeText(item) } != nil
    }
    return try contains(container.pointee, item.pointee)
  }

  /// `item in container`.
  package func contains(_ container: Value, _ item: Value) throws(ExceptionObject) -> Bool {
    switch container {
    case .list(let l):
      var i = 0
      while i < l.count {
        try Interrupts.check(every: i)
        if try sameItem(l[i], item) { return true }
        i += 1
      }
      return false
    case .tuple(let t):
      for (i, x) in t.items.enumerated() {
        try Interrupts.check(every: i)
        if try sameItem(x, item) { return true }
      }
      return false
    case .dict(let d): return try d.contains(item, self)
    case .str(let s): return try containsText(s, item)
    case .tensor(let t):
      if t.attachment != nil, let method = type(of: container).dispatch.contains, case .function = method {
        return try isTrue(callSpecial(method, container, with: item))
      }
      return try TensorHooks.contains(self, t, item)
    case .instance(let i):
      let table = i.type.dispatch
      if let method = table.contains { return try contains(by: method, container, item) }
      if let payload = i.payload { return try contains(payload, item) }
      return try containsByIterating(container, item)
    case .object(let o):
      let table = type(of: container).dispatch
      if let method = table.contains { return try contains(by: method, container, item) }
      switch o {
      case let s as SetObject:
        // A set is looked for as the frozenset of its members.
        if case .object(let other) = item, let key = other as? SetObject, !key.isFrozen {
          return try s.contains(.object(key.copy(frozen: true, self)), self)
        }
        return try s.contains(item, self)
      case let r as RangeObject: return try containsNumber(r, item)
      case let v as DictView: return try v.contains(item, self)
      case let b as BytesObject: return try containsBytes(b, item)
      case is List, is Tuple, is Dict: return try contains(plain(container), item)
      default:
        if let answer = try o.nativeContains(item, self) { return answer }
        return try containsByIterating(container, item)
      }
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .function:
      throw .type("argument of type '\(typeName(container))' is not iterable")
    }
  }

  private func contains(by method: Value, _ container: Value, _ item: Value) throws(ExceptionObject) -> Bool {
    if case .none = method { throw .type("'\(typeName(container))' object is not a container") }
    return try isTrue(callSpecial(method, container, with: item))
  }

  private func containsByIterating(_ container: Value, _ item: Value) throws(ExceptionObject) -> Bool {
    guard let iterator = try iteratorIfAny(container) else {
      throw .type("argument of type '\(typeName(container))' is not iterable")
    }
    while let x = try next(iterator) {
      if try sameItem(x, item) { return true }
    }
    return false
  }

  private func containsText(_ s: Str, _ item: Value) throws(ExceptionObject) -> Bool {
    guard let part = item.asStr else {
      throw .type("'in <string>' requires string as left operand, not \(typeName(item))")
    }
    return s.find(part.bytes, from: 0, to: s.byteCount) != nil
  }

  private func containsBytes(_ b: BytesObject, _ item: Value) throws(ExceptionObject) -> Bool {
    if case .object(let o) = item, let part = o as? BytesObject { return ByteSearch.find(part.bytes, in: b.bytes) }
    guard let number = try index(item) else {
      throw .type("a bytes-like object is required, not '\(typeName(item))'")
    }
    guard let byte = number.int, (0..<256).contains(byte) else { throw .value("byte must be in range(0, 256)") }
    return b.bytes.contains(UInt8(byte))
  }

  private func containsNumber(_ r: RangeObject, _ item: Value) throws(ExceptionObject) -> Bool {
    switch item {
    case .int(let i): return r.position(of: i) != nil
    case .bool(let b): return r.position(of: b ? 1 : 0) != nil
    case .float(let d):
      guard let whole = Int(exactly: d) else { return false }
      return r.position(of: whole) != nil
    default:
      var i = 0
      while i < r.count {
        if try equal(.int(r[i]), item) { return true }
        i += 1
      }
      return false
    }
  }
}

enum ByteSearch {
  static func find(_ part: [UInt8], in whole: [UInt8]) -> Bool {
    if part.isEmpty { return true }
    if part.count > whole.count { return false }
    return whole.withUnsafeBufferPointer { text in
      part.withUnsafeBufferPointer { wanted in
        let first = wanted[0]
        var i = 0
        let last = text.count - wanted.count
        while i <= last {
          if text[i] == first {
            var j = 1
            while j < wanted.count && text[i + j] == wanted[j] { j += 1 }
            if j == wanted.count { return true }
          }
          i += 1
        }
        return false
      }
    }
  }
}
