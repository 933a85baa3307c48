import Runtime

/// `itertools`.
enum ItertoolsModule {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("itertools", "Iterators for loops.")
    addEndless(m)
    addFilters(m)
    addCombining(m)
    addGrouping(m)
    addCombinatorics(m)
    return m.module
  }

  /// A type whose call makes an iterator.
  @discardableResult
  static func type(
    _ m: ModuleBuilder, _ signature: String, _ doc: String,
    _ make: @escaping (VM, Arguments, TypeObject) throws(ExceptionObject) -> Value
  ) -> TypeObject {
    let name = String(signature.prefix { $0 != "(" })
    let type = TypeObject(name, module: "itertools", bases: [Types.object], layout: .other)
    type.doc = doc
    type.construct = NativeFunction(signature, doc) { [unowned type] (vm, args) throws(ExceptionObject) in
      try make(vm, args, type)
    }
    ProtocolWrappers.iterator(type)
    m.set(name, type)
    return type
  }
}
