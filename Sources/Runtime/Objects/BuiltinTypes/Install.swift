import Tensor

/// Gives the built-in types the attributes that the object model itself defines.
package enum ObjectModel {
  private static let installed: Void = {
    ObjectMethods.install()
    TypeMethods.install()
    FunctionMethods.install()
    DescriptorMethods.install()
    SlotWrappers.install()
    ProtocolWrappers.install()
    ExceptionAttributes.install()
  }()

  /// Installs them once for the process, after the types' own members.
  package static func install() { _ = installed }

  /// Runs `build`, which sets attributes of `type`, when a name is first looked up on it: a start that does not use them pays
  /// nothing.
  static func whenUsed(_ type: TypeObject, _ build: @escaping () -> Void) {
    let (others, otherNames) = (type.loader, type.loadableNames)
    var isBuilt = false
    func ensure() {
      if isBuilt { return }
      isBuilt = true
      // They have been there all along: no cell made them.
      Changes.apart(build)
    }
    type.loader = { name in
      ensure()
      return type.attributes[name] ?? others?(name)
    }
    type.loadableNames = {
      ensure()
      return otherNames?() ?? []
    }
  }

  /// A method of a built-in type.
  @discardableResult
  static func method(
    _ type: TypeObject, _ signature: String, _ doc: String = "", _ body: @escaping NativeBody
  ) -> NativeFunction {
    let function = NativeFunction(signature, doc, body)
    let name = String(signature.prefix { $0 != "(" })
    function.qualifiedName = type.name + "." + name
    type.attributes.set(Symbol(name), .object(function))
    return function
  }

  /// A special method that dispatch skips because the native path does the same.
  static func wrapper(_ type: TypeObject, _ signature: String, _ doc: String = "", _ body: @escaping NativeBody) {
    if type === Types.object {
      method(type, signature, doc, body).isSlotWrapper = true
      return
    }
    let name = signature.prefix { $0 != "(" }
    let checked: NativeBody = { (vm, args) throws(ExceptionObject) in
      guard vm.type(of: args[0]).isSubtype(of: type) else {
        throw .type(
          "descriptor '\(name)' requires a '\(type.name)' object but received a '\(vm.typeName(args[0]))'")
      }
      return try body(vm, args)
    }
    method(type, signature, doc, checked).isSlotWrapper = true
  }

  static func property(
    _ type: TypeObject, _ name: String, _ get: @escaping (VM, Value) throws(ExceptionObject) -> Value,
    set: ((VM, Value, Value) throws(ExceptionObject) -> Void)? = nil
  ) {
    let native = NativeProperty(name, "", get, set: set)
    type.attributes.set(native.name, .object(native))
  }
}
