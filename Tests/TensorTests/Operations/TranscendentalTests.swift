import XCTest

@testable import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// exp and tanh of floats, which have vectors of their own, against the library's in double.
final class TranscendentalTests: XCTestCase {
  private typealias Function = (Tensor) throws -> Tensor
  private let exponential: Function = { try Operations.exp($0) }
  private let tangent: Function = { try Operations.tanh($0) }

  private func apply(_ operation: Function, _ values: [Float]) throws -> [Float] {
    let t = try Tensor(empty: [values.count], .float32)
    for (i, v) in values.enumerated() { t.pointer(Float.self)[i] = v }
    let result = try operation(t)
    return values.indices.map { result.pointer(Float.self)[$0] }
  }

  /// Floats of all sizes and both signs, among them subnormal ones.
  private var sample: [Float] {
    stride(from: UInt32(0), through: 0xffff_0000, by: 7919).map { Float(bitPattern: $0) }.filter { $0.isFinite }
  }

  private func check(
    _ name: String, _ operation: Function, _ exact: (Double) -> Double, within units: Double
  ) throws {
    let inputs = sample
    var worst = 0.0
    for (x, y) in zip(inputs, try apply(operation, inputs)) {
      let expected = exact(Double(x))
      if expected > Double(Float.greatestFiniteMagnitude) {
        XCTAssertEqual(y, .infinity, "\(name)(\(x))")
        continue
      }
      worst = max(worst, abs(Double(y) - expected) / Double(Float(expected).ulp))
    }
    XCTAssertLessThan(worst, units, name)
  }

  func testUnitsInTheLastPlace() throws {
    try check("exp", exponential, { Glibc.exp($0) }, within: 1.1)
    try check("tanh", tangent, { Glibc.tanh($0) }, within: 1.2)
  }

  func testSpecialValues() throws {
    let e = try apply(exponential, [0, -.infinity, .infinity, 89, -104, .nan])
    XCTAssertEqual(Array(e[..<5]), [1, 0, .infinity, .infinity, 0])
    XCTAssertTrue(e[5].isNaN)
    let t = try apply(tangent, [0, -.infinity, .infinity, 9.1, -9.1, 1e-40, .nan])
    XCTAssertEqual(Array(t[..<6]), [0, -1, 1, 1, -1, 1e-40])
    XCTAssertTrue(t[6].isNaN)
    XCTAssertEqual(try apply(tangent, [-0.0])[0].sign, .minus)
  }

  /// Whatever the length and the steps, an element's result is the same to the bit.
  func testLengthsAndSteps() throws {
    for operation in [exponential, tangent] {
      let inputs = (0..<700).map { Float($0 - 350) / 37 }
      let whole = try apply(operation, inputs)
      for count in 1...40 { XCTAssertEqual(try apply(operation, Array(inputs[..<count])), Array(whole[..<count])) }
      let t = try Tensor(empty: [700], .float32)
      for i in 0..<700 { t.pointer(Float.self)[i] = inputs[i] }
      for column in 0..<2 {
        let result = try operation(Operations.select(Operations.view(t, [350, 2]), 1, column))
        let values = result.uncheckedElementIndices().map { Float(result.double(at: $0)) }
        XCTAssertEqual(values, stride(from: column, to: 700, by: 2).map { whole[$0] })
      }
    }
  }
}
