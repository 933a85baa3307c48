/// One entry of a subscript: `t[1, 2:, None, ..., mask]` holds five.
package enum Index {
  case int(Int)
  /// `start:stop:step`; nil where left out.
  case slice(Int?, Int?, Int?)
  /// `None`: a new dimension of size one.
  case none
  case ellipsis
  /// `True` or `False` as a 0-dimensional mask.
  case bool(Bool)
  /// Integer positions, or a mask of dtype bool (or uint8). Lists and NumPy arrays arrive here as tensors.
  case tensor(Tensor)
}
