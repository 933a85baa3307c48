import Runtime
import Tensor

/// What `np.errstate` and `np.seterr` set: whether results that are no numbers raise.
enum NumPyErrors {
  private static let kinds = ["divide", "over", "under", "invalid"]
  private static let modes = ["ignore", "warn", "raise", "call", "print", "log"]
  private static let initial = ["divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"]

  nonisolated(unsafe) private static var current = initial {
    didSet { raises = current.values.contains("raise") }
  }
  nonisolated(unsafe) private(set) static var raises = false

  static func add(to table: MemberTable) {
    let parameters = "(all=None, divide=None, over=None, under=None, invalid=None)"
    table.native("geterr()", "What is done about division by zero and the like.") {
      (vm, args) throws(ExceptionObject) in
      try described(vm)
    }
    table.native("seterr\(parameters)", "Sets what is done about division by zero and the like.") {
      (vm, args) throws(ExceptionObject) in
      let before = try described(vm)
      current = try changed(args, vm)
      return before
    }
    table.native(
      "errstate(*, call=None, all=None, divide=None, over=None, under=None, invalid=None)",
      "Within `with`: what is done about division by zero and the like."
    ) { (vm, args) throws(ExceptionObject) in
      if args.given(0) != nil { throw .notImplemented("np.errstate: call= is not available in tnb") }
      let wanted = try changed(Arguments(args.base + 1, args.count - 1), vm)
      var before = current
      return .object(
        ContextObject(
          "errstate",
          enter: { (_) throws(ExceptionObject) in
            before = current
            current = wanted
            return .none
          }, exit: { (_) throws(ExceptionObject) in current = before }))
    }
  }

  private static func described(_ vm: VM) throws(ExceptionObject) -> Value {
    let dict = Value.dict(Dict())
    for kind in kinds { try vm.setItem(dict, .text(kind), .text(current[kind] ?? "")) }
    return dict
  }

  private static func changed(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> [String: String] {
    var next = current
    for (i, kind) in kinds.enumerated() {
      guard let value = args.given(i + 1) ?? args.given(0) else { continue }
      guard let mode = value.string, modes.contains(mode) else {
        throw .value("invalid error mode \(try vm.repr(value)); must be one of \(modes)")
      }
      if ["call", "print", "log"].contains(mode) {
        throw .notImplemented("np.seterr with '\(mode)' is not available in tnb")
      }
      next[kind] = mode
    }
    return next
  }

  /// Raises where a function made an infinity or a NaN of numbers.
  static func check(_ name: String, _ inputs: [Tensor], _ result: Tensor) throws(ExceptionObject) {
    func fail(_ kind: String, _ what: String) throws(ExceptionObject) {
      guard current[kind] == "raise" else { return }
      throw .make(Types.floatingPointError, "\(what) encountered in \(name)")
    }
    let isDivision = ["divide", "floor_divide", "remainder", "fmod"].contains(name)
    let shape = result.shape.array
    // Products of matrices are no functions of single elements.
    guard inputs.allSatisfy({ NumPyCore.broadcast($0.shape.array, shape) == shape }) else { return }
    let columns = inputs.map { NumPyCore.doubles(NumPyCore.expand($0, result.shape.array)) }
    if !result.dtype.isFloating {
      if isDivision, columns.count == 2, columns[1].contains(0) { try fail("divide", "divide by zero") }
      return
    }
    for (i, value) in NumPyCore.doubles(result).enumerated() where !value.isFinite {
      let operands = columns.map { $0[i] }
      if value.isNaN {
        if !operands.contains(where: \.isNaN) { try fail("invalid", "invalid value") }
      } else if operands.allSatisfy(\.isFinite) {
        let atPole =
          (isDivision && operands.last == 0) || (name.hasPrefix("log") && name != "log1p" && operands.first == 0)
          || (name == "log1p" && operands.first == -1) || (name == "reciprocal" && operands.first == 0)
          || (name == "power" && operands.first == 0) || name == "arctanh"
        try fail(atPole ? "divide" : "over", atPole ? "divide by zero" : "overflow")
      }
    }
  }
}
