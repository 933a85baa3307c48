// Changes of a tensor's own shape.

extension Operations {
  /// Gives `x` the geometry of a view of it and records the view's backward under `name`.
  static func reviewInPlace(
    _ x: Tensor, _ name: String, _ view: @escaping (Tensor) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    try x.checkInPlace()
    let probe = try withoutGrad { () throws(TensorError) in try view(x.detach()) }
    if Autograd.isRecording(x) {
      let old = x.alias()
      old.storedNode = x.storedNode
      old.storedOutputIndex = x.storedOutputIndex
      let original = x.shape
      let strides = probe.strides
      let shape = probe.shape
      _ = strides
      // The inverse of a view of this kind: scatter the gradient back through the same view of zeros.
      Autograd.record(name, [old], x) { (c) throws(TensorError) in
        _ = shape
        return [try embed(name, c.gradient, original, view)]
      }
      x.storedNode?.output = OutputMeta(shape: probe.shape, dtype: x.dtype)
    }
    x.willChange()
    x.setGeometry(probe.shape, probe.strides)
    x.offset = probe.offset
    x.bumpVersion()
    return x
  }

  /// Another shape over the same storage, which is replaced by a larger copy where it is too small.
  package static func resizeInPlace(_ x: Tensor, _ sizes: [Int]) throws(TensorError) -> Tensor {
    if x.requiresGrad { throw .runtime("cannot resize variables that require grad") }
    let shape = try Dims.checked(sizes)
    let bytes = try Tensor.byteCount(shape, x.dtype)
    try x.checkInPlace()
    x.willChange()
    if x.offset * x.dtype.size + bytes > x.storage.byteCount {
      let larger = try Storage(byteCount: x.offset * x.dtype.size + bytes)
      larger.bytes.copyMemory(from: x.storage.bytes, byteCount: x.storage.byteCount)
      let used = x.storage.byteCount
      (larger.bytes + used).initializeMemory(as: UInt8.self, repeating: 0, count: larger.byteCount - used)
      x.storage = larger
    }
    x.setGeometry(shape, shape.contiguousStrides)
    return x
  }
}
