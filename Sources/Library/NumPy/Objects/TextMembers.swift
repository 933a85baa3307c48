import Runtime
import Tensor

/// What arrays of strings answer in their own way.
enum TextMembers {
  /// nil: the member is one that only arrays of numbers have.
  static func answer(_ name: String, _ a: TextArray, _ args: Arguments?, _ vm: VM) throws(ExceptionObject) -> Value {
    switch name {
    case "dtype": return .object(TextDType(a.width))
    case "itemsize": return .int(4 * a.width)
    case "nbytes": return .int(4 * a.width * a.codes.count)
    case "strides": return .makeTuple(a.codes.shape.contiguousStrides.map { .int($0 * 4 * a.width) })
    case "tolist": return try list(a, a.codes.ndim == 0 ? [] : a.codes.shape.array)
    case "astype":
      guard let args else { return .none }
      if let made = try TextArray.make(.object(a), args[1], vm) { return .object(made) }
      return .object(NDArray(try NumPyArray.make(.object(a), dtype: NumPyDType.require(args[1], vm), vm)))
    case "item":
      let index = args?[1].asTuple?.items ?? []
      if index.isEmpty {
        if a.codes.count != 1 { throw .value("can only convert an array of size 1 to a Python scalar") }
        return .text(a.texts[0])
      }
      var picked: Value = .object(a)
      if index.count == 1 {
        picked = .object(
          TextArray(codes: NumPyCore.reshape(a.codes, [a.codes.count]), vocabulary: a.vocabulary, width: a.width))
      }
      return .text(try vm.str(vm.getItem(picked, index.count == 1 ? index[0] : .makeTuple(index))))
    case "sort":
      try a.sort(args.map { $0.has(1) } ?? false ? NumPyCore.moderate(args?[1], default: -1) : -1)
      return .none
    case "fill":
      try vm.setItem(.object(a), .ellipsis, args?[1] ?? .text(""))
      return .none
    default: throw .type("'\(name)' of an array of strings is not available in tnb")
    }
  }

  private static func list(_ a: TextArray, _ shape: [Int]) throws(ExceptionObject) -> Value {
    let texts = a.texts
    if shape.isEmpty { return .text(texts[0]) }
    var position = 0
    func nested(_ d: Int) -> Value {
      if d == shape.count {
        position += 1
        return .text(texts[position - 1])
      }
      return .makeList((0..<shape[d]).map { _ in nested(d + 1) })
    }
    return nested(0)
  }
}
