import XCTest

/// Values and errors of operations called in many ways, as PyTorch 2.13 gives them.
final class TorchSnippetTests: XCTestCase {
  /// Reductions to shapes, elements and entries picked by index.
  func testPicking() throws { try Snippet.check("picking", beside: #filePath) }

  func testLosses() throws { try Snippet.check("losses", beside: #filePath) }

  /// Convolutions and pooling.
  func testConvolutions() throws { try Snippet.check("convolutions", beside: #filePath) }

  /// Views, pieces, joins, conversions.
  func testShapes() throws { try Snippet.check("shapes", beside: #filePath) }

  /// Arguments that fit no signature, and types that operations lack.
  func testSignatures() throws { try Snippet.check("signatures", beside: #filePath) }

  /// Hooks, leaves, anomalies, what backward and grad refuse.
  func testAutograd() throws { try Snippet.check("autograd", beside: #filePath) }

  /// `torch.special`, rarer in-place operations, `einsum` with lists.
  func testSpecial() throws { try Snippet.check("special", beside: #filePath) }

  /// Messages that name torch's own types.
  func testTypes() throws { try Snippet.check("typenames", beside: #filePath) }

  func testFunctionsAreShownAsIPythonShowsThem() {
    assertCell("torch.relu", "<function torch._VariableFunctionsClass.relu>")
    assertCell("ones(2).mean", "<function Tensor.mean>")
    assertCell("import torch.nn.functional as F\nF.linear", "<function torch._C._nn.linear>")
    assertCell(
      "import torch.nn.functional as F\nF.relu",
      "<function torch.nn.functional.relu(input: torch.Tensor, inplace: bool = False) -> torch.Tensor>")
    assertCell("torch.Tensor.add", "<method 'add' of 'torch._C.TensorBase' objects>")
  }

  func testTypesWithoutTensorsAreShownAndRefused() {
    assertCell("torch.complex64, torch.uint16.itemsize", "(torch.complex64, 2)")
    assertCell("ones(2).dtype == torch.cfloat", "False")
    assertCell(
      "torch.zeros(2, dtype=torch.complex64)", "NotImplementedError: torch.complex64 is not available in tnb")
    assertCell("ones(2).to(torch.uint16)", "NotImplementedError: torch.uint16 is not available in tnb")
  }

  func testTailsOfGelu() {
    assertCell(
      "torch.nn.functional.gelu(tensor([-10., -6., 10., float('inf')]))", "tensor([-0., -0., 10., nan])")
  }
}
