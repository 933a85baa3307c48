/// Methods of `bytes` that take them apart and put them together, for who reads binary files.
extension BytesMethods {
  static func parts() -> [NativeFunction] {
    Members.list { m in
      m.add("replace(self, old, new, count=-1, /)", "A copy with all or the first occurrences replaced.") {
        (vm, args) throws(ExceptionObject) in
        let bytes = try Receiver.bytes(args, "replace", vm).bytes
        let limit = args.has(3) ? try vm.integer(args[3]).clamped : -1
        return .object(
          BytesObject(try replaced(bytes, plain(args[1], vm), plain(args[2], vm), limit < 0 ? .max : limit)))
      }
      m.add("split(self, /, sep=None, maxsplit=-1)", "The parts between separators, or between white space.") {
        (vm, args) throws(ExceptionObject) in
        let bytes = try Receiver.bytes(args, "split", vm).bytes
        let limit = args.has(2) ? try vm.integer(args[2]).clamped : -1
        let most = limit < 0 ? Int.max : limit
        guard let given = args.given(1) else {
          return list(split(bytes[...], most))
        }
        let separator = try plain(given, vm)
        if separator.isEmpty { throw .value("empty separator") }
        return list(split(bytes[...], at: separator, most))
      }
      m.add("splitlines(self, /, keepends=False)", "The lines.") { (vm, args) throws(ExceptionObject) in
        let bytes = try Receiver.bytes(args, "splitlines", vm).bytes
        return list(lines(bytes, keepEnds: args.has(1) ? try vm.isTrue(args[1]) : false))
      }
      m.add("partition(self, sep, /)", "What stands before a separator, the separator, and what stands behind.") {
        (vm, args) throws(ExceptionObject) in
        let bytes = try Receiver.bytes(args, "partition", vm).bytes
        let separator = try plain(args[1], vm)
        if separator.isEmpty { throw .value("empty separator") }
        guard let at = find(separator, in: bytes[...]) else {
          return .makeTuple([bytes[...], [], []].map { .object(BytesObject(Array($0))) })
        }
        return .makeTuple(
          [bytes[..<at], separator[...], bytes[(at + separator.count)...]].map { .object(BytesObject(Array($0))) })
      }
      for (name, atStart, atEnd) in [("strip", true, true), ("lstrip", true, false), ("rstrip", false, true)] {
        m.add("\(name)(self, bytes=None, /)", "Without white space, or the given bytes, at the ends.") {
          (vm, args) throws(ExceptionObject) in
          var bytes = try Receiver.bytes(args, name, vm).bytes[...]
          let set =
            try args.given(1).map { (v) throws(ExceptionObject) in try plain(v, vm) } ?? [9, 10, 11, 12, 13, 32]
          while atStart, let first = bytes.first, set.contains(first) { bytes = bytes.dropFirst() }
          while atEnd, let last = bytes.last, set.contains(last) { bytes = bytes.dropLast() }
          return .object(BytesObject(Array(bytes)))
        }
      }
      for (name, first, change) in [
        ("lower", UInt8(ascii: "A"), { $0 | 0x20 }), ("upper", UInt8(ascii: "a"), { $0 & 0xDF }),
      ] as [(String, UInt8, (UInt8) -> UInt8)] {
        m.add("\(name)(self, /)", "A copy with ASCII letters in \(name) case.") { (vm, args) throws(ExceptionObject) in
          .object(
            BytesObject(
              try Receiver.bytes(args, name, vm).bytes.map { (first..<(first + 26)).contains($0) ? change($0) : $0 }))
        }
      }
      m.add("isdigit(self, /)", "Whether all bytes are ASCII digits.") { (vm, args) throws(ExceptionObject) in
        let bytes = try Receiver.bytes(args, "isdigit", vm).bytes
        return .bool(!bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) })
      }
    }
  }

  static func plain(_ value: Value, _ vm: VM) throws(ExceptionObject) -> [UInt8] {
    if let bytes = value.asBytes { return bytes.bytes }
    throw .type("a bytes-like object is required, not '\(vm.typeName(value))'")
  }

  private static func list(_ parts: [ArraySlice<UInt8>]) -> Value {
    .makeList(parts.map { .object(BytesObject(Array($0))) })
  }

  static func find(_ part: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = part.first else { return bytes.startIndex }
    var from = bytes.startIndex
    while let at = bytes[from...].firstIndex(of: first) {
      if bytes[at...].starts(with: part) { return at }
      from = at + 1
    }
    return nil
  }

  private static func replaced(
    _ bytes: [UInt8], _ old: [UInt8], _ new: [UInt8], _ limit: Int
  ) throws(ExceptionObject) -> [UInt8] {
    var out: [UInt8] = []
    var rest = bytes[...]
    var count = 0
    if old.isEmpty {
      for byte in bytes {
        try Interrupts.check(every: count)
        if count < limit { out += new }
        count += 1
        out.append(byte)
      }
      return count < limit ? out + new : out
    }
    while count < limit, let at = find(old, in: rest) {
      out += rest[..<at]
      out += new
      rest = rest[(at + old.count)...]
      count += 1
      if count & 0xFFF == 0 {
        try Interrupts.check()
        try Capacity.check(out.count, stride: 1)
      }
    }
    return out + rest
  }

  private static func split(_ bytes: ArraySlice<UInt8>, at separator: [UInt8], _ limit: Int) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = bytes
    while parts.count < limit, let at = find(separator, in: rest) {
      parts.append(rest[..<at])
      rest = rest[(at + separator.count)...]
    }
    return parts + [rest]
  }

  /// Between white space.
  private static func split(_ bytes: ArraySlice<UInt8>, _ limit: Int) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = bytes.drop(while: isSpace)
    while !rest.isEmpty {
      if parts.count == limit {
        parts.append(rest)
        break
      }
      let part = rest.prefix { !isSpace($0) }
      parts.append(part)
      rest = rest[part.endIndex...].drop(while: isSpace)
    }
    return parts
  }

  private static func lines(_ bytes: [UInt8], keepEnds: Bool) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      var next = min(end + 1, bytes.count)
      if end < bytes.count, bytes[end] == 0x0D, next < bytes.count, bytes[next] == 0x0A { next += 1 }
      lines.append(bytes[start..<(keepEnds ? next : end)])
      start = next
    }
    return lines
  }
}
