import Tensor

extension Builtins {
  static func attributes(_ m: inout Members) {
    m.add("getattr(object, name, default=<unset>, /)", "The attribute called name; default where there is none.") {
      (vm, args) throws(ExceptionObject) in
      let name = try attributeName(args[1], "getattr()", vm)
      if !args.has(2) { return try vm.getAttribute(args[0], name) }
      return try vm.attribute(args[0], name) ?? args[2]
    }
    m.add("hasattr(obj, name, /)", "Whether there is an attribute called name.") { (vm, args) throws(ExceptionObject) in
      .bool(try vm.attribute(args[0], attributeName(args[1], "hasattr()", vm)) != nil)
    }
    m.add("setattr(obj, name, value, /)", "Sets the attribute called name.") { (vm, args) throws(ExceptionObject) in
      try vm.setAttribute(args[0], attributeName(args[1], "setattr()", vm), args[2])
      return .none
    }
    m.add("delattr(obj, name, /)", "Deletes the attribute called name.") { (vm, args) throws(ExceptionObject) in
      try vm.deleteAttribute(args[0], attributeName(args[1], "delattr()", vm))
      return .none
    }
    m.add("vars(object=<unset>, /)", "The attributes of object as a dict; the local names without object.") {
      (vm, args) throws(ExceptionObject) in
      if !args.has(0) { return localNames(vm) }
      guard let dict = try vm.attribute(args[0], Names.dict) else {
        throw .type("vars() argument must have __dict__ attribute")
      }
      return dict
    }
    m.add("dir(object=<unset>, /)", "The names of object's attributes, sorted; the local names without object.") {
      (vm, args) throws(ExceptionObject) in
      if !args.has(0) {
        guard case .dict(let names) = localNames(vm) else { return .makeList([]) }
        return .makeList(try Sorting.sort(names.keys, vm))
      }
      if let method = vm.type(of: args[0]).ownMethod(Names.dir) {
        return .makeList(try Sorting.sort(vm.items(vm.callSpecial(method, args[0])), vm))
      }
      return .makeList(vm.directory(args[0]).map { .text($0) })
    }
    m.add("globals()", "The global names and their values.") { (vm, args) throws(ExceptionObject) in
      globalNames(vm)
    }
    m.add("locals()", "The local names and their values.") { (vm, args) throws(ExceptionObject) in
      localNames(vm)
    }
  }

  private static func attributeName(_ value: Value, _ function: String, _ vm: VM) throws(ExceptionObject) -> Symbol {
    guard let text = value.asStr else { throw .type("attribute name must be string, not '\(vm.typeName(value))'") }
    return Symbol(text)
  }

  private static func globalNames(_ vm: VM) -> Value {
    Changes.noteRead(Differences.allVariables)
    return .dict(vm.currentGlobals.dictionary)
  }

  private static func localNames(_ vm: VM) -> Value {
    guard let locals = vm.currentLocals else { return globalNames(vm) }
    let result = Dict()
    for (name, value) in locals { result.set(name.str, value) }
    return .dict(result)
  }
}
