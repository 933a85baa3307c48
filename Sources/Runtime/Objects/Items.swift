import Language
import Tensor

extension VM {
  // MARK: Reading

  /// `container[index]`.
  package func getItem(_ container: Value, _ index: Value) throws(ExceptionObject) -> Value {
    switch container {
    case .list(let l):
      if case .int(let i) = index {
        let n = l.count
        let at = i < 0 ? i &+ n : i
        if at >= 0 && at < n { return l[at] }
        throw .index("list index out of range")
      }
      return try listItem(l, index)
    case .tuple(let t):
      if case .int(let i) = index {
        let n = t.count
        let at = i < 0 ? i &+ n : i
        if at >= 0 && at < n { return t[at] }
        throw .index("tuple index out of range")
      }
      return try tupleItem(t, index)
    case .dict(let d):
      if let value = try d.get(index, self) { return value }
      throw .key(index)
    case .str(let s): return try textItem(s, index)
    case .tensor(let t):
      if t.attachment != nil, let method = type(of: container).dispatch.getItem, case .function = method {
        return try callSpecial(method, container, with: index)
      }
      return try TensorHooks.getItem(self, t, index)
    case .instance(let i):
      if let method = i.type.dispatch.getItem { return try callSpecial(method, container, with: index) }
      if let payload = i.payload { return try payloadItem(container, i.type, payload, index) }
    case .object(let o):
      if let type = o as? TypeObject { return try classItem(type, index) }
      let type = self.type(of: container)
      if let method = type.dispatch.getItem { return try callSpecial(method, container, with: index) }
      switch o {
      case let r as RangeObject: return try rangeItem(r, index)
      case let b as BytesObject: return try bytesItem(b, index)
      case is List, is Tuple, is Dict:
        if let item = try o.nativeGetItem(index, self) { return item }
        return try payloadItem(container, type, plain(container), index)
      case let g as GenericAlias: return .object(GenericAlias(g.origin, index.asTuple?.items ?? [index]))
      default:
        if let item = try o.nativeGetItem(index, self) { return item }
      }
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .function: break
    }
    throw .type("'\(typeName(container))' object is not subscriptable")
  }

  /// An item of a built-in inside a subclass; dicts ask `__missing__`.
  private func payloadItem(
    _ container: Value, _ type: TypeObject, _ payload: Value, _ index: Value
  ) throws(ExceptionObject) -> Value {
    guard let dict = payload.asDict else { return try getItem(payload, index) }
    if let value = try dict.get(index, self) { return value }
    if let missing = type.lookup(Names.missing) { return try callSpecial(missing, container, with: index) }
    throw .key(index)
  }

  /// What a dict gives for a key, `__missing__` asked: `dict.__getitem__`.
  package func dictItem(_ container: Value, _ key: Value) throws(ExceptionObject) -> Value {
    try payloadItem(container, type(of: container), plain(container), key)
  }

  /// `list[int]`, `Color['RED']`, and classes with `__class_getitem__`.
  private func classItem(_ type: TypeObject, _ index: Value) throws(ExceptionObject) -> Value {
    if let method = type.type.dispatch.getItem { return try callSpecial(method, .object(type), with: index) }
    if let found = type.lookup(Names.classGetitem) {
      return try call(bindToClass(found, type, Names.classGetitem), [index])
    }
    if !type.isUserDefined || type.layout != .instance {
      switch type.layout {
      case .list, .tuple, .dict, .set, .type, .other:
        return .object(GenericAlias(.object(type), index.asTuple?.items ?? [index]))
      case .instance, .int, .float, .str, .bytes, .exception, .tensor: break
      }
    }
    throw .type("type '\(type.name)' is not subscriptable")
  }

  private func slice(_ index: Value) -> SliceObject? {
    if case .object(let o) = index { return o as? SliceObject }
    return nil
  }

