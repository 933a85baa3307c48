import CKernels
import Runtime
import Tensor

/// `_csv.columns`: a table as columns, each a tensor where all of it are numbers. `read_csv` stands on it.
enum TableReader {
  static func add(to m: ModuleBuilder) {
    m.add(
      """
      columns(file, sep, has_header, names, usecols, skiprows, nrows, na_values, dtype, encoding, comment)
      """, "The names of a table's columns, and the columns."
    ) { (vm, args) throws(ExceptionObject) in
      var reader = try Reader(args, vm)
      try reader.read(vm)
      return .makeTuple([
        .makeList(reader.names.map { .text($0) }), .makeList(try reader.columns(vm)),
      ])
    }
  }

  private struct Reader {
    private let lines: TextLines
    private let fields: TextFields?
    private let dialect: CSVDialect
    private let hasHeader: Bool
    private let given: [String]?
    private let chosen: [Value]?
    private let skipped: Int
    private let limit: Int
    private var missing: Set<[UInt8]> = Set(
      ["", "NA", "N/A", "NaN", "nan", "n/a", "NULL", "null", "None", "-NaN", "-nan", "#N/A", "<NA>"].map {
        Array($0.utf8)
      })
    private let dtype: DType?
    private let comment: [UInt8]?

    private(set) var names: [String] = []
    /// The fields of each column that was chosen.
    private var texts: [[Str]] = []
    private var places: [Int] = []

    init(_ args: Arguments, _ vm: VM) throws(ExceptionObject) {
      lines = try TextLines(args[0], encoding: args.given(9)?.string, function: "read_csv", vm)
      guard let separator = args[1].asStr else { throw .type("sep must be a string, not \(vm.typeName(args[1]))") }
      var dialect = CSVDialect()
      if separator.string == #"\s+"# || separator.string == " +" {
        var fields = TextFields()
        fields.comments = []
        fields.quote = UInt8(ascii: "\"")
        self.fields = fields
      } else {
        guard separator.byteCount == 1 else {
          throw .notImplemented(
            "read_csv with the separator \(StrMethods.repr(separator)) is not available in tnb: one character, or '\\s+' for white space"
          )
        }
        dialect.delimiter = separator.bytes[0]
        fields = nil
      }
      dialect.skipsSpace = true
      self.dialect = dialect
      hasHeader = try vm.isTrue(args[2])
      given = try args.given(3).map { (v) throws(ExceptionObject) in try Reader.texts(v, vm) }
      chosen = try args.given(4).map { (v) throws(ExceptionObject) in try vm.items(v) }
      skipped = try TextTableArguments.count(args, 5, default: 0, vm)
      limit = try TextTableArguments.count(args, 6, default: .max, vm)
      if let words = args.given(7) {
        let texts = words.asStr == nil ? try Reader.texts(words, vm) : [words.string ?? ""]
        for word in texts { missing.insert(Array(word.utf8)) }
      }
      dtype = try args.given(8).map { (v) throws(ExceptionObject) in
        guard case .object(let o) = v, let d = o as? DTypeObject else {
          throw .type("dtype must be a torch.dtype, not \(vm.typeName(v))")
        }
        return d.dtype
      }
      comment = args.given(10)?.asStr.map { Array($0.bytes) }
    }

    private static func texts(_ value: Value, _ vm: VM) throws(ExceptionObject) -> [String] {
      var texts: [String] = []
      for item in try vm.items(value) { texts.append(try vm.str(item)) }
      return texts
    }

    // MARK: Rows

    mutating func read(_ vm: VM) throws(ExceptionObject) {
      for _ in 0..<max(0, skipped) {
        if try lines.read() == nil { return }
      }
      var parser = CSVParser(dialect)
      var number = skipped
      var rows = 0
      var bytes = 0
      var isOpen = false
      while rows < limit {
        guard let line = try lines.read() else { break }
        number += 1
        if !isOpen, isBlank(line) { continue }
        let row: [Str]
        if let fields {
          row = fields.split(line).map { Str(bytes: Array($0)) }
        } else {
          // The parser wants to see that a line ended.
          guard let record = try parser.add(Str(bytes: line + [0x0A])) else {
            isOpen = true
            continue
          }
          isOpen = false
          row = record.items.compactMap(\.asStr)
        }
        if places.isEmpty {
          try begin(row)
          if hasHeader { continue }
        }
        guard row.count == width else {
          throw .value("line \(number) has \(row.count) fields, where \(width) were expected")
        }
        for (i, place) in places.enumerated() {
          texts[i].append(row[place])
          bytes += row[place].byteCount + 64
        }
        rows += 1
        if rows & 0xFFF == 0 {
          if tnb_interrupt_pending() != 0 { throw vm.interrupt() }
          try Capacity.check(bytes, stride: 1)
        }
      }
      if isOpen { throw .value("a quote that is opened in line \(number) or before is never closed") }
      if places.isEmpty { throw .value("there are no columns to read: the file is empty") }
    }

