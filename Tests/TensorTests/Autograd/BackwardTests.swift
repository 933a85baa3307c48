import XCTest

@testable import Tensor

final class BackwardTests: XCTestCase {
  private func vector(_ values: [Float], grad: Bool = true) throws -> Tensor {
    let t = try Tensor(empty: [values.count], .float32)
    for (i, v) in values.enumerated() { t.pointer(Float.self)[i] = v }
    try t.setRequiresGrad(grad)
    return t
  }

  private func floats(_ t: Tensor?) -> [Double] {
    guard let t else { return [] }
    return (0..<t.count).map { t.element($0).double }
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch {
      return (error as? TensorError)?.message ?? "\(error)"
    }
  }

  func testAccumulation() throws {
    let w = try vector([1, 2])
    try Autograd.backward([Operations.sum(Operations.mul(w, w))])
    try Autograd.backward([Operations.sum(Operations.mul(w, .int(3)))])
    XCTAssertEqual(floats(w.grad), [5, 7])
    XCTAssertFalse(w.grad!.requiresGrad)
  }

  func testGradientIsNotShared() throws {
    let (a, b) = (try vector([1, 2]), try vector([3, 4]))
    try Autograd.backward([Operations.sum(Operations.add(a, b))])
    try Operations.mulInPlace(a.grad!, .int(10))
    XCTAssertEqual(floats(b.grad), [1, 1])
  }

  func testSecondBackward() throws {
    let w = try vector([1, 2])
    let loss = try Operations.sum(Operations.pow(w, .int(2)))
    try Autograd.backward([loss])
    XCTAssertEqual(message { try Autograd.backward([loss]) }, Node.freedMessage)
    let scaled = try Operations.sum(Operations.mul(w, .int(3)))
    try Autograd.backward([scaled])
    XCTAssertEqual(message { try Autograd.backward([scaled]) }, Node.freedMessage, "the number is freed too")
    let linear = try Operations.sum(Operations.add(w, .int(3)))
    try Autograd.backward([linear])
    XCTAssertEqual(message { try Autograd.backward([linear]) }, "no error")
  }

  func testVersionCheck() throws {
    let w = try vector([1, 2])
    let y = try Operations.exp(w)
    try Operations.addInPlace(y, .int(1))
    XCTAssertEqual(
      message { try Autograd.backward([Operations.sum(y)]) },
      "one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor [2]], which is output 0 of Exp, is at version 1; expected version 0 instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False)."
    )
  }

  func testLeafErrors() throws {
    let w = try vector([1, 2])
    XCTAssertEqual(
      message { try Operations.addInPlace(w, .int(1)) },
      "a leaf Variable that requires grad is being used in an in-place operation.")
    XCTAssertEqual(
      message { try Operations.fillInPlace(Operations.select(w, 0, 0), .int(3)) },
      "a view of a leaf Variable that requires grad is being used in an in-place operation.")
    XCTAssertEqual(
      message { try Autograd.backward([w]) }, "grad can be implicitly created only for scalar outputs")
    XCTAssertEqual(
      message { try Autograd.backward([Operations.sum(w.detach())]) },
      "element 0 of tensors does not require grad and does not have a grad_fn")
  }

  func testInPlaceThroughViews() throws {
    let a = try vector([1, 1])
    let t = try Operations.add(a, .int(1))
    try Operations.mulInPlace(t, .int(3))
    try Operations.fillInPlace(Operations.select(t, 0, 0), .float(100))
    XCTAssertEqual(t.node?.className, "CopySlices")
    try Autograd.backward([Operations.sum(t)])
    XCTAssertEqual(floats(a.grad), [0, 3])

    a.grad = nil
    let buffer = try Tensor.filled([2, 2], .float32, .int(0))
    try Operations.copyInPlace(Operations.select(buffer, 0, 0), Operations.mul(a, .int(2)))
    try Operations.copyInPlace(Operations.select(buffer, 0, 1), Operations.mul(a, .int(3)))
    try Autograd.backward([Operations.sum(buffer)])
    XCTAssertEqual(floats(a.grad), [5, 5])

    a.grad = nil
    let v = try Operations.view(Operations.mul(a, .int(2)), [2, 1])
    try Operations.mulInPlace(v, .int(5))
    XCTAssertEqual(v.node?.name, "AsStridedBackward0")
    try Autograd.backward([Operations.sum(v)])
    XCTAssertEqual(floats(a.grad), [10, 10])
  }

  func testDeepGraph() throws {
    let x = try Tensor.scalar(.float(1), .float32)
    try x.setRequiresGrad(true)
    var y = x
    for _ in 0..<300_000 { y = try Operations.mul(y, .float(1)) }
    try Autograd.backward([y])
    XCTAssertEqual(floats(x.grad), [1])
  }

  func testGradOfSomeInputs() throws {
    let (a, b) = (try vector([1, 2]), try vector([3, 4]))
    let y = try Operations.sum(Operations.mul(a, b))
    let g = try Autograd.grad([y], [b])
    XCTAssertEqual(floats(g[0]), [1, 2])
    XCTAssertNil(a.grad)
    XCTAssertNil(b.grad)
    let unused = try vector([1])
    XCTAssertEqual(
      message { _ = try Autograd.grad([Operations.sum(a)], [unused]) },
      "The differentiated Tensor at index 0 appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior."
    )
  }

  func testHooksAndRetainedGradients() throws {
    let x = try vector([1, 2])
    let y = try Operations.mul(x, .int(3))
    var seen: [Double] = []
    _ = try y.registerHook { (g) throws(TensorError) in
      seen = (0..<g.count).map { g.element($0).double }
      return try Operations.mul(g, .int(10))
    }
    try y.retainGrad()
    try Autograd.backward([Operations.sum(y)])
    XCTAssertEqual(seen, [1, 1])
    XCTAssertEqual(floats(y.grad), [10, 10])
    XCTAssertEqual(floats(x.grad), [30, 30])
  }

  func testNestedBackward() throws {
    // A backward formula that itself runs backward on a graph with the same leaf.
    let w = try vector([2, 3])
    let inner = try Operations.mul(w, w)
    _ = try inner.registerHook { (g) throws(TensorError) in
      let again = try Operations.sum(Operations.mul(w, .int(7)))
      GradMode.isEnabled = true
      let fresh = try Operations.sum(Operations.mul(w, .int(7)))
      GradMode.isEnabled = false
      _ = again
      try Autograd.backward([fresh])
      return nil
    }
    try Autograd.backward([Operations.sum(Operations.add(inner, w))])
    XCTAssertEqual(floats(w.grad), [12.0, 14.0])
  }
}
