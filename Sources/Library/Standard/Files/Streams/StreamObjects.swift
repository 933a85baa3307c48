import Runtime

/// A file of bytes as cells hold it, or `io.BytesIO`. Iterates over its lines.
final class BinaryObject: IteratorObject {
  let stream: ByteStream
  private let kind: TypeObject
  /// nil for memory.
  let name: Value?
  let mode: String

  init(_ stream: ByteStream, _ kind: TypeObject, name: Value? = nil, mode: String = "") {
    self.stream = stream
    self.kind = kind
    self.name = name
    self.mode = mode
  }

  override var builtinType: TypeObject { kind }
  /// Where a file is in its bytes, and what was written to it, cannot be kept.
  override var isUndoable: Bool { false }

  override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    try StreamMethods.requireReadable(self, "readline")
    let line = try stream.readLine(limit: nil, vm)
    return line.isEmpty ? nil : .object(BytesObject(line))
  }

  override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    guard let name else { return vm.defaultRepr(.object(self)) }
    guard !stream.isClosed || kind !== StreamTypes.fileIO else { return "<_io.FileIO [closed]>" }
    let details = kind === StreamTypes.fileIO ? " mode='\(mode)' closefd=True" : ""
    return "<_io.\(kind.name) name=\(try vm.repr(name))\(details)>"
  }
}

/// A file of text as cells hold it. Iterates over its lines.
final class TextObject: IteratorObject {
  let stream: TextStream
  let name: Value?
  let mode: String
  /// As it was named, for `encoding` and repr.
  let encoding: String
  /// The file below, once somebody asked for it.
  private(set) lazy var buffer = BinaryObject(
    stream.source,
    stream.source is MemoryStream
      ? StreamTypes.bytesIO
      : StreamTypes.buffered(reads: stream.source.canRead, writes: stream.source.canWrite), name: name, mode: mode)

  init(_ stream: TextStream, encoding: String, name: Value?, mode: String) {
    self.stream = stream
    self.encoding = encoding
    self.name = name
    self.mode = mode
  }

  override var builtinType: TypeObject { StreamTypes.textIOWrapper }
  /// Where a file is in its bytes, and what was written to it, cannot be kept.
  override var isUndoable: Bool { false }

  override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    try StreamMethods.requireReadable(self)
    let line = try stream.readLine(vm)
    stream.isIterating = line.count > 0
    return line.count == 0 ? nil : .str(line)
  }

  override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    let file = try name.map { (n) throws(ExceptionObject) in " name=\(try vm.repr(n)) mode='\(mode)'" } ?? ""
    return "<_io.TextIOWrapper\(file) encoding='\(encoding)'>"
  }
}

/// `io.StringIO`: text in memory, at positions that count characters.
final class StringIOObject: IteratorObject {
  private(set) var text: [Unicode.Scalar] = []
  var position = 0 {
    willSet { willChange() }
  }
  private(set) var isClosed = false
  let newline: NewlineMode

  init(_ initial: Str, newline: NewlineMode) throws(ExceptionObject) {
    self.newline = newline
    super.init()
    try write(initial)
    position = 0
  }

  override var builtinType: TypeObject { StreamTypes.stringIO }

  override var contents: Any? {
    get { (text, position, isClosed) }
    set { if let old = newValue as? ([Unicode.Scalar], Int, Bool) { (text, position, isClosed) = old } }
  }

  var value: Str { Str(text) }

  func close() {
    willChange()
    isClosed = true
    text = []
  }

  func write(_ new: Str) throws(ExceptionObject) {
    let written =
      newline == .universal ? Str(bytes: NewlineMode.translated(Array(new.bytes))) : newline.written(new)
    let scalars = written.scalars
    if scalars.isEmpty { return }
    let (end, overflow) = position.addingReportingOverflow(scalars.count)
    if overflow { throw .overflow("new position too large") }
    if end > text.count {
      try Capacity.check(end, stride: 4)
      willChange()
      if position > text.count { text += [Unicode.Scalar](repeating: "\0", count: position - text.count) }
    }
    willChange()
    text.replaceSubrange(position..<min(end, text.count), with: scalars)
    position = end
  }

  func read(_ count: Int?) -> Str {
    guard position < text.count else { return .empty }
    let end = count.map { position + min($0, text.count - position) } ?? text.count
    defer { position = end }
    return Str(text[position..<end])
  }

  /// The text to the next line end, it included, at most `limit` characters; empty at the end.
  func readLine(limit: Int? = nil) -> Str {
    guard position < text.count else { return .empty }
    var end = position
    while end < text.count {
      let scalar = text[end]
      end += 1
      if isLineEnd(scalar, end) { break }
    }
    if let limit, limit >= 0 { end = min(end, position + limit) }
    defer { position = end }
    return Str(text[position..<end])
  }

  /// Whether a line ends with the character before `end`.
  private func isLineEnd(_ scalar: Unicode.Scalar, _ end: Int) -> Bool {
    switch newline {
    case .universal: return scalar == "\n"
    case .untranslated: return scalar == "\n" || scalar == "\r" && !(end < text.count && text[end] == "\n")
    case .only(let mark):
      guard scalar.value == UInt32(mark[mark.count - 1]) else { return false }
      return mark.count == 1 || end - position >= 2 && text[end - 2] == "\r"
    }
  }

  func truncate(to size: Int) {
    guard size < text.count else { return }
    willChange()
    text.removeSubrange(size...)
  }

  override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    try StreamMethods.requireOpen(self)
    let line = readLine()
    return line.count == 0 ? nil : .str(line)
  }
}
