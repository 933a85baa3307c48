import CKernels
import Runtime
import Tensor

/// `np.genfromtxt`: as `loadtxt`, with values that may be missing.
enum GeneralText {
  static func add(to table: MemberTable) {
    table.native(
      """
      genfromtxt(fname, dtype=float, comments='#', delimiter=None, skip_header=0, skip_footer=0, converters=None, \
      missing_values=None, filling_values=None, usecols=None, names=None, excludelist=None, deletechars=None, \
      replace_space='_', autostrip=False, case_sensitive=True, defaultfmt='f%i', unpack=None, usemask=False, loose=True, \
      invalid_raise=True, max_rows=None, encoding=None, *, ndmin=0, like=None)
      """, "The numbers of a text file, with nan for what is missing."
    ) { (vm, args) throws(ExceptionObject) in try load(args, vm) }
  }

  private static func load(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> Value {
    if args.given(10) != nil { throw structured("names") }
    if args.has(18), try vm.isTrue(args[18]) { throw .notImplemented("masked arrays are not available in tnb") }
    var fields = TextFields()
    if args.has(2) { fields.comments = try TextTableArguments.comments(args.given(2), vm) }
    if let given = args.given(3) { fields.separator = try separator(given, vm) }
    let rows = try rows(args, fields, vm)

    let missing = try missingWords(args.given(7), vm)
    let isText = LoadText.isTextType(args.given(1))
    let dimensions = try TextTableArguments.count(args, 23, default: 0, vm)
    let unpack = args.given(17) != nil ? try vm.isTrue(args[17]) : false
    if isText {
      let texts = rows.fields.map { $0.map { String(decoding: TextFields.trimmed($0[...]), as: UTF8.self) } }
      return try TextTableArguments.finish(texts, dimensions: dimensions, unpack: unpack)
    }
    var dtype = DType.float64
    if let given = args.given(1) {
      dtype = try NumPyDType.require(given, vm)
    } else if args.has(1) {
      guard let found = try guessed(rows.fields, missing) else {
        let texts = rows.fields.map { $0.map { String(decoding: $0, as: UTF8.self) } }
        return try TextTableArguments.finish(texts, dimensions: dimensions, unpack: unpack)
      }
      dtype = found
    }
    let converters = try TextTableArguments.converters(args.given(6), vm)
    let filling = try filling(args.given(8), vm)
    let standard: Scalar = dtype == .bool ? .bool(false) : dtype.isFloating ? .float(.nan) : .int(-1)
    var table = NumberTable(dtype)
    for row in rows.fields {
      var scalars: [Scalar] = []
      for (i, field) in row.enumerated() {
        let column = rows.columns?[i] ?? i
        if let converter = converters[column] ?? converters[nil] {
          scalars.append(try TextTableArguments.scalar(vm.call(converter, with: .str(Str(bytes: field))), vm))
          continue
        }
        let text = TextFields.trimmed(field[...])
        if text.isEmpty || missing.contains(Array(text)) {
          scalars.append(filling[column] ?? filling[nil] ?? standard)
        } else {
          scalars.append(number(text, dtype) ?? standard)
        }
      }
      try table.append(scalars)
    }
    return try table.array(dimensions: dimensions, unpack: unpack, vm)
  }

  private static func structured(_ why: String) -> ExceptionObject {
    .notImplemented(
      "np.genfromtxt with \(why) makes an array with named fields, which is not available in tnb: read_csv gives columns by name"
    )
  }

  private static func separator(_ value: Value, _ vm: VM) throws(ExceptionObject) -> TextFields.Separator {
    if let text = value.asStr {
      if text.byteCount == 0 { return .space }
      return text.byteCount == 1 ? .character(text.bytes[0]) : .text(Array(text.bytes))
    }
    if let width = try vm.index(value) {
      guard width.clamped > 0 else { return .space }
      return .widths([width.clamped], repeats: true)
    }
    var widths: [Int] = []
    for item in try vm.items(value) { widths.append(max(0, try vm.integer(item).clamped)) }
    return widths.isEmpty ? .space : .widths(widths, repeats: false)
  }

  /// The fields of all rows, those of wrong length left out or refused.
  private static func rows(
    _ args: Arguments, _ fields: TextFields, _ vm: VM
  ) throws(ExceptionObject) -> (fields: [[[UInt8]]], columns: [Int]?) {
    let skipped = try TextTableArguments.count(args, 4, default: 0, vm)
    let footer = try TextTableArguments.count(args, 5, default: 0, vm)
    let chosen = try TextTableArguments.columns(args.given(9), vm)
    let raises = args.has(20) ? try vm.isTrue(args[20]) : true
    let limit = try TextTableArguments.count(args, 21, default: .max, vm)
    if footer > 0, limit != .max {
      throw .value("The keywords 'skip_footer' and 'max_rows' can not be specified at the same time.")
    }
    let lines = try TextLines(args[0], encoding: args.given(22)?.string, function: "genfromtxt", vm)
    for _ in 0..<max(0, skipped) {
      if try lines.read() == nil { break }
    }
    var rows: [[[UInt8]]] = []
    var invalid: [(line: Int, count: Int)] = []
    var width: Int?
    var number = max(0, skipped)
    while rows.count < limit, let line = try lines.read() {
      number += 1
      let found = fields.split(line)
      if found.isEmpty { continue }
      let count = found.count
      width = width ?? count
      if let chosen {
        let places = chosen.map { $0 < 0 ? $0 + count : $0 }
        if places.allSatisfy({ found.indices.contains($0) }) {
          rows.append(places.map { Array(found[$0]) })
        } else {
          invalid.append((number, count))
        }
      } else if count == width {
        rows.append(found.map { Array($0) })
      } else {
        invalid.append((number, count))
      }
      if rows.count & 0xFFF == 0 {
        try Capacity.check(rows.count, stride: 64 * max(1, count))
        if tnb_interrupt_pending() != 0 { throw vm.interrupt() }
      }
    }
    if footer > 0 {
      let last = number - footer
      invalid.removeAll { $0.line > last }
      rows.removeLast(min(footer, rows.count))
    }
    if raises, !invalid.isEmpty {
      let expected = chosen?.count ?? width ?? 0
      let list = invalid.map { "\n    Line #\($0.line) (got \($0.count) columns instead of \(expected))" }
      throw .value("Some errors were detected !" + list.joined())
    }
    return (rows, chosen)
  }

  private static func missingWords(_ value: Value?, _ vm: VM) throws(ExceptionObject) -> Set<[UInt8]> {
    guard let value else { return [] }
    var words: Set<[UInt8]> = []
    let items: [Value]
    if value.asStr != nil {
      items = [value]
    } else if let dict = value.asDict {
      items = DictView(dict, .values).items
    } else {
      items = try vm.items(value)
    }
    for text in items.compactMap(\.asStr) {
      for word in text.bytes.split(separator: UInt8(ascii: ",")) {
        words.insert(Array(TextFields.trimmed(Array(word)[...])))
      }
    }
    return words
  }

  /// What stands in for missing values, by column; the key nil stands for every column.
  private static func filling(_ value: Value?, _ vm: VM) throws(ExceptionObject) -> [Int?: Scalar] {
    guard let value else { return [:] }
    var result: [Int?: Scalar] = [:]
    if let dict = value.asDict {
      for key in dict.keys {
        if let column = try vm.index(key), let item = try dict.get(key, vm) {
          result[column.clamped] = try TextTableArguments.scalar(item, vm)
        }
      }
    } else if let items = ArgumentConversion.sequence(value) {
      for (i, item) in items.enumerated() { result[i] = try TextTableArguments.scalar(item, vm) }
    } else {
      result[nil] = try TextTableArguments.scalar(value, vm)
    }
    return result
  }

  private static func number(_ text: ArraySlice<UInt8>, _ dtype: DType) -> Scalar? {
    if dtype == .bool {
      switch String(decoding: text, as: UTF8.self).uppercased() {
      case "TRUE": return .bool(true)
      case "FALSE": return .bool(false)
      default: return nil
      }
    }
    if dtype.isFloating { return NumberField.double(text).map { .float($0) } }
    if let integer = NumberField.integer(text) { return .int(integer) }
    return NumberField.double(text).flatMap { Int(exactly: $0.rounded(.towardZero)) }.map { .int($0) }
  }

  /// The narrowest type of all columns; nil for text. Columns of several types would need named fields.
  private static func guessed(_ rows: [[[UInt8]]], _ missing: Set<[UInt8]>) throws(ExceptionObject) -> DType? {
    guard let first = rows.first else { return .float64 }
    var types: [DType?] = []
    for column in first.indices {
      var type: DType? = .bool
      for row in rows {
        let text = TextFields.trimmed(row[column][...])
        if text.isEmpty || missing.contains(Array(text)) { continue }
        while let known = type, number(text, known) == nil || known == .int64 && NumberField.integer(text) == nil {
          type = known == .bool ? .int64 : known == .int64 ? .float64 : nil
        }
      }
      types.append(type)
    }
    guard Set(types).count == 1 else { throw structured("columns of several types") }
    return types[0]
  }
}
