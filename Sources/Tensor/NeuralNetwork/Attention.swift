extension Operations {
  /// softmax(q kᵀ · scale + mask) v.
  package static func attention(
    _ query: Tensor, _ key: Tensor, _ value: Tensor, mask: Tensor?, dropout p: Double, isCausal: Bool, scale: Double?,
    sharesHeads: Bool
  ) throws(TensorError) -> Tensor {
    if query.ndim < 2 || key.ndim < 2 || value.ndim < 2 {
      throw .runtime(
        "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: \(query.ndim) key.dim: \(key.ndim) and value.dim: \(value.ndim) instead."
      )
    }
    if query.dtype != key.dtype || query.dtype != value.dtype {
      func name(_ t: Tensor) -> String { t.dtype.cppName }
      throw .runtime(
        "Expected query, key, and value to have the same dtype, but got query.dtype: \(name(query)) key.dtype: \(name(key)) and value.dtype: \(name(value)) instead."
      )
    }
    if mask != nil && isCausal {
      throw .runtime("_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True")
    }
    if let mask, mask.dtype != .bool && mask.dtype != query.dtype {
      throw .runtime(
        "Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: \(mask.dtype.cppName) and  query.dtype: \(query.dtype.cppName) instead."
      )
    }
    let width = query.shape[query.ndim - 1]
    let factor = (scale ?? 1 / Double(Swift.max(width, 1)).squareRoot()).squareRoot()
    func formula(_ t: [Tensor]) throws(TensorError) -> Tensor {
      var (k, v) = (t[1], t[2])
      if sharesHeads && query.ndim > 2 && k.ndim > 2 {
        let heads = query.shape[query.ndim - 3]
        let own = k.shape[k.ndim - 3]
        if own > 0 && heads % own == 0 && heads != own {
          k = try repeatInterleave(k, heads / own, -3)
          v = try repeatInterleave(v, heads / own, -3)
        }
      }
      var scores = try matmul(mul(t[0], .float(factor)), mul(transpose(k, -2, -1), .float(factor)))
      var bias: Tensor?
      if isCausal {
        let (rows, columns) = (query.shape[query.ndim - 2], k.shape[k.ndim - 2])
        let kept = try triangle(Tensor.filled([rows, columns], .bool, .bool(true)), diagonal: 0, upper: false)
        bias = try biasOf(kept, query.dtype)
      } else if let mask {
        bias = try mask.dtype == .bool ? biasOf(mask, query.dtype) : (t.count > 3 ? t[3] : mask)
      }
      if let bias { scores = try add(scores, bias) }
      var weights = try softmax(scores, -1)
      if bias != nil {
        // A row that may look nowhere looks at nothing.
        let isBlind = try all(compare(.eq, scores.detach(), .float(-.infinity)), [-1], keepdim: true)
        if try any(isBlind).item().double != 0 { weights = try maskedFill(weights, isBlind, .int(0)) }
      }
      if p > 0 { weights = try Operations.dropout(weights, p, training: true) }
      return try matmul(weights, v)
    }
    let isFused = query.ndim == 4 && key.ndim == 4 && value.ndim == 4 && p == 0 && !(mask?.requiresGrad ?? false)
    if isFused && query.dtype.isFloating {
      return try fusedByReplay("ScaledDotProductFlashAttentionForCpuBackward0", [query, key, value], formula)
    }
    return try formula([query, key, value])
  }

  /// Zero where the mask holds, −∞ elsewhere.
  private static func biasOf(_ mask: Tensor, _ dtype: DType) throws(TensorError) -> Tensor {
    try maskedFill(Tensor.filled(mask.shape, dtype, .int(0)), logicalNot(mask), .float(-.infinity))
  }
}

extension OperationTable {
  static func attentionDeclarations() -> [OperationDeclaration] {
    [
      declare(
        "scaled_dot_product_attention", .functional,
        "(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False)",
        "softmax(query keyᵀ / √width) value: values averaged by how well keys fit queries.",
        "F.scaled_dot_product_attention(ones(1, 2), ones(3, 2), ones(3, 2))",
        check: checkMany([[2, 3, 4], [2, 5, 4], [2, 5, 3]]) { (x) throws(TensorError) in
          try Operations.attention(
            x[0], x[1], x[2], mask: nil, dropout: 0, isCausal: true, scale: nil, sharesHeads: false)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.attention(
            a.tensor(0), a.tensor(1), a.tensor(2), mask: a.optionalTensor(3), dropout: a.double(4, default: 0),
            isCausal: a.bool(5, default: false), scale: a.double(6), sharesHeads: a.bool(7, default: false)))
      }
    ]
  }
}
