/// An n-dimensional strided view of a storage, with its place in the autograd graph.
///
/// Shapes and strides count elements. `offset` is the first element's index in the storage, in elements of `dtype`.
package final class Tensor {
  package var storage: Storage
  package var offset: Int
  package var shape: Dims
  package var strides: Dims
  package var dtype: DType
  /// Cached at creation and after every change of shape or strides.
  package var isContiguous: Bool
  /// Only for tensors that require a gradient, came from one, or are views of one; nil keeps plain arithmetic cheap.
  package var autograd: AutogradState?
  /// What the language hangs on a tensor (its class when it is a subclass such as `Parameter`, its attributes).
  package var attachment: AnyObject?

  package init(storage: Storage, offset: Int, shape: Dims, strides: Dims, dtype: DType, isContiguous: Bool) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.strides = strides
    self.dtype = dtype
    self.isContiguous = isContiguous
  }

  /// An uninitialised contiguous tensor.
  @inline(__always) package convenience init(empty shape: Dims, _ dtype: DType) throws(TensorError) {
    try self.init(
      storage: Storage(byteCount: Tensor.byteCount(shape, dtype)), offset: 0, shape: shape,
      strides: shape.contiguousStrides, dtype: dtype, isContiguous: true)
  }

  /// Bytes for `shape`, checked: a negative size or an overflow throws PyTorch's error.
  @inline(__always) package static func byteCount(_ shape: Dims, _ dtype: DType) throws(TensorError) -> Int {
    var n = dtype.size
    var overflow = false
    var i = 0
    while i < shape.count {
      let size = shape[i]
      if size < 0 {
        throw .runtime("Trying to create tensor with negative dimension \(size): \(shape.description)")
      }
      let (next, o) = n.multipliedReportingOverflow(by: size)
      overflow = overflow || o
      n = next
      i += 1
    }
    if overflow && !shape.contains(0) {
      throw .runtime("Storage size calculation overflowed with sizes=\(shape.description)")
    }
    return overflow ? 0 : n
  }

  @inline(__always) package var ndim: Int { shape.count }
  @inline(__always) package var count: Int { shape.product }
  /// The first element. Valid while the tensor lives.
  @inline(__always) package var data: UnsafeMutableRawPointer { storage.bytes + offset * dtype.size }

  /// The first element as `T`, which must be the Swift type of `dtype`.
  @inline(__always) package func pointer<T>(_ type: T.Type) -> UnsafeMutablePointer<T> {
    data.assumingMemoryBound(to: T.self)
  }

  package var requiresGrad: Bool { autograd?.requiresGrad ?? false }
  package var isLeaf: Bool { autograd?.node == nil }
}
