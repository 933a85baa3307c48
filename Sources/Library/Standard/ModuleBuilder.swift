import Runtime

/// Collects a module's functions and constants, one statement each.
final class ModuleBuilder {
  let module: Module

  init(_ name: String, _ doc: String) {
    module = Module(name)
    module.doc = doc
  }

  func add(_ signature: String, _ doc: String, _ body: @escaping NativeBody) {
    let function = NativeFunction(signature, doc, body)
    // A module whose name begins with an underscore is part of another.
    if !module.name.hasPrefix("_") { function.moduleName = module.name }
    module.attributes.set(Symbol(String(signature.prefix { $0 != "(" })), .object(function))
  }

  func set(_ name: String, _ value: Value) { module.attributes.set(Symbol(name), value) }

  func set(_ name: String, _ type: TypeObject) { set(name, .object(type)) }
}
