/// PyTorch's type promotion: dimensioned tensors decide before 0-dim tensors, those before plain numbers; a later group
/// matters only when its kind (bool < integer < float) is higher.
package enum Promotion {
  /// The type two types of equal standing combine to.
  @inline(__always) package static func combine(_ a: DType, _ b: DType) -> DType {
    a == b ? a : combineDifferent(a, b)
  }

  private static func combineDifferent(_ a: DType, _ b: DType) -> DType {
    if a.isFloating || b.isFloating {
      if !a.isFloating { return b }
      if !b.isFloating { return a }
      if (a == .float16 && b == .bfloat16) || (a == .bfloat16 && b == .float16) { return .float32 }
      return a.rawValue > b.rawValue ? a : b
    }
    if a == .bool { return b }
    if b == .bool { return a }
    if a == .uint8 || b == .uint8 {
      let other = a == .uint8 ? b : a
      return other == .int8 ? .int16 : other
    }
    return a.rawValue > b.rawValue ? a : b
  }

  @inline(__always) static func kind(_ t: DType) -> Int { t == .bool ? 0 : t.isFloating ? 2 : 1 }

  /// `torch.result_type(a, b)`.
  @inline(__always) package static func result(_ a: Tensor, _ b: Tensor) -> DType {
    if a.dtype == b.dtype { return a.dtype }
    if (a.ndim == 0) == (b.ndim == 0) { return combine(a.dtype, b.dtype) }
    let (strong, weak) = a.ndim == 0 ? (b.dtype, a.dtype) : (a.dtype, b.dtype)
    return kind(weak) > kind(strong) ? combine(strong, weak) : strong
  }

  /// The type of a tensor with a plain number.
  @inline(__always) package static func result(_ a: Tensor, _ b: Scalar) -> DType {
    switch b {
    case .bool: a.dtype
    case .int: a.dtype == .bool ? .int64 : a.dtype
    case .float: a.dtype.isFloating ? a.dtype : DType.defaultFloat
    }
  }

  /// `torch.result_type` of many tensors and numbers.
  package static func result(_ tensors: [Tensor], _ scalars: [Scalar] = []) -> DType {
    var groups: [DType?] = [nil, nil, nil]
    func add(_ t: DType, _ group: Int) { groups[group] = groups[group].map { combine($0, t) } ?? t }
    for t in tensors { add(t.dtype, t.ndim == 0 ? 1 : 0) }
    for s in scalars { add(s.dtype, 2) }
    var result: DType?
    for group in groups {
      guard let t = group else { continue }
      guard let current = result else {
        result = t
        continue
      }
      if kind(t) > kind(current) { result = combine(current, t) }
    }
    return result ?? DType.defaultFloat
  }

  /// Integers and bools become the default float, as for `/` and `exp`.
  @inline(__always) package static func floating(_ t: DType) -> DType { t.isFloating ? t : DType.defaultFloat }

  /// Whether a result may be stored in place into `to` (`torch.can_cast`).
  @inline(__always) package static func canCast(_ from: DType, to: DType) -> Bool {
    from == to || !(from.isFloating && !to.isFloating) && !(from != .bool && to == .bool)
  }

  static func castError(_ from: DType, _ to: DType) -> TensorError {
    .runtime("result type \(from.scalarTypeName) can't be cast to the desired output type \(to.scalarTypeName)")
  }
}
