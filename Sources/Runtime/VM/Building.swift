import CKernels
import Language
import Tensor

// Instructions that build or take apart containers and text.
extension VM {
  /// A copy of `count` registers.
  @inline(__always) func values(_ from: UnsafeMutablePointer<Value>, _ count: Int) -> [Value] {
    Array(UnsafeBufferPointer(start: from, count: count))
  }

  @inline(never) func makeSet(_ items: [Value]) throws(ExceptionObject) -> Value {
    let set = SetObject()
    for item in items { _ = try set.add(item, self) }
    return .object(set)
  }

  @inline(never) func addToSet(_ set: Value, _ item: Value) throws(ExceptionObject) {
    if case .object(let object) = set, let set = object as? SetObject { _ = try set.add(item, self) }
  }

  @inline(never) func updateSet(_ set: Value, _ items: Value) throws(ExceptionObject) {
    guard case .object(let object) = set, let set = object as? SetObject else { return }
    if case .object(let other) = items, let other = other as? SetObject {
      try set.merge(other, self)
    } else {
      for item in try self.items(items) { try set.add(item, self) }
    }
  }

  @inline(never) func makeDict(_ from: UnsafeMutablePointer<Value>, _ count: Int) throws(ExceptionObject) -> Value {
    let dict = Dict()
    for i in 0..<count { try dict.set(from[2 * i], from[2 * i + 1], self) }
    return .dict(dict)
  }

  @inline(never) func makeSlice(_ start: Value, _ stop: Value, _ step: Value) -> Value {
    .object(SliceObject(start, stop, step))
  }

  @inline(never) func joinStrings(_ from: UnsafeMutablePointer<Value>, _ count: Int) -> Value {
    if count == 1 && from.tag == ValueLayout.str { return from.pointee }
    // Ints stand among the parts as they are (see `formatted`): 20 characters at most.
    var size = 0
    var points = 0
    var hasInts = false
    for i in 0..<count {
      let part = from + i
      if part.tag == ValueLayout.str {
        part.reference(as: Str.self)._withUnsafeGuaranteedRef {
          size += $0.byteCount
          points += $0.count
        }
      } else {
        hasInts = true
        size += 20
        points += 20
      }
    }
    if hasInts { return joinWithInts(from, count, atMost: size, points: points) }
    return .str(
      Str(byteCount: size, count: points) { target in
        var filled = 0
        for i in 0..<count { filled += copyText(from + i, to: target + filled) }
      })
  }

  private func joinWithInts(_ from: UnsafeMutablePointer<Value>, _ count: Int, atMost size: Int, points: Int) -> Value {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { buffer in
      let target = buffer.baseAddress!
      var filled = 0
      for i in 0..<count {
        if (from + i).tag == ValueLayout.int {
          filled += IntText.write((from + i).intPayload, to: target + filled)
        } else {
          filled += copyText(from + i, to: target + filled)
        }
      }
      return .str(Str(copying: target, byteCount: filled, count: points - (size - filled)))
    }
  }

  @inline(__always)
  private func copyText(_ part: UnsafeMutablePointer<Value>, to target: UnsafeMutablePointer<UInt8>) -> Int {
    part.reference(as: Str.self)._withUnsafeGuaranteedRef {
      target.update(from: $0.base, count: $0.byteCount)
      return $0.byteCount
    }
  }

  /// A part of an f-string: `conversion` 0 none, 1 str, 2 repr, 3 ascii.
  @inline(never) func formatted(
    _ value: Value, _ conversion: Int, spec: UnsafeMutablePointer<Value>?
  ) throws(ExceptionObject) -> Value {
    if case .int(let number) = value {
      // Without a spec an int is a part as it is: `joinStrings` writes its digits.
      if spec == nil && conversion < 2 { return value }
      if conversion == 0, let text = decimal(number, spec) { return .str(text) }
    }
    if conversion == 0, case .float(let number) = value, let text = fixed(number, spec) { return .str(text) }
    var value = value
    switch conversion {
    case 1: value = try .text(str(value))
    case 2: value = try .text(repr(value))
    case 3: value = try .text(ascii(value))
    default: break
    }
    let specText = spec?.pointee.string ?? ""
    if specText.isEmpty, case .str = value { return value }
    return try .text(format(value, specText))
  }

