import CKernels

extension Operations {
  /// Exponentials along a dimension, scaled to sum to one; `logarithmic` gives the logarithm of that.
  package static func softmax(
    _ x: Tensor, _ dim: Int, logarithmic: Bool = false, dtype: DType? = nil
  ) throws(TensorError) -> Tensor {
    let x = try dtype.map { (t) throws(TensorError) in try cast(x, t) } ?? x
    let d = try Dimension.wrap(dim, x.ndim)
    guard x.dtype.isFloating else {
      let name = logarithmic ? "log_softmax" : "softmax"
      throw RandomFill.notImplemented(
        d == Swift.max(x.ndim, 1) - 1 ? "\(name)_lastdim_kernel_impl" : "\(name)_kernel_impl", x.dtype)
    }
    let output = try alongLastDimension(x, d) { rows, n, out, type in
      tnb_softmax_rows(rows[0].data, out.data, rows[0].count / n, n, type, logarithmic ? 1 : 0)
    }
    if Autograd.isRecording(x) {
      Autograd.record(
        logarithmic ? "LogSoftmaxBackward0" : "SoftmaxBackward0", [x], output, savesOutput: true
      ) { (c) throws(TensorError) in
        [try softmaxGradient(c.gradient, c.output(), d, logarithmic)]
      }
    }
    return output
  }

  private static func softmaxGradient(
    _ g: Tensor, _ y: Tensor, _ d: Int, _ logarithmic: Bool
  ) throws(TensorError) -> Tensor {
    if Autograd.isRecording(g, y) {
      let name = logarithmic ? "LogSoftmaxBackwardDataBackward0" : "SoftmaxBackwardDataBackward0"
      return try Autograd.gradient(name, g, y) { (g, y) throws(TensorError) in
        if logarithmic { return try sub(g, mul(exp(y), sum(g, [d], keepdim: true))) }
        let product = try mul(g, y)
        return try sub(product, mul(y, sum(product, [d], keepdim: true)))
      }
    }
    return try alongLastDimension(g, d, y) { rows, n, out, type in
      tnb_softmax_gradient_rows(
        rows[0].data, rows[1].data, out.data, rows[0].count / n, n, type, logarithmic ? 1 : 0)
    }
  }

  /// Runs a loop over rows along dimension `d` of one or two tensors; 16-bit types are computed in float32.
  private static func alongLastDimension(
    _ x: Tensor, _ d: Int, _ other: Tensor? = nil, _ body: ([Tensor], Int, Tensor, Int32) -> Int32
  ) throws(TensorError) -> Tensor {
    let working: DType = x.dtype == .float64 ? .float64 : .float32
    return try withoutGrad { () throws(TensorError) in
      var rows: [Tensor] = []
      for t in [x, other].compactMap({ $0 }) {
        let turned = x.ndim > 1 && d != x.ndim - 1 ? try transpose(t.detach(), d, -1) : t.detach()
        rows.append(try turned.dense(working))
      }
      let out = try Tensor(empty: rows[0].shape, working)
      let n = x.ndim == 0 ? 1 : x.shape[d]
      if out.count > 0 { try Kernels.check(body(rows, n, out, Int32(working.rawValue))) }
      let restored = x.ndim > 1 && d != x.ndim - 1 ? try transpose(out, d, -1).copied() : out
      return restored.dtype == x.dtype ? restored.alias() : try restored.copied(to: x.dtype)
    }
  }

  /// The dimension `F.softmax` takes when none is given.
  static func implicitDimension(_ x: Tensor) -> Int { x.ndim == 0 || x.ndim == 1 || x.ndim == 3 ? 0 : 1 }
}
