import BigInt
import Runtime
import Tensor

/// `torch.finfo(dtype)` and `torch.iinfo(dtype)`.
package final class NumericLimits: Object {
  let dtype: DType
  /// NumPy's gives its floats as NumPy scalars.
  private let isNumPy: Bool

  init(_ dtype: DType, numPy: Bool = false) {
    self.dtype = dtype
    isNumPy = numPy
  }

  private func float(_ d: Double) -> Value { isNumPy ? NumPyScalar.make(.float(d), dtype) : .float(d) }

  package override var builtinType: TypeObject { dtype.isFloating ? TorchTypes.finfo : TorchTypes.iinfo }

  private var largest: Double {
    switch dtype {
    case .float16: 65504
    case .bfloat16: 3.3895313892515355e+38
    case .float32: Double(Float.greatestFiniteMagnitude)
    default: Double.greatestFiniteMagnitude
    }
  }
  private var epsilon: Double {
    switch dtype {
    case .float16: 0.0009765625
    case .bfloat16: 0.0078125
    case .float32: Double(Float.ulpOfOne)
    default: Double.ulpOfOne
    }
  }
  private var smallestNormal: Double {
    switch dtype {
    case .float16: 6.103515625e-05
    case .bfloat16, .float32: Double(Float.leastNormalMagnitude)
    default: Double.leastNormalMagnitude
    }
  }
  private var resolution: Double {
    switch dtype {
    case .float16: 0.001
    case .bfloat16: 0.01
    case .float32: 1e-6
    default: 1e-15
    }
  }
  private var bounds: (Int, Int) {
    switch dtype {
    case .bool: (0, 1)
    case .uint8: (0, 255)
    case .int8: (-128, 127)
    case .int16: (-32768, 32767)
    case .int32: (Int(Int32.min), Int(Int32.max))
    default: (Int.min, Int.max)
    }
  }

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    if dtype.isFloating {
      switch name.text {
      case "max": return float(largest)
      case "min": return float(-largest)
      case "eps": return float(epsilon)
      case "tiny", "smallest_normal": return float(smallestNormal)
      case "resolution": return float(resolution)
      case "bits": return .int(dtype.size * 8)
      case "dtype": return isNumPy ? NumPyDType.of(dtype) : .text(dtype.name)
      default: return isNumPy ? detail(name.text) : nil
      }
    }
    switch name.text {
    case "max": return .int(bounds.1)
    case "min": return .int(bounds.0)
    case "bits": return .int(dtype.size * 8)
    case "dtype": return isNumPy ? NumPyDType.of(dtype) : .text(dtype.name)
    case "kind": return isNumPy ? .text(dtype == .uint8 ? "u" : "i") : nil
    default: return nil
    }
  }

  /// Bits of the mantissa and of the exponent.
  private var layout: (mantissa: Int, exponent: Int) {
    switch dtype {
    case .float16: (10, 5)
    case .bfloat16: (7, 8)
    case .float32: (23, 8)
    default: (52, 11)
    }
  }

  /// What only NumPy's limits tell.
  private func detail(_ name: String) -> Value? {
    let bias = 1 << (layout.exponent - 1)
    switch name {
    case "smallest_subnormal": return float(smallestNormal * epsilon)
    case "epsneg": return float(epsilon / 2)
    case "precision": return .int(dtype == .float16 ? 3 : dtype == .float32 ? 6 : 15)
    case "machep": return .int(-layout.mantissa)
    case "negep": return .int(-layout.mantissa - 1)
    case "nmant": return .int(layout.mantissa)
    case "iexp", "nexp": return .int(layout.exponent)
    case "maxexp": return .int(bias)
    case "minexp": return .int(2 - bias)
    default: return nil
    }
  }

  package override func nativeStr(_ vm: VM) throws(ExceptionObject) -> String? {
    guard isNumPy else { return try nativeRepr(vm) }
    let line = String(repeating: "-", count: 63)
    func text(_ d: Double) -> String { NumPyText.scalarText(.float(d), dtype) }
    func whole(_ name: String) -> Int { if case .int(let i)? = detail(name) { i } else { 0 } }
    guard dtype.isFloating else {
      return """
        Machine parameters for \(dtype.name)
        \(line)
        min = \(bounds.0)
        max = \(bounds.1)
        \(line)

        """
    }
    return """
      Machine parameters for \(dtype.name)
      \(line)
      precision = \(whole("precision"))   resolution = \(text(resolution))
      machep = \(whole("machep"))   eps =        \(text(epsilon))
      negep =  \(whole("negep"))   epsneg =     \(text(epsilon / 2))
      minexp = \(whole("minexp"))   tiny =       \(text(smallestNormal))
      maxexp = \(whole("maxexp"))   max =        \(text(largest))
      nexp =   \(whole("nexp"))   min =        -max
      smallest_normal = \(text(smallestNormal))   smallest_subnormal = \(text(smallestNormal * epsilon))
      \(line)

      """
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    if isNumPy {
      func text(_ d: Double) -> String { NumPyText.scalarText(.float(d), dtype) }
      return dtype.isFloating
        ? "finfo(resolution=\(text(resolution)), min=\(text(-largest)), max=\(text(largest)), dtype=\(dtype.name))"
        : "iinfo(min=\(bounds.0), max=\(bounds.1), dtype=\(dtype.name))"
    }
    func g(_ d: Double) throws(ExceptionObject) -> String { try vm.format(.float(d), "g") }
    if dtype.isFloating {
      return
        "finfo(resolution=\(try g(resolution)), min=\(try g(-largest)), max=\(try g(largest)), eps=\(try g(epsilon)), smallest_normal=\(try g(smallestNormal)), tiny=\(try g(smallestNormal)), dtype=\(dtype.name))"
    }
    return "iinfo(min=\(try g(Double(bounds.0))), max=\(try g(Double(bounds.1))), dtype=\(dtype.name))"
  }

  static let finfo = NativeFunction("finfo(type=None, /)", "The limits of a floating type.") {
    (vm, args) throws(ExceptionObject) in
    let given = args.given(0)
    if let given { try UnavailableDType.refuse(given) }
    guard let dtype = given == nil ? DType.defaultFloat : ArgumentConversion.dtype(given!) else {
      throw .type(
        "finfo(): argument 'type' (position 1) must be torch.dtype, not \(ArgumentConversion.typeName(given!))")
    }
    guard dtype.isFloating else {
      throw .type("torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.finfo'")
    }
    return .object(NumericLimits(dtype))
  }

  static let iinfo = NativeFunction("iinfo(type, /)", "The limits of an integer type.") {
    (vm, args) throws(ExceptionObject) in
    try UnavailableDType.refuse(args[0])
    guard let dtype = ArgumentConversion.dtype(args[0]) else {
      throw .type(
        "iinfo(): argument 'type' (position 1) must be torch.dtype, not \(ArgumentConversion.typeName(args[0]))")
    }
    guard !dtype.isFloating else {
      throw .type("torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'")
    }
    return .object(NumericLimits(dtype))
  }
}
