import XCTest

/// Sizes and numbers far out of range end in an error or a result, and never in a trap.
final class HostileSizesTests: XCTestCase {
  func testNothingToReduceOver() {
    let session = CellSession()
    XCTAssertEqual(
      session.run("ones(2, 0).var(0), ones(0, 3).std(1), ones(1, 0, 3).var((0, 2))"),
      "(tensor([]), tensor([]), tensor([]))")
  }

  func testSizesThatOverflow() {
    let session = CellSession()
    _ = session.run("x = ones(1, 1, 4, 4)")
    for (cell, error) in [
      ("F.interpolate(x, scale_factor=1e30)", "RuntimeError: Input and output sizes should be greater than 0"),
      ("F.interpolate(x, scale_factor=float('nan'))", "RuntimeError: Input and output sizes should be greater than 0"),
      ("F.fold(x[0], (2**62, 2**62), 2)", "RuntimeError: Expected output spatial size to be positive"),
      ("F.unfold(x, 0)", "RuntimeError: kernel size should be greater than zero"),
      ("F.pixel_unshuffle(x, 2**62)", "RuntimeError: pixel_unshuffle expects a positive downscale_factor"),
      ("F.adaptive_max_pool2d(x, 2**62)", "RuntimeError: value cannot be converted to type int without overflow"),
      ("F.max_unpool2d(x, x.long(), 2**62)", "RuntimeError: max_unpool2d: kernel_size"),
      ("F.affine_grid(ones(1, 2, 3), (1, 1, 2**40, 2**40))", "RuntimeError: Storage size calculation overflowed"),
      ("torch.hann_window(2**62)", "RuntimeError: hann_window requires non-negative window_length"),
      ("np.random.negative_binomial(1, 1e-300)", "ValueError: n too large or p too small"),
      ("np.random.multinomial(1, [.5, .5], size=2**60)", "MemoryError: "),
      ("np.linalg.eig(np.array([[float('nan'), 1], [1, 1]]))", "LinAlgError: Array must not contain infs or NaNs"),
    ] {
      let output = session.run(cell)
      XCTAssertTrue(output.hasPrefix(error), "\(cell): \(output)")
    }
  }

  func testEmptyParts() {
    let session = CellSession()
    XCTAssertEqual(session.run("F.adaptive_avg_pool2d(ones(1, 1, 4, 4), 0)"), "tensor([], size=(1, 1, 0, 0))")
    XCTAssertEqual(session.run("F.pdist(ones(1, 2))"), "tensor([])")
    XCTAssertEqual(
      session.run("F.grid_sample(ones(1, 1, 2, 2), full((1, 1, 1, 2), float('nan')), align_corners=False)"),
      "tensor([[[[nan]]]])")
  }
}