  /// A position in 0..<count. Raises IndexError with `message` outside; `wrongType` words the TypeError. The count is asked for
  /// after the index: its `__index__` may change the container.
  private func position(
    _ index: Value, _ count: @autoclosure () -> Int, _ message: String, _ wrongType: String
  ) throws(ExceptionObject) -> Int {
    guard let integer = try self.index(index) else { throw .type(wrongType) }
    guard let i = integer.int else { throw .index("cannot fit 'int' into an index-sized integer") }
    let count = count()
    let at = i < 0 ? i &+ count : i
    guard at >= 0 && at < count else { throw .index(message) }
    return at
  }

  private func listItem(_ l: List, _ index: Value) throws(ExceptionObject) -> Value {
    if let slice = slice(index) {
      let (start, _, step, count) = try slice.bounds(self).indices(l.count)
      if step == 1 { return .list(List(copying: l.base + start, count: count)) }
      return .list(List(Slicing.take(l.items, start, step, count)))
    }
    return l[
      try position(
        index, l.count, "list index out of range",
        "list indices must be integers or slices, not \(typeName(index))")]
  }

  private func tupleItem(_ t: Tuple, _ index: Value) throws(ExceptionObject) -> Value {
    if let slice = slice(index) {
      let (start, _, step, count) = try slice.indices(t.count, self)
      if step == 1 { return .tuple(Tuple(copying: t.base + start, count: count)) }
      return .tuple(Tuple(Slicing.take(t.items, start, step, count)))
    }
    return t[
      try position(
        index, t.count, "tuple index out of range",
        "tuple indices must be integers or slices, not \(typeName(index))")]
  }

  private func textItem(_ s: Str, _ index: Value) throws(ExceptionObject) -> Value {
    if let slice = slice(index) {
      let (start, _, step, count) = try slice.indices(s.count, self)
      return .str(s.slice(start: start, step: step, count: count))
    }
    let at = try position(
      index, s.count, "string index out of range", "string indices must be integers, not '\(typeName(index))'")
    return .str(s.character(at))
  }

  private func bytesItem(_ b: BytesObject, _ index: Value) throws(ExceptionObject) -> Value {
    if let slice = slice(index) {
      let (start, _, step, count) = try slice.indices(b.bytes.count, self)
      return .object(BytesObject(Slicing.take(b.bytes, start, step, count)))
    }
    let at = try position(
      index, b.bytes.count, "index out of range", "byte indices must be integers or slices, not \(typeName(index))")
    return .int(Int(b.bytes[at]))
  }

  private func rangeItem(_ r: RangeObject, _ index: Value) throws(ExceptionObject) -> Value {
    if let slice = slice(index) {
      let (start, stop, step, count) = try slice.indices(r.count, self)
      guard let part = r.slice(start: start, stop: stop, step: step, count: count) else {
        throw .overflow("Python int too large to convert to C ssize_t")
      }
      return .object(part)
    }
    let at = try position(
      index, r.count, "range object index out of range",
      "range indices must be integers or slices, not \(typeName(index))")
    return .int(r[at])
  }

  // MARK: Writing

  /// `container[index] = value`.
  package func setItem(_ container: Value, _ index: Value, _ value: Value) throws(ExceptionObject) {
    switch container {
    case .list(let l):
      if case .int(let i) = index {
        let n = l.count
        let at = i < 0 ? i &+ n : i
        guard at >= 0 && at < n else { throw .index("list assignment index out of range") }
        l[at] = value
        return
      }
      try setListItem(l, index, value)
      return
    case .dict(let d):
      try d.set(index, value, self)
      return
    case .tensor(let t):
      if t.attachment != nil, let method = type(of: container).dispatch.setItem, case .function = method {
        _ = try callSpecial(method, container, [index, value])
        return
      }
      try TensorHooks.setItem(self, t, index, value)
      return
    case .instance(let i):
      if let method = i.type.dispatch.setItem {
        _ = try callSpecial(method, container, [index, value])
        return
      }
      if let payload = i.payload {
        switch payload {
        case .list, .dict, .object:
          try setItem(payload, index, value)
          return
        default: break
        }
      }
    case .object(let o):
      if let method = type(of: container).dispatch.setItem {
        _ = try callSpecial(method, container, [index, value])
        return
      }
      if o is List || o is Dict {
        try setItem(plain(container), index, value)
        return
      }
      if try o.nativeSetItem(index, value, self) { return }
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .function, .str, .tuple: break
    }
    throw .type("'\(typeName(container))' object does not support item assignment")
  }

