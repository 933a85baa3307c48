/// Methods of `bytes` that look for parts: bytes or a single number, between two places.
extension BytesMethods {
  static func searches() -> [NativeFunction] {
    Members.list { m in
      for (name, last, raises) in [
        ("find", false, false), ("rfind", true, false), ("index", false, true), ("rindex", true, true),
      ] {
        let which = last ? "highest" : "lowest"
        m.add("\(name)(self, sub, start=None, end=None, /)", "The \(which) index where sub is found.") {
          (vm, args) throws(ExceptionObject) in
          let bytes = try part(args, name, vm)
          if let bytes,
            let at = try last ? findLast(wanted(args[1], vm), in: bytes) : find(wanted(args[1], vm), in: bytes)
          {
            return .int(at)
          }
          if raises { throw .value("subsection not found") }
          return .int(-1)
        }
      }
      m.add("count(self, sub, start=None, end=None, /)", "How often sub occurs, without overlaps.") {
        (vm, args) throws(ExceptionObject) in
        guard var rest = try part(args, "count", vm) else { return .int(0) }
        let sub = try wanted(args[1], vm)
        if sub.isEmpty { return .int(rest.count + 1) }
        var n = 0
        while let at = find(sub, in: rest) {
          try Interrupts.check(every: n)
          n += 1
          rest = rest[(at + sub.count)...]
        }
        return .int(n)
      }
      for (name, atEnd) in [("startswith", false), ("endswith", true)] {
        m.add(
          "\(name)(self, prefix, start=None, end=None, /)", "Whether the bytes there are prefix, or one of a tuple."
        ) {
          (vm, args) throws(ExceptionObject) in
          let bytes = try part(args, name, vm)
          for value in args[1].asTuple?.items ?? [args[1]] {
            guard let given = value.asBytes?.bytes else {
              if args[1].asTuple != nil { throw .type("a bytes-like object is required, not '\(vm.typeName(value))'") }
              throw .type("\(name) first arg must be bytes or a tuple of bytes, not \(vm.typeName(value))")
            }
            guard let bytes else { continue }
            if atEnd ? bytes.suffix(given.count).elementsEqual(given) : bytes.starts(with: given) { return .bool(true) }
          }
          return .bool(false)
        }
      }
    }
  }

  /// The receiver between start and end; nil where start is behind its end.
  private static func part(
    _ args: Arguments, _ method: String, _ vm: VM
  ) throws(ExceptionObject) -> ArraySlice<UInt8>? {
    let bytes = try Receiver.bytes(args, method, vm).bytes
    func place(_ i: Int, _ standard: Int) throws(ExceptionObject) -> Int {
      guard let given = args.given(i) else { return standard }
      guard let at = try vm.index(given)?.clamped else {
        throw .type("slice indices must be integers or None or have an __index__ method")
      }
      return at < 0 ? max(at &+ bytes.count, 0) : at
    }
    let (start, end) = (try place(2, 0), min(try place(3, bytes.count), bytes.count))
    return start <= end ? bytes[start..<end] : nil
  }

  private static func wanted(_ value: Value, _ vm: VM) throws(ExceptionObject) -> [UInt8] {
    if let bytes = value.asBytes { return bytes.bytes }
    guard let number = try vm.index(value) else {
      throw .type("argument should be integer or bytes-like object, not '\(vm.typeName(value))'")
    }
    guard let byte = number.int.flatMap(UInt8.init(exactly:)) else { throw .value("byte must be in range(0, 256)") }
    return [byte]
  }

  /// The offset of the last occurrence.
  static func findLast(_ part: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    var at = bytes.endIndex - part.count
    while at >= bytes.startIndex {
      if bytes[at...].starts(with: part) { return at }
      at -= 1
    }
    return nil
  }
}
