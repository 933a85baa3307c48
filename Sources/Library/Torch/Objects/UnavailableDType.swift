import Runtime

/// An element type of PyTorch's that tnb has no tensors of: `torch.complex64`. It can be shown and compared; using it fails by
/// its name.
package final class UnavailableDType: Object {
  let name: String
  private let itemSize: Int

  private init(_ name: String, _ itemSize: Int) {
    self.name = name
    self.itemSize = itemSize
  }

  package override var builtinType: TypeObject { TorchTypes.dtype }

  nonisolated(unsafe) private static let all: [String: UnavailableDType] = {
    let sizes = [
      "uint16": 2, "uint32": 4, "uint64": 8, "complex32": 4, "complex64": 8, "complex128": 16, "float8_e4m3fn": 1,
      "float8_e5m2": 1, "qint8": 1, "quint8": 1, "qint32": 4,
    ]
    var table: [String: UnavailableDType] = [:]
    for (name, size) in sizes { table[name] = UnavailableDType(name, size) }
    for (alias, name) in [("cfloat", "complex64"), ("cdouble", "complex128"), ("chalf", "complex32")] {
      table[alias] = table[name]
    }
    return table
  }()

  /// The type of a name in `torch`.
  static func named(_ name: String) -> Value? { all[name].map { .object($0) } }

  /// Raises NotImplementedError where the value is such a type.
  static func refuse(_ value: Value) throws(ExceptionObject) {
    guard case .object(let o) = value, let dtype = o as? UnavailableDType else { return }
    throw .notImplemented("torch.\(dtype.name) is not available in tnb")
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { "torch." + name }

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch name.text {
    case "is_floating_point": .bool(self.name.hasPrefix("float"))
    case "is_complex": .bool(self.name.hasPrefix("complex"))
    case "is_signed": .bool(!self.name.hasPrefix("uint") && !self.name.hasPrefix("quint"))
    case "itemsize": .int(itemSize)
    default: nil
    }
  }
}
