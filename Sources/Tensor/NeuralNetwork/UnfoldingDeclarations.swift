extension OperationTable {
  /// Windows as columns, pooling undone, norms over windows.
  static func unfoldingDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "unfold", .functional,
        "(Tensor input, int[1] kernel_size, int[1] dilation=1, int[1] padding=0, int[1] stride=1)",
        "The windows of images as columns.", "F.unfold(ones(1, 1, 3, 3), 2).shape",
        check: checkUnary([1, 2, 3, 4]) { (x) throws(TensorError) in
          try Operations.unfoldWindows(x, [2], dilation: [1], padding: [1], stride: [2])
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.unfoldWindows(
            a.tensor(0), a.ints(1), dilation: a.ints(2), padding: a.ints(3), stride: a.ints(4)))
      })
    list.append(
      declare(
        "fold", .functional,
        "(Tensor input, int[1] output_size, int[1] kernel_size, int[1] dilation=1, int[1] padding=0, int[1] stride=1)",
        "Columns put back as the windows of images; what overlaps is added up.",
        "F.fold(ones(1, 4, 4), 3, 2)",
        check: checkUnary([1, 8, 4]) { (x) throws(TensorError) in
          try Operations.foldWindows(x, [3], [2], dilation: nil, padding: nil, stride: nil)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.foldWindows(
            a.tensor(0), a.ints(1), a.ints(2), dilation: a.ints(3), padding: a.ints(4), stride: a.ints(5)))
      })
    for n in 1...3 {
      list.append(
        declare(
          "max_unpool\(n)d", .functional,
          "(Tensor input, Tensor indices, int[1] kernel_size, int[1]? stride=None, int[1] padding=0, int[]? output_size=None)",
          "Pooled elements put back where they stood."
        ) { (a) throws(TensorError) in
          let x = try a.tensor(0)
          let size = try Operations.spatial(a.ints(2), n, default: 1, "kernel_size")
          let stride = try Operations.spatial(a.ints(3) ?? size, n, default: 1, "stride")
          let padding = try Operations.spatial(a.ints(4), n, default: 0, "padding")
          for values in [size, stride, padding] where values.contains(where: { $0 < 0 || $0 > 1 << 30 }) {
            throw .runtime("max_unpool\(n)d: kernel_size, stride and padding must be small positive numbers")
          }
          var output: [Int] = []
          if let given = a.ints(5) {
            output = Array(given.suffix(n))
          } else if x.ndim > n {
            for i in 0..<n {
              output.append((x.shape[x.ndim - n + i] - 1) * stride[i] - 2 * padding[i] + size[i])
            }
          }
          if x.ndim < n + 1 || output.count != n || output.contains(where: { $0 <= 0 || $0 > 1 << 30 }) {
            throw .runtime("max_unpool\(n)d: invalid sizes for input \(x.shape.description)")
          }
          if n > 1 { return .tensor(try Operations.maxUnpool(x, a.tensor(1), output)) }
          return .tensor(
            try Operations.squeeze(
              Operations.maxUnpool(
                Operations.unsqueeze(x, -1), Operations.unsqueeze(a.tensor(1), -1), output + [1]), -1))
        })
      let shape = "1, 1, " + Array(repeating: "4", count: n).joined(separator: ", ")
      list.append(
        declare(
          "lp_pool\(n)d", .functional,
          "(Tensor input, float norm_type, int[1] kernel_size, int[1]? stride=None, bool ceil_mode=False)",
          "The p-norm of every window.", "F.lp_pool\(n)d(ones(\(shape)), 2, 2)"
        ) { (a) throws(TensorError) in
          let (p, size) = (a.double(1, default: 2), try Operations.spatial(a.ints(2), n, default: 1, "kernel_size"))
          let w = try Operations.Window(
            size: size, stride: try Operations.spatial(a.ints(3) ?? size, n, default: 1, "stride"),
            padding: [Int](repeating: 0, count: n), dilation: [Int](repeating: 1, count: n))
          let powers = try Operations.pow(a.tensor(0), .float(p))
          let means = try Operations.averagePool(
            powers, w, ceiling: a.bool(4, default: false), countsPadding: true, divisor: nil,
            name: "AvgPool\(Swift.max(n, 2))DBackward0")
          let positive = try Operations.mul(Operations.sign(means), Operations.relu(Operations.abs(means)))
          let sums = try Operations.mul(positive, .int(size.reduce(1, *)))
          return .tensor(try Operations.pow(sums, .float(1 / p)))
        })
    }
    list.append(
      declare(
        "instance_norm", .functional,
        "(Tensor input, Tensor? running_mean=None, Tensor? running_var=None, Tensor? weight=None, Tensor? bias=None, bool use_input_stats=True, float momentum=0.1, float eps=1e-05)",
        "Each channel of each sample normalised on its own.", "F.instance_norm(tensor([[[1., 3.]]]))",
        check: checkMany([[2, 2, 3], [2], [2]]) { (x) throws(TensorError) in
          try Operations.instanceNorm(x[0], x[1], x[2], nil, nil, usesInput: true, momentum: 0.1, eps: 1e-5)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.instanceNorm(
            a.tensor(0), a.optionalTensor(3), a.optionalTensor(4), a.optionalTensor(1), a.optionalTensor(2),
            usesInput: a.bool(5, default: true), momentum: a.double(6, default: 0.1), eps: a.double(7, default: 1e-5)))
      })
    list.append(
      declare(
        "local_response_norm", .functional,
        "(Tensor input, int size, float alpha=0.0001, float beta=0.75, float k=1.0)",
        "Elements divided by a power of the mean of squares over neighbouring channels.",
        "F.local_response_norm(ones(1, 2, 2), 2, alpha=1.)",
        check: checkUnary([1, 3, 2, 2]) { (x) throws(TensorError) in
          try Operations.localResponseNorm(x, 2, alpha: 0.5, beta: 0.75, k: 1)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.localResponseNorm(
            a.tensor(0), a.int(1, default: 1), alpha: a.double(2, default: 1e-4), beta: a.double(3, default: 0.75),
            k: a.double(4, default: 1)))
      })
    list.append(
      declare(
        "bilinear", [.functional, .function], "(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None)",
        "x₁ᵀ W x₂ + b.", "F.bilinear(ones(1, 2), ones(1, 2), ones(1, 2, 2))",
        check: checkMany([[3, 2], [3, 4], [2, 2, 4]]) { (x) throws(TensorError) in
          try Operations.bilinear(x[0], x[1], x[2], nil)
        }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.bilinear(a.tensor(0), a.tensor(1), a.tensor(2), a.optionalTensor(3)))
      })
    list.append(
      declare(
        "pdist", [.functional, .function], "(Tensor input, float p=2.0)", "The distances between every two rows.",
        "F.pdist(tensor([[0., 0.], [3., 4.]]))",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in try Operations.pdist(x, 2) }
      ) { (a) throws(TensorError) in .tensor(try Operations.pdist(a.tensor(0), a.double(1, default: 2))) })
    return list
  }
}
