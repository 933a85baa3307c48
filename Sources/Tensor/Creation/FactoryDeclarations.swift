extension OperationTable {
  /// The options that all factories take.
  static let factoryOptions =
    "ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? requires_grad=False, bool? pin_memory=False"
  static let likeOptions =
    "ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? requires_grad=False, MemoryFormat? memory_format=None"

  /// The size given to a factory, checked for length.
  static func size(_ a: OperationArguments, _ i: Int) throws(TensorError) -> Dims { try Dims.checked(a.ints(i) ?? []) }

  /// Tensors made from numbers and shapes.
  static func factoryDeclarations() -> [OperationDeclaration] {
    fillingDeclarations() + likeDeclarations() + rangeDeclarations() + gridDeclarations()
  }

  private static func fillingDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    let makers: [(String, String, (Dims, DType) throws(TensorError) -> Tensor)] = [
      ("zeros", "Zeros of a shape.", Operations.zeros),
      ("ones", "Ones of a shape.", { (s, d) throws(TensorError) in try Tensor.filled(s, d, .int(1)) }),
      // Reproducible where PyTorch's memory would hold anything.
      (
        "empty", "A tensor whose elements have no particular value (zeros).",
        { (s, d) throws(TensorError) in try Tensor.filled(s, d, .int(0)) }
      ),
    ]
    for (name, doc, make) in makers {
      list.append(
        declare(
          name, .function, doc, "\(name)(2, 3).shape",
          [
            Overload("(int[] size..., *, \(factoryOptions), MemoryFormat? memory_format=None)") {
              (a) throws(TensorError) in
              .tensor(
                try make(size(a, 0), a.dtype(1) ?? DType.defaultFloat).requiringGrad(a.bool(4, default: false)))
            }
          ]))
      list.append(
        declare(
          name + "_like", .function, "(Tensor input, *, \(likeOptions))", doc + " In the form of another tensor.",
          "\(name)_like(tensor([1, 2])).dtype"
        ) { (a) throws(TensorError) in
          let x = try a.tensor(0)
          let result = try x.emptyLike(a.dtype(1) ?? x.dtype)
          try Kernels.fill(result, name == "ones_like" || name == "ones" ? .int(1) : .int(0))
          return .tensor(try result.requiringGrad(a.bool(4, default: false)))
        })
      list.append(
        declare(
          "new_" + name, .method, doc + " With the dtype of this tensor.", "tensor([1]).new_\(name)(2)",
          [
            Overload("(Tensor input, int[] size..., *, \(factoryOptions))") { (a) throws(TensorError) in
              let own = try a.tensor(0).dtype
              return .tensor(
                try make(size(a, 1), a.dtype(2) ?? own).requiringGrad(a.bool(5, default: false)))
            }
          ]))
    }
    list.append(
      declare(
        "empty_strided", .function, "(int[] size, int[] stride, *, \(factoryOptions))",
        "A tensor with given strides whose elements have no particular value (zeros).",
        "empty_strided((2, 2), (1, 2)).stride()"
      ) { (a) throws(TensorError) in
        let (shape, strides) = (try size(a, 0), a.ints(1) ?? [])
        let dtype = a.dtype(2) ?? DType.defaultFloat
        if strides.count != shape.count { throw .runtime("mismatch in length of strides and shape") }
        var needed = 1
        for i in 0..<shape.count {
          if shape[i] < 0 {
            throw .runtime("Trying to create tensor with negative dimension \(shape[i]): \(shape.description)")
          }
          if shape[i] == 0 { needed = 0 }
        }
        if needed > 0 {
          for i in 0..<shape.count {
            let (span, o) = (shape[i] - 1).multipliedReportingOverflow(by: Swift.max(strides[i], 0))
            if o || span > 1 << 40 {
              throw .runtime("Storage size calculation overflowed with sizes=\(shape.description)")
            }
            needed += span
          }
        }
        let base = try Tensor.filled([needed], dtype, .int(0))
        return .tensor(
          try Operations.asStrided(base, shape.array, strides, 0).detach().requiringGrad(a.bool(5, default: false)))
      })
    list.append(
      declare(
        "full", .function, "Every element the same value, which also decides the dtype.", "full((2,), 7)",
        [
          Overload("(int[] size, Scalar fill_value, *, \(factoryOptions))") { (a) throws(TensorError) in
            let value = a.scalar(1, default: .int(0))
            return .tensor(
              try Operations.full(size(a, 0), value, a.dtype(2) ?? value.dtype).requiringGrad(a.bool(5, default: false))
            )
          }
        ]))
    list.append(
      declare(
        "full_like", .function, "(Tensor input, Scalar fill_value, *, \(likeOptions))",
        "Every element the same value, in the form of another tensor.", "full_like(tensor([1, 2]), 9)"
      ) { (a) throws(TensorError) in
        let x = try a.tensor(0)
        let dtype = a.dtype(2) ?? x.dtype
        let value = a.scalar(1, default: .int(0))
        let result = try x.emptyLike(dtype)
        try Kernels.fill(result, value)
        return .tensor(try result.requiringGrad(a.bool(5, default: false)))
      })
    list.append(
      declare(
        "new_full", .method, "(Tensor input, int[] size, Scalar fill_value, *, \(factoryOptions))",
        "Every element the same value, with the dtype of this tensor.", "tensor([1]).new_full((2,), 5)"
      ) { (a) throws(TensorError) in
        let own = try a.tensor(0).dtype
        return .tensor(
          try Operations.full(size(a, 1), a.scalar(2, default: .int(0)), a.dtype(3) ?? own)
            .requiringGrad(a.bool(6, default: false)))
      })
    list.append(
      declare(
        "scalar_tensor", .function, "(Scalar s, *, \(factoryOptions))", "A 0-dimensional tensor.", "scalar_tensor(2)"
      ) { (a) throws(TensorError) in
        .tensor(
          try Tensor.scalar(a.scalar(0, default: .int(0)), a.dtype(1) ?? DType.defaultFloat)
            .requiringGrad(a.bool(4, default: false)))
      })
    return list
  }

  private static func likeDeclarations() -> [OperationDeclaration] {
    [
      declare(
        "eye", .function, "The identity matrix, or one with `m` columns.", "eye(2, 3)",
        [
          Overload("(int n, *, \(factoryOptions))") { (a) throws(TensorError) in
            .tensor(
              try Operations.eye(a.int(0, default: 0), nil, a.dtype(1) ?? DType.defaultFloat)
                .requiringGrad(a.bool(4, default: false)))
          },
          Overload("(int n, int m, *, \(factoryOptions))") { (a) throws(TensorError) in
            .tensor(
              try Operations.eye(a.int(0, default: 0), a.int(1), a.dtype(2) ?? DType.defaultFloat)
                .requiringGrad(a.bool(5, default: false)))
          },
        ])
    ]
  }

  private static func rangeDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "arange", .function, "Numbers from `start` on, `step` apart, before `end`; integers give int64.",
        "arange(0, 1, 0.25)",
        [
          Overload("(Scalar end, *, \(factoryOptions))") { (a) throws(TensorError) in
            .tensor(
              try Operations.arange(.int(0), a.scalar(0, default: .int(0)), .int(1), a.dtype(1))
                .requiringGrad(a.bool(4, default: false)))
          },
          Overload("(Scalar start, Scalar end, *, \(factoryOptions))", out: .none) { (a) throws(TensorError) in
            .tensor(
              try Operations.arange(a.scalar(0, default: .int(0)), a.scalar(1, default: .int(0)), .int(1), a.dtype(2))
                .requiringGrad(a.bool(5, default: false)))
          },
          Overload("(Scalar start, Scalar end, Scalar step=1, *, \(factoryOptions))") { (a) throws(TensorError) in
            .tensor(
              try Operations.arange(
                a.scalar(0, default: .int(0)), a.scalar(1, default: .int(0)), a.scalar(2, default: .int(1)), a.dtype(3)
              ).requiringGrad(a.bool(6, default: false)))
          },
        ]))
    list.append(
      declare(
        "range", .function, "(Scalar start, Scalar end, Scalar step=1, *, \(factoryOptions))",
        "As `arange` with `end` included; floats by default.", "torch.range(0, 2)"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.inclusiveRange(
            a.scalar(0, default: .int(0)), a.scalar(1, default: .int(0)), a.scalar(2, default: .int(1)), a.dtype(3)
          ).requiringGrad(a.bool(6, default: false)))
      })
    func number(_ a: OperationArguments, _ i: Int) throws(TensorError) -> Scalar {
      if let t = a.optionalTensor(i) {
        if t.ndim != 0 {
          throw .runtime(
            "linspace only supports 0-dimensional start and end tensors, but got start with \(t.ndim) dimension(s).")
        }
        return try t.item()
      }
      return a.scalar(i, default: .int(0))
    }
    let kinds = [
      "Tensor start, Tensor end", "Scalar start, Tensor end", "Tensor start, Scalar end", "Scalar start, Scalar end",
    ]
    list.append(
      declare(
        "linspace", .function, "`steps` numbers from `start` to `end`, both included.", "linspace(0, 1, 5)",
        kinds.map { kind in
          Overload("(\(kind), int steps, *, \(factoryOptions))") { (a) throws(TensorError) in
            .tensor(
              try Operations.linspace(number(a, 0), number(a, 1), a.int(2, default: 0), a.dtype(3))
                .requiringGrad(a.bool(6, default: false)))
          }
        }))
    list.append(
      declare(
        "logspace", .function, "Powers of `base` at `steps` exponents from `start` to `end`.", "logspace(0, 2, 3)",
        kinds.map { kind in
          Overload("(\(kind), int steps, float base=10.0, *, \(factoryOptions))") { (a) throws(TensorError) in
            .tensor(
              try Operations.logspace(
                number(a, 0), number(a, 1), a.int(2, default: 0), base: a.double(3, default: 10), a.dtype(4)
              ).requiringGrad(a.bool(7, default: false)))
          }
        }))
    return list
  }

  private static func gridDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "diag", .both, "(Tensor input, int diagonal=0)",
        "A matrix with the vector on a diagonal, or the diagonal of a matrix.", "diag(tensor([1, 2]))",
        check: checkUnary([3]) { (x) throws(TensorError) in try Operations.diag(x, 1) }
      ) { (a) throws(TensorError) in .tensor(try Operations.diag(a.tensor(0), a.int(1, default: 0))) })
    list.append(
      declare(
        "diag_embed", .both, "(Tensor input, int offset=0, int dim1=-2, int dim2=-1)",
        "Vectors along a diagonal of matrices that are zero elsewhere.", "diag_embed(tensor([[1, 2]]))",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.diagEmbed(x, offset: 1) }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.diagEmbed(
            a.tensor(0), offset: a.int(1, default: 0), a.int(2, default: -2), a.int(3, default: -1)))
      })
    list.append(
      declare(
        "diagflat", .both, "(Tensor input, int offset=0)", "The flattened tensor on a diagonal of a matrix.",
        "diagflat(tensor([1, 2]))"
      ) { (a) throws(TensorError) in
        .tensor(try Operations.diagEmbed(Operations.reshape(a.tensor(0), [-1]), offset: a.int(1, default: 0)))
      })
    for upper in [false, true] {
      let name = upper ? "triu_indices" : "tril_indices"
      list.append(
        declare(
          name, .function,
          "(int row, int col, int offset=0, *, ScalarType? dtype=None, Device? device=None, Layout? layout=None)",
          "Row and column numbers of a triangle's elements.", "\(name)(2, 2)"
        ) { (a) throws(TensorError) in
          .tensor(
            try Operations.triangleIndices(
              a.int(0, default: 0), a.int(1, default: 0), a.int(2, default: 0), upper: upper, a.dtype(3) ?? .int64))
        })
    }
    list.append(
      declare(
        "meshgrid", .function, "(Tensor[] tensors..., *, str? indexing=None)",
        "Coordinates of a grid: each vector's values repeated along the other dimensions.",
        "meshgrid(arange(2), arange(3), indexing='ij')"
      ) { (a) throws(TensorError) in .tuple(try Operations.meshgrid(a.tensors(0), indexing: a.string(1))) })
    list.append(
      declare(
        "cartesian_prod", .function, "(Tensor[] tensors...)", "All combinations of one element from each vector.",
        "cartesian_prod(arange(2), arange(2))"
      ) { (a) throws(TensorError) in .tensor(try Operations.cartesianProduct(a.tensors(0))) })
    list.append(
      declare(
        "combinations", .function, "(Tensor input, int r=2, bool with_replacement=False)",
        "All ways to choose `r` elements of a vector.", "combinations(arange(3))"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.combinations(a.tensor(0), a.int(1, default: 2), replacement: a.bool(2, default: false)))
      })
    list.append(
      declare(
        "vander", .function, "(Tensor x, int? N=None, bool increasing=False)",
        "Powers of a vector's elements as columns.", "vander(tensor([1, 2, 3]))"
      ) { (a) throws(TensorError) in
        .tensor(try Operations.vander(a.tensor(0), a.int(1), increasing: a.bool(2, default: false)))
      })
    list.append(
      declare(
        "vander", .linalg, "(Tensor x, *, int? N=None)", "Powers of a vector's elements as columns, rising.",
        "torch.linalg.vander(tensor([1, 2, 3]))"
      ) { (a) throws(TensorError) in .tensor(try Operations.vander(a.tensor(0), a.int(1), increasing: true)) })
    return list
  }
}
