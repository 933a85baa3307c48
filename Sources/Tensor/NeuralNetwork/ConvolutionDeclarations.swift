extension OperationTable {
  /// Convolutions and pooling.
  static func convolutionDeclarations() -> [OperationDeclaration] {
    convolutions() + poolings()
  }

  private static func convolutions() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    for n in 1...3 {
      let ones = Array(repeating: "3", count: n).joined(separator: ", ")
      let (input, kernel) = ([1, 2] + [Int](repeating: 4, count: n), [3, 2] + [Int](repeating: 2, count: n))
      list.append(
        declare(
          "conv\(n)d", [.functional, .function], "A convolution over \(n) dimension\(n > 1 ? "s" : "").",
          "F.conv\(n)d(ones(1, 1, \(ones)), ones(1, 1, \(ones)))",
          check: checkMany([input, kernel, [3]]) { (x) throws(TensorError) in
            try Operations.convolution(
              x[0], x[1], x[2], stride: [2], padding: [1], dilation: nil, groups: 1, spatialDims: n)
          },
          [
            Overload(
              "(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, int[1] padding=0, int[1] dilation=1, int groups=1)",
              out: .none
            ) { (a) throws(TensorError) in
              .tensor(
                try Operations.convolution(
                  a.tensor(0), a.tensor(1), a.optionalTensor(2), stride: a.ints(3), padding: a.ints(4),
                  dilation: a.ints(5), groups: a.int(6, default: 1), spatialDims: n))
            },
            Overload(
              "(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, str padding='valid', int[1] dilation=1, int groups=1)",
              out: .none
            ) { (a) throws(TensorError) in
              let (weight, mode) = (try a.tensor(1), a.string(4) ?? "valid")
              var x = try a.tensor(0)
              switch mode {
              case "valid": break
              case "same":
                if (a.ints(3) ?? [1]).contains(where: { $0 != 1 }) {
                  throw .runtime("padding='same' is not supported for strided convolutions")
                }
                x = try Operations.pad(x, Operations.samePadding(weight, a.ints(5), n))
              default: throw .runtime("Invalid padding string: '\(mode)'")
              }
              return .tensor(
                try Operations.convolution(
                  x, weight, a.optionalTensor(2), stride: a.ints(3), padding: nil, dilation: a.ints(5),
                  groups: a.int(6, default: 1), spatialDims: n))
            },
          ]))
      let flipped = [2, 3] + [Int](repeating: 2, count: n)
      list.append(
        declare(
          "conv_transpose\(n)d", [.functional, .function],
          "(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, int[1] padding=0, int[1] output_padding=0, int groups=1, int[1] dilation=1)",
          "The transpose of a convolution.", "F.conv_transpose\(n)d(ones(1, 1, \(ones)), ones(1, 1, \(ones))).shape",
          check: checkMany([input, flipped]) { (x) throws(TensorError) in
            try Operations.convolutionTransposed(
              x[0], x[1], nil, stride: [2], padding: [1], outputPadding: nil, groups: 1, dilation: nil, spatialDims: n)
          }
        ) { (a) throws(TensorError) in
          .tensor(
            try Operations.convolutionTransposed(
              a.tensor(0), a.tensor(1), a.optionalTensor(2), stride: a.ints(3), padding: a.ints(4),
              outputPadding: a.ints(5), groups: a.int(6, default: 1), dilation: a.ints(7), spatialDims: n))
        })
    }
    return list
  }

  private static func window(
    _ a: OperationArguments, _ n: Int, _ name: String, dilation: [Int]? = nil
  ) throws(TensorError) -> Operations.Window {
    try Operations.checkPoolSetting(a.ints(1), n, "kernel_size", name)
    try Operations.checkPoolSetting(a.ints(2), n, "stride", name)
    try Operations.checkPoolSetting(a.ints(3), n, "padding", name)
    try Operations.checkPoolSetting(dilation, n, "dilation", name)
    let size = try Operations.spatial(a.ints(1), n, default: 1, "kernel_size")
    let given = a.ints(2) ?? []
    return try Operations.Window(
      size: size, stride: given.isEmpty ? size : try Operations.spatial(given, n, default: 1, "stride"),
      padding: try Operations.spatial(a.ints(3), n, default: 0, "padding"),
      dilation: try Operations.spatial(dilation, n, default: 1, "dilation"))
  }

  /// One-dimensional pooling runs as two-dimensional over rows of height one, as PyTorch shows it in the graph.
  private static func widened(_ w: Operations.Window) throws(TensorError) -> Operations.Window {
    try Operations.Window(
      size: [1] + w.size, stride: [1] + w.stride, padding: [0] + w.padding, dilation: [1] + w.dilation)
  }

  private static func poolings() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    func maxPool(_ x: Tensor, _ w: Operations.Window, _ ceiling: Bool, _ n: Int) throws(TensorError) -> (Tensor, Tensor)
    {
      let name = n == 3 ? "MaxPool3DWithIndicesBackward0" : "MaxPool2DWithIndicesBackward0"
      if n > 1 { return try Operations.maxPool(x, w, ceiling: ceiling, name: name) }
      try Operations.checkMaxPool1D(x, w, ceiling: ceiling)
      let (v, i) = try Operations.maxPool(Operations.unsqueeze(x, -2), widened(w), ceiling: ceiling, name: name)
      return (try Operations.squeeze(v, -2), try Operations.squeeze(i, -2))
    }
    for n in 1...3 {
      let shape = "1, 1, " + Array(repeating: "4", count: n).joined(separator: ", ")
      let signature =
        "(Tensor input, int[1] kernel_size, int[1]? stride=None, int[1] padding=0, int[1] dilation=1, bool ceil_mode=False, bool return_indices=False)"
      list.append(
        declare(
          "max_pool\(n)d", [.functional, .function], signature, "The largest element of every window.",
          "F.max_pool\(n)d(ones(\(shape)), 2).shape",
          check: checkUnary([1, 2] + [Int](repeating: 4, count: n)) { (x) throws(TensorError) in
            try maxPool(
              x,
              try Operations.Window(
                size: [Int](repeating: 2, count: n), stride: [Int](repeating: 1, count: n),
                padding: [Int](repeating: 1, count: n), dilation: [Int](repeating: 1, count: n)), false, n
            ).0
          }
        ) { (a) throws(TensorError) in
          let (values, indices) = try maxPool(
            a.tensor(0), window(a, n, "max_pool\(n)d", dilation: a.ints(4)), a.bool(5, default: false), n)
          return a.bool(6, default: false) ? .tuple([values, indices]) : .tensor(values)
        })
      let extra = n > 1 ? ", int? divisor_override=None" : ""
      list.append(
        declare(
          "avg_pool\(n)d", n == 1 ? [.functional, .function] : .functional,
          "(Tensor input, int[1] kernel_size, int[1]? stride=None, int[1] padding=0, bool ceil_mode=False, bool count_include_pad=True\(extra))",
          "The mean of every window.", "F.avg_pool\(n)d(ones(\(shape)), 2)",
          check: checkUnary([1, 2] + [Int](repeating: 4, count: n)) { (x) throws(TensorError) in
            try Operations.averagePool(
              x,
              try Operations.Window(
                size: [Int](repeating: 2, count: n), stride: [Int](repeating: 2, count: n),
                padding: [Int](repeating: 1, count: n), dilation: [Int](repeating: 1, count: n)), ceiling: false,
              countsPadding: false, divisor: nil, name: "AvgPool2DBackward0")
          }
        ) { (a) throws(TensorError) in
          let w = try window(a, n, "avg_pool\(n)d")
          let (ceiling, counts) = (a.bool(4, default: false), a.bool(5, default: true))
          if n == 1 {
            try Operations.checkPool1D(a.tensor(0), "avg_pool1d")
            return .tensor(
              try Operations.squeeze(
                Operations.averagePool(
                  Operations.unsqueeze(a.tensor(0), -2), widened(w), ceiling: ceiling, countsPadding: counts,
                  divisor: nil,
                  name: "AvgPool2DBackward0"), -2))
          }
          return .tensor(
            try Operations.averagePool(
              a.tensor(0), w, ceiling: ceiling, countsPadding: counts, divisor: a.int(6), name: "AvgPool\(n)DBackward0")
          )
        })
      list.append(
        declare(
          "adaptive_avg_pool\(n)d", n == 1 ? [.functional, .function] : .functional,
          "(Tensor input, int[1] output_size)",
          "Means over as many equal parts as asked for.", "F.adaptive_avg_pool\(n)d(ones(\(shape)), 1)"
        ) { (a) throws(TensorError) in
          if let list = a.ints(1), list.count > 1 && list.count != n {
            throw .runtime(
              n == 1
                ? "adaptive_avg_pool1d() argument 'output_size' should contain one int (got \(list.count))"
                : "adaptive_avg_pool\(n)d: output_size must be \(n)")
          }
          let sizes = try Operations.spatial(a.ints(1), n, default: 1, "output_size")
          if n == 1 {
            try Operations.checkPool1D(a.tensor(0), "adaptive_avg_pool1d")
            let wide = try Operations.unsqueeze(a.tensor(0), -2)
            return .tensor(try Operations.squeeze(Operations.adaptivePool(wide, [1] + sizes), -2))
          }
          return .tensor(try Operations.adaptivePool(a.tensor(0), sizes))
        })
      list.append(
        declare(
          "adaptive_max_pool\(n)d", .functional, "(Tensor input, int[1] output_size, bool return_indices=False)",
          "The largest elements of as many equal parts as asked for.", "F.adaptive_max_pool\(n)d(ones(\(shape)), 1)",
          check: checkUnary([1, 2] + [Int](repeating: 5, count: n)) { (x) throws(TensorError) in
            try Operations.adaptiveMaxPool(x, [Int](repeating: 2, count: n)).values
          }
        ) { (a) throws(TensorError) in
          if let list = a.ints(1), list.count > 1 && list.count != n {
            throw .runtime("adaptive_max_pool\(n)d(): internal error: output_size.size() must be \(n)")
          }
          if n == 1 { try Operations.checkPool1D(a.tensor(0), "adaptive_max_pool1d") }
          let sizes = try Operations.spatial(a.ints(1), n, default: 1, "output_size")
          let (values, indices) = try Operations.adaptiveMaxPool(a.tensor(0), sizes)
          return a.bool(2, default: false) ? .tuple([values, indices]) : .tensor(values)
        })
    }
    return list
  }
}
