import XCTest

/// Values and errors of operations called in many ways, as PyTorch 2.13 gives them.
final class TorchSnippetTests: XCTestCase {
  /// Reductions to shapes, elements and entries picked by index.
  func testPicking() throws { try Snippet.check("picking", beside: #filePath) }

  func testLosses() throws { try Snippet.check("losses", beside: #filePath) }

  /// Convolutions and pooling.
  func testConvolutions() throws { try Snippet.check("convolutions", beside: #filePath) }
}
