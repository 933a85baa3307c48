/// Methods of `bytes` that see ASCII text in them.
extension BytesMethods {
  static func texts() -> [NativeFunction] {
    Members.list { m in
      cases(&m)
      padding(&m)
      questions(&m)
      translation(&m)
      ends(&m)
    }
  }

  private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
  private static func upper(_ byte: UInt8) -> UInt8 { isLower(byte) ? byte & 0xDF : byte }
  private static func lower(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

  private static func made(_ bytes: some Sequence<UInt8>) -> Value { .object(BytesObject(Array(bytes))) }

  // MARK: Upper and lower case

  private static func cases(_ m: inout Members) {
    m.add("capitalize(self, /)", "The first letter in upper case, the others in lower case.") {
      (vm, args) throws(ExceptionObject) in
      let bytes = try Receiver.bytes(args, "capitalize", vm).bytes
      return made(bytes.prefix(1).map(upper) + bytes.dropFirst().map(lower))
    }
    m.add("swapcase(self, /)", "Upper case letters in lower case, and the other way round.") {
      (vm, args) throws(ExceptionObject) in
      made(try Receiver.bytes(args, "swapcase", vm).bytes.map { isLower($0) ? upper($0) : lower($0) })
    }
    m.add("title(self, /)", "Every word begins in upper case.") { (vm, args) throws(ExceptionObject) in
      var previous: UInt8 = 0
      return made(
        try Receiver.bytes(args, "title", vm).bytes.map { byte in
          defer { previous = byte }
          return isLetter(previous) ? lower(byte) : upper(byte)
        })
    }
  }

  // MARK: Width

  private static func padding(_ m: inout Members) {
    for (name, onLeft, onRight) in [("center", true, true), ("ljust", false, true), ("rjust", true, false)] {
      m.add("\(name)(self, width, fillchar=b' ', /)", "The bytes in a field of that width.") {
        (vm, args) throws(ExceptionObject) in
        let bytes = try Receiver.bytes(args, name, vm).bytes
        var fill: UInt8 = 0x20
        if args.has(2) {
          guard let given = args[2].asBytes?.bytes, given.count == 1 else {
            throw .type("\(name)() argument 2 must be a byte string of length 1, not \(vm.typeName(args[2]))")
          }
          fill = given[0]
        }
        let width = try vm.integer(args[1]).clamped
        if width <= bytes.count { return made(bytes) }
        let missing = width - bytes.count
        try Capacity.check(missing, stride: 1)
        let left = onLeft && onRight ? missing / 2 + (missing & width & 1) : onLeft ? missing : 0
        let (before, after) = ([UInt8](repeating: fill, count: left), [UInt8](repeating: fill, count: missing - left))
        return made(before + bytes + after)
      }
    }
    m.add("zfill(self, width, /)", "Zeros before the digits, behind a sign.") { (vm, args) throws(ExceptionObject) in
      let bytes = try Receiver.bytes(args, "zfill", vm).bytes
      let width = try vm.integer(args[1]).clamped
      if width <= bytes.count { return made(bytes) }
      let missing = width - bytes.count
      try Capacity.check(missing, stride: 1)
      let sign = bytes.first.map { $0 == 0x2B || $0 == 0x2D } ?? false ? 1 : 0
      return made(bytes[..<sign] + [UInt8](repeating: 0x30, count: missing) + bytes[sign...])
    }
    m.add("expandtabs(self, /, tabsize=8)", "Tabs replaced by spaces.") { (vm, args) throws(ExceptionObject) in
      let bytes = try Receiver.bytes(args, "expandtabs", vm).bytes
      let size = args.has(1) ? try vm.integer(args[1]).clamped : 8
      var out: [UInt8] = []
      var column = 0
      for byte in bytes {
        guard byte == 0x09 else {
          column = byte == 0x0A || byte == 0x0D ? 0 : column + 1
          out.append(byte)
          continue
        }
        if size <= 0 { continue }
        let count = size - column % size
        try Capacity.check(max(count, out.count &+ count), stride: 1)
        out += [UInt8](repeating: 0x20, count: count)
        column += count
      }
      return made(out)
    }
  }

  // MARK: Questions

  private static func questions(_ m: inout Members) {
    func every(_ name: String, _ what: String, _ test: @escaping (UInt8) -> Bool) {
      m.add("\(name)(self, /)", "Whether all bytes are \(what), and there is one.") {
        (vm, args) throws(ExceptionObject) in
        let bytes = try Receiver.bytes(args, name, vm).bytes
        return .bool(!bytes.isEmpty && bytes.allSatisfy(test))
      }
    }
    every("isalpha", "ASCII letters", isLetter)
    every("isalnum", "ASCII letters or digits") { isLetter($0) || isDigit($0) }
    every("isspace", "white space", isSpace)
    m.add("isascii(self, /)", "Whether all bytes are ASCII characters.") { (vm, args) throws(ExceptionObject) in
      .bool(try Receiver.bytes(args, "isascii", vm).bytes.allSatisfy { $0 < 0x80 })
    }
    for (name, wanted, other) in [("islower", isLower, isUpper), ("isupper", isUpper, isLower)] {
      m.add("\(name)(self, /)", "Whether there are letters, all in one case.") { (vm, args) throws(ExceptionObject) in
        let bytes = try Receiver.bytes(args, name, vm).bytes
        return .bool(bytes.contains(where: wanted) && !bytes.contains(where: other))
      }
    }
    m.add("istitle(self, /)", "Whether all words begin in upper case and go on in lower case.") {
      (vm, args) throws(ExceptionObject) in
      var (previous, found): (UInt8, Bool) = (0, false)
      for byte in try Receiver.bytes(args, "istitle", vm).bytes {
        if isUpper(byte) && isLetter(previous) || isLower(byte) && !isLetter(previous) { return .bool(false) }
        found = found || isLetter(byte)
        previous = byte
      }
      return .bool(found)
    }
  }

  // MARK: Tables

  private static func translation(_ m: inout Members) {
    m.add("translate(self, table, /, delete=b'')", "Without the bytes to delete, the others by a table of 256 bytes.") {
      (vm, args) throws(ExceptionObject) in
      let bytes = try Receiver.bytes(args, "translate", vm).bytes
      let table = try args.given(1).map { (v) throws(ExceptionObject) in try plain(v, vm) }
      if let table, table.count != 256 { throw .value("translation table must be 256 characters long") }
      let deleted = Set(args.has(2) ? try plain(args[2], vm) : [])
      return made(bytes.lazy.filter { !deleted.contains($0) }.map { table?[Int($0)] ?? $0 })
    }
    m.add("maketrans(frm, to, /)", "A table for translate.") { (vm, args) throws(ExceptionObject) in
      let (from, to) = (try plain(args[0], vm), try plain(args[1], vm))
      guard from.count == to.count else { throw .value("maketrans arguments must have same length") }
      var table = (0...255).map { UInt8($0) }
      for (a, b) in zip(from, to) { table[Int(a)] = b }
      return made(table)
    }
  }

  // MARK: From the end

  private static func ends(_ m: inout Members) {
    m.add("removeprefix(self, prefix, /)", "Without prefix, where the bytes begin with it.") {
      (vm, args) throws(ExceptionObject) in
      let (bytes, part) = (try Receiver.bytes(args, "removeprefix", vm).bytes, try plain(args[1], vm))
      return made(bytes.starts(with: part) ? bytes.dropFirst(part.count) : bytes[...])
    }
    m.add("removesuffix(self, suffix, /)", "Without suffix, where the bytes end with it.") {
      (vm, args) throws(ExceptionObject) in
      let (bytes, part) = (try Receiver.bytes(args, "removesuffix", vm).bytes, try plain(args[1], vm))
      return made(bytes.suffix(part.count).elementsEqual(part) ? bytes.dropLast(part.count) : bytes[...])
    }
    m.add("rpartition(self, sep, /)", "What stands before the last separator, the separator, and what stands behind.") {
      (vm, args) throws(ExceptionObject) in
      let bytes = try Receiver.bytes(args, "rpartition", vm).bytes
      let separator = try plain(args[1], vm)
      if separator.isEmpty { throw .value("empty separator") }
      guard let at = findLast(separator, in: bytes[...]) else { return .makeTuple([made([]), made([]), made(bytes)]) }
      return .makeTuple([made(bytes[..<at]), made(separator), made(bytes[(at + separator.count)...])])
    }
    m.add("rsplit(self, /, sep=None, maxsplit=-1)", "As split, from the end.") { (vm, args) throws(ExceptionObject) in
      let bytes = try Receiver.bytes(args, "rsplit", vm).bytes
      let given = args.has(2) ? try vm.integer(args[2]).clamped : -1
      let limit = given < 0 ? Int.max : given
      let parts: [ArraySlice<UInt8>]
      if let mark = args.given(1) {
        let separator = try plain(mark, vm)
        if separator.isEmpty { throw .value("empty separator") }
        parts = splitFromEnd(bytes[...], at: separator, limit)
      } else {
        parts = splitFromEnd(bytes[...], limit)
      }
      return .makeList(parts.reversed().map { made($0) })
    }
  }

  private static func splitFromEnd(
    _ bytes: ArraySlice<UInt8>, at separator: [UInt8], _ limit: Int
  ) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = bytes
    while parts.count < limit, let at = findLast(separator, in: rest) {
      parts.append(rest[(at + separator.count)...])
      rest = rest[..<at]
    }
    return parts + [rest]
  }

  private static func splitFromEnd(_ bytes: ArraySlice<UInt8>, _ limit: Int) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = bytes
    while true {
      while let last = rest.last, isSpace(last) { rest.removeLast() }
      if rest.isEmpty { return parts }
      if parts.count == limit { return parts + [rest] }
      let start = rest.lastIndex(where: isSpace).map { $0 + 1 } ?? rest.startIndex
      parts.append(rest[start...])
      rest = rest[..<start]
    }
  }
}
