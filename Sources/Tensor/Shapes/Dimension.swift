/// Dimension numbers as users give them.
package enum Dimension {
  /// `dim` counted from the front; a 0-dimensional tensor takes 0 and -1, as in PyTorch.
  @inline(__always) package static func wrap(_ dim: Int, _ ndim: Int) throws(TensorError) -> Int {
    let n = Swift.max(ndim, 1)
    if dim >= 0 && dim < n { return dim }
    if dim < 0 && dim >= -n { return dim + n }
    throw outOfRange(dim, n)
  }

  @inline(never) static func outOfRange(_ dim: Int, _ n: Int) -> TensorError {
    .index("Dimension out of range (expected to be in range of [\(-n), \(n - 1)], but got \(dim))")
  }

  /// Several dimensions counted from the front; one given twice is an error.
  package static func wrapAll(_ dims: [Int], _ ndim: Int) throws(TensorError) -> [Int] {
    var seen = [Bool](repeating: false, count: Swift.max(ndim, 1))
    var result: [Int] = []
    for dim in dims {
      let d = try wrap(dim, ndim)
      if seen[d] { throw .runtime("dim \(d) appears multiple times in the list of dims") }
      seen[d] = true
      result.append(d)
    }
    return result
  }
}

/// Shapes that are still to be worked out.
package enum ShapeInference {
  /// Replaces a single -1 by what makes the sizes hold `count` elements.
  package static func resolve(_ sizes: [Int], count: Int) throws(TensorError) -> Dims {
    var shape = try Dims.checked(sizes)
    var unknown = -1
    var known = 1
    var overflow = false
    for (i, size) in sizes.enumerated() {
      if size == -1 {
        if unknown >= 0 { throw .runtime("only one dimension can be inferred") }
        unknown = i
      } else if size < 0 {
        throw .runtime("invalid shape dimension \(size)")
      } else {
        let (product, o) = known.multipliedReportingOverflow(by: size)
        known = product
        overflow = overflow || o
      }
    }
    if !overflow && unknown < 0 && known == count { return shape }
    if !overflow && unknown >= 0 && known > 0 && count % known == 0 {
      shape[unknown] = count / known
      return shape
    }
    if unknown >= 0 && known == 0 && count == 0 {
      throw .runtime(
        "cannot reshape tensor of 0 elements into shape \(listText(sizes)) because the unspecified dimension size -1 can be any value and is ambiguous"
      )
    }
    throw .runtime("shape '\(listText(sizes))' is invalid for input of size \(count)")
  }

  /// Strides with which the elements of `x`, where they lie, show as `shape`; nil when that takes a copy.
  package static func strides(_ x: Tensor, as shape: Dims) -> Dims? {
    if x.isContiguous { return shape.contiguousStrides }
    if x.count == 0 { return x.shape == shape ? x.strides : shape.contiguousStrides }
    var result = Dims(repeating: 1, count: shape.count)
    var viewDim = shape.count - 1
    var base = x.ndim > 0 ? x.strides[x.ndim - 1] : 1
    var chunk = 1
    var viewCount = 1
    var dim = x.ndim - 1
    while dim >= 0 {
      chunk *= x.shape[dim]
      if dim == 0 || (x.shape[dim - 1] != 1 && x.strides[dim - 1] != chunk * base) {
        while viewDim >= 0 && (viewCount < chunk || shape[viewDim] == 1) {
          result[viewDim] = viewCount * base
          viewCount *= shape[viewDim]
          viewDim -= 1
        }
        if viewCount != chunk { return nil }
        if dim > 0 {
          base = x.strides[dim - 1]
          chunk = 1
          viewCount = 1
        }
      }
      dim -= 1
    }
    return viewDim == -1 ? result : nil
  }

  /// `[2, -1]`, as messages write sizes.
  package static func listText(_ sizes: [Int]) -> String { "[" + sizes.map(String.init).joined(separator: ", ") + "]" }
}
