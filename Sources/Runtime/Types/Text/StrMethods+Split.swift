import Tensor

extension StrMethods {
  /// The bytes of the code point that begins at `i`, decoded.
  private static func scalar(_ bytes: TextBytes, _ i: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let first = bytes[i]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = Swift.min(Str.sequenceLength(first), bytes.count - i)
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for k in 1..<Swift.max(length, 1) { value = value << 6 | UInt32(bytes[i + k] & 0x3F) }
    return (Unicode.Scalar(value) ?? " ", length)
  }

  /// The length of the white space at a byte offset, 0 when there is none.
  @inline(__always) private static func spaceLength(_ bytes: TextBytes, _ i: Int) -> Int {
    let b = bytes[i]
    if b < 0x80 { return b == 0x20 || (0x09...0x0D).contains(b) || (0x1C...0x1F).contains(b) ? 1 : 0 }
    let (s, length) = scalar(bytes, i)
    return CharacterClass.isSpace(s) ? length : 0
  }

  /// The length of the white space that ends before a byte offset.
  private static func spaceLengthBefore(_ bytes: TextBytes, _ end: Int) -> Int {
    var i = end - 1
    while i > 0 && bytes[i] & 0xC0 == 0x80 { i -= 1 }
    return spaceLength(bytes, i) > 0 ? end - i : 0
  }

  static func splitWords(_ text: Str, limit: Int) throws(ExceptionObject) -> [Value] {
    let bytes = text.bytes
    var out: [Value] = []
    var i = 0
    while true {
      try Interrupts.check(every: out.count)
      while i < bytes.count, case let n = spaceLength(bytes, i), n > 0 { i += n }
      if i >= bytes.count { break }
      if limit >= 0 && out.count >= limit {
        var end = bytes.count
        while end > i, case let n = spaceLengthBefore(bytes, end), n > 0 { end -= n }
        out.append(.str(text.byteSlice(i, end)))
        break
      }
      let start = i
      while i < bytes.count, spaceLength(bytes, i) == 0 { i += Str.sequenceLength(bytes[i]) }
      out.append(.str(text.byteSlice(start, Swift.min(i, bytes.count))))
    }
    return out
  }

  private static func splitWordsFromEnd(_ text: Str, limit: Int) throws(ExceptionObject) -> [Value] {
    let bytes = text.bytes
    var out: [Value] = []
    var end = bytes.count
    while true {
      try Interrupts.check(every: out.count)
      while end > 0, case let n = spaceLengthBefore(bytes, end), n > 0 { end -= n }
      if end <= 0 { break }
      if limit >= 0 && out.count >= limit {
        var start = 0
        while start < end, case let n = spaceLength(bytes, start), n > 0 { start += n }
        out.append(.str(text.byteSlice(start, end)))
        break
      }
      let stop = end
      while end > 0, spaceLengthBefore(bytes, end) == 0 {
        end -= 1
        while end > 0 && bytes[end] & 0xC0 == 0x80 { end -= 1 }
      }
      out.append(.str(text.byteSlice(end, stop)))
    }
    return out.reversed()
  }

  static func split(_ text: Str, by mark: TextBytes, limit: Int) throws(ExceptionObject) -> [Value] {
    var out: [Value] = []
    var i = 0
    while limit < 0 || out.count < limit, let hit = text.find(mark, from: i, to: text.bytes.count) {
      try Interrupts.check(every: out.count)
      out.append(.str(text.byteSlice(i, hit)))
      i = hit + mark.count
    }
    out.append(.str(text.byteSlice(i, text.bytes.count)))
    return out
  }

  private static func splitFromEnd(_ text: Str, by mark: TextBytes, limit: Int) throws(ExceptionObject) -> [Value] {
    var out: [Value] = []
    var end = text.bytes.count
    while limit < 0 || out.count < limit, let hit = text.findLast(mark, from: 0, to: end) {
      try Interrupts.check(every: out.count)
      out.append(.str(text.byteSlice(hit + mark.count, end)))
      end = hit
    }
    out.append(.str(text.byteSlice(0, end)))
    return out.reversed()
  }

