/// A short list of integers without heap storage: a shape, strides, or a list of dimensions.
///
/// Holds up to `Dims.capacity` entries; PyTorch allows 64 dimensions, notebooks use at most six. Making a longer one is an
/// error that the caller reports (`Dims.checked`).
package struct Dims: Equatable, RandomAccessCollection, MutableCollection, ExpressibleByArrayLiteral {
  package static let capacity = 8

  @usableFromInline var storage: InlineArray<8, Int>
  @usableFromInline var length: Int

  @inline(__always) package init() {
    storage = InlineArray(repeating: 0)
    length = 0
  }

  /// Precondition: `count <= Dims.capacity`.
  @inline(__always) package init(repeating value: Int, count: Int) {
    precondition(count <= Dims.capacity)
    storage = InlineArray(repeating: value)
    length = count
  }

  /// Precondition: at most `Dims.capacity` elements.
  package init(_ values: some Sequence<Int>) {
    self.init()
    for value in values { append(value) }
  }

  package init(arrayLiteral elements: Int...) { self.init(elements) }

  /// As `init(_:)`, for lengths that came from a user.
  package static func checked(_ values: [Int]) throws(TensorError) -> Dims {
    guard values.count <= capacity else {
      throw .runtime("tensors of more than \(capacity) dimensions are not available in tnb (got \(values.count))")
    }
    return Dims(values)
  }

  @inline(__always) package var startIndex: Int { 0 }
  @inline(__always) package var endIndex: Int { length }
  @inline(__always) package var count: Int { length }

  @inline(__always) package subscript(i: Int) -> Int {
    get { storage[i] }
    set { storage[i] = newValue }
  }

  @inline(__always) package mutating func append(_ value: Int) {
    precondition(length < Dims.capacity)
    storage[length] = value
    length += 1
  }

  package mutating func insert(_ value: Int, at i: Int) {
    precondition(length < Dims.capacity && i <= length)
    var j = length
    while j > i {
      storage[j] = storage[j - 1]
      j -= 1
    }
    storage[i] = value
    length += 1
  }

  package mutating func remove(at i: Int) {
    precondition(i < length)
    var j = i
    while j + 1 < length {
      storage[j] = storage[j + 1]
      j += 1
    }
    length -= 1
  }

  @inline(__always) package static func == (a: Dims, b: Dims) -> Bool {
    if a.length != b.length { return false }
    var i = 0
    while i < a.length {
      if a.storage[i] != b.storage[i] { return false }
      i += 1
    }
    return true
  }

  /// The product of the entries; 1 when empty. Callers check for overflow where the entries came from a user
  /// (`Storage.byteCount`).
  @inline(__always) package var product: Int {
    var p = 1
    var i = 0
    while i < length {
      p &*= storage[i]
      i += 1
    }
    return p
  }

  /// Row-major strides, in elements, as PyTorch gives them for a contiguous tensor (a size of zero counts as one).
  @inline(__always) package var contiguousStrides: Dims {
    var s = Dims(repeating: 1, count: length)
    var step = 1
    var i = length - 1
    while i >= 0 {
      s.storage[i] = step
      step &*= Swift.max(storage[i], 1)
      i -= 1
    }
    return s
  }

  package var array: [Int] { (0..<length).map { storage[$0] } }
  /// `[2, 3]`, as PyTorch's messages write a shape.
  package var description: String { "[" + array.map(String.init).joined(separator: ", ") + "]" }
}
