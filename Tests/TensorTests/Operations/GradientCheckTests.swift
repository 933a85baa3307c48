import XCTest

@testable import Tensor

/// Every declaration's gradients against central differences, in float64; second derivatives the same way, from the
/// gradients.
final class GradientCheckTests: XCTestCase {
  private var state: UInt64 = 88_172_645_463_325_252

  private func draw(_ range: ClosedRange<Double>) -> Double {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return range.lowerBound + (range.upperBound - range.lowerBound) * Double(state >> 11) / Double(1 << 53)
  }

  /// A leaf of random elements; every second one is a transposed view of a larger memory, so that strides are exercised.
  private func input(_ shape: [Int], _ range: ClosedRange<Double>, strided: Bool) throws -> Tensor {
    var t = try Tensor(empty: Dims(strided ? shape.reversed() : shape), .float64)
    for i in 0..<t.count { t.pointer(Double.self)[i] = draw(range) }
    if strided && shape.count > 1 { t = try Operations.permute(t, Array((0..<shape.count).reversed())).detach() }
    try t.setRequiresGrad(true)
    return t
  }

  private func value(_ t: Tensor) throws -> Double { try Operations.sum(t).item().double }

  /// The weighted sum of the result, so that each output element counts differently.
  private func weighted(_ y: Tensor) throws -> Tensor {
    let w = try Tensor(empty: y.shape, .float64)
    for i in 0..<w.count { w.pointer(Double.self)[i] = 1 + 0.37 * Double(i % 7) }
    return try Operations.sum(Operations.mul(y, w))
  }

  private func numeric(_ inputs: [Tensor], _ k: Int, _ i: Int, _ f: ([Tensor]) throws -> Double) throws -> Double {
    let h = 1e-5
    let x = inputs[k]
    let place = x.uncheckedElementIndices()[i]
    let p = x.storage.bytes.assumingMemoryBound(to: Double.self) + place
    let old = p.pointee
    p.pointee = old + h
    let above = try f(inputs)
    p.pointee = old - h
    let below = try f(inputs)
    p.pointee = old
    return (above - below) / (2 * h)
  }

  private func check(_ name: String, _ number: Int, _ testCase: GradientCheck.Case, strided: Bool) throws {
    let inputs = try testCase.shapes.map { try input($0, testCase.domain, strided: strided) }
    let loss = try weighted(testCase.call(inputs))
    guard loss.requiresGrad else { return XCTFail("\(name) case \(number): no graph") }
    let gradients = try Autograd.grad([loss], inputs, createGraph: true, allowUnused: true)
    for (k, x) in inputs.enumerated() {
      guard let g = gradients[k] else { continue }
      XCTAssertEqual(g.shape, x.shape, "\(name) case \(number): shape of gradient \(k)")
      for i in 0..<x.count {
        let expected = try numeric(inputs, k, i) { try self.weighted(testCase.call($0)).item().double }
        let actual = g.element(i).double
        XCTAssertEqual(
          actual, expected, accuracy: 1e-5 * max(1, abs(expected)),
          "\(name) case \(number): input \(k), element \(i), strided \(strided)")
      }
    }
    // Second derivatives: the gradient of the weighted gradients.
    // PyTorch has none for some, and says so.
    func hasGraph(_ t: Tensor) -> Bool { t.requiresGrad && !(t.node is UnderivedNode) }
    if !gradients.contains(where: { $0.map(hasGraph) ?? false }) { return }
    func slope(_ inputs: [Tensor]) throws -> Tensor {
      let loss = try weighted(testCase.call(inputs))
      let g = try Autograd.grad([loss], inputs, createGraph: true, allowUnused: true)
      var total: Tensor?
      for part in g.compactMap({ $0 }) where hasGraph(part) {
        let w = try weighted(Operations.mul(part, part))
        total = try total.map { try Operations.add($0, w) } ?? w
      }
      return total!
    }
    let total = try slope(inputs)
    let seconds = try Autograd.grad([total], inputs, allowUnused: true)
    for (k, x) in inputs.enumerated() {
      guard let g = seconds[k] else { continue }
      for i in stride(from: 0, to: x.count, by: max(1, x.count / 4)) {
        let expected = try numeric(inputs, k, i) { try slope($0).item().double }
        XCTAssertEqual(
          g.element(i).double, expected, accuracy: 2e-4 * max(1, abs(expected)),
          "\(name) case \(number): second derivative, input \(k), element \(i)")
      }
    }
  }

  func testEveryDeclaration() throws {
    var count = 0
    for declaration in OperationTable.all {
      guard let gradientCheck = declaration.gradientCheck else { continue }
      for (number, testCase) in gradientCheck.cases.enumerated() {
        for strided in [false, true] {
          do {
            try check(declaration.name, number, testCase, strided: strided)
          } catch {
            // Views of strided memory may be refused.
            if strided, (error as? TensorError)?.message.hasPrefix("view size is not") == true { continue }
            XCTFail("\(declaration.name) case \(number): \(error)")
          }
          count += 1
        }
      }
    }
    XCTAssertGreaterThan(count, 200)
  }
}
