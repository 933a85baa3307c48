import CKernels

extension Str {
  /// The byte offset of `part` at or after `from`, ending before `end`; nil when it is not there.
  func find(_ part: TextBytes, from: Int, to end: Int) -> Int? {
    if part.isEmpty { return from <= end ? from : nil }
    guard end - from >= part.count else { return nil }
    let hit = tnb_find_bytes(base + from, end - from, part.owner.base, part.count)
    withExtendedLifetime(part) {}
    return hit < 0 ? nil : from + hit
  }

  /// The last byte offset of `part` between `from` and `end`.
  func findLast(_ part: TextBytes, from: Int, to end: Int) -> Int? {
    if part.isEmpty { return from <= end ? end : nil }
    var i = end - part.count
    while i >= from {
      if bytes[i] == part[0] && bytes[i..<(i + part.count)].elementsEqual(part) { return i }
      i -= 1
    }
    return nil
  }

  /// How often `part` stands between two byte offsets, without overlaps.
  func occurrences(_ part: TextBytes, from: Int, to end: Int) throws(ExceptionObject) -> Int {
    var n = 0
    var i = from
    while let hit = find(part, from: i, to: end) {
      n += 1
      try Interrupts.check(every: n)
      i = hit + part.count
    }
    return n
  }

  func hasPrefix(_ part: TextBytes, from: Int, to end: Int) -> Bool {
    end - from >= part.count && bytes[from..<(from + part.count)].elementsEqual(part)
  }

  func hasSuffix(_ part: TextBytes, from: Int, to end: Int) -> Bool {
    end - from >= part.count && bytes[(end - part.count)..<end].elementsEqual(part)
  }
}

/// Slice bounds given as arguments: None or an index, counted from the end when negative.
enum Bounds {
  static func position(
    _ value: Value, count: Int, absent: Int, _ vm: VM
  ) throws(ExceptionObject) -> Int {
    switch value {
    case .unbound, .none: return absent
    case .int(let i): return i < 0 ? max(i + count, 0) : i
    default:
      guard let i = try vm.index(value)?.clamped else {
        throw .type("slice indices must be integers or None or have an __index__ method")
      }
      return i < 0 ? max(i + count, 0) : i
    }
  }
}

extension StrMethods {
  /// The byte range that `start` and `end` mean; nil when start stands past the end.
  private static func range(
    _ text: Str, _ start: Value, _ end: Value, _ vm: VM
  ) throws(ExceptionObject) -> (from: Int, to: Int)? {
    let first = try Bounds.position(start, count: text.count, absent: 0, vm)
    let last = min(try Bounds.position(end, count: text.count, absent: text.count, vm), text.count)
    if first > last || first > text.count { return nil }
    return (text.offset(first), text.offset(last))
  }

  private static func part(_ value: Value, _ vm: VM) throws(ExceptionObject) -> TextBytes {
    guard let part = value.asStr else { throw .type("must be str, not \(vm.typeName(value))") }
    return part.bytes
  }

  /// The code point index of a part, -1 when it is not there.
  private static func index(
    _ args: Arguments, _ method: String, last: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Int {
    let text = try Receiver.str(args, method, vm)
    let wanted = try part(args[1], vm)
    guard let (from, to) = try range(text, args[2], args[3], vm) else { return -1 }
    let hit = last ? text.findLast(wanted, from: from, to: to) : text.find(wanted, from: from, to: to)
    return hit.map { text.point($0) } ?? -1
  }

  private static func matches(
    _ args: Arguments, _ method: String, suffix: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    let text = try Receiver.str(args, method, vm)
    let candidates: [Value]
    if let tuple = args[1].asTuple {
      candidates = tuple.items
      for item in candidates where item.asStr == nil {
        throw .type("tuple for \(method) must only contain str, not \(vm.typeName(item))")
      }
    } else {
      guard args[1].asStr != nil else {
        throw .type("\(method) first arg must be str or a tuple of str, not \(vm.typeName(args[1]))")
      }
      candidates = [args[1]]
    }
    guard let (from, to) = try range(text, args[2], args[3], vm) else { return .bool(false) }
    for item in candidates {
      let bytes = item.asStr!.bytes
      if suffix ? text.hasSuffix(bytes, from: from, to: to) : text.hasPrefix(bytes, from: from, to: to) {
        return .bool(true)
      }
    }
    return .bool(false)
  }

  static func search(_ m: inout Members) {
    m.add("find(self, sub, start=None, end=None, /)", "The lowest index where sub is found, or -1.") {
      (vm, args) throws(ExceptionObject) in
      .int(try index(args, "find", last: false, vm))
    }
    m.add("rfind(self, sub, start=None, end=None, /)", "The highest index where sub is found, or -1.") {
      (vm, args) throws(ExceptionObject) in
      .int(try index(args, "rfind", last: true, vm))
    }
    m.add("index(self, sub, start=None, end=None, /)", "Like find, but raises ValueError when sub is not found.") {
      (vm, args) throws(ExceptionObject) in
      let i = try index(args, "index", last: false, vm)
      if i < 0 { throw .value("substring not found") }
      return .int(i)
    }
    m.add("rindex(self, sub, start=None, end=None, /)", "Like rfind, but raises ValueError when sub is not found.") {
      (vm, args) throws(ExceptionObject) in
      let i = try index(args, "rindex", last: true, vm)
      if i < 0 { throw .value("substring not found") }
      return .int(i)
    }
    m.add("count(self, sub, start=None, end=None, /)", "How often sub occurs, without overlaps.") {
      (vm, args) throws(ExceptionObject) in
      let text = try Receiver.str(args, "count", vm)
      let wanted = try part(args[1], vm)
      guard let (from, to) = try range(text, args[2], args[3], vm) else { return .int(0) }
      if wanted.isEmpty { return .int(text.point(to) - text.point(from) + 1) }
      return .int(try text.occurrences(wanted, from: from, to: to))
    }
    m.add(
      "startswith(self, prefix, start=None, end=None, /)", "Whether the string starts with prefix, or one of a tuple."
    ) {
      (vm, args) throws(ExceptionObject) in
      try matches(args, "startswith", suffix: false, vm)
    }
    m.add("endswith(self, suffix, start=None, end=None, /)", "Whether the string ends with suffix, or one of a tuple.")
    {
      (vm, args) throws(ExceptionObject) in
      try matches(args, "endswith", suffix: true, vm)
    }
  }
}
