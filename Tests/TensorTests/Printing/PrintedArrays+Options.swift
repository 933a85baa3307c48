// Recorded from NumPy 2.4: `repr` and `str` of arrays of these values.

@testable import Tensor

/// Arrays under print options that were set.
func optionedPrintedArrays() -> [PrintedArray] {
  var list: [PrintedArray] = []
  list.append(
    PrintedArray(
      values: [0.3333333333333333, 2.0], shape: [2], dtype: "float64", configure: { $0.precision = 3 },
      repr: """
        array([0.333, 2.   ])
        """,
      str: """
        [0.333 2.   ]
        """))
  list.append(
    PrintedArray(
      values: [123.456789], shape: [1], dtype: "float64", configure: { $0.precision = 3 },
      repr: """
        array([123.457])
        """,
      str: """
        [123.457]
        """))
  list.append(
    PrintedArray(
      values: [1e-10, 1.0], shape: [2], dtype: "float64", configure: { $0.suppress = true },
      repr: """
        array([0., 1.])
        """,
      str: """
        [0. 1.]
        """))
  list.append(
    PrintedArray(
      values: [1.000000013351432e-10, 123456.0], shape: [2], dtype: "float32",
      configure: {
        $0.suppress = true; $0.precision = 2
      },
      repr: """
        array([     0., 123456.], dtype=float32)
        """,
      str: """
        [     0. 123456.]
        """))
  list.append(
    PrintedArray(
      values: [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], shape: [10], dtype: "int64",
      configure: {
        $0.threshold = 5; $0.edgeItems = 2
      },
      repr: """
        array([0, 1, ..., 8, 9], shape=(10,))
        """,
      str: """
        [0 1 ... 8 9]
        """))
  list.append(
    PrintedArray(
      values: [
        0.0, 0.3333333333333333, 0.6666666666666666, 1.0, 1.3333333333333333, 1.6666666666666667, 2.0,
        2.3333333333333335, 2.6666666666666665, 3.0, 3.3333333333333335, 3.6666666666666665, 4.0, 4.333333333333333,
        4.666666666666667, 5.0, 5.333333333333333, 5.666666666666667, 6.0, 6.333333333333333,
      ], shape: [20], dtype: "float64", configure: { $0.lineWidth = 40 },
      repr: """
        array([0.        , 0.33333333,
               0.66666667, 1.        ,
               1.33333333, 1.66666667,
               2.        , 2.33333333,
               2.66666667, 3.        ,
               3.33333333, 3.66666667,
               4.        , 4.33333333,
               4.66666667, 5.        ,
               5.33333333, 5.66666667,
               6.        , 6.33333333])
        """,
      str: """
        [0.         0.33333333 0.66666667
         1.         1.33333333 1.66666667
         2.         2.33333333 2.66666667
         3.         3.33333333 3.66666667
         4.         4.33333333 4.66666667
         5.         5.33333333 5.66666667
         6.         6.33333333]
        """))
  list.append(
    PrintedArray(
      values: [1.5, 2.0], shape: [2], dtype: "float64",
      configure: {
        $0.floatMode = "fixed"; $0.precision = 3
      },
      repr: """
        array([1.500, 2.000])
        """,
      str: """
        [1.500 2.000]
        """))
  return list
}