  /// `sep` and `maxsplit` of split and rsplit: nil = at white space.
  private static func separator(
    _ args: Arguments, _ vm: VM
  ) throws(ExceptionObject) -> (mark: TextBytes?, limit: Int) {
    let limit = args.has(2) ? try vm.int(args[2]) : -1
    guard let value = args.given(1) else { return (nil, limit) }
    guard let mark = value.asStr else { throw .type("must be str or None, not \(vm.typeName(value))") }
    if mark.bytes.isEmpty { throw .value("empty separator") }
    return (mark.bytes, limit)
  }

  private static func partition(_ args: Arguments, _ method: String, last: Bool, _ vm: VM) throws(ExceptionObject)
    -> Value
  {
    let text = try Receiver.str(args, method, vm)
    guard let mark = args[1].asStr else { throw .type("must be str, not \(vm.typeName(args[1]))") }
    if mark.bytes.isEmpty { throw .value("empty separator") }
    let end = text.bytes.count
    let hit = last ? text.findLast(mark.bytes, from: 0, to: end) : text.find(mark.bytes, from: 0, to: end)
    guard let hit else {
      let empty = Value.str(.empty)
      return .makeTuple(last ? [empty, empty, .str(text)] : [.str(text), empty, empty])
    }
    return .makeTuple([
      .str(text.byteSlice(0, hit)), .str(mark), .str(text.byteSlice(hit + mark.bytes.count, end)),
    ])
  }

  /// What `strip` and its kin take off: white space, or any of the characters given.
  private static func strip(
    _ args: Arguments, _ method: String, left: Bool, right: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    let text = try Receiver.str(args, method, vm)
    let bytes = text.bytes
    var start = 0
    var end = bytes.count
    if let value = args.given(1) {
      guard let chars = value.asStr else { throw .type("\(method) arg must be None or str") }
      if text.isASCII && chars.isASCII {
        if left { while start < end, chars.bytes.contains(bytes[start]) { start += 1 } }
        if right { while end > start, chars.bytes.contains(bytes[end - 1]) { end -= 1 } }
        return .str(text.byteSlice(start, end))
      }
      let all = Set(chars.string.unicodeScalars)
      if left {
        while start < end, case let (s, n) = scalar(bytes, start), all.contains(s) { start += n }
      }
      if right {
        while end > start {
          var i = end - 1
          while i > start && bytes[i] & 0xC0 == 0x80 { i -= 1 }
          if !all.contains(scalar(bytes, i).scalar) { break }
          end = i
        }
      }
    } else {
      if left {
        while start < end, case let n = spaceLength(bytes, start), n > 0 { start += n }
      }
      if right {
        while end > start, case let n = spaceLengthBefore(bytes, end), n > 0 { end -= n }
      }
    }
    return .str(text.byteSlice(start, end))
  }

  private static func splitLines(_ text: Str, keepEnds: Bool) throws(ExceptionObject) -> [Value] {
    let bytes = text.bytes
    var out: [Value] = []
    var i = 0
    var start = 0
    while i < bytes.count {
      let (s, n) = scalar(bytes, i)
      guard CharacterClass.isLineBreak(s) else {
        i += n
        continue
      }
      try Interrupts.check(every: out.count)
      var next = i + n
      if s == "\r", next < bytes.count, bytes[next] == 0x0A { next += 1 }
      out.append(.str(text.byteSlice(start, keepEnds ? next : i)))
      i = next
      start = next
    }
    if start < bytes.count { out.append(.str(text.byteSlice(start, bytes.count))) }
    return out
  }

