import BigInt
import Language

extension FunctionCompiler {
  /// The value of an expression that is known at compile time, as CPython folds them; nil otherwise.
  func constant(_ expression: Expression) -> Value? {
    switch expression.kind {
    case .none: return Value.none
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .ellipsis: return .ellipsis
    case .int(let value): return .int(value)
    case .bigInt(let digits, let radix): return BigInt(digits, radix: radix).map { BigIntObject.make($0) }
    case .float(let value): return .float(value)
    case .string(let text): return .str(sharedString(text))
    case .bytes(let bytes): return .object(BytesObject(bytes))
    case .unary(let op, let operand):
      guard let value = constant(operand) else { return nil }
      return ConstantFolding.unary(op, value)
    case .binary(let left, let op, let right, _):
      // The right side first: long chains lean left, and this makes a miss cheap.
      guard let b = constant(right), let a = constant(left) else { return nil }
      return ConstantFolding.binary(a, op, b)
    case .tuple(let elements): return constantTuple(elements)
    case .index(let object, let index):
      guard let key = constant(index), case .int(let position) = key, let value = constant(object) else { return nil }
      return ConstantFolding.item(value, position)
    case .name("__debug__"): return .bool(true)
    case .formatted, .name, .attribute, .slice, .call, .compare, .and, .or, .conditional, .lambda, .list, .set, .dict,
      .starred, .listComprehension, .setComprehension, .dictComprehension, .generator, .named, .yield, .yieldFrom:
      return nil
    }
  }

  /// A tuple of constants; nil when an element is none.
  func constantTuple(_ elements: [Expression]) -> Value? {
    if elements.isEmpty { return .emptyTuple }
    // Look before making anything: most displays hold something variable early on.
    guard let first = constant(elements[0]) else { return nil }
    var values = [first]
    values.reserveCapacity(elements.count)
    for element in elements.dropFirst() {
      guard let value = constant(element) else { return nil }
      values.append(value)
    }
    return .makeTuple(values)
  }

  /// A frozenset of constants; nil when an element is none. CPython makes such a set twice, which decides its order.
  func constantSet(_ elements: [Expression]) -> Value? {
    guard !elements.isEmpty, case .tuple(let tuple)? = constantTuple(elements) else { return nil }
    do throws(ExceptionObject) {
      let vm = unit.vm
      return .object(try SetObject(frozen: SetObject(frozen: tuple.items, vm).members, vm))
    } catch {
      return nil
    }
  }

  /// What a list or set of constants becomes where it is only looked at: a tuple, a frozenset.
  func constantDisplay(_ expression: Expression) -> Value? {
    switch expression.kind {
    case .list(let elements): constantTuple(elements)
    case .set(let elements): constantSet(elements)
    default: nil
    }
  }

  /// Short strings that look like names are the interned ones, as in CPython.
  private func sharedString(_ text: String) -> Str {
    let bytes = text.utf8
    let isNameLike =
      bytes.count <= 32
      && bytes.allSatisfy { byte in
        byte == UInt8(ascii: "_") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
          || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
      }
    return isNameLike ? Symbol(text).str : Str(text)
  }
}

extension Value {
  /// The truth of a constant; nil for values that are no plain constants.
  var constantTruth: Bool? {
    switch self {
    case .none: return false
    case .ellipsis: return true
    case .bool(let b): return b
    case .int(let i): return i != 0
    case .float(let d): return d != 0
    case .str(let s): return s.count != 0
    case .tuple(let t): return !t.isEmpty
    case .unbound, .notImplemented, .list, .dict, .tensor, .function, .instance, .object: return nil
    }
  }
}

/// Arithmetic at compile time. What would raise, grow past 64 bits or get long is left to run time.
enum ConstantFolding {
  static let longestString = 4096
  static let longestTuple = 256

  static func unary(_ op: UnaryOperator, _ value: Value) -> Value? {
    switch (op, value) {
    case (.not, _): return value.constantTruth.map { .bool(!$0) }
    case (.minus, .int(let i)): return i == .min ? nil : .int(-i)
    case (.minus, .float(let d)): return .float(-d)
    case (.minus, .object(let o)): return (o as? BigIntObject).map { BigIntObject.make(-$0.value) }
    case (.plus, .int), (.plus, .float): return value
    case (.invert, .int(let i)): return .int(~i)
    case (.minus, _), (.plus, _), (.invert, _): return nil
    }
  }