  private func setListItem(_ l: List, _ index: Value, _ value: Value) throws(ExceptionObject) {
    guard let slice = slice(index) else {
      let at = try position(
        index, l.count, "list assignment index out of range",
        "list indices must be integers or slices, not \(typeName(index))")
      l[at] = value
      return
    }
    let isExtended: Bool
    switch slice.step {
    case .none: isExtended = false
    case .int(let i): isExtended = i != 1
    default: isExtended = true
    }
    guard let iterator = try iteratorIfAny(value) else {
      throw .type(isExtended ? "must assign iterable to extended slice" : "can only assign an iterable")
    }
    let new = try items(value.asList == nil && value.asTuple == nil ? iterator : value)
    let (start, stop, step, count) = try slice.bounds(self).indices(l.count)
    if !isExtended || step == 1 {
      l.replaceSubrange(start..<max(start, stop), with: new)
      return
    }
    guard new.count == count else {
      throw .value("attempt to assign sequence of size \(new.count) to extended slice of size \(count)")
    }
    var at = start
    for item in new {
      l[at] = item
      at += step
    }
  }

  // MARK: Deleting

  /// `del container[index]`.
  package func deleteItem(_ container: Value, _ index: Value) throws(ExceptionObject) {
    switch container {
    case .list(let l):
      try deleteListItem(l, index)
      return
    case .dict(let d):
      guard try d.remove(index, self) != nil else { throw .key(index) }
      return
    case .instance(let i):
      if let method = i.type.dispatch.deleteItem {
        _ = try callSpecial(method, container, with: index)
        return
      }
      if let payload = i.payload {
        switch payload {
        case .list, .dict, .object:
          try deleteItem(payload, index)
          return
        default: break
        }
      }
    case .object(let o):
      if let method = type(of: container).dispatch.deleteItem {
        _ = try callSpecial(method, container, with: index)
        return
      }
      if o is List || o is Dict {
        try deleteItem(plain(container), index)
        return
      }
      if try o.nativeDeleteItem(index, self) { return }
    case .tensor: throw .type("Tensor does not support deleting items")
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .function, .str, .tuple: break
    }
    // CPython words it by whether its sequence or its mapping protocol was asked.
    let isSequence: Bool
    switch container {
    case .str, .tuple: isSequence = try self.index(index) != nil
    case .instance: isSequence = try self.index(index) != nil
    case .object(let o): isSequence = o is RangeObject || o is BytesObject ? try self.index(index) != nil : false
    default: isSequence = false
    }
    throw .type("'\(typeName(container))' object \(isSequence ? "doesn't" : "does not") support item deletion")
  }

  private func deleteListItem(_ l: List, _ index: Value) throws(ExceptionObject) {
    guard let slice = slice(index) else {
      let at = try position(
        index, l.count, "list assignment index out of range",
        "list indices must be integers or slices, not \(typeName(index))")
      l.remove(at: at)
      return
    }
    let (start, _, step, count) = try slice.bounds(self).indices(l.count)
    if count == 0 { return }
    if step == 1 {
      l.replaceSubrange(start..<(start + count), with: [])
      return
    }
    let first = step > 0 ? start : start + (count - 1) * step
    let stride = abs(step)
    let last = first + (count - 1) * stride
    var kept: [Value] = []
    kept.reserveCapacity(l.count - count)
    for (i, item) in l.items.enumerated() where !(i >= first && i <= last && (i - first) % stride == 0) {
      kept.append(item)
    }
    l.replaceAll(kept)
  }
}

enum Slicing {
  static func take<T>(_ items: [T], _ start: Int, _ step: Int, _ count: Int) -> [T] {
    if count == 0 { return [] }
    if step == 1 { return Array(items[start..<(start + count)]) }
    var result: [T] = []
    result.reserveCapacity(count)
    var i = start
    for n in 0..<count {
      result.append(items[i])
      if n + 1 < count { i += step }
    }
    return result
  }
}
