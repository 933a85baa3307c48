// Recorded from NumPy 2.4: `repr` and `str` of arrays of these values.

@testable import Tensor

/// Arrays of integers and bools.
func integerPrintedArrays() -> [PrintedArray] {
  var list: [PrintedArray] = []
  list.append(
    PrintedArray(
      values: [], shape: [0], dtype: "int64",
      repr: """
        array([], dtype=int64)
        """,
      str: """
        []
        """))
  list.append(
    PrintedArray(
      values: [5.0], shape: [], dtype: "int64",
      repr: """
        array(5)
        """,
      str: """
        5
        """))
  list.append(
    PrintedArray(
      values: [1.0], shape: [], dtype: "bool",
      repr: """
        array(True)
        """,
      str: """
        True
        """))
  list.append(
    PrintedArray(
      values: [1.0, 0.0], shape: [2], dtype: "bool",
      repr: """
        array([ True, False])
        """,
      str: """
        [ True False]
        """))
  list.append(
    PrintedArray(
      values: [1.0, 1.0], shape: [2], dtype: "bool",
      repr: """
        array([ True,  True])
        """,
      str: """
        [ True  True]
        """))
  list.append(
    PrintedArray(
      values: [1.0, -20.0], shape: [2], dtype: "int32",
      repr: """
        array([  1, -20], dtype=int32)
        """,
      str: """
        [  1 -20]
        """))
  list.append(
    PrintedArray(
      values: [1.0, 2.0], shape: [1, 2], dtype: "uint8",
      repr: """
        array([[1, 2]], dtype=uint8)
        """,
      str: """
        [[1 2]]
        """))
  list.append(
    PrintedArray(
      values: [
        0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0,
        20.0, 21.0, 22.0, 23.0, 24.0, 25.0, 26.0, 27.0, 28.0, 29.0,
      ], shape: [30], dtype: "int64",
      repr: """
        array([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16,
               17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29])
        """,
      str: """
        [ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
         24 25 26 27 28 29]
        """))
  list.append(
    PrintedArray(
      values: [
        0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0,
        20.0, 21.0, 22.0, 23.0,
      ], shape: [2, 3, 4], dtype: "int64",
      repr: """
        array([[[ 0,  1,  2,  3],
                [ 4,  5,  6,  7],
                [ 8,  9, 10, 11]],

               [[12, 13, 14, 15],
                [16, 17, 18, 19],
                [20, 21, 22, 23]]])
        """,
      str: """
        [[[ 0  1  2  3]
          [ 4  5  6  7]
          [ 8  9 10 11]]

         [[12 13 14 15]
          [16 17 18 19]
          [20 21 22 23]]]
        """))
  return list
}
