import Language
import Tensor

extension VM {
  // MARK: repr

  package func repr(_ value: Value) throws(ExceptionObject) -> String {
    switch value {
    case .int(let i): return String(i)
    case .str(let s): return StrMethods.repr(s)
    case .float(let d): return FloatText.repr(d)
    case .bool(let b): return b ? "True" : "False"
    case .none, .unbound: return "None"
    case .ellipsis: return "Ellipsis"
    case .notImplemented: return "NotImplemented"
    case .list(let l): return try reprList(l)
    case .tuple(let t): return try reprTuple(t)
    case .dict(let d): return try reprDict(d)
    case .function(let f):
      if f.customType != nil { return defaultRepr(value) }
      return "<function \(f.qualifiedName.string) at \(hexAddress(value))>"
    case .tensor(let t):
      if t.attachment != nil, let method = type(of: value).lookup(Names.repr), case .function = method {
        return try text(by: method, value, "__repr__")
      }
      return try TensorHooks.repr(self, t)
    case .instance(let i):
      if let method = i.type.dispatch.repr { return try text(by: method, value, "__repr__") }
      if let payload = i.payload { return try reprPayload(payload, i.type) }
      return defaultRepr(value)
    case .object(let o):
      if let method = type(of: value).dispatch.repr { return try text(by: method, value, "__repr__") }
      return try reprObject(o, value)
    }
  }

  /// What `__repr__` or `__str__` written in the language gives.
  private func text(by method: Value, _ value: Value, _ name: String) throws(ExceptionObject) -> String {
    let answer = try NativeDepth.deeper(" while calling a Python object") { () throws(ExceptionObject) in
      try callSpecial(method, value)
    }
    guard let text = answer.asStr else {
      throw .type("\(name) returned non-string (type \(typeName(answer)))")
    }
    return text.string
  }

  /// `<__main__.P object at 0x7f…>`: `object.__repr__`.
  package func defaultRepr(_ value: Value) -> String {
    "<\(qualifiedTypeName(type(of: value))) object at \(hexAddress(value))>"
  }

  func hexAddress(_ value: Value) -> String { "0x" + String(UInt(bitPattern: address(value)), radix: 16) }

  /// `__main__.P`; built-in types without their module.
  package func qualifiedTypeName(_ type: TypeObject) -> String {
    let module = type.attributes[Names.module]?.string ?? type.module
    return module == "builtins" ? type.qualifiedName : "\(module).\(type.qualifiedName)"
  }

  /// Shows what an object holds, unless it is being shown already further out: then `cycle`.
  private func guarded(
    _ object: Object, cycle: String, _ body: () throws(ExceptionObject) -> String
  ) throws(ExceptionObject) -> String {
    let id = ObjectIdentifier(object)
    if ReprGuard.active.contains(id) { return cycle }
    ReprGuard.active.insert(id)
    defer { ReprGuard.active.remove(id) }
    return try NativeDepth.deeper(" while getting the repr of an object", body)
  }

  private func reprList(_ l: List) throws(ExceptionObject) -> String {
    if l.isEmpty { return "[]" }
    return try guarded(l, cycle: "[...]") { () throws(ExceptionObject) in
      var out = "["
      var i = 0
      while i < l.count {
        try Interrupts.check(every: i)
        if i > 0 { out += ", " }
        out += try repr(l[i])
        i += 1
      }
      return out + "]"
    }
  }

  private func reprTuple(_ t: Tuple) throws(ExceptionObject) -> String {
    if t.isEmpty { return "()" }
    return try guarded(t, cycle: "(...)") { () throws(ExceptionObject) in
      if t.count == 1 { return "(\(try repr(t[0])),)" }
      var out = "("
      for (i, item) in t.items.enumerated() {
        try Interrupts.check(every: i)
        if i > 0 { out += ", " }
        out += try repr(item)
      }
      return out + ")"
    }
  }

  private func reprDict(_ d: Dict) throws(ExceptionObject) -> String {
    if d.count == 0 { return "{}" }
    return try guarded(d, cycle: "{...}") { () throws(ExceptionObject) in
      var out = "{"
      var position = 0
      var first = true
      while let (key, value) = d.next(&position) {
        if !first { out += ", " }
        first = false
        out += try repr(key) + ": " + repr(value)
      }
      return out + "}"
    }
  }

