import Language
import Runtime
import Tensor

/// `torch.Size`: a tuple of ints whose slices are sizes too.
package final class SizeObject: Tuple {
  package override init(_ items: [Value]) {
    super.init(items)
    customType = TorchTypes.size
  }

  static func make(_ sizes: [Int]) -> Value { .object(SizeObject(sizes.map { .int($0) })) }

  static func make(_ sizes: Dims) -> Value {
    var items: [Value] = []
    items.reserveCapacity(sizes.count)
    for i in 0..<sizes.count { items.append(.int(sizes[i])) }
    return .object(SizeObject(items))
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    var parts: [String] = []
    for item in items { parts.append(try vm.repr(item)) }
    return "torch.Size([" + parts.joined(separator: ", ") + "])"
  }

  package override func nativePretty(_ printer: PrettyPrinter, _ vm: VM) throws(ExceptionObject) -> Bool { false }

  package override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    if case .int(let i) = index {
      let at = i < 0 ? i &+ items.count : i
      guard at >= 0 && at < items.count else { throw .index("tuple index out of range") }
      return items[at]
    }
    let result = try vm.getItem(.tuple(self), index)
    if case .tuple(let t) = result { return .object(SizeObject(t.items)) }
    return result
  }

  /// `torch.Size([2, 3])`.
  static let constructor = NativeFunction("Size(iterable=(), /)", "The sizes of a tensor.") {
    (vm, args) throws(ExceptionObject) in
    guard args.has(0) else { return .object(SizeObject([])) }
    var items: [Value] = []
    for item in try vm.items(args[0]) {
      guard let i = try ArgumentConversion.int(item) else {
        throw .type(
          "torch.Size() takes an iterable of 'int' (item \(items.count) is '\(ArgumentConversion.typeName(item))')")
      }
      items.append(.int(i))
    }
    return .object(SizeObject(items))
  }

  /// A tuple's result as a size again, where it holds only ints.
  private static func sized(_ result: Value) -> Value {
    guard case .tuple(let t) = result else { return result }
    for item in t.items {
      guard case .int = item else { return result }
    }
    return .object(SizeObject(t.items))
  }

  private static func operatorMethod(_ name: String, _ op: BinaryOperator, reflected: Bool = false) {
    TorchTypes.size.set(
      Symbol(name),
      .object(
        NativeFunction("\(name)(self, other, /)") { (vm, args) throws(ExceptionObject) in
          guard let own = args[0].asTuple else { return .notImplemented }
          let left = Value.tuple(own)
          if op == .add && args[1].asTuple == nil {
            if reflected { return .notImplemented }
            throw .type("can only concatenate tuple (not \(vm.typeName(args[1]))) to torch.Size")
          }
          let other = args[1].asTuple.map { Value.tuple($0) } ?? args[1]
          return sized(try reflected ? vm.binary(op, other, left) : vm.binary(op, left, other))
        }))
  }

  static func installMethods() {
    operatorMethod("__add__", .add)
    operatorMethod("__radd__", .add, reflected: true)
    operatorMethod("__mul__", .multiply)
    operatorMethod("__rmul__", .multiply, reflected: true)
    TorchTypes.size.construct = constructor
    TorchTypes.size.set(
      Symbol("numel"),
      .object(
        NativeFunction("numel(self)", "The product of the sizes.") { (vm, args) throws(ExceptionObject) in
          var n = 1
          for item in args[0].asTuple?.items ?? [] {
            if case .int(let i) = item { n = n.multipliedReportingOverflow(by: i).partialValue }
          }
          return .int(n)
        }))
  }
}
