// Recorded from PyTorch 2.13: what `repr` gives for tensors of these values.

/// One tensor and its printed form.
struct PrintedTensor {
  let values: [Double]
  let shape: [Int]
  let dtype: String
  var precision = 4, edgeItems = 3, lineWidth = 80
  var threshold: Double = 1000
  var scientific: Bool?
  let text: String
}

func printedTensors() -> [PrintedTensor] {
  var list: [PrintedTensor] = []
  let nan = Double.nan
  let inf = Double.infinity
  list.append(
    PrintedTensor(
      values: [1.0, 2.0, 3.0], shape: [3], dtype: "float32",
      text: """
        tensor([1., 2., 3.])
        """))
  list.append(
    PrintedTensor(
      values: [1.0, 2.5], shape: [2], dtype: "float32",
      text: """
        tensor([1.0000, 2.5000])
        """))
  list.append(
    PrintedTensor(
      values: [0.1, 0.22, 0.333], shape: [3], dtype: "float32",
      text: """
        tensor([0.1000, 0.2200, 0.3330])
        """))
  list.append(
    PrintedTensor(
      values: [1e-05, 1.0], shape: [2], dtype: "float32",
      text: """
        tensor([1.0000e-05, 1.0000e+00])
        """))
  list.append(
    PrintedTensor(
      values: [100000000.0, 1.0], shape: [2], dtype: "float32",
      text: """
        tensor([1.0000e+08, 1.0000e+00])
        """))
  list.append(
    PrintedTensor(
      values: [100000.0, 1.5], shape: [2], dtype: "float32",
      text: """
        tensor([1.0000e+05, 1.5000e+00])
        """))
  list.append(
    PrintedTensor(
      values: [inf, 1.0], shape: [2], dtype: "float32",
      text: """
        tensor([inf, 1.])
        """))
  list.append(
    PrintedTensor(
      values: [nan, -1.5], shape: [2], dtype: "float32",
      text: """
        tensor([    nan, -1.5000])
        """))
  list.append(
    PrintedTensor(
      values: [-inf, nan], shape: [2], dtype: "float32",
      text: """
        tensor([-inf, nan])
        """))
  list.append(
    PrintedTensor(
      values: [0.0, -0.0], shape: [2], dtype: "float32",
      text: """
        tensor([0., -0.])
        """))
  list.append(
    PrintedTensor(
      values: [-1e-07], shape: [1], dtype: "float32",
      text: """
        tensor([-1.0000e-07])
        """))
  list.append(
    PrintedTensor(
      values: [10000000000.0], shape: [1], dtype: "float32",
      text: """
        tensor([1.0000e+10])
        """))
  list.append(
    PrintedTensor(
      values: [123456789.0, 1.0], shape: [2], dtype: "float32",
      text: """
        tensor([1.2346e+08, 1.0000e+00])
        """))
  list.append(
    PrintedTensor(
      values: [0.00012345], shape: [1], dtype: "float32",
      text: """
        tensor([0.0001])
        """))
  list.append(
    PrintedTensor(
      values: [3.4e+38], shape: [1], dtype: "float32",
      text: """
        tensor([3.4000e+38])
        """))
  list.append(
    PrintedTensor(
      values: [1e-40], shape: [1], dtype: "float32",
      text: """
        tensor([9.9999e-41])
        """))
  list.append(
    PrintedTensor(
      values: [999.99995], shape: [1], dtype: "float32",
      text: """
        tensor([999.9999])
        """))
  list.append(
    PrintedTensor(
      values: [0.5, 600.0], shape: [2], dtype: "float32",
      text: """
        tensor([5.0000e-01, 6.0000e+02])
        """))
  list.append(
    PrintedTensor(
      values: [], shape: [0], dtype: "float32",
      text: """
        tensor([])
        """))
  list.append(
    PrintedTensor(
      values: [], shape: [0, 3], dtype: "float32",
      text: """
        tensor([], size=(0, 3))
        """))
  list.append(
    PrintedTensor(
      values: [], shape: [2, 0], dtype: "int64",
      text: """
        tensor([], size=(2, 0), dtype=torch.int64)
        """))
  list.append(
    PrintedTensor(
      values: [], shape: [0], dtype: "int64",
      text: """
        tensor([], dtype=torch.int64)
        """))
  list.append(
    PrintedTensor(
      values: [], shape: [0], dtype: "bool",
      text: """
        tensor([], dtype=torch.bool)
        """))
  list.append(
    PrintedTensor(
      values: [3.0], shape: [], dtype: "float32",
      text: """
        tensor(3.)
        """))
  list.append(
    PrintedTensor(
      values: [3.5], shape: [], dtype: "float32",
      text: """
        tensor(3.5000)
        """))
  list.append(
    PrintedTensor(
      values: [nan], shape: [], dtype: "float32",
      text: """
        tensor(nan)
        """))
  list.append(
    PrintedTensor(
      values: [inf], shape: [], dtype: "float32",
      text: """
        tensor(inf)
        """))
  list.append(
    PrintedTensor(
      values: [-2.25], shape: [], dtype: "float32",
      text: """
        tensor(-2.2500)
        """))
  list.append(
    PrintedTensor(
      values: [1e-05], shape: [], dtype: "float32",
      text: """
        tensor(1.0000e-05)
        """))
  list.append(
    PrintedTensor(
      values: [123456.789], shape: [], dtype: "float32",
      text: """
        tensor(123456.7891)
        """))
  list.append(
    PrintedTensor(
      values: [1000000000.0], shape: [], dtype: "float32",
      text: """
        tensor(1.0000e+09)
        """))
  list.append(
    PrintedTensor(
      values: [0.0], shape: [], dtype: "float32",
      text: """
        tensor(0.)
        """))
  list.append(
    PrintedTensor(
      values: [1.0, 20.0, -300.0], shape: [3], dtype: "int64",
      text: """
        tensor([   1,   20, -300])
        """))
  list.append(
    PrintedTensor(
      values: [1.0, 0.0], shape: [2], dtype: "bool",
      text: """
        tensor([ True, False])
        """))
  list.append(
    PrintedTensor(
      values: [1.0, 0.0], shape: [2, 1], dtype: "bool",
      text: """
        tensor([[ True],
                [False]])
        """))
  list.append(
    PrintedTensor(
      values: [1.0, 2.0], shape: [2], dtype: "int32",
      text: """
        tensor([1, 2], dtype=torch.int32)
        """))
  list.append(
    PrintedTensor(
      values: [1.5, 2.0], shape: [2], dtype: "float64",
      text: """
        tensor([1.5000, 2.0000], dtype=torch.float64)
        """))
  list.append(
    PrintedTensor(
      values: [1.5, 0.1], shape: [2], dtype: "float16",
      text: """
        tensor([1.5000, 0.1000], dtype=torch.float16)
        """))
  list.append(
    PrintedTensor(
      values: [1.5, 0.1, 300.0], shape: [3], dtype: "bfloat16",
      text: """
        tensor([1.5000e+00, 1.0010e-01, 3.0000e+02], dtype=torch.bfloat16)
        """))
  list.append(
    PrintedTensor(
      values: [255.0], shape: [1], dtype: "uint8",
      text: """
        tensor([255], dtype=torch.uint8)
        """))
  list.append(
    PrintedTensor(
      values: [
        0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0,
        20.0, 21.0, 22.0, 23.0,
      ], shape: [2, 3, 4], dtype: "float32",
      text: """
        tensor([[[ 0.,  1.,  2.,  3.],
                 [ 4.,  5.,  6.,  7.],
                 [ 8.,  9., 10., 11.]],

                [[12., 13., 14., 15.],
                 [16., 17., 18., 19.],
                 [20., 21., 22., 23.]]])
        """))
  list.append(
    PrintedTensor(
      values: [
        0.0, 0.14285714285714285, 0.2857142857142857, 0.42857142857142855, 0.5714285714285714, 0.7142857142857143,
        0.8571428571428571, 1.0, 1.1428571428571428, 1.2857142857142858, 1.4285714285714286, 1.5714285714285714,
        1.7142857142857142, 1.8571428571428572, 2.0, 2.142857142857143, 2.2857142857142856, 2.4285714285714284,
        2.5714285714285716, 2.7142857142857144, 2.857142857142857, 3.0, 3.142857142857143, 3.2857142857142856,
        3.4285714285714284, 3.5714285714285716, 3.7142857142857144, 3.857142857142857, 4.0, 4.142857142857143,
      ], shape: [30], dtype: "float32",
      text: """
        tensor([0.0000, 0.1429, 0.2857, 0.4286, 0.5714, 0.7143, 0.8571, 1.0000, 1.1429,
                1.2857, 1.4286, 1.5714, 1.7143, 1.8571, 2.0000, 2.1429, 2.2857, 2.4286,
                2.5714, 2.7143, 2.8571, 3.0000, 3.1429, 3.2857, 3.4286, 3.5714, 3.7143,
                3.8571, 4.0000, 4.1429])
        """))
  list.append(
    PrintedTensor(
      values: [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0],
      shape: [2, 2, 2, 2], dtype: "int64",
      text: """
        tensor([[[[ 0,  1],
                  [ 2,  3]],

                 [[ 4,  5],
                  [ 6,  7]]],


                [[[ 8,  9],
                  [10, 11]],

                 [[12, 13],
                  [14, 15]]]])
        """))
  list.append(
    PrintedTensor(
      values: (0..<1001).map(Double.init), shape: [1001], dtype: "int64",
      text: """
        tensor([   0,    1,    2,  ...,  998,  999, 1000])
        """))
  list.append(
    PrintedTensor(
      values: (0..<2000).map(Double.init), shape: [40, 50], dtype: "float32",
      text: """
        tensor([[0.0000e+00, 1.0000e+00, 2.0000e+00,  ..., 4.7000e+01, 4.8000e+01,
                 4.9000e+01],
                [5.0000e+01, 5.1000e+01, 5.2000e+01,  ..., 9.7000e+01, 9.8000e+01,
                 9.9000e+01],
                [1.0000e+02, 1.0100e+02, 1.0200e+02,  ..., 1.4700e+02, 1.4800e+02,
                 1.4900e+02],
                ...,
                [1.8500e+03, 1.8510e+03, 1.8520e+03,  ..., 1.8970e+03, 1.8980e+03,
                 1.8990e+03],
                [1.9000e+03, 1.9010e+03, 1.9020e+03,  ..., 1.9470e+03, 1.9480e+03,
                 1.9490e+03],
                [1.9500e+03, 1.9510e+03, 1.9520e+03,  ..., 1.9970e+03, 1.9980e+03,
                 1.9990e+03]])
        """))
  list.append(
    PrintedTensor(
      values: (0..<1200).map(Double.init), shape: [10, 6, 20], dtype: "int64",
      text: """
        tensor([[[   0,    1,    2,  ...,   17,   18,   19],
                 [  20,   21,   22,  ...,   37,   38,   39],
                 [  40,   41,   42,  ...,   57,   58,   59],
                 [  60,   61,   62,  ...,   77,   78,   79],
                 [  80,   81,   82,  ...,   97,   98,   99],
                 [ 100,  101,  102,  ...,  117,  118,  119]],

                [[ 120,  121,  122,  ...,  137,  138,  139],
                 [ 140,  141,  142,  ...,  157,  158,  159],
                 [ 160,  161,  162,  ...,  177,  178,  179],
                 [ 180,  181,  182,  ...,  197,  198,  199],
                 [ 200,  201,  202,  ...,  217,  218,  219],
                 [ 220,  221,  222,  ...,  237,  238,  239]],

                [[ 240,  241,  242,  ...,  257,  258,  259],
                 [ 260,  261,  262,  ...,  277,  278,  279],
                 [ 280,  281,  282,  ...,  297,  298,  299],
                 [ 300,  301,  302,  ...,  317,  318,  319],
                 [ 320,  321,  322,  ...,  337,  338,  339],
                 [ 340,  341,  342,  ...,  357,  358,  359]],

                ...,

                [[ 840,  841,  842,  ...,  857,  858,  859],
                 [ 860,  861,  862,  ...,  877,  878,  879],
                 [ 880,  881,  882,  ...,  897,  898,  899],
                 [ 900,  901,  902,  ...,  917,  918,  919],
                 [ 920,  921,  922,  ...,  937,  938,  939],
                 [ 940,  941,  942,  ...,  957,  958,  959]],

                [[ 960,  961,  962,  ...,  977,  978,  979],
                 [ 980,  981,  982,  ...,  997,  998,  999],
                 [1000, 1001, 1002,  ..., 1017, 1018, 1019],
                 [1020, 1021, 1022,  ..., 1037, 1038, 1039],
                 [1040, 1041, 1042,  ..., 1057, 1058, 1059],
                 [1060, 1061, 1062,  ..., 1077, 1078, 1079]],

                [[1080, 1081, 1082,  ..., 1097, 1098, 1099],
                 [1100, 1101, 1102,  ..., 1117, 1118, 1119],
                 [1120, 1121, 1122,  ..., 1137, 1138, 1139],
                 [1140, 1141, 1142,  ..., 1157, 1158, 1159],
                 [1160, 1161, 1162,  ..., 1177, 1178, 1179],
                 [1180, 1181, 1182,  ..., 1197, 1198, 1199]]])
        """))
  list.append(
    PrintedTensor(
      values: (0..<1100).map(Double.init), shape: [1100, 1], dtype: "int64",
      text: """
        tensor([[   0],
                [   1],
                [   2],
                ...,
                [1097],
                [1098],
                [1099]])
        """))
  list.append(
    PrintedTensor(
      values: [1.23456, 2.5], shape: [2], dtype: "float32", precision: 2,
      text: """
        tensor([1.23, 2.50])
        """))
  list.append(
    PrintedTensor(
      values: [0.1, 0.25], shape: [2], dtype: "float32", precision: 8,
      text: """
        tensor([0.10000000, 0.25000000])
        """))
  list.append(
    PrintedTensor(
      values: [1.5, 0.001], shape: [2], dtype: "float32", scientific: true,
      text: """
        tensor([1.5000e+00, 1.0000e-03])
        """))
  list.append(
    PrintedTensor(
      values: [1.5, 1e-05, 1000000000.0], shape: [3], dtype: "float32", scientific: false,
      text: """
        tensor([         1.5000,          0.0000, 1000000000.0000])
        """))
  list.append(
    PrintedTensor(
      values: [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], shape: [10], dtype: "int64", edgeItems: 2,
      threshold: 5,
      text: """
        tensor([0, 1,  ..., 8, 9])
        """))
  list.append(
    PrintedTensor(
      values: [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0], shape: [3, 4], dtype: "int64",
      edgeItems: 1, threshold: 5,
      text: """
        tensor([[ 0,  ...,  3],
                ...,
                [ 8,  ..., 11]])
        """))
  list.append(
    PrintedTensor(
      values: [
        0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0,
      ], shape: [20], dtype: "int64", lineWidth: 40,
      text: """
        tensor([ 0,  1,  2,  3,  4,  5,  6,  7,
                 8,  9, 10, 11, 12, 13, 14, 15,
                16, 17, 18, 19])
        """))
  list.append(
    PrintedTensor(
      values: [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], shape: [2, 4], dtype: "float32", edgeItems: 0, threshold: 2,
      text: """
        tensor([...], size=(2, 4))
        """))
  list.append(
    PrintedTensor(
      values: [-0.03724711388349533, 0.0011690723476931453, -0.0010221031261608005], shape: [3], dtype: "float32",
      text: """
        tensor([-0.0372,  0.0012, -0.0010])
        """))
  list.append(
    PrintedTensor(
      values: [-0.0014368294505402446], shape: [1], dtype: "float32",
      text: """
        tensor([-0.0014])
        """))
  list.append(
    PrintedTensor(
      values: [-0.0015460773138329387], shape: [1], dtype: "float32",
      text: """
        tensor([-0.0015])
        """))
  list.append(
    PrintedTensor(
      values: [0.0006949597736820579], shape: [1], dtype: "float32",
      text: """
        tensor([0.0007])
        """))
  list.append(
    PrintedTensor(
      values: [
        -3.9030039310455322, -251.67837524414062, 1.4339004755020142, 0.20243938267230988, -0.0010244043078273535,
        -2.429147243499756, 2.0345118045806885,
      ], shape: [7], dtype: "float32",
      text: """
        tensor([-3.9030e+00, -2.5168e+02,  1.4339e+00,  2.0244e-01, -1.0244e-03,
                -2.4291e+00,  2.0345e+00])
        """))
  list.append(
    PrintedTensor(
      values: [-2357.510009765625, -7.50496244430542, -1516.212890625], shape: [3], dtype: "float32",
      text: """
        tensor([-2357.5100,    -7.5050, -1516.2129])
        """))
  list.append(
    PrintedTensor(
      values: [0.0006667764391750097], shape: [1], dtype: "float32",
      text: """
        tensor([0.0007])
        """))
  list.append(
    PrintedTensor(
      values: [-10.86884593963623], shape: [1], dtype: "float32",
      text: """
        tensor([-10.8688])
        """))
  list.append(
    PrintedTensor(
      values: [
        -0.09150585532188416, -0.0021237246692180634, -4.3798298835754395, 0.001256821327842772, -0.0002247075899504125,
        -1.4063555002212524, -0.0005291831912472844,
      ], shape: [7], dtype: "float32",
      text: """
        tensor([-9.1506e-02, -2.1237e-03, -4.3798e+00,  1.2568e-03, -2.2471e-04,
                -1.4064e+00, -5.2918e-04])
        """))
  list.append(
    PrintedTensor(
      values: [
        0.3160446286201477, -0.000246493291342631, -4.0946946144104, -0.0011159846326336265, 0.0011806092225015163,
        -0.6982169151306152, 0.00181224022526294,
      ], shape: [7], dtype: "float32",
      text: """
        tensor([ 3.1604e-01, -2.4649e-04, -4.0947e+00, -1.1160e-03,  1.1806e-03,
                -6.9822e-01,  1.8122e-03])
        """))
  list.append(
    PrintedTensor(
      values: [-28.357908248901367, -0.39888814091682434, -7.574585914611816], shape: [3], dtype: "float32",
      text: """
        tensor([-28.3579,  -0.3989,  -7.5746])
        """))
  list.append(
    PrintedTensor(
      values: [
        0.0005185698391869664, -739.9603881835938, -1.1533740758895874, 0.0003890044172294438, -18.12092399597168,
        -3.038869857788086, 152.22406005859375,
      ], shape: [7], dtype: "float32",
      text: """
        tensor([ 5.1857e-04, -7.3996e+02, -1.1534e+00,  3.8900e-04, -1.8121e+01,
                -3.0389e+00,  1.5222e+02])
        """))
  return list
}