    private var width = 0

    private func isBlank(_ line: [UInt8]) -> Bool {
      if let comment, !comment.isEmpty, line.starts(with: comment) { return true }
      return line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// The first row says how many columns there are, and perhaps their names.
    private mutating func begin(_ row: [Str]) throws(ExceptionObject) {
      width = row.count
      var all = hasHeader ? row.map { String($0.string.drop { $0 == "\u{FEFF}" }) } : row.indices.map { String($0) }
      if let given {
        guard given.count == width else {
          throw .value("names has \(given.count) names for \(width) columns")
        }
        all = given
      }
      // A name that comes again gets a number, as in pandas.
      var seen: [String: Int] = [:]
      for i in all.indices {
        if all[i].isEmpty { all[i] = "Unnamed: \(i)" }
        let count = seen[all[i], default: 0]
        seen[all[i]] = count + 1
        if count > 0 { all[i] += ".\(count)" }
      }
      if let chosen {
        for value in chosen {
          if let name = value.string, let place = all.firstIndex(of: name) {
            places.append(place)
          } else if case .int(let place) = value, all.indices.contains(place) {
            places.append(place)
          } else {
            let shown = value.string.map { StrMethods.repr(Str($0)) } ?? value.asInteger.map { "\($0.clamped)" } ?? "?"
            throw .value("there is no column \(shown): the table has \(all.joined(separator: ", "))")
          }
        }
        if places.isEmpty { throw .value("usecols names no column") }
      } else {
        places = Array(all.indices)
      }
      names = places.map { all[$0] }
      texts = places.map { _ in [] }
    }

    // MARK: Columns

    func columns(_ vm: VM) throws(ExceptionObject) -> [Value] {
      var columns: [Value] = []
      for texts in texts { columns.append(try column(texts)) }
      return columns
    }

    private func isMissing(_ text: Str) -> Bool { missing.contains(Array(TextFields.trimmed(Array(text.bytes)[...]))) }

    /// Integers, floats (missing ones are nan), booleans, else the texts.
    private func column(_ texts: [Str]) throws(ExceptionObject) -> Value {
      if texts.isEmpty { return .makeList([]) }
      var integers: [Int]? = []
      var floats: [Double]? = []
      var flags: [Bool]? = []
      for text in texts {
        let field = Array(text.bytes)[...]
        if isMissing(text) {
          floats?.append(.nan)
          (integers, flags) = (nil, nil)
          continue
        }
        if integers != nil, let integer = NumberField.integer(field) {
          integers?.append(integer)
        } else {
          integers = nil
        }
        if floats != nil, let double = NumberField.double(field) { floats?.append(double) } else { floats = nil }
        if flags != nil {
          switch text.string {
          case "True", "true", "TRUE": flags?.append(true)
          case "False", "false", "FALSE": flags?.append(false)
          default: flags = nil
          }
        }
        if integers == nil, floats == nil, flags == nil { return .makeList(texts.map { .str($0) }) }
      }
      // A column of nothing but missing values is no column of numbers.
      if let floats, floats.allSatisfy(\.isNaN), integers == nil, !texts.contains(where: { !isMissing($0) }) {
        return .makeList(texts.map { .str($0) })
      }
      let scalars: [Scalar]
      let type: DType
      if let flags {
        (scalars, type) = (flags.map { .bool($0) }, .bool)
      } else if let integers {
        (scalars, type) = (integers.map { .int($0) }, dtype ?? .int64)
      } else {
        (scalars, type) = ((floats ?? []).map { .float($0) }, dtype ?? DType.defaultFloat)
      }
      let tensor = try core { () throws(TensorError) in try Tensor(empty: [scalars.count], type) }
      for (i, scalar) in scalars.enumerated() { ElementStore.write(scalar, tensor.data + i * type.size, type) }
      return .tensor(tensor)
    }
  }
}
