import Language
import Runtime

/// Follows names to values without running anything of the user's.
struct ValueLookup {
  private let vm: VM

  init(_ vm: VM) { self.vm = vm }

  /// The value of `model.layers[0]`; nil where finding it would run code, or where there is none.
  func value(of chain: [CursorContext.Link]) -> Value? {
    var value: Value?
    for link in chain {
      switch (link, value) {
      case (.name(let name), _): value = global(name)
      case (.text, _): value = .text("")
      case (.attribute(let name), let object?): value = attribute(name, of: object)
      case (.index(let i), let object?): value = item(i, of: object)
      case (.key(let key), let object?): value = item(key, of: object)
      case (_, nil): return nil
      }
      if value == nil { return nil }
    }
    return value
  }

  func global(_ name: String) -> Value? {
    let symbol = Symbol(name)
    return vm.main[symbol] ?? vm.builtins[symbol] ?? vm.main.preset(symbol)
  }

  /// A module that is loaded, or that ships with tnb.
  func module(_ path: String) -> Runtime.Module? {
    if let known = vm.modules[path] { return known }
    guard let loader = vm.moduleLoaders[path] else { return nil }
    return try? loader(vm)
  }

  private func attribute(_ name: String, of object: Value) -> Value? {
    let symbol = Symbol(name)
    if case .object(let o) = object {
      if let module = o as? Runtime.Module {
        return module.attribute(symbol)
      }
      if let type = o as? TypeObject { return type.lookup(symbol).flatMap(plain) }
    }
    if let own = vm.ownAttribute(object, symbol) { return own }
    if let registered = registered(name, of: object) { return registered }
    guard let found = vm.type(of: object).lookup(symbol) else { return nil }
    if case .object(let o) = found, let property = o as? NativeProperty {
      // Written in Swift: it computes and changes nothing.
      return try? property.get(vm, object)
    }
    if case .function = found { return .object(BoundMethod(object, found)) }
    return plain(found)
  }

  /// What a class has under a name, when that is a value and no property.
  private func plain(_ found: Value) -> Value? {
    guard case .object(let o) = found else { return found }
    if let method = o as? StaticMethodObject { return method.function }
    if let method = o as? ClassMethodObject { return method.function }
    return o is PropertyObject || o is NativeProperty || o is SlotMember ? nil : found
  }

  /// Parameters, buffers and submodules of an `nn.Module`, which it keeps in dicts and finds through `__getattr__`.
  private func registered(_ name: String, of object: Value) -> Value? {
    for store in registries(of: object) { if let value = store.get(Symbol(name).str) { return value } }
    return nil
  }

  private func registries(of object: Value) -> [Dict] {
    guard case .instance = object else { return [] }
    return ["_parameters", "_modules", "_buffers"].compactMap { name in
      guard case .dict(let dict)? = vm.ownAttribute(object, Symbol(name)) else { return nil }
      return dict
    }
  }

  private func item(_ index: Int, of object: Value) -> Value? {
    guard let items = object.asList?.items ?? object.asTuple?.items else {
      guard case .dict(let dict) = object else { return nil }
      return (try? dict.get(.int(index), vm)) ?? nil
    }
    let position = index < 0 ? items.count + index : index
    return items.indices.contains(position) ? items[position] : nil
  }

  private func item(_ key: String, of object: Value) -> Value? {
    guard case .dict(let dict) = object else { return nil }
    return dict.get(Symbol(key).str)
  }

  // MARK: Listing

  func attributes(of value: Value) -> [String] {
    vm.directory(value) + registries(of: value).flatMap { $0.keys.compactMap(\.string) }
  }

  /// The string keys of a dict.
  func keys(of value: Value) -> [String] {
    guard case .dict(let dict) = value else { return [] }
    return dict.keys.compactMap(\.string).filter { !$0.contains("\n") && !$0.contains("\"") && !$0.contains("'") }
  }

  /// The names that arguments of a call can be given by.
  func keywords(of callee: Value) -> [String] {
    switch callee {
    case .function(let function): return keywords(of: function, skipping: 0)
    case .instance(let instance):
      for name in ["forward", "__call__"] {
        if case .function(let method)? = instance.type.lookup(Symbol(name)) { return keywords(of: method, skipping: 1) }
      }
      return []
    case .object(let object):
      switch object {
      case let method as BoundMethod:
        if case .function(let function) = method.function { return keywords(of: function, skipping: 1) }
        return keywords(of: method.function)
      case let native as NativeFunction: return native.keywordNames?() ?? keywords(of: native.signature)
      case let type as TypeObject: return keywords(of: type)
      default: return []
      }
    default: return []
    }
  }

  private func keywords(of type: TypeObject) -> [String] {
    if case .function(let function)? = type.lookup(Names.initialize) { return keywords(of: function, skipping: 1) }
    return type.construct.map { $0.keywordNames?() ?? keywords(of: $0.signature) } ?? []
  }

  private func keywords(of function: Function, skipping: Int) -> [String] {
    let code = function.code
    let first = max(code.positionalOnlyCount, skipping)
    let last = code.positionalCount + code.keywordOnlyCount
    return first < last ? code.localNames[first..<last].map(\.text) : []
  }

  private func keywords(of signature: Signature) -> [String] {
    signature.parameters.filter { $0.kind == .positional || $0.kind == .keywordOnly }.map(\.name.text)
      .filter { $0 != "self" }
  }
}
