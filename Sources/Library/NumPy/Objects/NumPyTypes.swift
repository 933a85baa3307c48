import Runtime
import Tensor

/// The classes of NumPy's objects.
enum NumPyTypes {
  nonisolated(unsafe) static let ndarray = make("ndarray")
  nonisolated(unsafe) static let dtype = make("dtype")
  nonisolated(unsafe) static let ufunc = make("ufunc")
  nonisolated(unsafe) static let generic = make("generic")
  nonisolated(unsafe) static let number = make("number", [generic])
  nonisolated(unsafe) static let integer = make("integer", [number])
  nonisolated(unsafe) static let signedInteger = make("signedinteger", [integer])
  nonisolated(unsafe) static let unsignedInteger = make("unsignedinteger", [integer])
  nonisolated(unsafe) static let inexact = make("inexact", [number])
  nonisolated(unsafe) static let floating = make("floating", [inexact])
  nonisolated(unsafe) static let bool = make("bool", [generic])
  nonisolated(unsafe) static let int8 = make("int8", [signedInteger])
  nonisolated(unsafe) static let int16 = make("int16", [signedInteger])
  nonisolated(unsafe) static let int32 = make("int32", [signedInteger])
  nonisolated(unsafe) static let int64 = make("int64", [signedInteger])
  nonisolated(unsafe) static let uint8 = make("uint8", [unsignedInteger])
  nonisolated(unsafe) static let float16 = make("float16", [floating])
  nonisolated(unsafe) static let float32 = make("float32", [floating])
  nonisolated(unsafe) static let float64: TypeObject = {
    let type = TypeObject("float64", module: "numpy", bases: [floating, Types.float], layout: .other)
    type.setMRO([type] + floating.mro.dropLast() + [Types.float, Types.object])
    type.messageName = "numpy.float64"
    return type
  }()
  nonisolated(unsafe) static let character = make("character", [generic])
  nonisolated(unsafe) static let str: TypeObject = {
    let type = TypeObject("str_", module: "numpy", bases: [Types.str, character], layout: .str)
    type.setMRO([type, Types.str] + character.mro)
    type.messageName = "numpy.str_"
    type.construct = NativeFunction("str_(object='', /)", "Text as arrays hold it.") {
      (vm, args) throws(ExceptionObject) in string(args.has(0) ? try vm.str(args[0]) : "")
    }
    func method(_ name: String, _ answer: @escaping (VM, Value) throws(ExceptionObject) -> Value) {
      type.set(
        Symbol(name),
        .object(
          NativeFunction("\(name)(self)") { (vm, args) throws(ExceptionObject) in
            try answer(vm, .text(args[0].string ?? ""))
          }))
    }
    method("__repr__") { (vm, text) throws(ExceptionObject) in .text("np.str_(\(try vm.repr(text)))") }
    for name in ["__str__", "item", "tolist"] { method(name) { (_, text) throws(ExceptionObject) in text } }
    return type
  }()

  /// A piece of text out of an array: `np.str_('b')`.
  static func string(_ text: String) -> Value {
    let made = Instance(str)
    made.payload = .text(text)
    return .instance(made)
  }

  nonisolated(unsafe) static let ufuncTypeError = TypeObject(
    "UFuncTypeError", module: "numpy._core._exceptions", bases: [Types.typeError], layout: .exception)
  nonisolated(unsafe) static let axisError: TypeObject = {
    let type = TypeObject(
      "AxisError", module: "numpy.exceptions", bases: [Types.valueError, Types.indexError], layout: .exception)
    type.setMRO([type, Types.valueError, Types.indexError, Types.lookupError] + Types.exception.mro)
    return type
  }()
  nonisolated(unsafe) static let linAlgError = TypeObject(
    "LinAlgError", module: "numpy.linalg", bases: [Types.valueError], layout: .exception)

  private static func make(_ name: String, _ bases: [TypeObject] = [Types.object]) -> TypeObject {
    let type = TypeObject(name, module: "numpy", bases: bases, layout: .other)
    type.messageName = "numpy." + name
    return type
  }

  /// The scalar class of an element type.
  static func scalar(_ dtype: DType) -> TypeObject {
    switch dtype {
    case .bool: bool
    case .uint8: uint8
    case .int8: int8
    case .int16: int16
    case .int32: int32
    case .int64: int64
    case .float16, .bfloat16: float16
    case .float32: float32
    case .float64: float64
    }
  }

  static let scalarTypes: [DType] = [.bool, .uint8, .int8, .int16, .int32, .int64, .float16, .float32, .float64]
}
