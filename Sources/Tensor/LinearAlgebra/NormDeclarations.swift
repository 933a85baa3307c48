extension OperationTable {
  /// `torch.norm`, whose matrix orders are only `fro` and `nuc`.
  static func legacyNormDeclarations() -> [OperationDeclaration] {
    func norm(_ a: OperationArguments) throws(TensorError) -> Tensor {
      let (x, dims, keepdim, dtype) = (try a.tensor(0), a.ints(2), a.bool(3, default: false), a.dtype(4))
      switch a.string(1) {
      case nil:
        return try Operations.vectorNorm(x, a.double(1, default: 2), dims, keepdim: keepdim, dtype: dtype)
      case "fro": return try Operations.vectorNorm(x, 2, dims, keepdim: keepdim, dtype: dtype)
      case "nuc":
        let pair = dims ?? Array(0..<x.ndim)
        return try Operations.matrixNorm(x, .nuclear, pair, keepdim: keepdim, dtype: dtype)
      case let name?: throw .runtime("linalg.matrix_norm: Order \(name) not supported.")
      }
    }
    return [
      declare(
        "norm", .both, "The norm of all elements, or of vectors over `dim`.", "torch.norm(tensor([3., 4.]))",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try Operations.vectorNorm(x) },
        ["str? p='fro'", "Scalar? p"].map { kind in
          Overload("(Tensor input, \(kind), int[1]? dim=None, bool keepdim=False, ScalarType? dtype=None)") {
            (a) throws(TensorError) in .tensor(try norm(a))
          }
        })
    ]
  }
}
