import XCTest

@testable import Tensor

final class SortingTests: XCTestCase {
  /// Both sorting loops (short and long rows) agree with a plain stable sort, for every dtype.
  func testSortsLikeAPlainStableSort() throws {
    var state: UInt64 = 7
    for dtype in DType.allCases {
      for n in [1, 2, 17, 100, 3000] {
        let values = (0..<n).map { _ -> Double in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Double(Int(state >> 40) % 97) - (dtype == .uint8 || dtype == .bool ? 0 : 40)
        }
        let x = try Tensor.make(values, [n], dtype)
        let keys = x.uncheckedElementIndices().map { x.double(at: $0) }
        for descending in [false, true] {
          let expected = (0..<n).sorted {
            keys[$0] != keys[$1] ? (keys[$0] < keys[$1]) != descending : $0 < $1
          }
          let (sorted, indices) = try Operations.sort(x, 0, descending: descending)
          XCTAssertEqual(indices.uncheckedElementIndices().map { indices.int(at: $0) }, expected, "\(dtype) \(n)")
          XCTAssertEqual(sorted.uncheckedElementIndices().map { sorted.double(at: $0) }, expected.map { keys[$0] })
        }
      }
    }
  }

  func testNaNIsTheLargest() throws {
    let x = try Tensor.make([.nan, 1, -.infinity, 2], [4], .float32)
    XCTAssertEqual(try Operations.sort(x, 0).indices.int64Values(), [2, 1, 3, 0])
    XCTAssertEqual(try Operations.sort(x, 0, descending: true).indices.int64Values(), [0, 3, 1, 2])
    XCTAssertTrue(try Operations.median(x).onlyScalar.double.isNaN)
    XCTAssertEqual(try Operations.median(x, ignoringNaN: true).onlyScalar.double, 1)
  }

  func testUniqueAndMode() throws {
    let x = try Tensor.vector([3, 1, 3, 1])
    let (values, inverse, counts) = try Operations.unique(x)
    XCTAssertEqual(try values.int64Values(), [1, 3])
    XCTAssertEqual(try inverse.int64Values(), [1, 0, 1, 0])
    XCTAssertEqual(try counts.int64Values(), [2, 2])
    let mode = try Operations.mode(x, 0)
    XCTAssertEqual(mode.values.onlyScalar, .int(1))
    XCTAssertEqual(mode.indices.onlyScalar, .int(3))
  }
}
