import CKernels
import Runtime
import Tensor

/// The numbers of a text file: rows of the same length, one after another.
struct NumberTable {
  private(set) var tensor: Tensor?
  private(set) var rows = 0
  private(set) var columns = 0
  private let dtype: DType
  private var bytes: [UInt8] = []

  init(_ dtype: DType) { self.dtype = dtype }

  mutating func append(_ row: [Scalar]) throws(ExceptionObject) {
    columns = row.count
    rows += 1
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: row.count * dtype.size))
    bytes.withUnsafeMutableBytes { buffer in
      for (i, scalar) in row.enumerated() {
        ElementStore.write(scalar, buffer.baseAddress! + start + i * dtype.size, dtype)
      }
    }
    if rows & 0xFFF == 0 { try Capacity.check(bytes.count, stride: 2) }
  }

  /// The table as NumPy shapes it: dimensions of one are left out down to `dimensions`.
  func array(dimensions: Int, unpack: Bool, _ vm: VM) throws(ExceptionObject) -> Value {
    let made = try NumPyCore.checked([rows, columns], dtype)
    bytes.withUnsafeBytes {
      made.data.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(made.data), byteCount: $0.count)
    }
    let shape = NumberTable.shape(rows, columns, dimensions: dimensions)
    var result = try core { () throws(TensorError) in try Operations.view(made, shape) }
    if unpack, shape.count == 2 {
      result = try core { () throws(TensorError) in try Operations.transpose(result, 0, 1) }
    }
    return .object(NDArray(result))
  }

  /// The shape of a table of `rows` by `columns`.
  static func shape(_ rows: Int, _ columns: Int, dimensions: Int) -> [Int] {
    if rows == 0 { return dimensions == 2 ? [0, 1] : [0] }
    if dimensions == 2 || rows > 1 && columns > 1 { return [rows, columns] }
    if dimensions == 1 || rows * columns > 1 { return [rows * columns] }
    return []
  }
}

/// Arguments that `loadtxt` and `genfromtxt` share.
enum TextTableArguments {
  static func columns(_ value: Value?, _ vm: VM) throws(ExceptionObject) -> [Int]? {
    guard let value else { return nil }
    if let one = try vm.index(value) { return [one.clamped] }
    var columns: [Int] = []
    for item in try vm.items(value) {
      guard let column = try vm.index(item) else {
        throw .type(
          "usecols must be an int or a sequence of ints but it contains at least one element of type '\(vm.typeName(item))'"
        )
      }
      columns.append(column.clamped)
    }
    return columns
  }

  static func comments(_ value: Value?, _ vm: VM) throws(ExceptionObject) -> [[UInt8]] {
    guard let value else { return [] }
    if let text = value.asStr { return [Array(text.bytes)] }
    return try vm.items(value).compactMap { $0.asStr.map { Array($0.bytes) } }
  }

  static func count(_ args: Arguments, _ i: Int, default d: Int, _ vm: VM) throws(ExceptionObject) -> Int {
    guard let given = args.given(i) else { return d }
    return try vm.integer(given).clamped
  }

  /// A number that a converter gave.
  static func scalar(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Scalar {
    if let scalar = try ArgumentConversion.scalar(value) { return scalar }
    if let text = value.asStr, let number = NumberField.double(Array(text.bytes)[...]) { return .float(number) }
    throw .type("float() argument must be a string or a real number, not '\(vm.typeName(value))'")
  }

  /// Functions by column, from a dict; the key nil stands for every column.
  static func converters(_ value: Value?, _ vm: VM) throws(ExceptionObject) -> [Int?: Value] {
    guard let value else { return [:] }
    guard let dict = value.asDict else { return [nil: value] }
    var result: [Int?: Value] = [:]
    for key in dict.keys {
      guard let column = try vm.index(key) else {
        throw .type("keys of the converters dictionary must be integers; got \(vm.typeName(key))")
      }
      result[column.clamped] = try dict.get(key, vm)
    }
    return result
  }

  static func finish(_ texts: [[String]], dimensions: Int, unpack: Bool) throws(ExceptionObject) -> Value {
    let shape = NumberTable.shape(texts.count, texts.first?.count ?? 0, dimensions: dimensions)
    let made = TextArray(texts.flatMap { $0 }, shape)
    guard unpack, shape.count > 1 else { return .object(made) }
    let codes = NumPyCore.permute(made.codes, shape.indices.reversed())
    return .object(TextArray(codes: codes, vocabulary: made.vocabulary, width: made.width))
  }
}

/// `np.loadtxt`.
enum LoadText {
  static func add(to table: MemberTable) {
    table.native(
      """
      loadtxt(fname, dtype=float, comments='#', delimiter=None, converters=None, skiprows=0, usecols=None, unpack=False, \
      ndmin=0, encoding=None, max_rows=None, *, quotechar=None, like=None)
      """, "The numbers of a text file: each line a row."
    ) { (vm, args) throws(ExceptionObject) in try load(args, vm) }
  }

