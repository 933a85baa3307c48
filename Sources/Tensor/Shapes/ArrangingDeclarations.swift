extension OperationTable {
  /// Repeating, flipping, joining and splitting.
  static func arrangingDeclarations() -> [OperationDeclaration] {
    expandingDeclarations() + reorderingDeclarations() + joiningDeclarations() + splittingDeclarations()
  }

  private static func expandingDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "expand", .method,
        "Dimensions of size one stretched without copying; -1 keeps a size.", "tensor([[1], [2]]).expand(-1, 3)",
        check: checkUnary([2, 1]) { (x) throws(TensorError) in try Operations.expand(x, [3, 2, 3]) },
        [
          Overload("(Tensor input, int[] size..., *, bool implicit=False)") { (a) throws(TensorError) in
            .tensor(try Operations.expand(a.tensor(0), a.ints(1) ?? []))
          }
        ]))
    list.append(
      declare(
        "expand_as", .method, "(Tensor input, Tensor other)", "Expanded to the shape of `other`.",
        "tensor([1, 2]).expand_as(zeros(2, 2))"
      ) { (a) throws(TensorError) in .tensor(try Operations.expand(a.tensor(0), a.tensor(1).shape.array)) })
    list.append(
      declare(
        "broadcast_to", .both, "(Tensor input, int[] size)", "Expanded to a shape it broadcasts to.",
        "broadcast_to(tensor([1, 2]), (2, 2))"
      ) { (a) throws(TensorError) in .tensor(try Operations.expand(a.tensor(0), a.ints(1) ?? [])) })
    list.append(
      declare(
        "broadcast_tensors", .function, "(Tensor[] tensors...)", "Tensors expanded to their common shape.",
        "broadcast_tensors(ones(2, 1), zeros(3))"
      ) { (a) throws(TensorError) in .tuple(try Operations.broadcastTensors(a.tensors(0))) })
    list.append(
      declare(
        "repeat", .method, "The whole tensor several times along each dimension, copied.",
        "tensor([1, 2]).repeat(2, 2)",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.repeat(x, [2, 1, 2]) },
        [
          Overload("(Tensor input, int[] repeats...)") { (a) throws(TensorError) in
            .tensor(try Operations.repeat(a.tensor(0), a.ints(1) ?? []))
          }
        ]))
    list.append(
      declare(
        "tile", .both, "As `repeat`, with missing leading counts taken as one.", "tile(tensor([1, 2]), (2,))",
        [
          Overload("(Tensor input, int[] dims...)") { (a) throws(TensorError) in
            .tensor(try Operations.tile(a.tensor(0), a.ints(1) ?? []))
          }
        ]))
    list.append(
      declare(
        "repeat_interleave", .both, "Each entry several times: one count for all, or one each.",
        "tensor([1, 2]).repeat_interleave(2)",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.repeatInterleave(x, 2, 1) },
        [
          Overload("(Tensor input, int repeats, int? dim=None, *, int? output_size=None)") { (a) throws(TensorError) in
            .tensor(try Operations.repeatInterleave(a.tensor(0), a.int(1, default: 0), a.int(2)))
          },
          Overload("(Tensor input, Tensor repeats, int? dim=None, *, int? output_size=None)") {
            (a) throws(TensorError) in
            .tensor(try Operations.repeatInterleave(a.tensor(0), a.tensor(1), a.int(2)))
          },
          Overload("(Tensor repeats, *, int? output_size=None)") { (a) throws(TensorError) in
            .tensor(try Operations.repeatInterleave(counts: a.tensor(0)))
          },
        ]))
    for (name, body) in [
      ("atleast_1d", Operations.atLeast1D), ("atleast_2d", Operations.atLeast2D), ("atleast_3d", Operations.atLeast3D),
    ] as [(String, (Tensor) throws(TensorError) -> Tensor)] {
      list.append(
        declare(
          name, .function, "With dimensions of size one added until there are enough.", "\(name)(tensor(1.)).shape",
          [
            Overload("(Tensor input)") { (a) throws(TensorError) in .tensor(try body(a.tensor(0))) },
            Overload("(Tensor[] tensors...)") { (a) throws(TensorError) in
              var result: [Tensor] = []
              for x in try a.tensors(0) { result.append(try body(x)) }
              return .tuple(result)
            },
          ]))
    }
    return list
  }

  private static func reorderingDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "flip", .both, "The order of the entries along some dimensions reversed, copied.", "flip(arange(3), [0])",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.flip(x, [0, 1]) },
        [
          Overload("(Tensor input, int[] dims)", out: .none) { (a) throws(TensorError) in
            .tensor(try Operations.flip(a.tensor(0), a.ints(1) ?? []))
          }
        ]))
    list.append(
      declare("fliplr", .both, "(Tensor input)", "Dimension 1 reversed.", "fliplr(eye(2))") { (a) throws(TensorError) in
        .tensor(try Operations.fliplr(a.tensor(0)))
      })
    list.append(
      declare("flipud", .both, "(Tensor input)", "Dimension 0 reversed.", "flipud(eye(2))") { (a) throws(TensorError) in
        .tensor(try Operations.flipud(a.tensor(0)))
      })
    list.append(
      declare(
        "rot90", .both, "(Tensor input, int k=1, int[] dims=[0, 1])", "A quarter turn `k` times.",
        "rot90(arange(4).reshape(2, 2))",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.rot90(x, 1, [0, 1]) }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.rot90(a.tensor(0), a.int(1, default: 1), a.ints(2) ?? [0, 1]))
      })
    list.append(
      declare(
        "roll", .both, "(Tensor input, int[1] shifts, int[1] dims=[])",
        "Entries moved round along dimensions; without `dims`, round the flattened tensor.", "roll(arange(4), 1)",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.roll(x, [1], [1]) }
      ) { (a) throws(TensorError) in .tensor(try Operations.roll(a.tensor(0), a.ints(1) ?? [], a.ints(2) ?? [])) })
    for upper in [false, true] {
      let name = upper ? "triu" : "tril"
      let doc = "The \(upper ? "upper" : "lower") triangle of matrices; the other elements are zero."
      list.append(
        declare(
          name, .both, "(Tensor input, int diagonal=0)", doc, "\(name)(ones(3, 3))",
          check: checkUnary([3, 3]) { (x) throws(TensorError) in
            try Operations.triangle(x, diagonal: 1, upper: upper)
          }
        ) { (a) throws(TensorError) in
          .tensor(try Operations.triangle(a.tensor(0), diagonal: a.int(1, default: 0), upper: upper))
        })
      list.append(
        declare(name + "_", .method, "(Tensor input, int diagonal=0)", doc + " In place.", "ones(2, 2).\(name)_()") {
          (a) throws(TensorError) in
          let (x, diagonal) = (try a.tensor(0), a.int(1, default: 0))
          if x.ndim < 2 { throw .runtime("\(name): input tensor must have at least 2 dimensions") }
          try Autograd.inPlace(
            upper ? "TriuBackward0" : "TrilBackward0", x,
            write: { () throws(TensorError) in
              let copy = try x.copied()
              Operations.clearTriangle(copy, diagonal, upper)
              try Kernels.copy(copy, into: x)
            },
            { (c) throws(TensorError) in
              [try Operations.triangle(c.gradient, diagonal: diagonal, upper: upper)]
            })
          return .tensor(x)
        })
    }
    return list
  }

  private static func joiningDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    for name in ["cat", "concat", "concatenate"] {
      list.append(
        declare(
          name, .function, "(Tensor[] tensors, int dim=0)", "Tensors one after the other along `dim`.",
          "\(name)([ones(2), zeros(1)])",
          check: checkMany([[2, 2], [1, 2]]) { (x) throws(TensorError) in try Operations.cat(x, 0) }
        ) { (a) throws(TensorError) in .tensor(try Operations.cat(a.tensors(0), a.int(1, default: 0))) })
    }
    list.append(
      declare(
        "stack", .function, "(Tensor[] tensors, int dim=0)", "Tensors of one shape as the entries of a new dimension.",
        "stack([ones(2), zeros(2)], dim=1)",
        check: checkMany([[2], [2]]) { (x) throws(TensorError) in try Operations.stack(x, 1) }
      ) { (a) throws(TensorError) in .tensor(try Operations.stack(a.tensors(0), a.int(1, default: 0))) })
    let simple: [(String, String, ([Tensor]) throws(TensorError) -> Tensor)] = [
      ("hstack", "Side by side: along dimension 1, vectors along 0.", Operations.hstack),
      ("vstack", "On top of each other, vectors as rows.", Operations.vstack),
      ("row_stack", "On top of each other, vectors as rows.", Operations.vstack),
      ("dstack", "Behind each other, along dimension 2.", Operations.dstack),
      ("column_stack", "Vectors as columns beside matrices.", Operations.columnStack),
    ]
    for (name, doc, body) in simple {
      list.append(
        declare(name, .function, "(Tensor[] tensors)", doc, "\(name)([ones(2), zeros(2)])") {
          (a) throws(TensorError) in .tensor(try body(a.tensors(0)))
        })
    }
    list.append(
      declare(
        "block_diag", .function, "(Tensor[] tensors...)", "Matrices along the diagonal of one matrix.",
        "block_diag(ones(1, 2), ones(2, 1))",
        check: checkMany([[2, 2], [1, 2]]) { (x) throws(TensorError) in try Operations.blockDiag(x) }
      ) { (a) throws(TensorError) in .tensor(try Operations.blockDiag(a.tensors(0))) })
    return list
  }

  private static func splittingDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "unbind", .both, "(Tensor input, int dim=0)", "The entries of a dimension as views.", "unbind(eye(2))",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.unbind(x, 1)[1] }
      ) { (a) throws(TensorError) in .tuple(try Operations.unbind(a.tensor(0), a.int(1, default: 0))) })
    list.append(
      declare(
        "split", .both, "Pieces of `split_size` entries (the last may be smaller), or of the given sizes, as views.",
        "arange(5).split(2)",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in try Operations.split(x, 2)[0] },
        [
          Overload("(Tensor tensor, int split_size_or_sections, int dim=0)") { (a) throws(TensorError) in
            .tuple(try Operations.split(a.tensor(0), a.int(1, default: 0), a.int(2, default: 0)))
          },
          Overload("(Tensor tensor, int[] split_size_or_sections, int dim=0)") { (a) throws(TensorError) in
            .tuple(try Operations.splitWithSizes(a.tensor(0), a.ints(1) ?? [], a.int(2, default: 0)))
          },
          Overload("(Tensor tensor, int split_size, int dim=0)") { (a) throws(TensorError) in
            .tuple(try Operations.split(a.tensor(0), a.int(1, default: 0), a.int(2, default: 0)))
          },
          Overload("(Tensor tensor, int[] split_size, int dim=0)") { (a) throws(TensorError) in
            .tuple(try Operations.splitWithSizes(a.tensor(0), a.ints(1) ?? [], a.int(2, default: 0)))
          },
        ]))
    list.append(
      declare(
        "split_with_sizes", .both, "(Tensor input, int[] split_sizes, int dim=0)",
        "Pieces of the given sizes, as views.", "arange(5).split_with_sizes([2, 3])"
      ) { (a) throws(TensorError) in
        .tuple(try Operations.splitWithSizes(a.tensor(0), a.ints(1) ?? [], a.int(2, default: 0)))
      })
    list.append(
      declare(
        "chunk", .both, "(Tensor input, int chunks, int dim=0)", "At most `chunks` pieces of equal size, as views.",
        "arange(5).chunk(2)",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in try Operations.chunk(x, 2)[1] }
      ) { (a) throws(TensorError) in
        .tuple(try Operations.chunk(a.tensor(0), a.int(1, default: 1), a.int(2, default: 0)))
      })
    func indices(_ t: Tensor) throws(TensorError) -> (Int?, [Int]) {
      if t.dtype != .int64 {
        throw .runtime(
          "tensor_split expected tensor_indices_or_sections to have dtype of long, but got \(t.dtype.scalarTypeName)")
      }
      if t.ndim > 1 {
        throw .runtime(
          "tensor_split expected tensor_indices_or_sections to be a zero-dimensional or one-dimensional tensor, but got a tensor with \(t.ndim) dims"
        )
      }
      let values = try t.int64Values()
      return t.ndim == 0 ? (values[0], []) : (nil, values)
    }
    list.append(
      declare(
        "tensor_split", .both, "Pieces whose sizes differ by at most one, or between given indices, as views.",
        "arange(5).tensor_split(3)",
        [
          Overload("(Tensor input, int[] indices, int dim=0)", out: .none) { (a) throws(TensorError) in
            .tuple(try Operations.tensorSplit(a.tensor(0), indices: a.ints(1) ?? [], a.int(2, default: 0)))
          },
          Overload("(Tensor input, Tensor tensor_indices_or_sections, int dim=0)", out: .none) {
            (a) throws(TensorError) in
            let (sections, list) = try indices(a.tensor(1))
            if let sections {
              return .tuple(try Operations.tensorSplit(a.tensor(0), sections: sections, a.int(2, default: 0)))
            }
            return .tuple(try Operations.tensorSplit(a.tensor(0), indices: list, a.int(2, default: 0)))
          },
          Overload("(Tensor input, int sections, int dim=0)", out: .none) { (a) throws(TensorError) in
            .tuple(try Operations.tensorSplit(a.tensor(0), sections: a.int(1, default: 1), a.int(2, default: 0)))
          },
        ]))
    for (name, rank) in [("hsplit", 1), ("vsplit", 2), ("dsplit", 3)] {
      let shape = Array(repeating: "2", count: rank).joined(separator: ", ")
      list.append(
        declare(
          name, .both, "Pieces along a fixed dimension, as views.", "ones(\(shape)).\(name)(2)",
          [
            Overload("(Tensor input, int sections)") { (a) throws(TensorError) in
              .tuple(try Operations.axisSplit(a.tensor(0), name, sections: a.int(1, default: 1), indices: []))
            },
            Overload("(Tensor input, int[] indices)") { (a) throws(TensorError) in
              .tuple(try Operations.axisSplit(a.tensor(0), name, sections: nil, indices: a.ints(1) ?? []))
            },
          ]))
    }
    return list
  }
}
