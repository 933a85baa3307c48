extension OperationTable {
  /// Views of one tensor.
  static func viewDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []

    list.append(
      declare(
        "view", .method,
        "The same elements in another shape, without copying; one size may be -1. With a dtype, the same bytes read as that type.",
        "arange(6).view(2, -1)",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.view(x, [3, 2]) },
        [
          Overload("(Tensor input, ScalarType dtype)") { (a) throws(TensorError) in
            .tensor(try Operations.view(a.tensor(0), as: a.dtype(1) ?? .float32))
          },
          Overload("(Tensor input, int[] size...)") { (a) throws(TensorError) in
            .tensor(try Operations.view(a.tensor(0), a.ints(1) ?? []))
          },
        ]))
    list.append(
      declare(
        "view_as", .method, "(Tensor input, Tensor other)", "The same elements in the shape of `other`.",
        "arange(4).view_as(zeros(2, 2))"
      ) { (a) throws(TensorError) in .tensor(try Operations.view(a.tensor(0), a.tensor(1).shape.array)) })
    list.append(
      declare(
        "reshape", .both,
        "The same elements in another shape: a view where the strides allow, otherwise a copy. One size may be -1.",
        "arange(6).reshape(-1, 2)",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in
          try Operations.reshape(Operations.transpose(x, 0, 1), [6])
        },
        [
          Overload("(Tensor input, int[] shape...)") { (a) throws(TensorError) in
            .tensor(try Operations.reshape(a.tensor(0), a.ints(1) ?? []))
          }
        ]))
    list.append(
      declare(
        "reshape_as", .method, "(Tensor input, Tensor other)", "Reshaped to the shape of `other`.",
        "arange(4).reshape_as(zeros(2, 2))"
      ) { (a) throws(TensorError) in .tensor(try Operations.reshape(a.tensor(0), a.tensor(1).shape.array)) })
    list.append(
      declare(
        "flatten", .both, "(Tensor input, int start_dim=0, int end_dim=-1)",
        "Dimensions `start_dim` to `end_dim` as one.", "ones(2, 3, 4).flatten(1).shape",
        check: checkUnary([2, 3, 2]) { (x) throws(TensorError) in try Operations.flatten(x, 1) }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.flatten(a.tensor(0), a.int(1, default: 0), a.int(2, default: -1)))
      })
    list.append(
      declare(
        "unflatten", .both, "(Tensor input, int dim, int[] sizes)",
        "Dimension `dim` split into `sizes`, of which one may be -1.", "arange(6).unflatten(0, (2, 3))",
        check: checkUnary([4, 2]) { (x) throws(TensorError) in try Operations.unflatten(x, 0, [2, -1]) }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.unflatten(a.tensor(0), a.int(1, default: 0), a.ints(2) ?? []))
      })
    list.append(
      declare("ravel", .both, "(Tensor input)", "One dimension, contiguous.", "ones(2, 2).ravel()") {
        (a) throws(TensorError) in .tensor(try Operations.ravel(a.tensor(0)))
      })
    list.append(
      declare(
        "squeeze", .both, "Without dimensions of size one: all of them, or only those named.",
        "zeros(1, 3, 1).squeeze().shape",
        check: checkUnary([2, 1, 2]) { (x) throws(TensorError) in Operations.squeeze(x) },
        [
          Overload("(Tensor input)") { (a) throws(TensorError) in .tensor(Operations.squeeze(try a.tensor(0))) },
          Overload("(Tensor input, int dim)") { (a) throws(TensorError) in
            .tensor(try Operations.squeeze(a.tensor(0), a.int(1, default: 0)))
          },
          Overload("(Tensor input, int[] dim)") { (a) throws(TensorError) in
            .tensor(try Operations.squeeze(a.tensor(0), a.ints(1) ?? []))
          },
        ]))
    list.append(
      declare(
        "unsqueeze", .both, "(Tensor input, int dim)", "With a dimension of size one before `dim`.",
        "tensor([1, 2]).unsqueeze(1)",
        check: checkUnary([3]) { (x) throws(TensorError) in try Operations.unsqueeze(x, 1) }
      ) { (a) throws(TensorError) in .tensor(try Operations.unsqueeze(a.tensor(0), a.int(1, default: 0))) })
    for name in ["transpose", "swapaxes", "swapdims"] {
      let (first, second) = name == "swapaxes" ? ("axis0", "axis1") : ("dim0", "dim1")
      list.append(
        declare(
          name, .both, "(Tensor input, int \(first), int \(second))", "Two dimensions exchanged, as a view.",
          "ones(2, 3).\(name)(0, 1).shape",
          check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.transpose(x, 0, 1) }
        ) { (a) throws(TensorError) in
          .tensor(try Operations.transpose(a.tensor(0), a.int(1, default: 0), a.int(2, default: 0)))
        })
    }
    list.append(
      declare(
        "t", .both, unary: Operations.t, "A matrix transposed; vectors and scalars as they are.", "ones(2, 3).t()"))
    list.append(
      declare(
        "adjoint", .both, "(Tensor input)", "The last two dimensions exchanged (elements are real).",
        "ones(2, 3).adjoint().shape"
      ) { (a) throws(TensorError) in .tensor(try Operations.mT(a.tensor(0))) })
    list.append(
      declare(
        "permute", .both,
        "Dimensions in another order, as a view.", "ones(2, 3, 4).permute(2, 0, 1).shape",
        check: checkUnary([2, 3, 2]) { (x) throws(TensorError) in try Operations.permute(x, [2, 0, 1]) },
        [
          Overload("(Tensor input, int[] dims...)") { (a) throws(TensorError) in
            .tensor(try Operations.permute(a.tensor(0), a.ints(1) ?? []))
          }
        ]))
    for name in ["movedim", "moveaxis"] {
      list.append(
        declare(
          name, .both, "Dimensions moved to other places, the rest keeping their order.",
          "ones(2, 3, 4).\(name)(0, -1).shape",
          check: checkUnary([2, 3, 2]) { (x) throws(TensorError) in try Operations.movedim(x, [0], [2]) },
          ["int", "int[]"].map { type in
            Overload("(Tensor input, \(type) source, \(type) destination)", out: .none) {
              (a) throws(TensorError) in
              .tensor(try Operations.movedim(a.tensor(0), a.ints(1) ?? [], a.ints(2) ?? []))
            }
          }))
    }
    list.append(
      declare(
        "select", .both, "(Tensor input, int dim, int index)", "Entry `index` of dimension `dim`, as a view.",
        "arange(6).reshape(2, 3).select(1, 0)",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in try Operations.select(x, 0, 1) }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.select(a.tensor(0), a.int(1, default: 0), a.int(2, default: 0)))
      })
    list.append(
      declare(
        "narrow", .both, "`length` entries of dimension `dim` from `start` on, as a view.",
        "arange(6).narrow(0, 1, 3)",
        check: checkUnary([4, 2]) { (x) throws(TensorError) in try Operations.narrow(x, 0, 1, 2) },
        [
          Overload("(Tensor input, int dim, Tensor start, int length)", out: .none) { (a) throws(TensorError) in
            let start = try a.tensor(2)
            if start.ndim != 0 || start.dtype.isFloating || start.dtype == .bool {
              throw .runtime("start must be an 0-dim integral Tensor.")
            }
            return .tensor(
              try Operations.narrow(
                a.tensor(0), a.int(1, default: 0), start.int(at: start.offset), a.int(3, default: 0)))
          },
          Overload("(Tensor input, int dim, int start, int length)", out: .none) { (a) throws(TensorError) in
            .tensor(
              try Operations.narrow(
                a.tensor(0), a.int(1, default: 0), a.int(2, default: 0), a.int(3, default: 0)))
          },
        ]))
    list.append(
      declare(
        "unfold", .method, "(Tensor input, int dimension, int size, int step)",
        "Windows of `size` entries, `step` apart, as a new last dimension.", "arange(5).unfold(0, 3, 1)",
        check: checkUnary([5]) { (x) throws(TensorError) in try Operations.unfold(x, 0, 3, 1) }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.unfold(a.tensor(0), a.int(1, default: 0), a.int(2, default: 0), a.int(3, default: 1)))
      })
    list.append(
      declare(
        "as_strided", .both, "(Tensor input, int[] size, int[] stride, int? storage_offset=None)",
        "A view with any size, stride and offset inside the storage.", "arange(6).as_strided((2, 2), (3, 1))",
        check: checkUnary([6]) { (x) throws(TensorError) in try Operations.asStrided(x, [2, 3], [2, 1], 0) }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.asStrided(a.tensor(0), a.ints(1) ?? [], a.ints(2) ?? [], a.int(3)))
      })
    list.append(
      declare(
        "diagonal", .both, "(Tensor input, int offset=0, int dim1=0, int dim2=1)",
        "The entries with equal indices in two dimensions, as a view.", "arange(4).reshape(2, 2).diagonal()",
        check: checkUnary([3, 3]) { (x) throws(TensorError) in try Operations.diagonal(x, offset: 1) }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.diagonal(
            a.tensor(0), offset: a.int(1, default: 0), a.int(2, default: 0), a.int(3, default: 1)))
      })
    list.append(
      declare(
        "diagonal", .linalg, "(Tensor A, *, int offset=0, int dim1=-2, int dim2=-1)",
        "The diagonals of matrices, as a view.", "torch.linalg.diagonal(eye(2))"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.diagonal(
            a.tensor(0), offset: a.int(1, default: 0), a.int(2, default: -2), a.int(3, default: -1)))
      })
    return list
  }

  /// Views that replace the tensor's own geometry.
  static func viewInPlaceDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "squeeze_", .method, "`squeeze`, changing the tensor itself.", "zeros(1, 2).squeeze_()",
        [
          Overload("(Tensor input)") { (a) throws(TensorError) in
            .tensor(
              try Operations.reviewInPlace(a.tensor(0), "SqueezeBackward3") { (x) throws(TensorError) in
                Operations.squeeze(x)
              })
          },
          Overload("(Tensor input, int dim)") { (a) throws(TensorError) in
            let dim = a.int(1, default: 0)
            return .tensor(
              try Operations.reviewInPlace(a.tensor(0), "SqueezeBackward4") { (x) throws(TensorError) in
                try Operations.squeeze(x, dim)
              })
          },
          Overload("(Tensor input, int[] dim)") { (a) throws(TensorError) in
            let dims = a.ints(1) ?? []
            return .tensor(
              try Operations.reviewInPlace(a.tensor(0), "SqueezeBackward5") { (x) throws(TensorError) in
                try Operations.squeeze(x, dims)
              })
          },
        ]))
    list.append(
      declare(
        "unsqueeze_", .method, "(Tensor input, int dim)", "`unsqueeze`, changing the tensor itself.",
        "zeros(2).unsqueeze_(0)"
      ) { (a) throws(TensorError) in
        let dim = a.int(1, default: 0)
        return .tensor(
          try Operations.reviewInPlace(a.tensor(0), "UnsqueezeBackward1") { (x) throws(TensorError) in
            try Operations.unsqueeze(x, dim)
          })
      })
    list.append(
      declare("t_", .method, "(Tensor input)", "`t`, changing the tensor itself.", "ones(2, 3).t_().shape") {
        (a) throws(TensorError) in
        .tensor(
          try Operations.reviewInPlace(a.tensor(0), "TBackward1") { (x) throws(TensorError) in try Operations.t(x) })
      })
    for name in ["transpose_", "swapaxes_", "swapdims_"] {
      let (first, second) = name == "swapaxes_" ? ("axis0", "axis1") : ("dim0", "dim1")
      list.append(
        declare(
          name, .method, "(Tensor input, int \(first), int \(second))", "`transpose`, changing the tensor itself.",
          "ones(2, 3).\(name)(0, 1).shape"
        ) { (a) throws(TensorError) in
          let (i, j) = (a.int(1, default: 0), a.int(2, default: 0))
          return .tensor(
            try Operations.reviewInPlace(a.tensor(0), "TransposeBackward1") { (x) throws(TensorError) in
              try Operations.transpose(x, i, j)
            })
        })
    }
    list.append(
      declare(
        "resize_", .method, "(Tensor input, int[] size..., *, MemoryFormat? memory_format=None)",
        "Another shape over the same storage, which grows (uninitialised) where it is too small.",
        "arange(4).resize_(2, 2)"
      ) { (a) throws(TensorError) in .tensor(try Operations.resizeInPlace(a.tensor(0), a.ints(1) ?? [])) })
    list.append(
      declare(
        "resize_as_", .method, "(Tensor input, Tensor other)", "`resize_` to the shape of `other`.",
        "arange(4).resize_as_(zeros(2, 2))"
      ) { (a) throws(TensorError) in .tensor(try Operations.resizeInPlace(a.tensor(0), a.tensor(1).shape.array)) })
    return list
  }
}
