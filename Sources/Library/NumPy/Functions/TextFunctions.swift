import Runtime
import Tensor

/// Functions that serve arrays of strings as well: they are given the places of texts in a sorted list, and what they give is
/// read as such places.
enum TextFunctions {
  private enum Data {
    /// Arguments that are arrays, by position.
    case arrays([Int])
    /// One argument that holds several.
    case list
  }

  private static let textual: [String: Data] = {
    var table: [String: Data] = [:]
    for name in [
      "reshape", "ravel", "transpose", "swapaxes", "squeeze", "sort", "repeat", "tile", "take", "flip", "flipud",
      "fliplr",
      "broadcast_to", "copy", "split", "array_split", "vsplit", "hsplit",
    ] {
      table[name] = .arrays([0])
    }
    for name in [
      "concatenate", "concat", "stack", "vstack", "row_stack", "hstack", "column_stack", "atleast_1d", "atleast_2d",
    ] {
      table[name] = .list
    }
    table["where"] = .arrays([1, 2])
    table["append"] = .arrays([0, 1])
    table["full"] = .arrays([1])
    return table
  }()

  /// Those whose results are numbers.
  private static let numeric: [String: Data] = [
    "argsort": .arrays([0]), "argmax": .arrays([0]), "argmin": .arrays([0]), "searchsorted": .arrays([0, 1]),
    "array_equal": .arrays([0, 1]), "shape": .arrays([0]), "ndim": .arrays([0]), "size": .arrays([0]),
  ]

  static func wrap(_ table: MemberTable) {
    for (name, data) in textual { wrap(table, name, data, decodes: true) }
    for (name, data) in numeric { wrap(table, name, data, decodes: false) }
  }

  private static func wrap(_ table: MemberTable, _ name: String, _ data: Data, decodes: Bool) {
    guard case .object(let o)? = table.find(name), let native = o as? NativeFunction else { return }
    table.set(
      name,
      .object(
        NativeFunction(native.text, native.doc) { (vm, args) throws(ExceptionObject) in
          guard concerns(args, data) else { return try native.body(vm, args) }
          return try applied(native, args, data, decodes: decodes, vm)
        }))
  }

  private static func concerns(_ args: Arguments, _ data: Data) -> Bool {
    guard case .arrays(let places) = data else { return TextArray.holdsText(args[0]) }
    return places.contains { args.has($0) && TextArray.holdsText(args[$0]) }
  }

  private static func applied(
    _ native: NativeFunction, _ args: Arguments, _ data: Data, decodes: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    var given: [TextArray] = []
    switch data {
    case .arrays(let places):
      for i in places {
        if native.name.text == "where", !TextArray.holdsText(args[i]) {
          throw .type("text and numbers have no common type: one of np.where's choices is no text")
        }
        if let made = try TextArray.make(args[i], .object(TextDType(nil)), vm) { given.append(made) }
      }
    case .list:
      for item in try vm.items(args[0]) {
        if let made = try TextArray.make(item, .object(TextDType(nil)), vm) { given.append(made) }
      }
    }
    let joint = TextArray.sorted(given.flatMap(\.vocabulary))
    let places = TextArray.places(joint)
    let coded = given.map { Value.object(NDArray($0.codes(in: places))) }
    let base = UnsafeMutablePointer<Value>.allocate(capacity: max(args.count, 1))
    for i in 0..<args.count { (base + i).initialize(to: args[i]) }
    defer {
      base.deinitialize(count: args.count)
      base.deallocate()
    }
    switch data {
    case .arrays(let positions): for (i, value) in zip(positions, coded) { base[i] = value }
    case .list: base[0] = .makeTuple(coded)
    }
    let result = try native.body(vm, Arguments(base, args.count))
    let width = given.map(\.width).max() ?? 1
    return decodes
      ? TextArray(codes: NumPyCore.empty([], .int64), vocabulary: joint, width: width).decoded(result) : result
  }
}