  private static func load(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> Value {
    let isText = isTextType(args.given(1))
    let dtype =
      isText
      ? .float64 : try args.given(1).map { (v) throws(ExceptionObject) in try NumPyDType.require(v, vm) } ?? .float64
    var fields = TextFields()
    if args.has(2) { fields.comments = try TextTableArguments.comments(args.given(2), vm) }
    if let given = args.given(3) { fields.separator = .character(try character(given, vm)) }
    if let given = args.given(11) { fields.quote = try character(given, vm) }
    let converters = try TextTableArguments.converters(args.given(4), vm)
    let skipped = try TextTableArguments.count(args, 5, default: 0, vm)
    let chosen = try TextTableArguments.columns(args.given(6), vm)
    let unpack = args.has(7) ? try vm.isTrue(args[7]) : false
    let dimensions = try TextTableArguments.count(args, 8, default: 0, vm)
    guard (0...2).contains(dimensions) else { throw .value("Illegal value of ndmin keyword: \(dimensions)") }
    let lines = try TextLines(args[0], encoding: args.given(9)?.string, function: "loadtxt", vm)
    let limit = try TextTableArguments.count(args, 10, default: .max, vm)

    var table = NumberTable(dtype)
    var texts: [[String]] = []
    var count = 0
    var width: Int?
    for _ in 0..<max(0, skipped) {
      if try lines.read() == nil { break }
    }
    while count < limit, let line = try lines.read() {
      let found = fields.split(line)
      if found.isEmpty { continue }
      if chosen == nil, let width, width != found.count {
        throw .value(
          "the number of columns changed from \(width) to \(found.count) at row \(count + 1); use `usecols` to select a subset and avoid this error"
        )
      }
      width = width ?? found.count
      let columns =
        try chosen.map { (c) throws(ExceptionObject) in try resolve(c, found.count, row: count) }
        ?? Array(found.indices)
      if isText {
        texts.append(columns.map { String(decoding: found[$0], as: UTF8.self) })
      } else {
        var row: [Scalar] = []
        for column in columns {
          row.append(try scalar(found[column], dtype, converters[column] ?? converters[nil], row: count, column, vm))
        }
        try table.append(row)
      }
      count += 1
      if count & 0xFFF == 0, tnb_interrupt_pending() != 0 { throw vm.interrupt() }
    }
    if isText { return try TextTableArguments.finish(texts, dimensions: dimensions, unpack: unpack) }
    return try table.array(dimensions: dimensions, unpack: unpack, vm)
  }

  static func isTextType(_ value: Value?) -> Bool {
    guard case .object(let o)? = value else {
      return value?.string.map { $0 == "str" || $0.hasPrefix("U") || $0.hasPrefix("<U") } ?? false
    }
    return o === Types.str || o === NumPyTypes.str
  }

  private static func character(_ value: Value, _ vm: VM) throws(ExceptionObject) -> UInt8 {
    guard let text = value.asStr, text.count == 1 else {
      throw .type(
        "Text reading control character must be a single unicode character or None; but got: \(try vm.repr(value))")
    }
    guard text.isASCII else { throw .notImplemented("a delimiter outside of ASCII is not available in tnb") }
    return text.bytes[0]
  }

  private static func resolve(_ columns: [Int], _ count: Int, row: Int) throws(ExceptionObject) -> [Int] {
    var result: [Int] = []
    for column in columns {
      let at = column < 0 ? column + count : column
      guard (0..<count).contains(at) else {
        throw .value("invalid column index \(column) at row \(row + 1) with \(count) columns")
      }
      result.append(at)
    }
    return result
  }

  private static func scalar(
    _ field: ArraySlice<UInt8>, _ dtype: DType, _ converter: Value?, row: Int, _ column: Int, _ vm: VM
  ) throws(ExceptionObject) -> Scalar {
    if let converter {
      return try TextTableArguments.scalar(vm.call(converter, with: .str(Str(bytes: Array(field)))), vm)
    }
    if dtype.isFloating {
      if let number = NumberField.double(field) { return .float(number) }
    } else if let number = NumberField.integer(field) {
      if dtype == .bool { return .bool(number != 0) }
      let limits = IntegerInfo(dtype)
      if (limits.min...limits.max).contains(number) { return .int(number) }
    }
    let shown = StrMethods.repr(Str(bytes: Array(TextFields.trimmed(field))))
    throw .value("could not convert string \(shown) to \(dtype.name) at row \(row), column \(column + 1).")
  }
}