  /// An int by itself or under a spec such as `3d`, `03d` or `5`, the commonest; nil for any other spec.
  private func decimal(_ number: Int, _ spec: UnsafeMutablePointer<Value>?) -> Str? {
    var width = 0
    var fill = UInt8(ascii: " ")
    if let spec {
      guard case .str(let text) = spec.pointee, text.bytes.count <= 4 else { return nil }
      for (i, byte) in text.bytes.enumerated() {
        if byte == UInt8(ascii: "0") && i == 0 {
          fill = byte
        } else if byte >= 0x30 && byte <= 0x39 {
          width = width * 10 + Int(byte - 0x30)
        } else if byte != UInt8(ascii: "d") || i != text.bytes.count - 1 {
          return nil
        }
      }
    }
    let length = IntText.length(number)
    let size = max(width, length)
    return Str(byteCount: size, count: size) { target in
      let padding = size - length
      _ = IntText.write(number, to: target + padding)
      for i in 0..<padding { target[i] = fill }
      if padding > 0 && number < 0 && fill == UInt8(ascii: "0") {
        target[padding] = fill
        target[0] = UInt8(ascii: "-")
      }
    }
  }

  /// A finite float under a spec such as `.2f` or `8.3f`, the commonest; nil for any other spec.
  private func fixed(_ number: Double, _ spec: UnsafeMutablePointer<Value>?) -> Str? {
    guard let spec, number.isFinite, case .str(let text) = spec.pointee, text.byteCount <= 5, text.byteCount >= 3,
      text.base[text.byteCount - 1] == UInt8(ascii: "f")
    else { return nil }
    var width = 0
    var precision = -1
    for i in 0..<(text.byteCount - 1) {
      let byte = text.base[i]
      if byte == UInt8(ascii: ".") && precision < 0 {
        precision = 0
      } else if byte >= 0x30 && byte <= 0x39 && !(i == 0 && byte == 0x30) {
        if precision < 0 {
          width = width * 10 + Int(byte - 0x30)
        } else {
          precision = precision * 10 + Int(byte - 0x30)
        }
      } else {
        return nil
      }
    }
    guard precision >= 0, text.base[text.byteCount - 2] != UInt8(ascii: ".") else { return nil }
    let capacity = 330 + max(precision, width)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      let length = tnb_format_double(buffer.baseAddress!, capacity, number, Int32(precision), 0)
      let padding = max(width - length, 0)
      return Str(byteCount: padding + length, count: padding + length) { target in
        for i in 0..<padding { target[i] = UInt8(ascii: " ") }
        for i in 0..<length { target[padding + i] = UInt8(bitPattern: buffer[i]) }
      }
    }
  }

  /// `ascii(value)`: repr with everything outside ASCII escaped.
  package func ascii(_ value: Value) throws(ExceptionObject) -> String {
    var result = ""
    for scalar in try repr(value).unicodeScalars {
      if scalar.isASCII {
        result.unicodeScalars.append(scalar)
        continue
      }
      let digits = String(scalar.value, radix: 16)
      let (letter, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
      result += "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
    }
    return result
  }

  /// `{**m}`
  @inline(never) func updateDict(_ dict: Dict, _ other: Value) throws(ExceptionObject) {
    if case .dict(let source) = other {
      var position = 0
      while let (key, value) = source.next(&position) { try dict.set(key, value, self) }
      return
    }
    guard try attribute(other, Names.keys) != nil else {
      throw .type("'\(typeName(other))' object is not a mapping")
    }
    for key in try items(callMethod(other, Names.keys)) { try dict.set(key, getItem(other, key), self) }
  }

  /// `f(**m)`
  @inline(never) func mergeKeywords(_ dict: Dict, _ other: Value, callee: Value) throws(ExceptionObject) {
    let name = calleeName(callee)
    let source = Dict()
    var isMapping = other.asDict != nil
    if !isMapping { isMapping = try attribute(other, Names.keys) != nil }
    guard isMapping else {
      throw .type("\(name) argument after ** must be a mapping, not \(typeName(other))")
    }
    try updateDict(source, other)
    var position = 0
    while let (key, value) = source.next(&position) {
      guard let text = key.asStr else { throw .type("keywords must be strings") }
      if try dict.get(key, self) != nil {
        throw .type("\(name) got multiple values for keyword argument '\(text.string)'")
      }
      try dict.set(key, value, self)
    }
  }

  func calleeName(_ callee: Value) -> String {
    switch callee {
    case .function(let f): return "__main__.\(f.qualifiedName.string)()"
    case .object(let o):
      if let native = o as? NativeFunction { return "\(native.qualifiedName ?? native.name.text)()" }
      if let type = o as? TypeObject { return "\(type.qualifiedName)()" }
      if let method = o as? BoundMethod { return calleeName(method.function) }
      return "function"
    default: return "function"
    }
  }

  @inline(never) func unpack(
    _ from: UnsafeMutablePointer<Value>, into target: UnsafeMutablePointer<Value>, count: Int
  ) throws(ExceptionObject) {
    let source = from.pointee
    switch source {
    case .tuple(let tuple) where tuple.count == count:
      for i in 0..<count { (target + i).copy(from: tuple.base + i) }
      return
    case .list(let list) where list.count == count:
      // The list stays whole meanwhile: releasing what stood in the registers runs no code of the program.
      for i in 0..<count { (target + i).copy(from: list.base + i) }
      return
    default:
      break
    }
    let (found, more) = try take(source, atMost: count)
    if more {
      // CPython names the length of sequences no further than this.
      throw .value("too many values to unpack (expected \(count))")
    }
    if found.count < count {
      throw .value("not enough values to unpack (expected \(count), got \(found.count))")
    }
    for i in 0..<count { target[i] = found[i] }
  }

  /// Up to `count` items, and whether there are more.
  private func take(_ source: Value, atMost count: Int) throws(ExceptionObject) -> ([Value], Bool) {
    let iterator = try unpackable(source)
    var found: [Value] = []
    while let value = try next(iterator) {
      if found.count == count { return (found, true) }
      found.append(value)
    }
    return (found, false)
  }

  private func unpackable(_ source: Value) throws(ExceptionObject) -> Value {
    do throws(ExceptionObject) {
      return try iterator(source)
    } catch {
      if error.type === Types.typeError, case .str(let text)? = error.args.first,
        text.string.hasSuffix("object is not iterable")
      {
        throw .type("cannot unpack non-iterable \(typeName(source)) object")
      }
      throw error
    }
  }

  @inline(never) func unpackStar(
    _ from: UnsafeMutablePointer<Value>, into target: UnsafeMutablePointer<Value>, before: Int, after: Int
  ) throws(ExceptionObject) {
    let source = from.pointee
    let iterator = try unpackable(source)
    var all: [Value] = []
    while let value = try next(iterator) { all.append(value) }
    if all.count < before + after {
      throw .value("not enough values to unpack (expected at least \(before + after), got \(all.count))")
    }
    for i in 0..<before { target[i] = all[i] }
    target[before] = .makeList(Array(all[before..<(all.count - after)]))
    for i in 0..<after { target[before + 1 + i] = all[all.count - after + i] }
  }

  /// R[x][R[y]] where the loop's own list path does not apply.
  @inline(never) func item(
    _ target: UnsafeMutablePointer<Value>, _ x: UnsafeMutablePointer<Value>, _ y: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) {
    if x.tag == ValueLayout.dict {
      if y.tag == ValueLayout.str {
        if let place = x.reference(as: Dict.self)._withUnsafeGuaranteedRef({ $0.placeText(y) }) {
          target.copy(from: place)
          return
        }
      } else if let place = try x.reference(as: Dict.self).takeUnretainedValue().place(y, self) {
        target.copy(from: place)
        return
      }
    }
    target.pointee = try getItem(x.pointee, y.pointee)
  }
}
