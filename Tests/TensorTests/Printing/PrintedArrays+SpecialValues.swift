// Recorded from NumPy 2.4: `repr` and `str` of arrays of these values.

@testable import Tensor

/// Arrays with NaN and infinities.
func specialPrintedArrays() -> [PrintedArray] {
  var list: [PrintedArray] = []
  let nan = Double.nan
  let inf = Double.infinity
  list.append(
    PrintedArray(
      values: [nan, 1.5], shape: [2], dtype: "float64",
      repr: """
        array([nan, 1.5])
        """,
      str: """
        [nan 1.5]
        """))
  list.append(
    PrintedArray(
      values: [nan, 1.5], shape: [2], dtype: "float32",
      repr: """
        array([nan, 1.5], dtype=float32)
        """,
      str: """
        [nan 1.5]
        """))
  list.append(
    PrintedArray(
      values: [inf, -inf, 0.0], shape: [3], dtype: "float64",
      repr: """
        array([ inf, -inf,   0.])
        """,
      str: """
        [ inf -inf   0.]
        """))
  list.append(
    PrintedArray(
      values: [inf, -inf, 0.0], shape: [3], dtype: "float32",
      repr: """
        array([ inf, -inf,   0.], dtype=float32)
        """,
      str: """
        [ inf -inf   0.]
        """))
  list.append(
    PrintedArray(
      values: [nan], shape: [1], dtype: "float64",
      repr: """
        array([nan])
        """,
      str: """
        [nan]
        """))
  list.append(
    PrintedArray(
      values: [nan], shape: [1], dtype: "float32",
      repr: """
        array([nan], dtype=float32)
        """,
      str: """
        [nan]
        """))
  return list
}
