// Recorded from NumPy 2.4: `repr` and `str` of arrays of these values.

@testable import Tensor

/// Arrays of float32 and float16 in a row.
func floatPrintedArrays() -> [PrintedArray] {
  var list: [PrintedArray] = []
  list.append(
    PrintedArray(
      values: [1.0, 2.5], shape: [2], dtype: "float32",
      repr: """
        array([1. , 2.5], dtype=float32)
        """,
      str: """
        [1.  2.5]
        """))
  list.append(
    PrintedArray(
      values: [0.10000000149011612, 0.20000000298023224], shape: [2], dtype: "float32",
      repr: """
        array([0.1, 0.2], dtype=float32)
        """,
      str: """
        [0.1 0.2]
        """))
  list.append(
    PrintedArray(
      values: [0.3333333432674408, 2.0], shape: [2], dtype: "float32",
      repr: """
        array([0.33333334, 2.        ], dtype=float32)
        """,
      str: """
        [0.33333334 2.        ]
        """))
  list.append(
    PrintedArray(
      values: [1.0000000200408773e+20, 1.0], shape: [2], dtype: "float32",
      repr: """
        array([1.e+20, 1.e+00], dtype=float32)
        """,
      str: """
        [1.e+20 1.e+00]
        """))
  list.append(
    PrintedArray(
      values: [9.999999747378752e-06, 1.0], shape: [2], dtype: "float32",
      repr: """
        array([1.e-05, 1.e+00], dtype=float32)
        """,
      str: """
        [1.e-05 1.e+00]
        """))
  list.append(
    PrintedArray(
      values: [1000000.0], shape: [1], dtype: "float32",
      repr: """
        array([1.e+06], dtype=float32)
        """,
      str: """
        [1.e+06]
        """))
  list.append(
    PrintedArray(
      values: [123456792.0], shape: [1], dtype: "float32",
      repr: """
        array([1.2345679e+08], dtype=float32)
        """,
      str: """
        [1.2345679e+08]
        """))
  list.append(
    PrintedArray(
      values: [-0.0, 0.0], shape: [2], dtype: "float32",
      repr: """
        array([-0.,  0.], dtype=float32)
        """,
      str: """
        [-0.  0.]
        """))
  list.append(
    PrintedArray(
      values: [100000.0, 1.5], shape: [2], dtype: "float32",
      repr: """
        array([1.0e+05, 1.5e+00], dtype=float32)
        """,
      str: """
        [1.0e+05 1.5e+00]
        """))
  list.append(
    PrintedArray(
      values: [0.12345679104328156, 1.5], shape: [2], dtype: "float32",
      repr: """
        array([0.12345679, 1.5       ], dtype=float32)
        """,
      str: """
        [0.12345679 1.5       ]
        """))
  list.append(
    PrintedArray(
      values: [1.000000013351432e-10, 1.0], shape: [2], dtype: "float32",
      repr: """
        array([1.e-10, 1.e+00], dtype=float32)
        """,
      str: """
        [1.e-10 1.e+00]
        """))
  list.append(
    PrintedArray(
      values: [12345.677734375, 0.0010000000474974513], shape: [2], dtype: "float32",
      repr: """
        array([1.2345678e+04, 1.0000000e-03], dtype=float32)
        """,
      str: """
        [1.2345678e+04 1.0000000e-03]
        """))
  list.append(
    PrintedArray(
      values: [100000000.0, 1.0], shape: [2], dtype: "float32",
      repr: """
        array([1.e+08, 1.e+00], dtype=float32)
        """,
      str: """
        [1.e+08 1.e+00]
        """))
  list.append(
    PrintedArray(
      values: [0.30000001192092896], shape: [1], dtype: "float32",
      repr: """
        array([0.3], dtype=float32)
        """,
      str: """
        [0.3]
        """))
  list.append(
    PrintedArray(
      values: [1.0, 1.0], shape: [2], dtype: "float32",
      repr: """
        array([1., 1.], dtype=float32)
        """,
      str: """
        [1. 1.]
        """))
  list.append(
    PrintedArray(
      values: [0.0, 1.0], shape: [2], dtype: "float32",
      repr: """
        array([0., 1.], dtype=float32)
        """,
      str: """
        [0. 1.]
        """))
  list.append(
    PrintedArray(
      values: [1.5, 2.0], shape: [2], dtype: "float16",
      repr: """
        array([1.5, 2. ], dtype=float16)
        """,
      str: """
        [1.5 2. ]
        """))
  list.append(
    PrintedArray(
      values: [0.0999755859375], shape: [1], dtype: "float16",
      repr: """
        array([0.1], dtype=float16)
        """,
      str: """
        [0.1]
        """))
  list.append(
    PrintedArray(
      values: [1000.0, 1.0], shape: [2], dtype: "float16",
      repr: """
        array([1.e+03, 1.e+00], dtype=float16)
        """,
      str: """
        [1.e+03 1.e+00]
        """))
  list.append(
    PrintedArray(
      values: [2.1169044971466064, -15696.748046875, 0.00027142130420543253], shape: [3], dtype: "float32",
      repr: """
        array([ 2.1169045e+00, -1.5696748e+04,  2.7142130e-04], dtype=float32)
        """,
      str: """
        [ 2.1169045e+00 -1.5696748e+04  2.7142130e-04]
        """))
  list.append(
    PrintedArray(
      values: [0.000523134134709835, -1200.65966796875, 1.139146089553833], shape: [3], dtype: "float32",
      repr: """
        array([ 5.2313413e-04, -1.2006597e+03,  1.1391461e+00], dtype=float32)
        """,
      str: """
        [ 5.2313413e-04 -1.2006597e+03  1.1391461e+00]
        """))
  list.append(
    PrintedArray(
      values: [
        -47.78709030151367, -788.9849853515625, 0.0003534152638167143, -0.20692701637744904, 30.830156326293945,
        -0.46600353717803955, 1.646728515625, -1.3381931781768799,
      ], shape: [8], dtype: "float32",
      repr: """
        array([-4.7787090e+01, -7.8898499e+02,  3.5341526e-04, -2.0692702e-01,
                3.0830156e+01, -4.6600354e-01,  1.6467285e+00, -1.3381932e+00],
              dtype=float32)
        """,
      str: """
        [-4.7787090e+01 -7.8898499e+02  3.5341526e-04 -2.0692702e-01
          3.0830156e+01 -4.6600354e-01  1.6467285e+00 -1.3381932e+00]
        """))
  list.append(
    PrintedArray(
      values: [
        -10378.533203125, -36057.5234375, -1228.4937744140625, 1.1980911493301392, 0.6292641162872314,
        81.70336151123047, -1482.69287109375, -103.33101654052734,
      ], shape: [8], dtype: "float32",
      repr: """
        array([-1.0378533e+04, -3.6057523e+04, -1.2284938e+03,  1.1980911e+00,
                6.2926412e-01,  8.1703362e+01, -1.4826929e+03, -1.0333102e+02],
              dtype=float32)
        """,
      str: """
        [-1.0378533e+04 -3.6057523e+04 -1.2284938e+03  1.1980911e+00
          6.2926412e-01  8.1703362e+01 -1.4826929e+03 -1.0333102e+02]
        """))
  list.append(
    PrintedArray(
      values: [-25971.091796875, 77.59072875976562, -0.0005889997119084001], shape: [3], dtype: "float32",
      repr: """
        array([-2.5971092e+04,  7.7590729e+01, -5.8899971e-04], dtype=float32)
        """,
      str: """
        [-2.5971092e+04  7.7590729e+01 -5.8899971e-04]
        """))
  list.append(
    PrintedArray(
      values: [130.61265563964844, 0.0005178965511731803, -4008.3427734375], shape: [3], dtype: "float32",
      repr: """
        array([ 1.3061266e+02,  5.1789655e-04, -4.0083428e+03], dtype=float32)
        """,
      str: """
        [ 1.3061266e+02  5.1789655e-04 -4.0083428e+03]
        """))
  list.append(
    PrintedArray(
      values: [59.74911880493164, -0.6887434124946594, -8848.8193359375], shape: [3], dtype: "float32",
      repr: """
        array([ 5.974912e+01, -6.887434e-01, -8.848819e+03], dtype=float32)
        """,
      str: """
        [ 5.974912e+01 -6.887434e-01 -8.848819e+03]
        """))
  list.append(
    PrintedArray(
      values: [-5575.21875, -0.00032550253672525287, 1.2546896934509277], shape: [3], dtype: "float32",
      repr: """
        array([-5.5752188e+03, -3.2550254e-04,  1.2546897e+00], dtype=float32)
        """,
      str: """
        [-5.5752188e+03 -3.2550254e-04  1.2546897e+00]
        """))
  return list
}
