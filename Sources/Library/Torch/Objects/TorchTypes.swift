import Runtime

/// The classes of torch's own objects.
enum TorchTypes {
  nonisolated(unsafe) static let dtype = make("dtype")
  nonisolated(unsafe) static let device = make("device")
  nonisolated(unsafe) static let layout = make("layout")
  nonisolated(unsafe) static let memoryFormat = make("memory_format")
  nonisolated(unsafe) static let generator = make("Generator", module: "torch._C")
  nonisolated(unsafe) static let finfo = make("finfo")
  nonisolated(unsafe) static let iinfo = make("iinfo")
  nonisolated(unsafe) static let size = make("Size", bases: [Types.tuple], layout: .tuple)

  /// A class that messages name with its module, as classes written in C are named.
  static func make(
    _ name: String, module: String = "torch", bases: [TypeObject] = [Types.object], layout: TypeObject.Layout = .other
  ) -> TypeObject {
    let type = TypeObject(name, module: module, bases: bases, layout: layout)
    type.messageName = module + "." + name
    return type
  }
}

/// Classes of the named tuples that operations return: `torch.return_types.max`.
enum ReturnTypes {
  nonisolated(unsafe) private static var known: [String: TypeObject] = [:]

  static func type(_ name: String, _ fields: [Symbol]) -> TypeObject {
    if let type = known[name] { return type }
    let type = TorchTypes.make(name, module: "torch.return_types", bases: [Types.tuple], layout: .tuple)
    known[name] = type
    return type
  }
}

/// A named tuple of tensors.
package final class ReturnTuple: Tuple {
  init(_ name: String, _ fields: [Symbol], _ items: [Value]) {
    super.init(items)
    self.fields = fields
    customType = ReturnTypes.type(name, fields)
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    var parts: [String] = []
    for (name, item) in zip(fields ?? [], items) { parts.append("\(name.text)=\(try vm.repr(item))") }
    return "torch.return_types.\(type.name)(\n" + parts.joined(separator: ",\n") + ")"
  }

  package override func nativePretty(_ printer: PrettyPrinter, _ vm: VM) throws(ExceptionObject) -> Bool { false }

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    guard let i = fields?.firstIndex(of: name) else { return nil }
    return items[i]
  }
}

/// A constant that is only its name: `torch.strided`, `torch.contiguous_format`.
package final class NamedConstant: Object {
  let text: String

  init(_ type: TypeObject, _ text: String) {
    self.text = text
    super.init()
    customType = type
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { "torch." + text }

  nonisolated(unsafe) static let strided = NamedConstant(TorchTypes.layout, "strided")
  nonisolated(unsafe) static let memoryFormats = ["contiguous_format", "preserve_format", "channels_last"].map {
    NamedConstant(TorchTypes.memoryFormat, $0)
  }
}
