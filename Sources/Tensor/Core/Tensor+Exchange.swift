extension Tensor {
  /// Exchanges elements, geometry and type with another tensor, version counters included. No graph takes notice: who does it
  /// for a while undoes it before one is used.
  package func exchangeContents(with other: Tensor) {
    (storage, other.storage) = (other.storage, storage)
    (offset, other.offset) = (other.offset, offset)
    (dtype, other.dtype) = (other.dtype, dtype)
    let (shape, strides) = (self.shape, self.strides)
    setGeometry(other.shape, other.strides)
    other.setGeometry(shape, strides)
  }
}
