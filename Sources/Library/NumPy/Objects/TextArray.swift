import Language
import Runtime
import Tensor

/// An array of strings: positions in a sorted list of its different texts, so that all that has to do with order and place is
/// done with arrays of ints.
package final class TextArray: Object {
  private(set) var codes: Tensor
  private(set) var vocabulary: [String]
  /// The most characters that an element can have.
  let width: Int

  init(codes: Tensor, vocabulary: [String], width: Int) {
    self.codes = codes
    self.vocabulary = vocabulary
    self.width = max(1, width)
    super.init()
    customType = NumPyTypes.ndarray
  }

  convenience init(_ texts: [String], _ shape: [Int], width: Int? = nil) {
    let cut = width.map { w in texts.map { TextArray.cut($0, w) } } ?? texts
    let vocabulary = TextArray.sorted(cut)
    let places = TextArray.places(vocabulary)
    self.init(
      codes: NumPyCore.make(cut.map { places[Array($0.utf8)] ?? 0 }, shape), vocabulary: vocabulary,
      width: width ?? cut.map { $0.unicodeScalars.count }.max() ?? 1)
  }

  /// One text everywhere.
  convenience init(filling shape: [Int], _ text: String, _ dtype: TextDType) throws(ExceptionObject) {
    let width = dtype.width ?? 1
    self.init(
      codes: try CreationFunctions.filled(shape, .int64, .int(0)), vocabulary: [TextArray.cut(text, width)],
      width: width)
  }

  package override var contents: Any? {
    get { (codes, vocabulary) }
    set { if let (c, v) = newValue as? (Tensor, [String]) { (codes, vocabulary) = (c, v) } }
  }

  // MARK: Texts and their places

  private static func cut(_ text: String, _ width: Int) -> String {
    text.unicodeScalars.count <= width ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(width)))
  }

  /// Different texts by their code points.
  static func sorted(_ texts: [String]) -> [String] {
    var seen = Set<[UInt8]>()
    let distinct = texts.filter { seen.insert(Array($0.utf8)).inserted }
    return distinct.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  static func places(_ vocabulary: [String]) -> [[UInt8]: Int] {
    Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { (Array($1.utf8), $0) })
  }

  /// All elements, row after row.
  var texts: [String] { NumPyCore.ints(codes).map { vocabulary[$0] } }

  /// The codes within a list of texts that holds all of its own.
  func codes(in places: [[UInt8]: Int]) -> Tensor {
    let moved = vocabulary.map { places[Array($0.utf8)] ?? 0 }
    return NumPyCore.make(NumPyCore.ints(codes).map { moved[$0] }, codes.shape.array)
  }

  /// What a function gave for the codes, as texts.
  func decoded(_ value: Value) -> Value {
    switch value {
    case .object(let o):
      if let a = o as? NDArray {
        return .object(TextArray(codes: a.tensor, vocabulary: vocabulary, width: width))
      }
      if let s = o as? NumPyScalar, case .int(let i) = s.scalar { return NumPyTypes.string(vocabulary[i]) }
      return value
    case .tuple(let t): return .makeTuple(t.items.map { decoded($0) })
    case .list(let l): return .makeList(l.items.map { decoded($0) })
    default: return value
    }
  }

  // MARK: From data

  /// An array of strings where the data holds any, or where `dtype` asks for strings; nil otherwise.
  static func make(_ data: Value, _ dtype: Value?, _ vm: VM) throws(ExceptionObject) -> TextArray? {
    let wanted = TextDType.parse(dtype)
    if dtype != nil && wanted == nil { return nil }
    if case .object(let o) = data, let own = o as? TextArray {
      return wanted == nil
        ? TextArray(codes: NumPyCore.copy(own.codes), vocabulary: own.vocabulary, width: own.width)
        : TextArray(own.texts, own.codes.shape.array, width: wanted?.width ?? own.width)
    }
    guard wanted != nil || holdsText(data) else { return nil }
    var (shape, leaves) = ([Int](), [Value]())
    if let t = try NumPyArray.existing(data) {
      shape = t.shape.array
      leaves = t.uncheckedElementIndices().map { .object(NumPyScalar(t.scalar(at: $0), t.dtype)) }
    } else {
      try NumPyArray.flatten(data, 0, &shape, &leaves, vm)
    }
    var (texts, width) = ([String](), 1)
    for leaf in leaves {
      let text = try vm.str(leaf)
      width = max(width, leaf.asStr != nil ? text.unicodeScalars.count : try numberWidth(leaf, vm))
      texts.append(text)
    }
    return TextArray(texts, shape, width: wanted?.width ?? width)
  }

  /// The characters that NumPy provides for a number of this type.
  private static func numberWidth(_ leaf: Value, _ vm: VM) throws(ExceptionObject) -> Int {
    guard let s = (try? ArgumentConversion.scalar(leaf)) ?? nil else {
      throw .notImplemented("arrays of dtype object are not available in tnb (an element is \(vm.typeName(leaf)))")
    }
    switch s {
    case .bool: return 5
    case .int: return 21
    case .float: return 32
    }
  }

  static func isText(_ value: Value) -> Bool {
    if value.asStr != nil { return true }
    if case .object(let o) = value { return o is TextArray }
    return false
  }

  /// Whether there is text among nested lists.
  static func holdsText(_ value: Value) -> Bool {
    if isText(value) { return true }
    guard let items = ArgumentConversion.sequence(value) else { return false }
    return items.contains { holdsText($0) }
  }

  // MARK: As an object

  private func written(_ vm: VM) throws(ExceptionObject) -> (Scalar) -> String {
    var shown: [String] = []
    for t in vocabulary { shown.append(try vm.repr(.text(t))) }
    return { (s) in if case .int(let i) = s, i < shown.count { shown[i] } else { "" } }
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    NumPyText.repr(codes, dtype: "'<U\(width)'", write: try written(vm))
  }
  package override func nativeStr(_ vm: VM) throws(ExceptionObject) -> String? {
    codes.ndim == 0 ? texts[0] : NumPyText.string(codes, separator: " ", write: try written(vm))
  }
  package override func nativeLength(_ vm: VM) throws(ExceptionObject) -> Int? {
    try NDArray(codes).nativeLength(vm)
  }
  package override func nativeHash(_ vm: VM) throws(ExceptionObject) -> Int? {
    throw .type("unhashable type: 'numpy.ndarray'")
  }
  package override func nativeTruth(_ vm: VM) throws(ExceptionObject) -> Bool? {
    if codes.count == 1 { return !texts[0].isEmpty }
    return try NDArray(codes).nativeTruth(vm)
  }
  package override func nativeIterator(_ vm: VM) throws(ExceptionObject) -> Value? {
    if codes.ndim == 0 { throw .type("iteration over a 0-d array") }
    var rows: [Value] = []
    for i in 0..<codes.shape[0] { rows.append(decoded(try NumPyIndexing.get(NDArray(codes), .int(i), vm))) }
    return try vm.iterator(.makeList(rows))
  }
  package override func nativeContains(_ item: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    guard let text = item.string else { return false }
    return texts.contains { Array($0.utf8) == Array(text.utf8) }
  }
  package override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    decoded(try NumPyIndexing.get(NDArray(codes), index, vm))
  }
  package override func nativeSetItem(_ index: Value, _ value: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    guard let source = try TextArray.make(value, .object(TextDType(width)), vm) else { return false }
    let joint = TextArray.sorted(vocabulary + source.vocabulary)
    let places = TextArray.places(joint)
    let changed = NDArray(codes(in: places))
    try NumPyIndexing.set(changed, index, .object(NDArray(source.codes(in: places))), vm)
    willChange()
    (codes, vocabulary) = (changed.tensor, joint)
    return true
  }
  package override func nativeCompare(_ op: ComparisonOperator, _ other: Value, _ vm: VM) throws(ExceptionObject)
    -> Value?
  {
    try TextArray.compare(op, .object(self), other, vm)
  }
  package override func nativeBinary(
    _ op: BinaryOperator, _ other: Value, reflected: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Value? {
    if case .tensor = other { return nil }
    let (a, b) = reflected ? (other, Value.object(self)) : (.object(self), other)
    return try TextArray.binary(op, a, b, vm)
  }

  /// `sort` in place.
  func sort(_ axis: Int) throws(ExceptionObject) {
    willChange()
    codes = NumPyMath.sorted(codes, try NumPyCore.axis(axis, codes.ndim), indices: false)
  }

  // MARK: Two arrays

  /// Both sides as codes of one list of texts; nil when one is no text.
  private static func pair(_ a: Value, _ b: Value, _ vm: VM) throws(ExceptionObject) -> (TextArray, TextArray)? {
    guard holdsText(a), holdsText(b), let x = try make(a, nil, vm), let y = try make(b, nil, vm) else { return nil }
    let joint = sorted(x.vocabulary + y.vocabulary)
    let places = places(joint)
    return (
      TextArray(codes: x.codes(in: places), vocabulary: joint, width: x.width),
      TextArray(codes: y.codes(in: places), vocabulary: joint, width: y.width)
    )
  }

  static func compare(_ op: ComparisonOperator, _ a: Value, _ b: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    guard let (x, y) = try pair(a, b, vm) else { return nil }
    return try NumPyArithmetic.compare(op, .object(NDArray(x.codes)), .object(NDArray(y.codes)), vm)
  }

  /// Addition joins texts; nothing else is there for them.
  static func binary(_ op: BinaryOperator, _ a: Value, _ b: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    guard op == .add, let (x, y) = try pair(a, b, vm) else {
      throw try NumPyArithmetic.noLoop(NumPyArithmetic.name(op), a, b, vm)
    }
    guard let shape = NumPyCore.broadcast(x.codes.shape.array, y.codes.shape.array) else {
      throw .value(
        "operands could not be broadcast together with shapes \(NumPyCore.text(x.codes.shape.array)) \(NumPyCore.text(y.codes.shape.array)) "
      )
    }
    try NumPyCore.requireRoom(shape)
    let left = NumPyCore.ints(NumPyCore.expand(x.codes, shape)).map { x.vocabulary[$0] }
    let right = NumPyCore.ints(NumPyCore.expand(y.codes, shape)).map { y.vocabulary[$0] }
    return .object(TextArray(zip(left, right).map { $0 + $1 }, shape, width: x.width + y.width))
  }
}
