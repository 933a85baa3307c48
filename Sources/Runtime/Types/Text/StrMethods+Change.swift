import CKernels
import Tensor

extension StrMethods {
  private static func replace(_ text: Str, _ old: Str, _ new: Str, limit: Int) throws(ExceptionObject) -> Value {
    var out: [UInt8] = []
    var done = 0
    if old.bytes.isEmpty {
      if limit == 0 { return .str(text) }
      guard MemoryBudget.allows(text.bytes.count + (text.count + 1) * new.bytes.count) else { throw .memory() }
      var i = 0
      while i <= text.bytes.count {
        try Interrupts.check(every: done)
        if limit < 0 || done < limit {
          out += new.bytes
          done += 1
        }
        if i == text.bytes.count { break }
        let n = Str.sequenceLength(text.bytes[i])
        out += text.bytes[i..<Swift.min(i + n, text.bytes.count)]
        i += n
      }
      return .str(Str(bytes: out))
    }
    if old.byteCount == new.byteCount && old.count == new.count && limit < 0 {
      return .str(try substitute(text, old, new))
    }
    var i = 0
    let end = text.bytes.count
    if new.bytes.count > old.bytes.count {
      let hits = try text.occurrences(old.bytes, from: 0, to: end)
      let (growth, overflow) = hits.multipliedReportingOverflow(by: new.bytes.count - old.bytes.count)
      guard !overflow, MemoryBudget.allows(end + growth) else { throw .memory() }
    }
    while limit < 0 || done < limit, let hit = text.find(old.bytes, from: i, to: end) {
      try Interrupts.check(every: done)
      out += text.bytes[i..<hit]
      out += new.bytes
      i = hit + old.bytes.count
      done += 1
    }
    if done == 0 { return .str(text) }
    out += text.bytes[i...]
    return .str(Str(bytes: out))
  }

  /// Every `old` replaced by a `new` of the same length.
  private static func substitute(_ text: Str, _ old: Str, _ new: Str) throws(ExceptionObject) -> Str {
    guard var hit = text.find(old.bytes, from: 0, to: text.byteCount) else { return text }
    let changed = Str(byteCount: text.byteCount, count: text.count) { target in
      target.update(from: text.base, count: text.byteCount)
      while tnb_interrupt_pending() == 0 {
        (target + hit).update(from: new.base, count: new.byteCount)
        guard let next = text.find(old.bytes, from: hit + old.byteCount, to: text.byteCount) else { break }
        hit = next
      }
    }
    try Interrupts.check()
    return changed
  }

  private static func justify(
    _ args: Arguments, _ method: String, _ vm: VM, _ left: (_ missing: Int, _ width: Int) -> Int
  ) throws(ExceptionObject) -> Value {
    let text = try Receiver.str(args, method, vm)
    let width = try vm.int(args[1])
    var fill: [UInt8] = [0x20]
    if args.has(2) {
      guard let s = args[2].asStr else {
        throw .type("The fill character must be a unicode character, not \(vm.typeName(args[2]))")
      }
      guard s.count == 1 else { throw .type("The fill character must be exactly one character long") }
      fill = Array(s.bytes)
    }
    let missing = width - text.count
    if missing <= 0 { return .str(text) }
    guard missing < Int.max / 8, MemoryBudget.allows(missing * fill.count) else { throw .memory() }
    let before = left(missing, width)
    var out: [UInt8] = []
    out.reserveCapacity(text.bytes.count + missing * fill.count)
    for _ in 0..<before { out += fill }
    out += text.bytes
    for _ in 0..<(missing - before) { out += fill }
    return .str(Str(bytes: out, count: width))
  }

  private static func expandTabs(_ text: Str, _ size: Int) throws(ExceptionObject) -> Value {
    var out = ""
    var column = 0
    for s in text.string.unicodeScalars {
      switch s {
      case "\t":
        if size > 0 {
          let n = size - column % size
          guard MemoryBudget.allows(out.utf8.count + n) else { throw .memory() }
          out += String(repeating: " ", count: n)
          column += n
        }
      case "\n", "\r":
        out.unicodeScalars.append(s)
        column = 0
      default:
        out.unicodeScalars.append(s)
        column += 1
      }
    }
    return .str(Str(out))
  }

  private static func translate(_ text: Str, _ table: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    var out = ""
    for s in text.string.unicodeScalars {
      let mapped: Value
      do throws(ExceptionObject) {
        mapped = try vm.getItem(table, .int(Int(s.value)))
      } catch {
        guard error.type.isSubtype(of: Types.lookupError) else { throw error }
        out.unicodeScalars.append(s)
        continue
      }
      if mapped.isNone { continue }
      if let part = mapped.asStr {
        out += part.string
      } else if let code = mapped.asInteger {
        guard let i = code.int, (0..<0x110000).contains(i) else {
          throw .value("character mapping must be in range(0x110000)")
        }
        guard let scalar = Unicode.Scalar(UInt32(i)) else { throw Formatting.surrogate(i) }
        out.unicodeScalars.append(scalar)
      } else {
        throw .type("character mapping must return integer, None or str")
      }
    }
    return .str(Str(out))
  }

