extension OperationTable {
  /// Operations named beside a method or an operator, and parts of numbers.
  static func wholeTensorDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "detach", .function, unary: { (x) throws(TensorError) in x.detach() }, "The same elements, outside the graph.",
        "torch.detach(tensor([1.]))"))
    list.append(
      declare(
        "fill", .function, "Every element replaced by one value.", "torch.fill(zeros(2), 3)",
        [
          Overload("(Tensor input, Scalar value)") { (a) throws(TensorError) in
            let result = try Operations.clone(a.tensor(0))
            try Operations.fillInPlace(result, a.scalar(1, default: .int(0)))
            return .tensor(result)
          },
          Overload("(Tensor input, Tensor value)") { (a) throws(TensorError) in
            let result = try Operations.clone(a.tensor(0))
            try Operations.fillInPlace(result, a.tensor(1))
            return .tensor(result)
          },
        ]))
    list.append(
      declare("is_signed", .function, "(Tensor input)", "Whether the dtype has negative numbers.") {
        (a) throws(TensorError) in
        let dtype = try a.tensor(0).dtype
        return .bool(dtype != .bool && dtype != .uint8)
      })
    list.append(
      declare(
        "is_same_size", .both, "(Tensor input, Tensor other)", "Whether two tensors have the same shape.",
        "torch.is_same_size(zeros(2), ones(2))"
      ) { (a) throws(TensorError) in .bool(try a.tensor(0).shape == a.tensor(1).shape) })
    list.append(
      declare(
        "sum_to_size", .method, "(Tensor input, int[] size...)",
        "Summed over what broadcasting to `size` would repeat.",
        "ones(2, 3).sum_to_size(1, 3)",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.sumToShape(x, [3]) }
      ) { (a) throws(TensorError) in
        let x = try a.tensor(0)
        let size = try Dims.checked(a.ints(1) ?? [])
        let broadcast = try? Dims.broadcast(size, x.shape)
        if broadcast != x.shape {
          throw .runtime(
            "size {\(size.description)} is not expandable to size {\(x.shape.description)}.")
        }
        return .tensor(try Operations.sumToShape(x, size))
      })
    addComplexFaces(&list)
    list.append(
      declare(
        "frexp", .both, "(Tensor input)", "Mantissas between 0.5 and 1 and exponents of two.",
        "torch.frexp(tensor([8.]))"
      ) { (a) throws(TensorError) in
        let x = try a.tensor(0)
        guard x.dtype.isFloating else {
          throw .runtime("torch.frexp() only supports floating-point dtypes")
        }
        var (mantissas, exponents): ([Double], [Int]) = ([], [])
        for i in try x.elementIndices() {
          let value = x.double(at: i)
          let isPlain = value.isFinite && value != 0
          mantissas.append(isPlain ? value.significand / 2 * (value < 0 ? -1 : 1) : value)
          exponents.append(isPlain ? Int(value.exponent) + 1 : 0)
        }
        let scales = try Tensor.make(exponents.map { -$0 }, x.shape, .int64)
        let mantissa =
          Autograd.isRecording(x)
          ? try Operations.ldexp(x, scales) : try Tensor.make(mantissas, x.shape, x.dtype)
        return .named(
          "frexp", [("mantissa", mantissa), ("exponent", try Tensor.make(exponents, x.shape, .int32))])
      })
    addSpecials(&list)
    addTensorSolving(&list)
    return list
  }

  /// What numbers without an imaginary part answer.
  private static func addComplexFaces(_ list: inout [OperationDeclaration]) {
    list.append(
      declare(
        "angle", .both,
        unary: { (x) throws(TensorError) in
          let result = try Operations.choose(
            Operations.compare(.lt, x.detach(), .int(0)), .float(Double.pi),
            Tensor.filled(x.shape, x.dtype.isFloating ? x.dtype : DType.defaultFloat, .int(0)))
          let kept = try Operations.choose(Operations.isnan(x.detach()), x.detach(), result)
          if Autograd.isRecording(x) {
            Autograd.record("AngleBackward0", [x], kept) { (c) throws(TensorError) in
              [try Tensor.filled(c.gradient.shape, c.gradient.dtype, .int(0))]
            }
          }
          return kept
        }, "0 for positive numbers, π for negative ones.", "torch.angle(tensor([1., -1.]))"))
    for name in ["conj", "conj_physical", "resolve_conj", "resolve_neg"] {
      list.append(
        declare(
          name, .both, unary: { (x) throws(TensorError) in x }, "The tensor itself: elements are real.",
          "torch.\(name)(tensor([1.]))"))
    }
    list.append(
      declare(
        "real", .function, unary: { (x) throws(TensorError) in x }, "The tensor itself: elements are real.",
        "torch.real(tensor([1.]))"))
    list.append(
      declare("imag", .function, "(Tensor input)", "An error: elements are real.") { (a) throws(TensorError) in
        throw .runtime("imag is not implemented for tensors with non-complex dtypes.")
      })
  }

  /// One operand may be a number.
  private static func xlog1py(_ first: String, _ second: String) -> Overload {
    Overload("(\(first), \(second))") { (a) throws(TensorError) in
      let type = Promotion.floating((a.optionalTensor(0) ?? a.optionalTensor(1))?.dtype ?? .float32)
      func operand(_ i: Int) throws(TensorError) -> Tensor {
        if let t = a.optionalTensor(i) { return t }
        return try Tensor.scalar(a.scalar(i) ?? .int(0), type)
      }
      let (x, y) = (try operand(0), try operand(1))
      let product = try Operations.mul(x, Operations.log1p(y))
      let isZero = try Operations.bitAnd(
        Operations.compare(.eq, x.detach(), .int(0)), Operations.logicalNot(Operations.isnan(y.detach())))
      return .tensor(try Operations.choose(isZero, .float(0), product))
    }
  }

  private static func addSpecials(_ list: inout [OperationDeclaration]) {
    list.append(
      declare(
        "special_xlog1py", .special, "input · log(1 + other), 0 where input is 0.",
        "torch.special.xlog1py(tensor([0., 1.]), tensor([-1., 1.]))",
        [("Tensor input", "Tensor other"), ("Scalar self", "Tensor other"), ("Tensor input", "Scalar other")].map {
          xlog1py($0, $1)
        }))
    list.append(
      declare(
        "special_entr", .special, "(Tensor input)", "−x · log x, 0 at 0 and −∞ below.",
        "torch.special.entr(tensor([0., 0.5]))",
        check: checkUnary([4], in: 0.2...2) { (x) throws(TensorError) in try entropy(x) }
      ) { (a) throws(TensorError) in .tensor(try entropy(a.tensor(0))) })
    list.append(
      declare(
        "special_ndtr", .special, "(Tensor input)", "The area under the normal curve to the left.",
        "torch.special.ndtr(tensor([0., 1.]))",
        check: checkUnary([4]) { (x) throws(TensorError) in try normalArea(x) }
      ) { (a) throws(TensorError) in .tensor(try normalArea(a.tensor(0))) })
  }

  private static func entropy(_ x: Tensor) throws(TensorError) -> Tensor {
    try Operations.fusedByReplay("SpecialEntrBackward0", [x]) { (t) throws(TensorError) in
      let value = try Operations.neg(Operations.xlogy(t[0], t[0]))
      return try Operations.choose(Operations.compare(.lt, t[0].detach(), .int(0)), .float(-.infinity), value)
    }
  }

  private static func normalArea(_ x: Tensor) throws(TensorError) -> Tensor {
    try Operations.mul(
      Operations.add(Operations.erf(Operations.mul(x, .float(0.5.squareRoot()))), .int(1)), .float(0.5))
  }

  private static func addTensorSolving(_ list: inout [OperationDeclaration]) {
    list.append(
      declare(
        "vecdot", .linalg, "(Tensor x, Tensor y, *, int dim=-1)", "Dot products along a dimension.",
        "torch.linalg.vecdot(ones(2, 3), ones(2, 3))",
        check: checkMany([[2, 3], [2, 3]]) { (x) throws(TensorError) in
          try Operations.sum(Operations.mul(x[0], x[1]), [-1])
        }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.sum(Operations.mul(a.tensor(0), a.tensor(1)), [a.int(2, default: -1)]))
      })
    list.append(
      declare(
        "lu_solve", .linalg,
        "(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False)",
        "X with A X = B, from the factors of A that `lu_factor` gives.",
        "torch.linalg.lu_solve(*torch.linalg.lu_factor(eye(2)), ones(2, 1))"
      ) { (a) throws(TensorError) in
        let (lu, pivots, b) = (try a.tensor(0), try a.tensor(1), try a.tensor(2))
        if !a.bool(3, default: true) || a.bool(4, default: false) || lu.ndim != 2 {
          throw TensorError(.notImplemented, "lu_solve of batches, from the right or adjoint is not available in tnb")
        }
        if b.ndim < 2 || lu.shape[0] != lu.shape[1] || b.shape[b.ndim - 2] != lu.shape[0] || pivots.count != lu.shape[0]
        {
          throw .runtime(
            "linalg.lu_solve: Incompatible shapes of A and B for the equation AX = B (\(lu.shape[0])x\(lu.shape[1]) and \(b.shape.array.suffix(2).map(String.init).joined(separator: "x")))"
          )
        }
        var order = Array(0..<lu.shape[0])
        for (i, p) in try pivots.int64Values().enumerated() where p >= 1 && p <= order.count { order.swapAt(i, p - 1) }
        let rows = try Operations.indexSelect(b, b.ndim - 2, Tensor.vector(order))
        let y = try Operations.solveTriangular(lu, rows, upper: false, unitDiagonal: true)
        return .tensor(try Operations.solveTriangular(lu, y, upper: true))
      })
    list.append(
      declare(
        "tensorinv", .linalg, "(Tensor A, int ind=2)",
        "The inverse for `tensordot` of a tensor split after `ind` dimensions.",
        "torch.linalg.tensorinv(eye(4).reshape(4, 2, 2), ind=1).shape"
      ) { (a) throws(TensorError) in
        let (x, ind) = (try a.tensor(0), a.int(1, default: 2))
        if ind <= 0 { throw .runtime("Expected a strictly positive integer for 'ind'") }
        let (front, back) = (Array(x.shape.array.prefix(ind)), Array(x.shape.array.dropFirst(ind)))
        let (rows, columns) = (front.reduce(1, *), back.reduce(1, *))
        if rows != columns {
          throw .runtime(
            "Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got \(columns) != \(rows)"
          )
        }
        let inverse = try Operations.inverse(Operations.reshape(x, [rows, columns]))
        return .tensor(try Operations.reshape(inverse, back + front))
      })
    list.append(
      declare(
        "tensorsolve", .linalg, "(Tensor A, Tensor B, int[]? dims=None)", "X with `tensordot(A, X) = B`.",
        "torch.linalg.tensorsolve(eye(4).reshape(2, 2, 4), ones(2, 2))"
      ) { (a) throws(TensorError) in
        var (x, b) = (try a.tensor(0), try a.tensor(1))
        if let dims = a.ints(2) {
          let wrapped = try Dimension.wrapAll(dims, x.ndim)
          let places = Array(x.ndim - wrapped.count..<x.ndim)
          x = try Operations.movedim(x, wrapped, places)
        }
        let tail = Array(x.shape.array.dropFirst(b.ndim))
        let columns = tail.reduce(1, *)
        if columns != b.count {
          throw .runtime(
            "Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), but got \(columns) != \(b.count)"
          )
        }
        b = try Operations.reshape(b, [-1])
        return .tensor(try Operations.reshape(Operations.solve(Operations.reshape(x, [b.count, columns]), b), tail))
      })
  }
}
