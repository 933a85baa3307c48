/// Gives the built-in types the attributes that the object model itself defines.
package enum ObjectModel {
  private static let installed: Void = {
    ObjectMethods.install()
    TypeMethods.install()
    FunctionMethods.install()
    DescriptorMethods.install()
    SlotWrappers.install()
    ExceptionAttributes.install()
  }()

  /// Installs them once for the process, and the names that cells see.
  package static func install(_ vm: VM) {
    _ = installed
    let names: [(String, TypeObject)] = [
      ("object", Types.object), ("type", Types.type), ("super", Types.superType), ("property", Types.property),
      ("staticmethod", Types.staticMethod), ("classmethod", Types.classMethod),
    ]
    for (name, type) in names { vm.builtins.set(Symbol(name), .object(type)) }
    vm.builtins.set(Symbol("NotImplemented"), .notImplemented)
    vm.builtins.set(Symbol("Ellipsis"), .ellipsis)
  }

  /// A method of a built-in type.
  @discardableResult
  static func method(
    _ type: TypeObject, _ signature: String, _ doc: String = "", _ body: @escaping NativeBody
  ) -> NativeFunction {
    let function = NativeFunction(signature, doc, body)
    function.qualifiedName = type.name + "." + function.name.text
    type.attributes.set(function.name, .object(function))
    return function
  }

  /// A special method that dispatch skips because the native path does the same.
  static func wrapper(_ type: TypeObject, _ signature: String, _ doc: String = "", _ body: @escaping NativeBody) {
    method(type, signature, doc, body).isSlotWrapper = true
  }

  static func property(
    _ type: TypeObject, _ name: String, _ get: @escaping (VM, Value) throws(ExceptionObject) -> Value,
    set: ((VM, Value, Value) throws(ExceptionObject) -> Void)? = nil
  ) {
    let native = NativeProperty(name, "", get, set: set)
    type.attributes.set(native.name, .object(native))
  }
}
