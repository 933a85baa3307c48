/// The built-in types. Methods are added by the family files in this folder (`Types.install`).
package enum Types {
  nonisolated(unsafe) package static let object = TypeObject("object", bases: [], layout: .instance)
  nonisolated(unsafe) package static let type = make("type", .type)
  nonisolated(unsafe) package static let int = make("int", .int)
  nonisolated(unsafe) package static let bool = TypeObject("bool", bases: [int], layout: .int)
  nonisolated(unsafe) package static let float = make("float", .float)
  nonisolated(unsafe) package static let str = make("str", .str)
  nonisolated(unsafe) package static let bytes = make("bytes", .bytes)
  nonisolated(unsafe) package static let list = make("list", .list)
  nonisolated(unsafe) package static let tuple = make("tuple", .tuple)
  nonisolated(unsafe) package static let dict = make("dict", .dict)
  nonisolated(unsafe) package static let set = make("set", .set)
  nonisolated(unsafe) package static let frozenset = make("frozenset", .set)
  nonisolated(unsafe) package static let range = make("range", .other)
  nonisolated(unsafe) package static let slice = make("slice", .other)
  nonisolated(unsafe) package static let noneType = make("NoneType", .other)
  nonisolated(unsafe) package static let ellipsisType = make("ellipsis", .other)
  nonisolated(unsafe) package static let notImplementedType = make("NotImplementedType", .other)
  nonisolated(unsafe) package static let function = make("function", .other)
  nonisolated(unsafe) package static let method = make("method", .other)
  nonisolated(unsafe) package static let builtinFunction = make("builtin_function_or_method", .other)
  nonisolated(unsafe) package static let methodDescriptor = make("method_descriptor", .other)
  nonisolated(unsafe) package static let module = make("module", .other)
  nonisolated(unsafe) package static let cell = make("cell", .other)
  nonisolated(unsafe) package static let generator = make("generator", .other)
  nonisolated(unsafe) package static let property = make("property", .other)
  nonisolated(unsafe) package static let staticMethod = make("staticmethod", .other)
  nonisolated(unsafe) package static let classMethod = make("classmethod", .other)
  nonisolated(unsafe) package static let superType = make("super", .other)
  /// `torch.Tensor`.
  nonisolated(unsafe) package static let tensor = TypeObject(
    "Tensor", module: "torch", bases: [object], layout: .tensor)

  private static func make(_ name: String, _ layout: TypeObject.Layout) -> TypeObject {
    TypeObject(name, bases: [object], layout: layout)
  }
}
