import Language
import Tensor

extension VM {
  /// The iterator of a value; raises TypeError "'int' object is not iterable".
  package func iterator(_ value: Value) throws(ExceptionObject) -> Value {
    if let iterator = try iteratorIfAny(value) { return iterator }
    throw .type("'\(typeName(value))' object is not iterable")
  }

  /// target = iter(iterable), both in registers.
  @inline(never) final func iterator(
    _ target: UnsafeMutablePointer<Value>, of iterable: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) {
    switch iterable.tag {
    case ValueLayout.list:
      target.setObject(ListIterator(iterable.reference(as: List.self).takeUnretainedValue()), ValueLayout.object)
    case ValueLayout.tuple:
      target.setObject(TupleIterator(iterable.reference(as: Tuple.self).takeUnretainedValue()), ValueLayout.object)
    default: target.set(try iterator(iterable.pointee))
    }
  }

  /// nil for what cannot be iterated over.
  package func iteratorIfAny(_ value: Value) throws(ExceptionObject) -> Value? {
    switch value {
    case .list(let l): return .object(ListIterator(l))
    case .tuple(let t): return .object(TupleIterator(t))
    case .dict(let d): return .object(DictIterator(d, .keys))
    case .str(let s): return .object(StrIterator(s))
    case .tensor(let t):
      if t.attachment != nil, let method = type(of: value).dispatch.iter, case .function = method {
        return try iterator(by: method, value)
      }
      return try TensorHooks.iterator(self, t)
    case .instance(let i):
      let table = i.type.dispatch
      if let method = table.iter { return try iterator(by: method, value) }
      if let payload = i.payload { return try iteratorIfAny(payload) }
      return table.getItem != nil ? .object(SequenceIterator(value)) : nil
    case .object(let o):
      if o is IteratorObject {
        // The loop that begins steps through it without telling each time.
        o.willChange()
        return value
      }
      let table = type(of: value).dispatch
      if let method = table.iter { return try iterator(by: method, value) }
      switch o {
      case let r as RangeObject: return .object(RangeIterator(r))
      case let s as SetObject: return .object(SetIterator(s))
      case let v as DictView: return .object(DictIterator(v.dict, v.kind))
      case let b as BytesObject: return .object(BytesIterator(b.bytes))
      case is List, is Tuple, is Dict: return try iteratorIfAny(plain(value))
      default:
        if let iterator = try o.nativeIterator(self) { return iterator }
        return table.getItem != nil ? .object(SequenceIterator(value)) : nil
      }
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .function: return nil
    }
  }

  private func iterator(by method: Value, _ value: Value) throws(ExceptionObject) -> Value? {
    if case .none = method { return nil }
    let result = try callSpecial(method, value)
    if case .object(let o) = result, o is IteratorObject { return result }
    guard type(of: result).lookup(Names.next) != nil else {
      throw .type("iter() returned non-iterator of type '\(typeName(result))'")
    }
    return result
  }

  /// The next item, nil at the end (StopIteration is consumed). Natives that go through an iterator can be interrupted here.
  package func next(_ iterator: Value) throws(ExceptionObject) -> Value? {
    try Interrupts.check()
    if case .object(let o) = iterator, o.family.isIterator {
      o.willChange()
      return try unsafeDowncast(o, to: IteratorObject.self).next(self)
    }
    guard let method = type(of: iterator).dispatch.next else {
      throw .type("'\(typeName(iterator))' object is not an iterator")
    }
    do throws(ExceptionObject) {
      return try callSpecial(method, iterator)
    } catch {
      if error.type.isSubtype(of: Types.stopIteration) { return nil }
      throw error
    }
  }

  /// One step of a `for` over anything but a range or a list. Where an `unpack` of two follows, a pair goes straight to its registers.
  @inline(never) func advance(
    _ iterator: UnsafeMutablePointer<Value>, _ item: UnsafeMutablePointer<Value>, _ window: UnsafeMutablePointer<Value>,
    following: UnsafePointer<Step>
  ) throws(ExceptionObject) -> LoopStep {
    guard iterator.tag == ValueLayout.object,
      iterator.reference(as: Object.self)._withUnsafeGuaranteedRef({ $0.family.isIterator })
    else {
      if let value = try next(iterator.pointee) {
        item.pointee = value
        return .item
      }
      iterator.release()
      return .end
    }
    let object = iterator.reference(as: IteratorObject.self).takeUnretainedValue()
    object.willChange()
    let next = following
    if next.pointee.op == .unpack && next.pointee.indexC == 2 && window.at(next.pointee.a) == item {
      let pair = window.at(next.pointee.b)
      switch try object.advancePair(self, into: pair, pair + 1) {
      case .pair: return .pair
      case .end:
        iterator.release()
        return .end
      case .unsupported: break
      }
    }
    if try object.advance(self, into: item) { return .item }
    iterator.release()
    return .end
  }

  /// All items of an iterable.
  package func items(_ iterable: Value) throws(ExceptionObject) -> [Value] {
    switch iterable {
    case .list(let l): return l.items
    case .tuple(let t): return t.items
    case .object(let o):
      if let r = o as? RangeObject {
        try Capacity.check(r.count)
        var result: [Value] = []
        result.reserveCapacity(r.count)
        var i = 0
        while i < r.count {
          result.append(.int(r[i]))
          i += 1
        }
        return result
      }
    default: break
    }
    let iterator = try self.iterator(iterable)
    var result: [Value] = []
    while let item = try next(iterator) {
      result.append(item)
      if result.count & 0xFFFFF == 0 { try Capacity.check(result.count) }
    }
    return result
  }

  /// The items of `*value` in a display or a call; errors name the callee where the call has nothing else before it.
  func starredItems(_ value: Value, callee: Value? = nil) throws(ExceptionObject) -> [Value] {
    switch value {
    case .list(let l): return l.items
    case .tuple(let t): return t.items
    default:
      guard let iterator = try iteratorIfAny(value) else {
        if let callee {
          throw .type("\(calleeName(callee)) argument after * must be an iterable, not \(typeName(value))")
        }
        throw .type("Value after * must be an iterable, not \(typeName(value))")
      }
      return try items(iterator)
    }
  }
}

/// What one step of a `for` did.
enum LoopStep { case item, pair, end }