  private func reprSet(_ s: SetObject, _ type: TypeObject) throws(ExceptionObject) -> String {
    if s.count == 0 { return "\(type.name)()" }
    return try guarded(s, cycle: "\(type.name)(...)") { () throws(ExceptionObject) in
      var parts: [String] = []
      for member in s.members { parts.append(try repr(member)) }
      let inner = "{" + parts.joined(separator: ", ") + "}"
      return type === Types.set ? inner : "\(type.name)(\(inner))"
    }
  }

  /// The repr of a built-in's subclass: as the built-in, but sets name the class.
  func reprPayload(_ payload: Value, _ type: TypeObject) throws(ExceptionObject) -> String {
    if case .object(let o) = payload {
      if let set = o as? SetObject { return try reprSet(set, type) }
    }
    return try repr(payload)
  }

  func reprObject(_ o: Object, _ value: Value) throws(ExceptionObject) -> String {
    switch o {
    case let b as BigIntObject: return try IntText.decimal(b.value)
    case let t as TypeObject: return "<class '\(qualifiedTypeName(t))'>"
    case let e as ExceptionObject: return try ExceptionAttributes.repr(e, self)
    case let s as SetObject: return try reprSet(s, type(of: value))
    case let r as RangeObject: return r.text
    case let b as BytesObject: return b.text
    case let s as SliceObject: return "slice(\(try repr(s.start)), \(try repr(s.stop)), \(try repr(s.step)))"
    case let v as DictView: return try reprView(v)
    case let f as NativeFunction: return reprNative(f)
    case let m as BoundMethod: return try reprMethod(m)
    case let m as Module: return "<module '\(m.name)'>"
    case let u as UnionObject: return try joined(u.members, " | ")
    case let g as GenericAlias:
      return "\(try annotationText(g.origin))[\(g.arguments.isEmpty ? "()" : try joined(g.arguments, ", "))]"
    case let c as Cell:
      return "<cell at \(hexAddress(value)): \(c.value.isUnbound ? "empty" : typeName(c.value) + " object")>"
    case let s as SuperObject:
      return s.receiver.isNone
        ? "<super: <class '\(s.thisClass.name)'>, NULL>"
        : "<super: <class '\(s.thisClass.name)'>, <\(s.receiverType.name) object>>"
    case let p as NativeProperty:
      return "<attribute '\(p.name.text)'\(p.ownerName.map { " of '\($0)' objects" } ?? "")>"
    case let m as SlotMember: return "<member '\(m.name.text)' of '\(m.owner)' objects>"
    case let s as StaticMethodObject: return "<staticmethod(\(try repr(s.function)))>"
    case let c as ClassMethodObject: return "<classmethod(\(try repr(c.function)))>"
    case let n as Namespace: return "<module '\(n.name)'>"
    case let l as List: return try reprList(l)
    case let t as Tuple:
      if let text = try o.nativeRepr(self) { return text }
      return try reprTuple(t)
    case let d as Dict:
      if let text = try o.nativeRepr(self) { return text }
      return try reprDict(d)
    default: return try o.nativeRepr(self) ?? defaultRepr(value)
    }
  }

  private func reprView(_ v: DictView) throws(ExceptionObject) -> String {
    let name: String
    switch v.kind {
    case .keys: name = "dict_keys"
    case .values: name = "dict_values"
    case .items: name = "dict_items"
    }
    return try guarded(v, cycle: "...") { () throws(ExceptionObject) in "\(name)(\(try repr(.makeList(v.items))))" }
  }

  private func reprNative(_ f: NativeFunction) -> String {
    if f.isSlotWrapper {
      let owner = (f.qualifiedName ?? "object").split(separator: ".").first ?? "object"
      return "<slot wrapper '\(f.name.text)' of '\(owner)' objects>"
    }
    if f.isMethod {
      if let owner = f.ownerName { return "<method '\(f.name.text)' of '\(owner)' objects>" }
      let parts = (f.qualifiedName ?? f.name.text).split(separator: ".")
      return parts.count > 1
        ? "<method '\(parts.last!)' of '\(parts.dropLast().joined(separator: "."))' objects>"
        : "<method '\(f.name.text)'>"
    }
    return "<built-in function \(f.name.text)>"
  }