  /// `sep.join(items)`.
  package static func join(_ mark: Str, _ iterable: Value, _ vm: VM) throws(ExceptionObject) -> Value {
    let items: [Value]
    switch iterable {
    case .list(let list): items = list.items
    case .tuple(let tuple): items = tuple.items
    default:
      if vm.type(of: iterable).lookup(Names.iter) == nil && vm.type(of: iterable).lookup(Names.getitem) == nil {
        switch iterable {
        case .none, .int, .float, .bool, .function: throw .type("can only join an iterable")
        default: break
        }
      }
      items = try vm.items(iterable)
    }
    if items.count == 1, case .str(let only) = items[0] { return .str(only) }
    var total = 0
    var count = 0
    for (i, item) in items.enumerated() {
      guard let s = item.asStr else {
        throw .type("sequence item \(i): expected str instance, \(vm.typeName(item)) found")
      }
      total += s.bytes.count
      count += s.count
    }
    let marks = Swift.max(items.count - 1, 0)
    let (markBytes, overflow) = mark.bytes.count.multipliedReportingOverflow(by: marks)
    let (size, overflow2) = total.addingReportingOverflow(markBytes)
    guard !overflow, !overflow2, MemoryBudget.allows(size) else { throw .memory() }
    let joined = Str(byteCount: size, count: count + mark.count * marks) { target in
      var filled = 0
      for (i, item) in items.enumerated() {
        if i > 0 {
          (target + filled).update(from: mark.base, count: mark.byteCount)
          filled += mark.byteCount
        }
        guard let part = item.asStr else { continue }
        (target + filled).update(from: part.base, count: part.byteCount)
        filled += part.byteCount
      }
    }
    return .str(joined)
  }

  static func splitting(_ m: inout Members) {
    m.add("split(self, /, sep=None, maxsplit=-1)", "The words of the string, split at sep or at white space.") {
      (vm, args) throws(ExceptionObject) in
      let text = try Receiver.str(args, "split", vm)
      let (mark, limit) = try separator(args, vm)
      if let mark { return .makeList(try split(text, by: mark, limit: limit)) }
      return .makeList(try splitWords(text, limit: limit))
    }
    m.add("rsplit(self, /, sep=None, maxsplit=-1)", "As split, counting maxsplit from the end.") {
      (vm, args) throws(ExceptionObject) in
      let text = try Receiver.str(args, "rsplit", vm)
      let (mark, limit) = try separator(args, vm)
      if let mark { return .makeList(try splitFromEnd(text, by: mark, limit: limit)) }
      return .makeList(try splitWordsFromEnd(text, limit: limit))
    }
    m.add("splitlines(self, /, keepends=False)", "The lines of the string.") { (vm, args) throws(ExceptionObject) in
      let text = try Receiver.str(args, "splitlines", vm)
      return .makeList(try splitLines(text, keepEnds: args.has(1) ? try vm.isTrue(args[1]) : false))
    }
    m.add("partition(self, sep, /)", "What stands before the first sep, sep itself, and what stands after it.") {
      (vm, args) throws(ExceptionObject) in
      try partition(args, "partition", last: false, vm)
    }
    m.add("rpartition(self, sep, /)", "What stands before the last sep, sep itself, and what stands after it.") {
      (vm, args) throws(ExceptionObject) in
      try partition(args, "rpartition", last: true, vm)
    }
    m.add("strip(self, chars=None, /)", "Without leading and trailing white space, or characters of chars.") {
      (vm, args) throws(ExceptionObject) in
      try strip(args, "strip", left: true, right: true, vm)
    }
    m.add("lstrip(self, chars=None, /)", "Without leading white space, or characters of chars.") {
      (vm, args) throws(ExceptionObject) in
      try strip(args, "lstrip", left: true, right: false, vm)
    }
    m.add("rstrip(self, chars=None, /)", "Without trailing white space, or characters of chars.") {
      (vm, args) throws(ExceptionObject) in
      try strip(args, "rstrip", left: false, right: true, vm)
    }
    m.add("join(self, iterable, /)", "The strings of iterable with this string between them.") {
      (vm, args) throws(ExceptionObject) in
      try join(Receiver.str(args, "join", vm), args[1], vm)
    }
  }
}
