extension OperationTable {
  /// Reading and writing elements by index or mask.
  static func indexingDeclarations() -> [OperationDeclaration] {
    gatheringDeclarations() + scatteringDeclarations() + entryDeclarations() + maskingDeclarations()
  }

  private static func gatheringDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "gather", .both, "(Tensor input, int dim, Tensor index, *, bool sparse_grad=False)",
        "One element along `dim` for each element of `index`.",
        "gather(tensor([[1, 2], [3, 4]]), 1, tensor([[0], [1]]))",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in
          try Operations.gather(x, 0, Tensor.make([0, 2, 2, 1], [2, 2], .int64))
        }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.gather(a.tensor(0), a.int(1, default: 0), a.tensor(2)))
      })
    list.append(
      declare(
        "index_select", .both, "(Tensor input, int dim, Tensor index)",
        "Whole entries of a dimension, in the order of `index`.", "index_select(eye(3), 0, tensor([2, 0]))",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in
          try Operations.indexSelect(x, 0, Tensor.vector([1, 1, 0]))
        }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.indexSelect(a.tensor(0), a.int(1, default: 0), a.tensor(2)))
      })
    list.append(
      declare(
        "take", .both, "(Tensor input, Tensor index)", "Elements at positions in the flattened tensor.",
        "take(tensor([[5, 6], [7, 8]]), tensor([0, 3]))",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in try Operations.take(x, Tensor.vector([5, 0, 0])) }
      ) { (a) throws(TensorError) in .tensor(try Operations.take(a.tensor(0), a.tensor(1))) })
    list.append(
      declare(
        "take_along_dim", .both, "(Tensor input, Tensor indices, int? dim=None)",
        "As `gather`, broadcasting input and index against each other.",
        "take_along_dim(tensor([[3, 1]]), tensor([[1]]), 1)"
      ) { (a) throws(TensorError) in
        .tensor(try Operations.takeAlongDim(a.tensor(0), a.tensor(1), a.int(2)))
      })
    list.append(
      declare(
        "nonzero", .both, "(Tensor input, *, bool as_tuple=False)",
        "The positions of the elements that are not zero, a row each; or a vector for each dimension.",
        "nonzero(tensor([0, 3, 5]))"
      ) { (a) throws(TensorError) in
        a.bool(1, default: false)
          ? .tuple(try Operations.nonzeroTuple(a.tensor(0))) : .tensor(try Operations.nonzero(a.tensor(0)))
      })
    list.append(
      declare(
        "argwhere", .both, "(Tensor input)", "The positions of the elements that are not zero, a row each.",
        "argwhere(tensor([0, 3]))"
      ) { (a) throws(TensorError) in .tensor(try Operations.nonzero(a.tensor(0))) })
    return list
  }

  private static func scatteringDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    for inPlace in [false, true] {
      let suffix = inPlace ? "_" : ""
      let faces: OperationDeclaration.Faces = inPlace ? .method : .both
      list.append(
        declare(
          "scatter" + suffix, faces, "Values written where `index` points along `dim`.",
          "zeros(2, 3).scatter\(suffix)(1, tensor([[0], [2]]), 1.)",
          check: inPlace
            ? nil
            : checkMany([[3, 2], [2, 2]]) { (x) throws(TensorError) in
              try Operations.scatter(x[0], 0, Tensor.make([0, 2, 2, 1], [2, 2], .int64), x[1])
            },
          [
            Overload("(Tensor input, int dim, Tensor index, Tensor src)") { (a) throws(TensorError) in
              .tensor(
                try Operations.scatter(
                  a.tensor(0), a.int(1, default: 0), a.tensor(2), a.tensor(3), inPlace: inPlace))
            },
            Overload("(Tensor input, int dim, Tensor index, Tensor src, *, str reduce)") { (a) throws(TensorError) in
              .tensor(
                try Operations.scatter(
                  a.tensor(0), a.int(1, default: 0), a.tensor(2), a.tensor(3), reduce: a.string(4) ?? "",
                  inPlace: inPlace))
            },
            Overload("(Tensor input, int dim, Tensor index, Scalar value)") { (a) throws(TensorError) in
              .tensor(
                try Operations.scatter(
                  a.tensor(0), a.int(1, default: 0), a.tensor(2), a.scalar(3, default: .int(0)), inPlace: inPlace))
            },
            Overload("(Tensor input, int dim, Tensor index, Scalar value, *, str reduce)") {
              (a) throws(TensorError) in
              let x = try a.tensor(0)
              return .tensor(
                try Operations.scatter(
                  x, a.int(1, default: 0), a.tensor(2), Tensor.scalar(a.scalar(3, default: .int(0)), x.dtype),
                  reduce: a.string(4) ?? "", inPlace: inPlace))
            },
          ]))
      list.append(
        declare(
          "scatter_add" + suffix, faces, "(Tensor input, int dim, Tensor index, Tensor src)",
          "Values added where `index` points along `dim`.",
          "zeros(3).scatter_add\(suffix)(0, tensor([0, 0]), tensor([1., 2.]))",
          check: inPlace
            ? nil
            : checkMany([[3, 2], [2, 2]]) { (x) throws(TensorError) in
              try Operations.scatterAdd(x[0], 0, Tensor.make([0, 2, 0, 1], [2, 2], .int64), x[1])
            }
        ) { (a) throws(TensorError) in
          .tensor(
            try Operations.scatterAdd(a.tensor(0), a.int(1, default: 0), a.tensor(2), a.tensor(3), inPlace: inPlace))
        })
      list.append(
        declare(
          "scatter_reduce" + suffix, faces,
          "(Tensor input, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True)",
          "Values combined where `index` points: `sum`, `prod`, `mean`, `amax` or `amin`.",
          "zeros(3).scatter_reduce\(suffix)(0, tensor([0, 0]), tensor([1., 2.]), 'amax')",
          check: inPlace
            ? nil
            : checkMany([[3, 2], [2, 2]]) { (x) throws(TensorError) in
              try Operations.scatterReduce(
                x[0], 0, Tensor.make([0, 2, 0, 1], [2, 2], .int64), x[1], "mean", includeSelf: true)
            }
        ) { (a) throws(TensorError) in
          .tensor(
            try Operations.scatterReduce(
              a.tensor(0), a.int(1, default: 0), a.tensor(2), a.tensor(3), a.string(4) ?? "",
              includeSelf: a.bool(5, default: true), inPlace: inPlace))
        })
    }
    return list
  }

  private static func entryDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    for inPlace in [false, true] {
      let suffix = inPlace ? "_" : ""
      let faces: OperationDeclaration.Faces = inPlace ? .method : .both
      list.append(
        declare(
          "index_add" + suffix, faces, "(Tensor input, int dim, Tensor index, Tensor source, *, Scalar alpha=1)",
          "Entries of `source` added to the entries that `index` names.",
          "zeros(3).index_add\(suffix)(0, tensor([0, 0]), tensor([1., 2.]))",
          check: inPlace
            ? nil
            : checkMany([[3, 2], [2, 2]]) { (x) throws(TensorError) in
              try Operations.indexAdd(x[0], 0, Tensor.vector([2, 2]), x[1], alpha: .int(2))
            }
        ) { (a) throws(TensorError) in
          .tensor(
            try Operations.indexAdd(
              a.tensor(0), a.int(1, default: 0), a.tensor(2), a.tensor(3), alpha: a.scalar(4, default: .int(1)),
              inPlace: inPlace))
        })
      list.append(
        declare(
          "index_copy" + suffix, faces, "(Tensor input, int dim, Tensor index, Tensor source)",
          "Entries of `source` in place of the entries that `index` names.",
          "zeros(3).index_copy\(suffix)(0, tensor([2]), tensor([5.]))",
          check: inPlace
            ? nil
            : checkMany([[3, 2], [2, 2]]) { (x) throws(TensorError) in
              try Operations.indexCopy(x[0], 0, Tensor.vector([2, 0]), x[1])
            }
        ) { (a) throws(TensorError) in
          .tensor(
            try Operations.indexCopy(a.tensor(0), a.int(1, default: 0), a.tensor(2), a.tensor(3), inPlace: inPlace))
        })
      list.append(
        declare(
          "index_fill" + suffix, faces, "A value in all the entries that `index` names.",
          "zeros(3).index_fill\(suffix)(0, tensor([0, 2]), 1.)",
          [
            Overload("(Tensor input, int dim, Tensor index, Tensor value)") { (a) throws(TensorError) in
              let value = try a.tensor(3)
              if value.ndim != 0 {
                throw .runtime(
                  "index_fill_ only supports a 0-dimensional value tensor, but got tensor with \(value.ndim) dimension(s)."
                )
              }
              return .tensor(
                try Operations.indexFill(
                  a.tensor(0), a.int(1, default: 0), a.tensor(2), value.onlyScalar, inPlace: inPlace))
            },
            Overload("(Tensor input, int dim, Tensor index, Scalar value)") { (a) throws(TensorError) in
              .tensor(
                try Operations.indexFill(
                  a.tensor(0), a.int(1, default: 0), a.tensor(2), a.scalar(3, default: .int(0)), inPlace: inPlace))
            },
          ]))
      list.append(
        declare(
          "put" + suffix, faces, "(Tensor input, Tensor index, Tensor source, bool accumulate=False)",
          "Elements written, or added, at positions in the flattened tensor.",
          "zeros(3).put\(suffix)(tensor([1]), tensor([5.]))"
        ) { (a) throws(TensorError) in
          .tensor(
            try Operations.put(
              a.tensor(0), a.tensor(1), a.tensor(2), accumulate: a.bool(3, default: false), inPlace: inPlace))
        })
      list.append(
        declare(
          "index_put" + suffix, faces, "(Tensor input, Tensor[] indices, Tensor values, bool accumulate=False)",
          "Values written, or added, where the index tensors point.",
          "zeros(3).index_put\(suffix)((tensor([0, 2]),), tensor([1., 2.]))",
          check: inPlace
            ? nil
            : checkMany([[3, 2], [2, 2]]) { (x) throws(TensorError) in
              try Operations.indexPut(x[0], [Tensor.vector([2, 0])], x[1], accumulate: true)
            }
        ) { (a) throws(TensorError) in
          let (x, indices, values) = (try a.tensor(0), try a.tensors(1), try a.tensor(2))
          let accumulate = a.bool(3, default: false)
          if inPlace {
            try Operations.indexPutInPlace(x, indices, values, accumulate: accumulate)
            return .tensor(x)
          }
          return .tensor(try Operations.indexPut(x, indices, values, accumulate: accumulate))
        })
    }
    return list
  }

  private static func maskingDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "masked_select", .both, "(Tensor input, Tensor mask)", "The elements under a mask's true entries, as a vector.",
        "masked_select(tensor([1, 2, 3]), tensor([True, False, True]))",
        check: checkUnary([3]) { (x) throws(TensorError) in
          try Operations.maskedSelect(x, Tensor.make([true, false, true], [3], .bool))
        }
      ) { (a) throws(TensorError) in .tensor(try Operations.maskedSelect(a.tensor(0), a.tensor(1))) })
    for inPlace in [false, true] {
      let suffix = inPlace ? "_" : ""
      let faces: OperationDeclaration.Faces = inPlace ? .method : .both
      list.append(
        declare(
          "masked_fill" + suffix, faces, "A value where a mask is true.",
          "ones(3).masked_fill\(suffix)(tensor([True, False, True]), -1.)",
          check: inPlace
            ? nil
            : checkUnary([3]) { (x) throws(TensorError) in
              try Operations.maskedFill(x, Tensor.make([true, false, true], [3], .bool), .float(0.5))
            },
          [
            Overload("(Tensor input, Tensor mask, Tensor value)") { (a) throws(TensorError) in
              .tensor(try Operations.maskedFill(a.tensor(0), a.tensor(1), a.tensor(2), inPlace: inPlace))
            },
            Overload("(Tensor input, Tensor mask, Scalar value)") { (a) throws(TensorError) in
              .tensor(
                try Operations.maskedFill(
                  a.tensor(0), a.tensor(1), a.scalar(2, default: .int(0)), inPlace: inPlace))
            },
          ]))
      list.append(
        declare(
          "masked_scatter" + suffix, faces, "(Tensor input, Tensor mask, Tensor source)",
          "Elements of `source`, one after the other, where a mask is true.",
          "zeros(3).masked_scatter\(suffix)(tensor([True, False, True]), tensor([1., 2.]))",
          check: inPlace
            ? nil
            : checkMany([[3], [2]]) { (x) throws(TensorError) in
              try Operations.maskedScatter(x[0], Tensor.make([true, false, true], [3], .bool), x[1])
            }
        ) { (a) throws(TensorError) in
          .tensor(try Operations.maskedScatter(a.tensor(0), a.tensor(1), a.tensor(2), inPlace: inPlace))
        })
    }
    return list
  }
}