  static func binary(_ a: Value, _ op: BinaryOperator, _ b: Value) -> Value? {
    switch (a, b) {
    case (.int(let x), .int(let y)): return integers(x, op, y)
    case (.float(let x), .float(let y)): return floats(x, op, y)
    case (.int(let x), .float(let y)): return Int(exactly: Double(x)) == x ? floats(Double(x), op, y) : nil
    case (.float(let x), .int(let y)): return Int(exactly: Double(y)) == y ? floats(x, op, Double(y)) : nil
    case (.str(let x), .str(let y)):
      guard op == .add, x.bytes.count + y.bytes.count <= longestString else { return nil }
      return .str(x.appending(y))
    case (.str(let s), .int(let n)), (.int(let n), .str(let s)):
      guard op == .multiply, n >= 0, n <= longestString, s.bytes.count * n <= longestString else { return nil }
      return .text(String(repeating: s.string, count: n))
    case (.tuple(let t), .int(let n)), (.int(let n), .tuple(let t)):
      guard op == .multiply, n >= 0, n <= longestTuple, t.count * n <= longestTuple else { return nil }
      return .makeTuple(Array(repeatElement(t.items, count: n).joined()))
    case (.tuple(let x), .tuple(let y)):
      guard op == .add, x.count + y.count <= longestTuple else { return nil }
      return .makeTuple(x.items + y.items)
    case (_, _): return nil
    }
  }

  private static func integers(_ x: Int, _ op: BinaryOperator, _ y: Int) -> Value? {
    switch op {
    case .add: return checked(x.addingReportingOverflow(y))
    case .subtract: return checked(x.subtractingReportingOverflow(y))
    case .multiply: return checked(x.multipliedReportingOverflow(by: y))
    case .divide:
      // Exact in double precision, so the quotient is rounded once.
      guard y != 0, abs(Double(x)) <= 0x1p53, abs(Double(y)) <= 0x1p53 else { return nil }
      return .float(Double(x) / Double(y))
    case .floorDivide:
      guard y != 0, x != .min else { return nil }
      return .int((x - modulo(x, y)) / y)
    case .modulo:
      guard y != 0, x != .min else { return nil }
      return .int(modulo(x, y))
    case .power:
      guard y >= 0, y < 64 else { return nil }
      var result = 1
      for _ in 0..<y {
        let (product, overflow) = result.multipliedReportingOverflow(by: x)
        if overflow { return nil }
        result = product
      }
      return .int(result)
    case .leftShift:
      guard y >= 0, y < 63, x.magnitude < 1 << UInt(62 - y) else { return nil }
      return .int(x << y)
    case .rightShift: return y < 0 ? nil : .int(x >> min(y, 63))
    case .bitAnd: return .int(x & y)
    case .bitOr: return .int(x | y)
    case .bitXor: return .int(x ^ y)
    case .matmul: return nil
    }
  }

  /// The remainder with the sign of the divisor.
  private static func modulo(_ x: Int, _ y: Int) -> Int {
    if y == -1 { return 0 }
    let remainder = x % y
    return remainder != 0 && (remainder < 0) != (y < 0) ? remainder + y : remainder
  }

  private static func checked(_ result: (partialValue: Int, overflow: Bool)) -> Value? {
    result.overflow ? nil : .int(result.partialValue)
  }

  private static func floats(_ x: Double, _ op: BinaryOperator, _ y: Double) -> Value? {
    switch op {
    case .add: return .float(x + y)
    case .subtract: return .float(x - y)
    case .multiply: return .float(x * y)
    case .divide: return y == 0 ? nil : .float(x / y)
    case .floorDivide, .modulo, .power, .matmul, .leftShift, .rightShift, .bitAnd, .bitOr, .bitXor: return nil
    }
  }

  /// `"abc"[0]`, `(1, 2)[-1]`; nil when the index is out of range or the text is not ASCII.
  static func item(_ value: Value, _ position: Int) -> Value? {
    switch value {
    case .tuple(let t):
      let index = position < 0 ? position + t.count : position
      return (0..<t.count).contains(index) ? t[index] : nil
    case .str(let s):
      let index = position < 0 ? position + s.bytes.count : position
      guard s.isASCII, s.bytes.indices.contains(index) else { return nil }
      return .str(Str(bytes: [s.bytes[index]], count: 1))
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .list, .dict, .tensor, .function, .instance,
      .object:
      return nil
    }
  }
}
