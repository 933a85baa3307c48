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
  /// The shape that `shape`, the argument of this number, and `common` broadcast to, with the errors of PyTorch's functions
  /// that are written in Python.
  package static func broadcast(
    _ shape: [Int], into common: [Int], argument: Int, shown: String
  ) throws(TensorError) -> [Int] {
    var result = [Int](repeating: 1, count: Swift.max(shape.count - common.count, 0)) + common
    for k in 1..<shape.count + 1 {
      let (size, i) = (shape[shape.count - k], result.count - k)
      if result[i] == 1 {
        if size < 0 { throw .value("Attempting to broadcast a dimension with negative length!") }
        result[i] = size
      } else if size != 1 && size != result[i] {
        throw .runtime(
          "Attempting to broadcast a dimension of length \(size) at -\(k)! Mismatching argument at index \(argument) had \(shown); but expected shape should be broadcastable to \(listText(result))"
        )
      }
    }
    return result
  }

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
        throw .runtime("invalid shape dimension \(size) at index \(i) of shape \(listText(sizes))")
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
