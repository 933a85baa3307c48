import XCTest

@testable import Tensor

/// Products against plain sums in double, over the sizes and layouts that take different ways through the kernels.
final class ProductTests: XCTestCase {
  private struct Numbers {
    private var state: UInt64 = 42
    mutating func next(_ range: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % range
    }
  }

  /// A matrix of small fractions, its rows or its columns dense in memory.
  private func matrix(
    _ rows: Int, _ columns: Int, _ type: DType, isTransposed: Bool, _ numbers: inout Numbers
  ) throws -> Tensor {
    let t = try Tensor(empty: isTransposed ? [columns, rows] : [rows, columns], type)
    for i in 0..<t.count {
      let value = numbers.next(200) - 100
      switch type {
      case .float32: t.pointer(Float.self)[i] = Float(value) / 50
      case .float64: t.pointer(Double.self)[i] = Double(value) / 50
      default: t.pointer(Int.self)[i] = value
      }
    }
    return isTransposed ? try Operations.transpose(t, 0, 1) : t
  }

  private func check(
    _ m: Int, _ n: Int, _ k: Int, _ type: DType, _ turnsA: Bool, _ turnsB: Bool, _ numbers: inout Numbers
  ) throws {
    let a = try matrix(m, k, type, isTransposed: turnsA, &numbers)
    let b = try matrix(k, n, type, isTransposed: turnsB, &numbers)
    let c = try Operations.matmul(a, b)
    XCTAssertEqual(c.shape, [m, n])
    let tolerance = type == .float32 ? 3e-6 * Double(k + 1) : 1e-12 * Double(k + 1)
    let (x, y, z) = (values(a), values(b), values(c))
    for i in 0..<m {
      for j in 0..<n {
        var sum = 0.0
        for p in 0..<k { sum += x[i * k + p] * y[p * n + j] }
        if abs(sum - z[i * n + j]) > tolerance {
          return XCTFail("\(m)x\(k) @ \(k)x\(n) \(type) \(turnsA) \(turnsB): [\(i), \(j)] \(z[i * n + j]), not \(sum)")
        }
      }
    }
  }

  private func values(_ t: Tensor) -> [Double] { t.uncheckedElementIndices().map { t.double(at: $0) } }

  func testSizesAndLayouts() throws {
    var numbers = Numbers()
    let sizes = [
      (1, 1, 1), (5, 2, 3), (3, 4, 0), (8, 8, 8), (13, 7, 11), (16, 16, 16), (17, 33, 9), (1, 40, 70), (40, 1, 70),
      (9, 1, 300), (2, 3, 400), (33, 65, 129), (64, 64, 64), (100, 10, 257),
    ]
    for type in [DType.float32, .float64, .int64] {
      for (m, n, k) in sizes {
        for layout in 0..<4 { try check(m, n, k, type, layout & 1 == 1, layout & 2 == 2, &numbers) }
      }
    }
  }

  func testSharedProducts() throws {
    var numbers = Numbers()
    for type in [DType.float32, .float64] {
      try check(131, 150, 140, type, false, true, &numbers)
      try check(300, 270, 300, type, true, false, &numbers)
      try check(900, 9, 300, type, false, false, &numbers)
      // Several blocks of columns and of terms, each with a rest.
      for layout in 0..<4 { try check(133, 1100, 530, type, layout & 1 == 1, layout & 2 == 2, &numbers) }
    }
  }

  func testFactors() throws {
    var numbers = Numbers()
    for (m, n, k) in [(3, 4, 5), (20, 33, 17), (70, 40, 300)] {
      let a = try matrix(m, k, .float32, isTransposed: false, &numbers)
      let b = try matrix(k, n, .float32, isTransposed: true, &numbers)
      let c = try matrix(m, n, .float32, isTransposed: false, &numbers)
      let scaled = values(try Operations.addmm(c, a, b, beta: .float(2), alpha: .float(-3)))
      let (plain, product) = (values(c), values(try Operations.matmul(a, b)))
      for i in 0..<scaled.count { XCTAssertEqual(scaled[i], 2 * plain[i] - 3 * product[i], accuracy: 1e-3) }
    }
  }

  /// Small sums are rounded term by term, in order: what PyTorch's small products give.
  func testSmallProductsRoundInOrder() throws {
    var numbers = Numbers()
    for (m, n, k) in [(1, 1, 9), (5, 2, 3), (7, 9, 11)] {
      for layout in 0..<4 {
        let a = try matrix(m, k, .float32, isTransposed: layout & 1 == 1, &numbers)
        let b = try matrix(k, n, .float32, isTransposed: layout & 2 == 2, &numbers)
        let (x, y, z) = (values(a), values(b), values(try Operations.matmul(a, b)))
        for i in 0..<m {
          for j in 0..<n {
            var sum: Float = 0
            for p in 0..<k { sum += Float(x[i * k + p]) * Float(y[p * n + j]) }
            XCTAssertEqual(z[i * n + j], Double(sum))
          }
        }
      }
    }
  }
}
