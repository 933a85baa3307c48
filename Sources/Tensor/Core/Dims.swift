import CKernels

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

  /// Two entries.
  @inline(__always) package init(_ first: Int, _ second: Int) {
    storage = [first, second, 0, 0, 0, 0, 0, 0]
    length = 2
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
    a.withC { a in b.withC { b in tnb_same_dims(a, b) != 0 } }
  }

  /// The product of the entries; 1 when empty. Callers check for overflow where the entries came from a user
  /// (`Storage.byteCount`).
  @inline(__always) package var product: Int { withC { tnb_product_of($0) } }

  /// Row-major strides, in elements, as PyTorch gives them for a contiguous tensor (a size of zero counts as one).
  @inline(__always) package var contiguousStrides: Dims {
    var strides = self
    withC { shape in
      withUnsafeMutablePointer(to: &strides) {
        tnb_set_contiguous(shape, UnsafeMutableRawPointer($0).assumingMemoryBound(to: tnb_dims.self))
      }
    }
    return strides
  }

  /// The list as C reads it. Reading one entry of an inline list copies it all; C reads it in place.
  @inline(__always) func withC<R>(_ body: (UnsafePointer<tnb_dims>) -> R) -> R {
    withUnsafePointer(to: self) { body(UnsafeRawPointer($0).assumingMemoryBound(to: tnb_dims.self)) }
  }

  package var array: [Int] { (0..<length).map { storage[$0] } }
  /// `[2, 3]`, as PyTorch's messages write a shape.
  package var description: String { "[" + array.map(String.init).joined(separator: ", ") + "]" }
}
