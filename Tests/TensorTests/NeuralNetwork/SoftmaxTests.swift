import XCTest

@testable import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// Softmax and the smooth activations of floats, which run in vectors, against the formulas in double.
final class SoftmaxTests: XCTestCase {
  private func tensor(_ shape: [Int], _ type: DType, _ value: (Int) -> Double) throws -> Tensor {
    let t = try Tensor(empty: Dims(shape), type)
    for i in 0..<t.count {
      if type == .float32 { t.pointer(Float.self)[i] = Float(value(i)) } else { t.pointer(Double.self)[i] = value(i) }
    }
    return t
  }

  private func values(_ t: Tensor) -> [Double] { t.uncheckedElementIndices().map { t.double(at: $0) } }

  private func sample(_ i: Int) -> Double { Double((i * 7919) % 2003) / 150 - 6 }

  func testRowsOfAllLengths() throws {
    for type in [DType.float32, .float64] {
      let tolerance = type == .float32 ? 2e-6 : 1e-14
      for (rows, n) in [(1, 1), (3, 2), (4, 10), (5, 16), (3, 17), (2, 47), (7, 256), (3, 300), (300, 1000)] {
        let x = try tensor([rows, n], type, sample)
        let (plain, logarithm) = (
          values(try Operations.softmax(x, 1)), values(try Operations.softmax(x, 1, logarithmic: true))
        )
        let inputs = values(x)
        for r in 0..<rows {
          let row = inputs[r * n..<(r + 1) * n]
          let total = log(row.reduce(0) { $0 + Glibc.exp($1) })
          for (i, v) in row.enumerated() {
            let wanted = v - total
            XCTAssertEqual(plain[r * n + i], Glibc.exp(wanted), accuracy: tolerance, "\(type) \(rows)x\(n)")
            XCTAssertEqual(logarithm[r * n + i], wanted, accuracy: tolerance * 8, "\(type) \(rows)x\(n)")
          }
        }
      }
    }
  }

  func testInfinitiesAndNaN() throws {
    for n in [3, 40] {
      let masked = values(try Operations.softmax(tensor([n], .float32) { $0 == 1 ? 0 : -.infinity }, 0))
      XCTAssertEqual(masked, (0..<n).map { $0 == 1 ? 1 : 0 })
      for special in [Double.nan, .infinity] {
        let row = values(try Operations.softmax(tensor([n], .float32) { $0 == n - 1 ? special : 0 }, 0))
        XCTAssert(row.allSatisfy { $0.isNaN })
      }
    }
  }

  func testActivationsSideBySideAndApart() throws {
    let cases: [(Activation, (Double) -> Double)] = [
      (.gelu, { $0 * 0.5 * (1 + erf($0 * 0.5.squareRoot())) }),
      (.geluTanh, { 0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) }),
      (.silu, { $0 / (1 + exp(-$0)) }),
    ]
    for (activation, formula) in cases {
      for shape in [[600, 2], [3, 1]] {
        let x = try tensor(shape, .float32, sample)
        let column = try Operations.select(x, 1, shape[1] - 1)
        for input in [x, column] {
          let output = try Tensor(empty: input.shape, .float32)
          try activation.values(input, 0, 0, 0, into: output)
          for (v, y) in zip(values(input), values(output)) {
            XCTAssertEqual(y, formula(v), accuracy: 5e-7 * max(1, abs(v)), "\(activation) of \(v)")
          }
        }
      }
    }
  }
}
