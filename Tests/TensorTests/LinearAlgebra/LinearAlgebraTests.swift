import XCTest

@testable import Tensor

final class LinearAlgebraTests: XCTestCase {
  private func matrix(_ values: [Double], _ rows: Int, _ dtype: DType = .float64) throws -> Tensor {
    try Tensor.make(values, [rows, values.count / rows], dtype)
  }

  private func assertClose(_ a: Tensor, _ b: Tensor, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(a.shape, b.shape, file: file, line: line)
    for (i, j) in zip(a.uncheckedElementIndices(), b.uncheckedElementIndices()) {
      XCTAssertEqual(a.double(at: i), b.double(at: j), accuracy: 1e-9, file: file, line: line)
    }
  }

  /// Each factorisation multiplies back to the matrix.
  func testFactorsMultiplyBack() throws {
    for (values, rows) in [([4.0, 2, 1, 1, 3, 5], 3), ([4, 2, 1, 1, 3, 5], 2), ([2, 1, 1, 3], 2)] {
      let a = try matrix(values, rows)
      let (u, s, vh) = try Operations.svd(a, full: false)
      assertClose(try Operations.matmul(Operations.matmul(u, Operations.diagEmbed(s)), vh), a)
      let (q, r) = try Operations.qr(a)
      assertClose(try Operations.matmul(q, r), a)
      let (p, l, upper) = try Operations.lu(a)
      assertClose(try Operations.matmul(p, Operations.matmul(l, upper)), a)
      let inverse = try Operations.pinv(a)
      assertClose(try Operations.matmul(Operations.matmul(a, inverse), a), a)
    }
    let symmetric = try matrix([4, 1, 1, 3], 2)
    let (values, vectors) = try Operations.eigh(symmetric)
    let back = try Operations.matmul(
      Operations.matmul(vectors, Operations.diagEmbed(values)), Operations.transposed(vectors))
    assertClose(back, symmetric)
    let l = try Operations.cholesky(symmetric)
    assertClose(try Operations.matmul(l, Operations.transposed(l)), symmetric)
  }

  func testSystemsAndDeterminants() throws {
    let a = try matrix([4, 2, 1, 3], 2)
    assertClose(
      try Operations.solve(a, Tensor.make([10.0, 10], [2], .float64)), try Tensor.make([1.0, 3], [2], .float64))
    XCTAssertEqual(try Operations.det(a).onlyScalar.double, 10, accuracy: 1e-12)
    assertClose(try Operations.matmul(a, Operations.inverse(a)), try Operations.eye(2, nil, .float64))
    assertClose(
      try Operations.matrixExp(matrix([0, 1, -1, 0], 2)),
      try matrix([0.5403023058681398, 0.8414709848078965, -0.8414709848078965, 0.5403023058681398], 2))
  }

  func testSingularMatrices() throws {
    XCTAssertThrowsError(try Operations.inverse(matrix([1, 2, 2, 4], 2, .float32))) {
      XCTAssertEqual(
        ($0 as? TensorError)?.message,
        "linalg.inv: The diagonal element 2 is zero, the inversion could not be completed because the input matrix is singular."
      )
    }
    XCTAssertThrowsError(try Operations.solve(matrix([1, 2, 2, 4], 2), Tensor.make([1.0, 1], [2], .float64))) {
      XCTAssertEqual(
        ($0 as? TensorError)?.message,
        "torch.linalg.solve: The solver failed because the input matrix is singular.")
    }
  }
}
