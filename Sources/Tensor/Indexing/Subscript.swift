import CKernels

/// A subscript split as PyTorch does: first numbers, slices, None and `...` as views, then index tensors over what is left.
struct Subscript {
  /// The view after the plain entries.
  var view: Tensor
  /// One entry per leading dimension of `view`; nil where nothing is picked. A mask covers as many dimensions as it has.
  var picks: [Tensor?] = []
  var hasPicks = false

  /// Works through the entries from the left.
  init(_ x: Tensor, _ indices: [Index]) throws(TensorError) {
    view = x
    var specified = 0
    for index in indices {
      switch index {
      case .int, .slice: specified += 1
      case .none, .ellipsis, .bool: break
      case .tensor(let t): specified += Subscript.isMask(t) ? t.ndim : 1
      }
    }
    if specified > x.ndim {
      throw .index("too many indices for tensor of dimension \(x.ndim)")
    }
    var dim = 0
    for (place, index) in indices.enumerated() {
      switch index {
      case .int(let i): view = try Subscript.select(view, dim, i, place)
      case .slice(let start, let stop, let step):
        // Among others a slice that takes all leaves no trace in the graph.
        if indices.count == 1 || !Subscript.takesAll(view.shape[dim], start, stop, step) {
          view = try Subscript.slice(view, dim, start, stop, step)
        }
        dim += 1
      case .none:
        view = try Operations.unsqueeze(view, dim)
        dim += 1
      case .ellipsis: dim += x.ndim - specified
      case .bool(let b): try appendFlag(b, &dim)
      case .tensor(let t):
        if t.ndim == 0 && !t.dtype.isFloating {
          if Subscript.isMask(t) {
            try appendFlag(t.int(at: t.offset) != 0, &dim)
          } else {
            view = try Subscript.select(view, dim, t.int(at: t.offset), place)
          }
        } else {
          append(t, at: dim)
          dim += Subscript.isMask(t) ? t.ndim : 1
        }
      }
    }
  }

  static func isMask(_ t: Tensor) -> Bool { t.dtype == .bool || t.dtype == .uint8 }

  private mutating func append(_ t: Tensor, at dim: Int) {
    while picks.count < dim { picks.append(nil) }
    picks.append(t)
    if Subscript.isMask(t) && t.ndim > 1 { for _ in 1..<t.ndim { picks.append(nil) } }
    hasPicks = true
  }

  /// A bool adds a dimension of size one or zero.
  private mutating func appendFlag(_ flag: Bool, _ dim: inout Int) throws(TensorError) {
    view = try Operations.unsqueeze(view, dim)
    append(flag ? try Tensor.vector([0]) : try Tensor.vector([]), at: dim)
    dim += 1
  }

  /// `place` is the entry's position in the subscript, which messages give as the dimension.
  @inline(__always) static func select(
    _ x: Tensor, _ dim: Int, _ index: Int, _ place: Int
  ) throws(TensorError) -> Tensor {
    if dim >= x.ndim { throw scalarError }
    let size = x.shape[dim]
    guard index >= -size && index < size else { throw outOfBounds(index, place, size) }
    return Operations.selected(x, dim, index < 0 ? index + size : index)
  }

  private static func takesAll(_ size: Int, _ start: Int?, _ stop: Int?, _ step: Int?) -> Bool {
    (step ?? 1) == 1 && (start ?? 0) == 0 && (stop ?? size) >= size
  }

  static func slice(
    _ x: Tensor, _ dim: Int, _ start: Int?, _ stop: Int?, _ step: Int?
  ) throws(TensorError) -> Tensor {
    let step = step ?? 1
    if step == 0 { throw .value("slice step cannot be zero") }
    if step < 0 { throw .value("step must be greater than zero") }
    if x.ndim == 0 { throw .index("slice() cannot be applied to a 0-dim tensor.") }
    return Operations.sliced(x, dim, start, stop, step)
  }

  static func outOfBounds(_ index: Int, _ dim: Int, _ size: Int) -> TensorError {
    .index("index \(index) is out of bounds for dimension \(dim) with size \(size)")
  }

  static var scalarError: TensorError {
    .index(
      "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number"
    )
  }
}
