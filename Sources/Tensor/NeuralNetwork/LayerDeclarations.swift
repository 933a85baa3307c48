extension OperationTable {
  /// Affine maps, embeddings, normalisation, padding, distances.
  static func layerDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "linear", .functional, "(Tensor input, Tensor weight, Tensor? bias=None)", "input Wᵀ + b.",
        "F.linear(ones(1, 2), ones(3, 2))",
        check: checkMany([[2, 3], [4, 3], [4]]) { (x) throws(TensorError) in try Operations.linear(x[0], x[1], x[2]) }
      ) { (a) throws(TensorError) in .tensor(try Operations.linear(a.tensor(0), a.tensor(1), a.optionalTensor(2))) })
    list.append(
      declare(
        "embedding", .functional,
        "(Tensor input, Tensor weight, int? padding_idx=None, float? max_norm=None, float norm_type=2.0, bool scale_grad_by_freq=False, bool sparse=False)",
        "Rows of a table.", "F.embedding(tensor([1, 0]), eye(2))",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in
          try Operations.embedding(Tensor.vector([2, 0, 2]), x)
        }
      ) { (a) throws(TensorError) in
        if a.has(3) { throw .runtime("embedding: max_norm is not available in tnb") }
        return .tensor(try Operations.embedding(a.tensor(0), a.tensor(1), padding: a.int(2)))
      })
    list.append(
      declare(
        "one_hot", .functional, "(Tensor input, int num_classes=-1)", "One at each class number, zeros elsewhere.",
        "F.one_hot(tensor([0, 2]))"
      ) { (a) throws(TensorError) in .tensor(try Operations.oneHot(a.tensor(0), a.int(1, default: -1))) })
    for faces in [OperationDeclaration.Faces.functional, .function] {
      list.append(
        declare(
          "layer_norm", faces,
          "(Tensor input, int[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05)",
          "The last dimensions normalised to mean zero and variance one, then scaled and shifted.",
          "F.layer_norm(tensor([[1., 3.]]), (2,))",
          check: checkMany([[2, 3], [3], [3]]) { (x) throws(TensorError) in
            try Operations.layerNorm(x[0], [3], x[1], x[2], eps: 1e-5)
          }
        ) { (a) throws(TensorError) in
          .tensor(
            try Operations.layerNorm(
              a.tensor(0), a.ints(1) ?? [], a.optionalTensor(2), a.optionalTensor(3), eps: a.double(4, default: 1e-5)))
        })
    }
    list.append(
      declare(
        "rms_norm", .functional, "(Tensor input, int[] normalized_shape, Tensor? weight=None, float? eps=None)",
        "The last dimensions divided by their root mean square.", "F.rms_norm(tensor([[3., 4.]]), (2,))"
      ) { (a) throws(TensorError) in
        .tensor(try Operations.rmsNorm(a.tensor(0), a.ints(1) ?? [], a.optionalTensor(2), eps: a.double(3)))
      })
    list.append(
      declare(
        "batch_norm", .functional,
        "(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight=None, Tensor? bias=None, bool training=False, float momentum=0.1, float eps=1e-05)",
        "Each channel normalised over the batch, or by running statistics.",
        "F.batch_norm(ones(2, 1), zeros(1), ones(1))",
        check: checkMany([[4, 2], [2], [2]]) { (x) throws(TensorError) in
          try Operations.batchNorm(x[0], nil, nil, x[1], x[2], training: true, momentum: 0.1, eps: 1e-5)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.batchNorm(
            a.tensor(0), a.optionalTensor(1), a.optionalTensor(2), a.optionalTensor(3), a.optionalTensor(4),
            training: a.bool(5, default: false), momentum: a.double(6, default: 0.1), eps: a.double(7, default: 1e-5)))
      })
    list.append(
      declare(
        "group_norm", .functional,
        "(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05)",
        "Groups of channels normalised together.", "F.group_norm(ones(1, 2, 2), 1)",
        check: checkUnary([2, 4, 3]) { (x) throws(TensorError) in
          try Operations.groupNorm(x, 2, nil, nil, eps: 1e-5)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.groupNorm(
            a.tensor(0), a.int(1, default: 1), a.optionalTensor(2), a.optionalTensor(3), eps: a.double(4, default: 1e-5)
          ))
      })
    list.append(
      declare(
        "pad", .functional, "(Tensor input, int[] pad, str mode='constant', float? value=None)",
        "Elements added at both ends of the last dimensions.", "F.pad(ones(2), (1, 1))",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.pad(x, [1, -1, 2, 0]) }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.pad(a.tensor(0), a.ints(1) ?? [], mode: a.string(2) ?? "constant", value: a.double(3)))
      })
    list.append(
      declare(
        "normalize", .functional, "(Tensor input, float p=2.0, int dim=1, float eps=1e-12)",
        "Vectors along a dimension divided by their norm.", "F.normalize(tensor([[3., 4.]]))",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.normalize(x) }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.normalize(
            a.tensor(0), p: a.double(1, default: 2), a.int(2, default: 1), eps: a.double(3, default: 1e-12)))
      })
    list.append(
      declare(
        "cosine_similarity", [.functional, .function], "(Tensor x1, Tensor x2, int dim=1, float eps=1e-08)",
        "The cosine of the angle between vectors along a dimension.",
        "F.cosine_similarity(tensor([[1., 0.]]), tensor([[1., 1.]]))",
        check: checkMany([[2, 3], [2, 3]]) { (x) throws(TensorError) in try Operations.cosineSimilarity(x[0], x[1]) }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.cosineSimilarity(
            a.tensor(0), a.tensor(1), a.int(2, default: 1), eps: a.double(3, default: 1e-8)))
      })
    list.append(
      declare(
        "pairwise_distance", [.functional, .function],
        "(Tensor x1, Tensor x2, float p=2.0, float eps=1e-06, bool keepdim=False)",
        "The norm of the difference of vectors along the last dimension.",
        "F.pairwise_distance(tensor([[3., 4.]]), zeros(1, 2))"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.pairwiseDistance(
            a.tensor(0), a.tensor(1), p: a.double(2, default: 2), eps: a.double(3, default: 1e-6),
            keepdim: a.bool(4, default: false)))
      })
    list.append(
      declare(
        "cdist", .function, "(Tensor x1, Tensor x2, float p=2.0, str? compute_mode=None)",
        "Distances between the rows of two matrices.", "cdist(zeros(1, 2), tensor([[3., 4.]]))",
        check: checkMany([[3, 2], [2, 2]]) { (x) throws(TensorError) in try Operations.cdist(x[0], x[1]) }
      ) { (a) throws(TensorError) in .tensor(try Operations.cdist(a.tensor(0), a.tensor(1), p: a.double(2, default: 2)))
      })
    list.append(
      declare(
        "renorm", .both, "(Tensor input, float p, int dim, float maxnorm)",
        "Entries along a dimension scaled down to a largest norm.", "renorm(tensor([[3., 4.]]), 2, 0, 1.)"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.renorm(
            a.tensor(0), p: a.double(1, default: 2), a.int(2, default: 0), limit: a.double(3, default: 1)))
      })
    return list
  }
}
