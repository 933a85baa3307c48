extension OperationTable {
  private typealias O = Operations

  /// Products of vectors, matrices and stacks of them.
  static func productDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    addPlain(&list)
    addAdding(&list)
    addGeneral(&list)
    return list
  }

  private static func addPlain(_ list: inout [OperationDeclaration]) {
    func product(
      _ name: String, _ faces: OperationDeclaration.Faces, _ signature: String, _ doc: String, _ example: String,
      _ shapes: [[[Int]]], _ call: @escaping (Tensor, Tensor) throws(TensorError) -> Tensor
    ) {
      let declaration = declare(
        name, faces, signature, doc, example,
        check: shapes.isEmpty
          ? nil
          : GradientCheck(
            shapes.map { s in GradientCheck.Case(s) { (x) throws(TensorError) in try call(x[0], x[1]) } })
      ) { (a) throws(TensorError) in .tensor(try call(a.tensor(0), a.tensor(1))) }
      declaration.binary = call
      list.append(declaration)
    }
    product(
      "matmul", .both, "(Tensor input, Tensor other)",
      "input @ other: dot, matrix–vector, matrix–matrix or batched product by the numbers of dimensions.",
      "matmul(tensor([[1., 2.], [3., 4.]]), tensor([1., 1.]))",
      [
        [[2, 3], [3, 2]], [[3], [3]], [[2, 3], [3]], [[3], [3, 2]], [[2, 2, 3], [2, 3, 2]], [[2, 2, 3], [3, 2]],
        [[2, 2, 3], [3]], [[3], [2, 3, 2]], [[2, 3], [2, 3, 2]], [[2, 1, 2, 3], [2, 3, 2]],
      ], O.matmul)
    product(
      "linalg_matmul", .linalg, "(Tensor input, Tensor other)", "The same as `torch.matmul`.", "", [], O.matmul)
    product(
      "mm", .both, "(Tensor input, Tensor mat2)", "The product of two matrices.",
      "mm(tensor([[1., 2.]]), tensor([[3.], [4.]]))", [[[2, 3], [3, 4]]], O.mm)
    product(
      "mv", .both, "(Tensor input, Tensor vec)", "A matrix times a vector.",
      "mv(tensor([[1., 2.], [3., 4.]]), tensor([1., 1.]))", [[[2, 3], [3]]], O.mv)
    product(
      "dot", .both, "(Tensor input, Tensor tensor)", "The product of two vectors.",
      "dot(tensor([1., 2.]), tensor([3., 4.]))",
      [[[3], [3]]], O.dot)
    product(
      "vdot", .both, "(Tensor input, Tensor other)", "The product of two vectors.",
      "vdot(tensor([1., 2.]), tensor([3., 4.]))", [[[3], [3]]], O.vdot)
    product(
      "bmm", .both, "(Tensor input, Tensor mat2)", "The products of two stacks of matrices.",
      "bmm(ones(2, 1, 3), ones(2, 3, 1))", [[[2, 2, 3], [2, 3, 2]]], O.bmm)
    product(
      "outer", .both, "(Tensor input, Tensor vec2)", "All products of the elements of two vectors.",
      "outer(tensor([1., 2.]), tensor([3., 4.]))", [[[2], [3]]], O.outer)
    product("ger", .both, "(Tensor input, Tensor vec2)", "The same as `outer`.", "", [], O.outer)
    product(
      "inner", .both, "(Tensor input, Tensor other)", "The products over the last dimensions.",
      "inner(tensor([1., 2.]), tensor([3., 4.]))", [[[3], [3]], [[2, 3], [4, 3]]], O.inner)
  }

  private static func addAdding(_ list: inout [OperationDeclaration]) {
    typealias Adding = (Tensor, Tensor, Tensor, Scalar, Scalar) throws(TensorError) -> Tensor
    func adding(
      _ name: String, _ first: String, _ second: String, _ doc: String, _ shapes: [[Int]], _ call: @escaping Adding
    ) {
      let signature = "(Tensor input, Tensor \(first), Tensor \(second), *, Scalar beta=1, Scalar alpha=1)"
      list.append(
        declare(
          name, .both, signature, doc, "",
          check: checkMany(shapes) { (x) throws(TensorError) in
            try call(x[0], x[1], x[2], .float(0.5), .float(2))
          }
        ) { (a) throws(TensorError) in
          .tensor(
            try call(
              a.tensor(0), a.tensor(1), a.tensor(2), a.scalar(3, default: .int(1)), a.scalar(4, default: .int(1))))
        })
      list.append(
        declare("\(name)_", .method, signature, "In place: `\(name)`.") { (a) throws(TensorError) in
          let x = try a.tensor(0)
          try O.writeRecorded(
            x,
            call(x, a.tensor(1), a.tensor(2), a.scalar(3, default: .int(1)), a.scalar(4, default: .int(1))))
          return .tensor(x)
        })
    }
    adding("addmm", "mat1", "mat2", "beta · input + alpha · mat1 @ mat2.", [[2], [3, 4], [4, 2]]) {
      (x, a, b, beta, alpha) throws(TensorError) in try O.addmm(x, a, b, beta: beta, alpha: alpha)
    }
    adding("addmv", "mat", "vec", "beta · input + alpha · mat @ vec.", [[3], [3, 4], [4]]) {
      (x, a, b, beta, alpha) throws(TensorError) in try O.addmv(x, a, b, beta: beta, alpha: alpha)
    }
    adding("addr", "vec1", "vec2", "beta · input + alpha · vec1 ⊗ vec2.", [[3, 2], [3], [2]]) {
      (x, a, b, beta, alpha) throws(TensorError) in try O.addr(x, a, b, beta: beta, alpha: alpha)
    }
    adding(
      "baddbmm", "batch1", "batch2", "beta · input + alpha · batch1 @ batch2.", [[2, 3, 2], [2, 3, 4], [2, 4, 2]]
    ) {
      (x, a, b, beta, alpha) throws(TensorError) in try O.baddbmm(x, a, b, beta: beta, alpha: alpha)
    }
    adding(
      "addbmm", "batch1", "batch2", "beta · input + alpha · Σ batch1[i] @ batch2[i].",
      [[3, 2], [2, 3, 4], [2, 4, 2]]
    ) {
      (x, a, b, beta, alpha) throws(TensorError) in try O.addbmm(x, a, b, beta: beta, alpha: alpha)
    }
  }

  private static func addGeneral(_ list: inout [OperationDeclaration]) {
    list.append(
      declare(
        "einsum", .function, "Sums of products by subscripts: 'ij,jk->ik'.",
        "einsum('ij,j->i', tensor([[1., 2.], [3., 4.]]), tensor([1., 1.]))",
        check: GradientCheck([
          GradientCheck.Case([[2, 3], [3, 2]]) { (x) throws(TensorError) in try O.einsum("ij,jk->ik", x) },
          GradientCheck.Case([[2, 3], [3], [2]]) { (x) throws(TensorError) in try O.einsum("ij,j,i->", x) },
          GradientCheck.Case([[2, 2, 3], [2, 3, 2]]) { (x) throws(TensorError) in try O.einsum("bij,bjk->bik", x) },
          GradientCheck.Case([[3, 3]]) { (x) throws(TensorError) in try O.einsum("ii->i", x) },
          GradientCheck.Case([[2, 3, 2], [2]]) { (x) throws(TensorError) in try O.einsum("...j,j->...", x) },
        ]),
        [
          Overload("(str equation, Tensor[] operands...)") { (a) throws(TensorError) in
            .tensor(try O.einsum(a.string(0) ?? "", a.tensors(1)))
          }
        ]))
    list.append(
      declare(
        "tensordot", .function, "The product over `dims`: a number of dimensions, or a pair of lists.",
        "tensordot(ones(2, 3), ones(3, 2), dims=1)",
        check: checkMany([[2, 3, 2], [3, 2, 2]]) { (x) throws(TensorError) in
          try O.tensordot(x[0], x[1], [1, 2], [0, 1])
        },
        [
          Overload("(Tensor a, Tensor b, int dims=2)") { (a) throws(TensorError) in
            let (x, y, dims) = (try a.tensor(0), try a.tensor(1), a.int(2, default: 2))
            if dims < 0 { throw .runtime("tensordot expects dims >= 0, but got dims=\(dims)") }
            if dims > Swift.min(x.ndim, y.ndim) {
              throw .runtime("tensordot expects dims < ndim_a or ndim_b, but got dims=\(dims)")
            }
            return .tensor(try O.tensordot(x, y, dims))
          },
          Overload("(Tensor a, Tensor b, int[][] dims)") { (a) throws(TensorError) in
            guard case .intLists(let pair) = a[2], pair.count == 2 else {
              throw .runtime(
                "tensordot expects dims to be int or tuple[list[int], list[int]] or list[list[int]] containing two lists"
              )
            }
            return .tensor(try O.tensordot(a.tensor(0), a.tensor(1), pair[0], pair[1]))
          },
        ]))
    let chain: OperationCall = { (a) throws(TensorError) in
      let tensors = try a.tensors(0)
      return .tensor(try tensors.count == 1 ? tensors[0] : O.multiDot(tensors))
    }
    list.append(
      declare(
        "chain_matmul", .function, "(Tensor[] matrices...)", "The product of several matrices, in the cheapest order.",
        "chain_matmul(ones(2, 3), ones(3, 4), ones(4, 1))",
        check: checkMany([[2, 3], [3, 4], [4, 2]]) { (x) throws(TensorError) in try O.multiDot(x) }, chain))
    list.append(
      declare(
        "linalg_multi_dot", .linalg, "(Tensor[] tensors)", "The product of several matrices, in the cheapest order.",
        "torch.linalg.multi_dot([ones(2, 3), ones(3, 1)])"
      ) { (a) throws(TensorError) in .tensor(try O.multiDot(a.tensors(0))) })
  }
}
