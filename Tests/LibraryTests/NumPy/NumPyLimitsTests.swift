import XCTest

/// Sizes no memory holds and numbers no index reaches raise; none of them ends the process.
final class NumPyLimitsTests: XCTestCase {
  private func assertRaises(_ source: String, line: UInt = #line) {
    let result = CellSession().run(source)
    XCTAssertTrue(result.contains("Error"), "\(source) gave \(result)", line: line)
  }

  func testHugeShapes() {
    for source in [
      "np.zeros(10**12)", "np.ones((10**6, 1)) + np.ones(10**6)", "np.arange(10**12)", "np.linspace(0, 1, 10**12)",
      "np.tile([1], 10**12)", "np.repeat([1], 10**12)", "np.random.rand(10**12)", "np.random.permutation(10**12)",
      "np.random.choice(10**12, 3, replace=False)", "np.r_[0:10**12]", "np.split(np.arange(3), 10**12)",
      "np.bincount([10**12])", "np.eye(10**7)", "np.zeros((1,) * 9)", "np.stack([np.zeros((1,) * 8)])",
      "torch.tensor(range(10**13))", "np.ones((10**5, 1)) == np.ones(10**5)",
      "np.pad([1, 2], 2**40)", "np.pad([1, 2], 2**40, mode='edge')", "np.pad([1, 2], 2**40, mode='reflect')",
    ] { assertRaises(source) }
  }

  /// What a function of numpy's takes and this one does not is refused by name, not passed over.
  func testArgumentsThatAreNotThere() {
    for (source, argument) in [
      ("np.vectorize(len, signature='()->()')", "vectorize: signature"),
      ("np.quantile([1.], 0.5, weights=[1])", "quantile: weights"),
      ("np.fix([1.5], np.zeros(1))", "fix: out"), ("np.cumulative_sum([1], out=np.zeros(1))", "cumulative_sum: out"),
      ("np.choose([0], [[1]], out=np.zeros(1))", "choose: out"),
      ("np.partition([1], 0, order='a')", "partition: order"),
    ] {
      assertCell(source, "NotImplementedError: numpy.\(argument)= is not available in tnb")
    }
  }

  func testExtremeIntegers() {
    assertCell("np.arange(5)[::9223372036854775807]", "array([0])")
    assertCell("np.arange(5)[::-9223372036854775808]", "array([4])")
    assertCell("np.roll([1, 2], -9223372036854775808)", "array([1, 2])")
    assertRaises("np.diag([1, 2], -9223372036854775808)")
    assertRaises("np.eye(2, k=9223372036854775807)")
    assertRaises("np.round(np.array([1.5]), -9223372036854775808)")
    assertRaises("np.take([1], [0], axis=9223372036854775807)")
    assertRaises("np.lib.stride_tricks.as_strided(np.arange(3), (9,), (8,))")
    assertRaises("np.lib.stride_tricks.as_strided(np.arange(3), (2,), (9223372036854775807,))")
    assertRaises("np.random.randint(-9223372036854775808, 9223372036854775808, dtype=np.int32)")
    assertRaises("np.lib.stride_tricks.as_strided(np.arange(3), (2, 2), (-9223372036854775808, 8))")
    assertRaises("np.random.bytes(10**12)")
    assertRaises("np.bincount([9223372036854775807])")
    assertRaises("np._convolve([], [])")
    assertRaises("np.linalg._least_squares([1], [1])")
    assertCell("np._linspace(0, 1, -5, True, None)[0]", "array([], dtype=float64)")
    assertCell(
      "with np.errstate(all='raise'):\n    print(np.matmul(np.ones((2, 3)), np.ones((3, 4))).shape)", "(2, 4)")
    assertCell("np.arange(5)[::-9223372036854775807].strides", "(8,)")
    assertRaises("np.random.binomial(9223372036854775807, 0.5)")
    assertCell("np.array([-9223372036854775808]) // -1", "array([-9223372036854775808])")
  }
}
