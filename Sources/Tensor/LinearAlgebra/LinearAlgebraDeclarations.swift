extension OperationTable {
  /// Linear algebra.
  static func linearAlgebraDeclarations() -> [OperationDeclaration] {
    solvingDeclarations() + decompositionDeclarations() + normDeclarations() + calculusDeclarations()
  }

  /// A well-conditioned matrix from any matrix.
  private static func conditioned(_ x: Tensor) throws(TensorError) -> Tensor {
    try Operations.add(x, Operations.mul(Operations.eye(x.shape[0], nil, x.dtype), .int(5)))
  }

  /// A symmetric positive-definite matrix from any matrix.
  private static func positive(_ x: Tensor) throws(TensorError) -> Tensor {
    try conditioned(Operations.matmul(x, Operations.transposed(x)))
  }

  private static func info(_ codes: [Int], _ a: Tensor) throws(TensorError) -> Tensor {
    try Tensor.make(codes, Matrices.shape(a), .int32)
  }

  private static func solvingDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    let inverseCheck = checkUnary([3, 3]) { (x) throws(TensorError) in try Operations.inverse(conditioned(x)) }
    list.append(
      declare(
        "inv", .linalg, "(Tensor A)", "The inverse of square matrices.",
        "torch.linalg.inv(tensor([[2., 0.], [0., 4.]]))",
        check: inverseCheck
      ) { (a) throws(TensorError) in .tensor(try Operations.inverse(a.tensor(0))) })
    list.append(
      declare(
        "inverse", .both, "(Tensor input)", "The inverse of square matrices.", "inverse(tensor([[2., 0.], [0., 4.]]))"
      ) {
        (a) throws(TensorError) in .tensor(try Operations.inverse(a.tensor(0)))
      })
    list.append(
      declare(
        "inv_ex", .linalg, "(Tensor A, *, bool check_errors=False)", "The inverse, with a code instead of an error.",
        "torch.linalg.inv_ex(eye(2))"
      ) { (a) throws(TensorError) in
        let x = try a.tensor(0)
        if a.bool(1, default: false) { _ = try Operations.inverse(x) }
        let (inverse, codes) = try Operations.inverseWithInfo(x, "linalg.inv_ex")
        return .named("linalg_inv_ex", [("inverse", inverse), ("info", try info(codes, x))])
      })
    list.append(
      declare(
        "det", [.function, .method], "(Tensor input)", "The determinant of square matrices.", "det(eye(2))",
        check: checkUnary([3, 3]) { (x) throws(TensorError) in try Operations.det(x) }
      ) { (a) throws(TensorError) in .tensor(try Operations.det(a.tensor(0))) })
    list.append(
      declare("det", .linalg, "(Tensor A)", "The determinant of square matrices.", "torch.linalg.det(eye(2))") {
        (a) throws(TensorError) in .tensor(try Operations.det(a.tensor(0)))
      })
    for (faces, label) in [(OperationDeclaration.Faces.both, "slogdet"), (.linalg, "linalg_slogdet")] {
      list.append(
        declare(
          "slogdet", faces, "(Tensor A)", "The determinant's sign and the logarithm of its magnitude.",
          faces == .linalg ? "torch.linalg.slogdet(eye(2))" : "slogdet(eye(2))",
          check: checkUnary([3, 3]) { (x) throws(TensorError) in try Operations.slogdet(conditioned(x)).1 }
        ) { (a) throws(TensorError) in
          let (sign, logarithm) = try Operations.slogdet(a.tensor(0))
          return .named(label, [("sign", sign), ("logabsdet", logarithm)])
        })
    }
    list.append(
      declare("logdet", .both, "(Tensor input)", "The logarithm of the determinant.", "logdet(eye(2))") {
        (a) throws(TensorError) in .tensor(try Operations.logdet(a.tensor(0)))
      })
    list.append(
      declare(
        "solve", .linalg, "(Tensor A, Tensor B, *, bool left=True)", "X with A X = B.",
        "torch.linalg.solve(tensor([[2., 0.], [0., 4.]]), tensor([2., 4.]))",
        check: checkMany([[3, 3], [3, 2]]) { (x) throws(TensorError) in
          try Operations.solve(conditioned(x[0]), x[1])
        }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.solve(a.tensor(0), a.tensor(1), left: a.bool(2, default: true)))
      })
    list.append(
      declare(
        "solve_triangular", .linalg,
        "(Tensor A, Tensor B, *, bool upper, bool left=True, bool unitriangular=False)",
        "X with A X = B for a triangular A.",
        "torch.linalg.solve_triangular(tensor([[2., 0.], [1., 1.]]), ones(2, 1), upper=False)",
        check: checkMany([[3, 3], [3, 2]]) { (x) throws(TensorError) in
          try Operations.solveTriangular(conditioned(x[0]), x[1], upper: true)
        }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.solveTriangular(
            a.tensor(0), a.tensor(1), upper: a.bool(2, default: true), left: a.bool(3, default: true),
            unitDiagonal: a.bool(4, default: false)))
      })
    list.append(
      declare(
        "triangular_solve", .both,
        "(Tensor b, Tensor A, bool upper=True, bool transpose=False, bool unitriangular=False)",
        "X with A X = b for a triangular A (deprecated).", "triangular_solve(ones(2, 1), eye(2)).solution"
      ) { (a) throws(TensorError) in
        let (b, matrix) = (try a.tensor(0), try a.tensor(1))
        let (upper, flipped) = (a.bool(2, default: true), a.bool(3, default: false))
        let x = try Operations.solveTriangular(
          flipped ? Operations.transposed(matrix) : matrix, b, upper: upper != flipped,
          unitDiagonal: a.bool(4, default: false))
        return .named("triangular_solve", [("solution", x), ("cloned_coefficient", try Operations.clone(matrix))])
      })
    list.append(
      declare(
        "cholesky", .linalg, "(Tensor A, *, bool upper=False)", "The lower-triangular L with L Lᵀ = A.",
        "torch.linalg.cholesky(tensor([[4., 2.], [2., 5.]]))",
        check: checkUnary([3, 3]) { (x) throws(TensorError) in try Operations.cholesky(positive(x)) }
      ) { (a) throws(TensorError) in .tensor(try Operations.cholesky(a.tensor(0), upper: a.bool(1, default: false))) })
    list.append(
      declare(
        "cholesky", .both, "(Tensor input, bool upper=False)", "The lower-triangular L with L Lᵀ = A.",
        "cholesky(tensor([[4., 2.], [2., 5.]]))"
      ) { (a) throws(TensorError) in .tensor(try Operations.cholesky(a.tensor(0), upper: a.bool(1, default: false))) })
    list.append(
      declare(
        "cholesky_ex", .linalg, "(Tensor A, *, bool upper=False, bool check_errors=False)",
        "The Cholesky factor, with a code instead of an error.", "torch.linalg.cholesky_ex(eye(2))"
      ) { (a) throws(TensorError) in
        let x = try a.tensor(0)
        let (factor, codes) = try Operations.choleskyWithInfo(x, upper: a.bool(1, default: false))
        return .named("linalg_cholesky_ex", [("L", factor), ("info", try info(codes, x))])
      })
    list.append(
      declare(
        "cholesky_inverse", .both, "(Tensor input, bool upper=False)", "The inverse from a Cholesky factor.",
        "cholesky_inverse(eye(2))"
      ) { (a) throws(TensorError) in
        let given = try a.tensor(0)
        let upper = a.bool(1, default: false)
        try Matrices.check(given, "cholesky_inverse")
        // The other triangle is not looked at.
        let half = try Operations.triangle(given, diagonal: 0, upper: upper)
        let l = upper ? try Operations.transposed(half) : half
        return .tensor(try Operations.inverse(Operations.matmul(l, Operations.transposed(l))))
      })
    list.append(
      declare(
        "cholesky_solve", .both, "(Tensor input, Tensor input2, bool upper=False)",
        "X with A X = B from a Cholesky factor of A.", "cholesky_solve(ones(2, 1), eye(2))"
      ) { (a) throws(TensorError) in
        let l = a.bool(2, default: false) ? try Operations.transposed(a.tensor(1)) : try a.tensor(1)
        let half = try Operations.solveTriangular(l, a.tensor(0), upper: false)
        return .tensor(try Operations.solveTriangular(Operations.transposed(l), half, upper: true))
      })
    list.append(
      declare(
        "lstsq", .linalg, "(Tensor input, Tensor b, *, float? rcond=None, str? driver=None)",
        "The least-squares solution of A X = B.", "torch.linalg.lstsq(eye(2), ones(2, 1)).solution",
        check: checkMany([[4, 2], [4, 1]]) { (x) throws(TensorError) in try Operations.lstsq(x[0], x[1]).solution }
      ) { (a) throws(TensorError) in
        let r = try Operations.lstsq(a.tensor(0), a.tensor(1), driver: a.string(3))
        let none = try Tensor.filled([0], r.solution.dtype, .int(0))
        return .named(
          "linalg_lstsq",
          [("solution", r.solution), ("residuals", r.residuals), ("rank", r.rank), ("singular_values", none)])
      })
    for faces in [OperationDeclaration.Faces.linalg, .both] {
      let name = faces == .linalg ? "pinv" : "pinverse"
      list.append(
        declare(
          name, faces,
          faces == .linalg
            ? "(Tensor A, *, float? atol=None, float? rtol=None, bool hermitian=False)"
            : "(Tensor input, float rcond=1e-15)", "The pseudo-inverse.",
          faces == .linalg ? "torch.linalg.pinv(eye(2))" : "pinverse(eye(2))",
          check: checkUnary([3, 2]) { (x) throws(TensorError) in try Operations.pinv(x) }
        ) { (a) throws(TensorError) in
          if faces == .both { return .tensor(try Operations.pinv(a.tensor(0), relative: a.double(1, default: 1e-15))) }
          return .tensor(
            try Operations.pinv(
              a.tensor(0), absolute: a.double(1), relative: a.double(2), symmetric: a.bool(3, default: false)))
        })
    }
    return list
  }

  private static func decompositionDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    func isUpper(_ a: OperationArguments, _ i: Int) throws(TensorError) -> Bool {
      let text = a.string(i) ?? "L"
      guard ["L", "U", "l", "u"].contains(text) else {
        throw .runtime("Expected UPLO argument to be 'L' or 'U', but got \(text)")
      }
      return text == "U" || text == "u"
    }
    list.append(
      declare(
        "eigh", .linalg, "(Tensor A, str UPLO='L')", "Eigenvalues, rising, and eigenvectors of symmetric matrices.",
        "torch.linalg.eigh(eye(2)).eigenvalues",
        check: checkUnary([3, 3]) { (x) throws(TensorError) in
          let (l, v) = try Operations.eigh(Operations.add(x, Operations.transposed(x)))
          return try Operations.matmul(Operations.square(v), l)
        }
      ) { (a) throws(TensorError) in
        let (values, vectors) = try Operations.eigh(a.tensor(0), upper: isUpper(a, 1))
        return .named("linalg_eigh", [("eigenvalues", values), ("eigenvectors", vectors)])
      })
    list.append(
      declare(
        "eigvalsh", .linalg, "(Tensor A, str UPLO='L')", "Eigenvalues, rising, of symmetric matrices.",
        "torch.linalg.eigvalsh(eye(2))"
      ) { (a) throws(TensorError) in
        .tensor(try Operations.eigh(a.tensor(0), upper: isUpper(a, 1), name: "linalg.eigh").0)
      })
    for (name, faces) in [("eig", OperationDeclaration.Faces.linalg), ("eigvals", .linalg)] {
      list.append(
        declare(
          name, faces, "(Tensor A)", "Not available: the result is complex. `linalg.eigh` serves symmetric matrices."
        ) {
          (_) throws(TensorError) in
          throw .runtime(
            "torch.linalg.\(name) is not available in tnb (its result is complex); use torch.linalg.eigh for symmetric matrices"
          )
        })
    }
    list.append(
      declare(
        "svd", .linalg, "(Tensor A, bool full_matrices=True, *, str? driver=None)",
        "U, the singular values (falling) and Vᵀ.", "torch.linalg.svd(eye(2)).S",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in
          let (u, s, vh) = try Operations.svd(x, full: false)
          return try Operations.matmul(
            Operations.matmul(Operations.square(u), Operations.diagEmbed(s)), Operations.square(vh))
        }
      ) { (a) throws(TensorError) in
        let (u, s, vh) = try Operations.svd(a.tensor(0), full: a.bool(1, default: true))
        return .named("linalg_svd", [("U", u), ("S", s), ("Vh", vh)])
      })
    list.append(
      declare(
        "svd", .both, "(Tensor input, bool some=True, bool compute_uv=True)", "U, the singular values and V.",
        "svd(eye(2)).S"
      ) { (a) throws(TensorError) in
        let (u, s, vh) = try Operations.svd(a.tensor(0), full: !a.bool(1, default: true))
        return .named("svd", [("U", u), ("S", s), ("V", try Operations.transposed(vh))])
      })
    list.append(
      declare(
        "svdvals", .linalg, "(Tensor A, *, str? driver=None)", "The singular values, falling.",
        "torch.linalg.svdvals(eye(2))",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in try Operations.svdvals(x) }
      ) { (a) throws(TensorError) in .tensor(try Operations.svdvals(a.tensor(0))) })
    list.append(
      declare(
        "qr", .linalg, "(Tensor A, str mode='reduced')", "Q with orthonormal columns and an upper-triangular R.",
        "torch.linalg.qr(eye(2)).R.abs()",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in
          let (q, r) = try Operations.qr(x)
          return try Operations.matmul(q, Operations.square(r))
        }
      ) { (a) throws(TensorError) in
        let (q, r) = try Operations.qr(a.tensor(0), mode: a.string(1) ?? "reduced")
        return .named("linalg_qr", [("Q", q), ("R", r)])
      })
    list.append(
      declare(
        "qr", .both, "(Tensor input, bool some=True)", "Q with orthonormal columns and an upper-triangular R.",
        "qr(eye(2)).R.abs()"
      ) { (a) throws(TensorError) in
        let (q, r) = try Operations.qr(a.tensor(0), mode: a.bool(1, default: true) ? "reduced" : "complete")
        return .named("qr", [("Q", q), ("R", r)])
      })
    list.append(
      declare(
        "lu", .linalg, "(Tensor A, *, bool pivot=True)", "P, L and U with A = P L U.", "torch.linalg.lu(eye(2)).U",
        check: checkUnary([3, 3]) { (x) throws(TensorError) in
          let (_, l, u) = try Operations.lu(conditioned(x))
          return try Operations.add(Operations.square(l), Operations.square(u))
        }
      ) { (a) throws(TensorError) in
        if !a.bool(1, default: true) { throw .runtime("linalg.lu: pivot=False is not available in tnb") }
        let (p, l, u) = try Operations.lu(a.tensor(0))
        return .named("linalg_lu", [("P", p), ("L", l), ("U", u)])
      })
    list.append(
      declare(
        "lu_factor", .linalg, "(Tensor A, *, bool pivot=True)", "LU factors in one matrix, and the row exchanges.",
        "torch.linalg.lu_factor(eye(2)).pivots"
      ) { (a) throws(TensorError) in
        let (lu, pivots) = try Operations.luFactor(a.tensor(0))
        return .named("linalg_lu_factor", [("LU", lu), ("pivots", pivots)])
      })
    return list
  }

  /// The order of a norm from an argument that may be a number or a name.
  private static func order(_ a: OperationArguments, _ i: Int) throws(TensorError) -> Operations.NormOrder? {
    if let name = a.string(i) {
      switch name {
      case "fro": return .frobenius
      case "nuc": return .nuclear
      case "inf": return .number(.infinity)
      case "-inf": return .number(-.infinity)
      default: throw .runtime("linalg.matrix_norm: Order \(name) not supported.")
      }
    }
    return a.double(i).map { .number($0) }
  }

  private static func normDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    let tail = "int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None"
    list.append(
      declare(
        "norm", .linalg, "The norm of vectors or matrices.", "torch.linalg.norm(tensor([3., 4.]))",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in
          try Operations.linalgNorm(x, .number(1), nil, keepdim: false)
        },
        ["Scalar? ord=None", "str ord"].map { kind in
          Overload("(Tensor A, \(kind), \(tail))") { (a) throws(TensorError) in
            .tensor(
              try Operations.linalgNorm(
                a.tensor(0), order(a, 1), a.ints(2), keepdim: a.bool(3, default: false), dtype: a.dtype(4)))
          }
        }))
    list.append(
      declare(
        "matrix_norm", .linalg, "The norm of matrices.", "torch.linalg.matrix_norm(eye(2))",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in try Operations.matrixNorm(x, .nuclear) },
        ["str ord='fro'", "Scalar ord"].map { kind in
          Overload("(Tensor A, \(kind), int[] dim=[-2, -1], bool keepdim=False, *, ScalarType? dtype=None)") {
            (a) throws(TensorError) in
            .tensor(
              try Operations.matrixNorm(
                a.tensor(0), order(a, 1) ?? .frobenius, a.ints(2) ?? [-2, -1], keepdim: a.bool(3, default: false),
                dtype: a.dtype(4)))
          }
        }))
    list.append(
      declare(
        "cond", .linalg, "The condition number.", "torch.linalg.cond(eye(2))",
        ["Scalar? p=None", "str p"].map { kind in
          Overload("(Tensor A, \(kind))") { (a) throws(TensorError) in
            .tensor(try Operations.cond(a.tensor(0), order(a, 1)))
          }
        }))
    list.append(
      declare(
        "matrix_rank", .linalg,
        "The number of singular values above a tolerance.", "torch.linalg.matrix_rank(eye(2))",
        [
          Overload("(Tensor A, *, float? atol=None, float? rtol=None, bool hermitian=False)") {
            (a) throws(TensorError) in
            .tensor(
              try Operations.matrixRank(
                a.tensor(0), absolute: a.double(1), relative: a.double(2), symmetric: a.bool(3, default: false)))
          },
          Overload("(Tensor A, float tol, bool hermitian=False)") { (a) throws(TensorError) in
            .tensor(
              try Operations.matrixRank(
                a.tensor(0), absolute: a.double(1), relative: 0, symmetric: a.bool(2, default: false)))
          },
        ]))
    for (name, faces) in [("matrix_power", OperationDeclaration.Faces.both), ("matrix_power", .linalg)] {
      list.append(
        declare(
          name, faces, "(Tensor A, int n)", "A matrix times itself.",
          faces == .linalg ? "torch.linalg.matrix_power(eye(2), 3)" : "matrix_power(eye(2), 3)",
          check: checkUnary([2, 2]) { (x) throws(TensorError) in try Operations.matrixPower(x, 5) }
        ) { (a) throws(TensorError) in .tensor(try Operations.matrixPower(a.tensor(0), a.int(1, default: 1))) })
    }
    for (faces, label) in [(OperationDeclaration.Faces.both, ""), (.linalg, "torch.linalg.")] {
      list.append(
        declare(
          "matrix_exp", faces, "(Tensor A)", "The matrix exponential.", "\(label)matrix_exp(zeros(2, 2))",
          check: checkUnary([2, 2]) { (x) throws(TensorError) in try Operations.matrixExp(x) }
        ) { (a) throws(TensorError) in .tensor(try Operations.matrixExp(a.tensor(0))) })
    }
    list.append(
      declare(
        "cross", .linalg, "(Tensor input, Tensor other, *, int dim=-1)", "The cross product of vectors.",
        "torch.linalg.cross(tensor([1., 0., 0.]), tensor([0., 1., 0.]))",
        check: checkMany([[2, 3], [2, 3]]) { (x) throws(TensorError) in try Operations.cross(x[0], x[1], 1) }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.cross(a.tensor(0), a.tensor(1), a.int(2, default: -1)))
      })
    list.append(
      declare(
        "cross", .both, "(Tensor input, Tensor other, int? dim=None)", "The cross product of vectors.",
        "cross(tensor([1., 0., 0.]), tensor([0., 1., 0.]))"
      ) { (a) throws(TensorError) in
        let x = try a.tensor(0)
        guard let dim = a.int(2) ?? x.shape.firstIndex(of: 3) else {
          throw .runtime("no dimension of size 3 in input")
        }
        return .tensor(try Operations.cross(x, a.tensor(1), dim))
      })
    list.append(
      declare(
        "kron", .both, "(Tensor input, Tensor other)", "The Kronecker product.", "kron(eye(2), ones(1, 2))",
        check: checkMany([[2, 2], [1, 2]]) { (x) throws(TensorError) in try Operations.kron(x[0], x[1]) }
      ) { (a) throws(TensorError) in .tensor(try Operations.kron(a.tensor(0), a.tensor(1))) })
    list.append(
      declare(
        "trace", .both, "(Tensor input)", "The sum of a matrix's diagonal.", "trace(eye(3))",
        check: checkUnary([3, 2]) { (x) throws(TensorError) in try Operations.trace(x) }
      ) { (a) throws(TensorError) in .tensor(try Operations.trace(a.tensor(0))) })
    return list
  }

  private static func calculusDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "diff", .both, "(Tensor input, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None)",
        "Differences of neighbours.", "diff(tensor([1, 3, 6]))",
        check: checkUnary([2, 4]) { (x) throws(TensorError) in try Operations.diff(x, 2) }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.diff(
            a.tensor(0), a.int(1, default: 1), a.int(2, default: -1), prepend: a.optionalTensor(3),
            append: a.optionalTensor(4)))
      })
    list.append(
      declare(
        "gradient", .function, "(Tensor input, *, Scalar spacing=1, int[1]? dim=None, int edge_order=1)",
        "The derivative of samples along dimensions.", "gradient(tensor([1., 4., 9.]))"
      ) { (a) throws(TensorError) in
        .tuple(
          try Operations.gradient(
            a.tensor(0), spacing: a.double(1, default: 1), a.ints(2), edgeOrder: a.int(3, default: 1)))
      })
    for (name, cumulative) in [("trapezoid", false), ("trapz", false), ("cumulative_trapezoid", true)] {
      list.append(
        declare(
          name, .function, "The \(cumulative ? "running " : "")area under samples by the trapezoid rule.",
          "\(name)(tensor([1., 2., 3.]))",
          [
            Overload("(Tensor y, Tensor x, *, int dim=-1)") { (a) throws(TensorError) in
              .tensor(
                try Operations.trapezoid(
                  a.tensor(0), a.tensor(1), dx: 1, a.int(2, default: -1), cumulative: cumulative))
            },
            Overload("(Tensor y, *, Scalar dx=1, int dim=-1)") { (a) throws(TensorError) in
              .tensor(
                try Operations.trapezoid(
                  a.tensor(0), nil, dx: a.double(1, default: 1), a.int(2, default: -1), cumulative: cumulative))
            },
          ]))
    }
    list.append(
      declare(
        "cov", .both, "(Tensor input, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None)",
        "The covariance matrix of variables in rows.", "cov(tensor([[1., 2.], [2., 1.]]))",
        check: checkUnary([2, 4]) { (x) throws(TensorError) in try Operations.cov(x, correction: 1) }
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.cov(
            a.tensor(0), correction: a.int(1, default: 1), a.optionalTensor(2), a.optionalTensor(3)))
      })
    list.append(
      declare(
        "corrcoef", .both, "(Tensor input)", "The correlation matrix of variables in rows.",
        "corrcoef(tensor([[1., 2., 4.], [2., 1., 0.]]))"
      ) { (a) throws(TensorError) in .tensor(try Operations.corrcoef(a.tensor(0))) })
    return list
  }
}