  private func reprMethod(_ m: BoundMethod) throws(ExceptionObject) -> String {
    if case .object(let o) = m.function, let f = o as? NativeFunction {
      if f.isSlotWrapper {
        return "<method-wrapper '\(f.name.text)' of \(typeName(m.receiver)) object at \(hexAddress(m.receiver))>"
      }
      return "<built-in method \(f.name.text) of \(typeName(m.receiver)) object at \(hexAddress(m.receiver))>"
    }
    let name: String
    if case .function(let f) = m.function { name = f.qualifiedName.string } else { name = try str(m.function) }
    return "<bound method \(name) of \(try repr(m.receiver))>"
  }

  private func joined(_ values: [Value], _ separator: String) throws(ExceptionObject) -> String {
    var parts: [String] = []
    for value in values { parts.append(try annotationText(value)) }
    return parts.joined(separator: separator)
  }

  /// A type inside an annotation: `int`, `__main__.P`, `None`, `...`.
  private func annotationText(_ value: Value) throws(ExceptionObject) -> String {
    switch value {
    case .object(let o):
      if let type = o as? TypeObject { return type === Types.noneType ? "None" : qualifiedTypeName(type) }
      return try repr(value)
    case .ellipsis: return "..."
    case .list(let l):
      return try NativeDepth.deeper(" while getting the repr of an object") { () throws(ExceptionObject) in
        "[\(try joined(l.items, ", "))]"
      }
    default: return try repr(value)
    }
  }

  // MARK: str

  package func str(_ value: Value) throws(ExceptionObject) -> String {
    switch value {
    case .str(let s): return s.string
    case .instance(let i):
      let table = i.type.dispatch
      if let method = table.str { return try text(by: method, value, "__str__") }
      if let method = table.repr { return try text(by: method, value, "__repr__") }
      if let payload = i.payload {
        if let text = payload.asStr { return text.string }
        return try reprPayload(payload, i.type)
      }
      return defaultRepr(value)
    case .tensor(let t):
      if t.attachment != nil, let method = type(of: value).lookup(Names.str), case .function = method {
        return try text(by: method, value, "__str__")
      }
      return try repr(value)
    case .object(let o):
      let table = type(of: value).dispatch
      if let method = table.str { return try text(by: method, value, "__str__") }
      if let method = table.repr, !(o is ExceptionObject) { return try text(by: method, value, "__repr__") }
      if let error = o as? ExceptionObject { return try ExceptionAttributes.text(error, self) }
      if let text = try o.nativeStr(self) { return text }
      return try reprObject(o, value)
    default: return try repr(value)
    }
  }

  // MARK: format

  package func format(_ value: Value, _ spec: String) throws(ExceptionObject) -> String {
    switch value {
    case .int(let i): return try Formatting.int(.small(i), spec)
    case .float(let d): return spec.isEmpty ? FloatText.repr(d) : try Formatting.float(d, spec)
    case .str(let s): return try Formatting.str(s, spec)
    case .bool(let b):
      if spec.isEmpty { return b ? "True" : "False" }
      return try Formatting.int(.small(b ? 1 : 0), spec, typeName: "bool")
    case .tensor(let t):
      if t.attachment != nil, let method = type(of: value).lookup(Names.format), case .function = method {
        return try formatted(by: method, value, spec)
      }
      return try TensorHooks.format(self, t, spec)
    case .instance(let i):
      if let method = i.type.dispatch.format { return try formatted(by: method, value, spec) }
      if spec.isEmpty { return try str(value) }
      if let payload = i.payload {
        switch payload {
        case .int, .float, .str: return try format(payload, spec)
        case .object(let o) where o is BigIntObject: return try format(payload, spec)
        default: break
        }
      }
    case .object(let o):
      if let method = type(of: value).dispatch.format { return try formatted(by: method, value, spec) }
      if let big = o as? BigIntObject { return try Formatting.int(.big(big.value), spec) }
      if spec.isEmpty { return try str(value) }
      if let text = try o.nativeFormat(spec, self) { return text }
    case .unbound, .none, .notImplemented, .ellipsis, .list, .tuple, .dict, .function:
      if spec.isEmpty { return try str(value) }
    }
    throw .type("unsupported format string passed to \(typeName(value)).__format__")
  }

  private func formatted(by method: Value, _ value: Value, _ spec: String) throws(ExceptionObject) -> String {
    let answer = try callSpecial(method, value, [.text(spec)])
    guard let text = answer.asStr else {
      throw .type("__format__ must return a str, not \(typeName(answer))")
    }
    return text.string
  }
}

/// Objects whose repr is being made further out.
enum ReprGuard {
  nonisolated(unsafe) static var active: Set<ObjectIdentifier> = []
}
