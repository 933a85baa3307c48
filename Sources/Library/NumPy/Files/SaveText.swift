import CKernels
import Runtime
import Tensor

/// `np.savetxt`.
enum SaveText {
  static func add(to table: MemberTable) {
    table.native(
      """
      savetxt(fname, X, fmt='%.18e', delimiter=' ', newline='\\n', header='', footer='', comments='# ', encoding=None)
      """, "Writes an array to a text file, a line for each row."
    ) { (vm, args) throws(ExceptionObject) in
      try save(args, vm)
      return .none
    }
  }

  private static func save(_ args: Arguments, _ vm: VM) throws(ExceptionObject) {
    func text(_ i: Int, _ standard: String) -> String { args.given(i)?.string ?? standard }
    let (rows, columns, dtype) = try rows(args[1], vm)
    let delimiter = text(3, " ")
    let newline = text(4, "\n")
    let comments = text(7, "# ")
    let format = try format(args.given(2) ?? .text("%.18e"), columns, delimiter, vm)
    var out = ""
    func note(_ i: Int) {
      guard let given = args.given(i)?.string, !given.isEmpty else { return }
      let lines = given.split(separator: "\n", omittingEmptySubsequences: false)
      out += comments + lines.joined(separator: "\n" + comments) + newline
    }
    note(5)
    for (i, row) in rows.enumerated() {
      do throws(ExceptionObject) {
        out += try vm.str(PercentFormat.format(format, .makeTuple(row), vm)) + newline
      } catch {
        guard error.type.isSubtype(of: Types.typeError) else { throw error }
        throw .type("Mismatch between array dtype ('\(dtype)') and format specifier ('\(format.string)')")
      }
      if i & 0xFFF == 0 {
        try Capacity.check(out.utf8.count, stride: 1)
        if tnb_interrupt_pending() != 0 { throw vm.interrupt() }
      }
    }
    note(6)
    try write(Str(out), to: args[0], encoding: args.given(8)?.string, vm)
  }

  /// The rows as Python's numbers.
  private static func rows(
    _ value: Value, _ vm: VM
  ) throws(ExceptionObject) -> (rows: [[Value]], columns: Int, dtype: String) {
    if let texts = try TextArray.make(value, nil, vm) {
      let width = max(1, texts.texts.map { $0.unicodeScalars.count }.max() ?? 1)
      return (texts.texts.map { [.text($0)] }, 1, "<U\(width)")
    }
    let t = try NumPyArray.from(value, vm)
    guard t.ndim == 1 || t.ndim == 2 else { throw .value("Expected 1D or 2D array, got \(t.ndim)D array instead") }
    let columns = t.ndim == 1 ? 1 : t.shape[1]
    try Capacity.check(t.count, stride: 32)
    let indices = t.uncheckedElementIndices()
    let rows = (0..<t.shape[0]).map { row in
      (0..<columns).map { ResultConversion.value(t.scalar(at: indices[row * columns + $0])) }
    }
    return (rows, columns, t.dtype.name)
  }

  /// One format for a whole row.
  private static func format(
    _ value: Value, _ columns: Int, _ delimiter: String, _ vm: VM
  ) throws(ExceptionObject) -> Str {
    if let text = value.asStr {
      // `%%` counts twice, as in NumPy.
      let count = text.bytes.count { $0 == UInt8(ascii: "%") }
      if count == 1 { return Str([String](repeating: text.string, count: columns).joined(separator: delimiter)) }
      guard count == columns else { throw .value("fmt has wrong number of % formats:  \(text.string)") }
      return text
    }
    guard value.asList != nil || value.asTuple != nil else { throw .value("invalid fmt: \(try vm.repr(value))") }
    let formats = try vm.items(value).compactMap(\.string)
    guard formats.count == columns else {
      throw .attribute("fmt has wrong shape.  \(try vm.str(value))")
    }
    return Str(formats.joined(separator: delimiter))
  }

  private static func write(
    _ text: Str, to file: Value, encoding: String?, _ vm: VM
  ) throws(ExceptionObject) {
    if let path = try FileArgument.path(file, vm) {
      if path.hasSuffix(".gz") || path.hasSuffix(".bz2") || path.hasSuffix(".xz") {
        throw .notImplemented("np.savetxt to a compressed file is not available in tnb")
      }
      let bytes = try TextCodec.encode(text, encoding ?? "latin-1", errors: "strict")
      return try FileArgument.write(file, vm) { (stream) throws(ExceptionObject) in try stream.write(bytes, vm) }
    }
    guard try vm.attribute(file, Symbol("write")) != nil else {
      throw .value("fname must be a string or file handle")
    }
    if case .object(let o) = file, o is BinaryObject {
      let bytes = try TextCodec.encode(text, encoding ?? "latin-1", errors: "strict")
      _ = try vm.callMethod(file, Symbol("write"), [.object(BytesObject(bytes))])
    } else {
      _ = try vm.callMethod(file, Symbol("write"), [.str(text)])
    }
  }
}