  private static func makeTranslation(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> Value {
    let result = Dict()
    guard args.has(1) else {
      guard let given = args[0].asDict else {
        throw .type("if you give only one argument to maketrans it must be a dict")
      }
      var position = 0
      while let (key, value) = given.next(&position) {
        if let s = key.asStr {
          guard s.count == 1 else { throw .value("string keys in translate table must be of length 1") }
          try result.set(.int(Int(s.scalars[0].value)), value, vm)
        } else if key.asInteger != nil {
          try result.set(key, value, vm)
        } else {
          throw .type("keys in translate table must be strings or integers")
        }
      }
      return .dict(result)
    }
    guard let from = args[0].asStr, let to = args[1].asStr else {
      throw .type("maketrans() argument must be str")
    }
    guard from.count == to.count else {
      throw .value("the first two maketrans arguments must have equal length")
    }
    for (a, b) in zip(from.scalars, to.scalars) { try result.set(.int(Int(a.value)), .int(Int(b.value)), vm) }
    if args.has(2), let removed = args[2].asStr {
      for s in removed.scalars { try result.set(.int(Int(s.value)), .none, vm) }
    }
    return .dict(result)
  }

  static func changing(_ m: inout Members) {
    m.add("replace(self, old, new, count=-1, /)", "With old replaced by new, at most count times.") {
      (vm, args) throws(ExceptionObject) in
      let text = try Receiver.str(args, "replace", vm)
      guard let old = args[1].asStr else {
        throw .type("replace() argument 1 must be str, not \(vm.typeName(args[1]))")
      }
      guard let new = args[2].asStr else {
        throw .type("replace() argument 2 must be str, not \(vm.typeName(args[2]))")
      }
      return try replace(text, old, new, limit: args.has(3) ? vm.int(args[3]) : -1)
    }
    m.add("removeprefix(self, prefix, /)", "Without the prefix, if the string starts with it.") {
      (vm, args) throws(ExceptionObject) in
      let text = try Receiver.str(args, "removeprefix", vm)
      guard let part = args[1].asStr else {
        throw .type("removeprefix() argument must be str, not \(vm.typeName(args[1]))")
      }
      let end = text.bytes.count
      return .str(text.hasPrefix(part.bytes, from: 0, to: end) ? text.byteSlice(part.bytes.count, end) : text)
    }
    m.add("removesuffix(self, suffix, /)", "Without the suffix, if the string ends with it.") {
      (vm, args) throws(ExceptionObject) in
      let text = try Receiver.str(args, "removesuffix", vm)
      guard let part = args[1].asStr else {
        throw .type("removesuffix() argument must be str, not \(vm.typeName(args[1]))")
      }
      let end = text.bytes.count
      return .str(text.hasSuffix(part.bytes, from: 0, to: end) ? text.byteSlice(0, end - part.bytes.count) : text)
    }
    m.add("center(self, width, fillchar=' ', /)", "Centred in width characters.") {
      (vm, args) throws(ExceptionObject) in
      // As CPython: the odd one goes left when the width is odd.
      try justify(args, "center", vm) { missing, width in missing / 2 + (missing & width & 1) }
    }
    m.add("ljust(self, width, fillchar=' ', /)", "Left-aligned in width characters.") {
      (vm, args) throws(ExceptionObject) in
      try justify(args, "ljust", vm) { _, _ in 0 }
    }
    m.add("rjust(self, width, fillchar=' ', /)", "Right-aligned in width characters.") {
      (vm, args) throws(ExceptionObject) in
      try justify(args, "rjust", vm) { missing, _ in missing }
    }
    m.add("zfill(self, width, /)", "Filled with zeros on the left, after a sign.") {
      (vm, args) throws(ExceptionObject) in
      let text = try Receiver.str(args, "zfill", vm)
      let width = try vm.int(args[1])
      let missing = width - text.count
      if missing <= 0 { return .str(text) }
      guard MemoryBudget.allows(missing) else { throw .memory() }
      var out = Array(text.bytes)
      let signed = out.first == UInt8(ascii: "-") || out.first == UInt8(ascii: "+")
      out.insert(contentsOf: repeatElement(0x30, count: missing), at: signed ? 1 : 0)
      return .str(Str(bytes: out, count: width))
    }
    m.add("expandtabs(self, /, tabsize=8)", "With tabs as blanks up to the next multiple of tabsize.") {
      (vm, args) throws(ExceptionObject) in
      try expandTabs(Receiver.str(args, "expandtabs", vm), args.has(1) ? vm.int(args[1]) : 8)
    }
    m.add("translate(self, table, /)", "Each character replaced by what table gives for its code point.") {
      (vm, args) throws(ExceptionObject) in
      try translate(Receiver.str(args, "translate", vm), args[1], vm)
    }
    m.add("maketrans(x, y=None, z=None, /)", "A table for translate.") { (vm, args) throws(ExceptionObject) in
      try makeTranslation(args, vm)
    }
    m.add("format(self, /, *args, **kwargs)", "With {fields} replaced by the arguments.") {
      (vm, args) throws(ExceptionObject) in
      try StrFormat.format(
        Receiver.str(args, "format", vm), args[1].asTuple?.items ?? [], args.has(2) ? args[2] : nil, vm)
    }
    m.add("format_map(self, mapping, /)", "With {fields} replaced by the mapping's values.") {
      (vm, args) throws(ExceptionObject) in
      try StrFormat.format(Receiver.str(args, "format_map", vm), [], args[1], vm)
    }
    m.add("encode(self, /, encoding='utf-8', errors='strict')", "The string as bytes.") {
      (vm, args) throws(ExceptionObject) in
      let text = try Receiver.str(args, "encode", vm)
      return .object(
        BytesObject(
          try TextCodec.encode(text, args.given(1)?.string ?? "utf-8", errors: args.given(2)?.string ?? "strict")))
    }
  }

  /// Every method of `str`.
  static func members() -> [NativeFunction] {
    Members.list { m in
      search(&m)
      splitting(&m)
      casing(&m)
      changing(&m)
    }
  }
}
