import XCTest

/// Argument errors as PyTorch words them.
final class BinderTests: XCTestCase {
  func testWrongType() {
    assertCell("torch.exp('a')", "TypeError: exp(): argument 'input' (position 1) must be Tensor, not str")
    assertCell("torch.ones(2).add('a')", "TypeError: add(): argument 'other' (position 1) must be Tensor, not str")
    assertCell("torch.zeros('a')", "TypeError: zeros(): argument 'size' (position 1) must be tuple of ints, not str")
  }

  func testMissingAndUnexpected() {
    assertCell("torch.exp()", "TypeError: exp() missing 1 required positional arguments: \"input\"")
    assertCell("torch.ones(2, foo=1)", "TypeError: ones() got an unexpected keyword argument 'foo'")
    assertCell("torch.ones(2).exp(1)", "TypeError: TensorBase.exp() takes no arguments (1 given)")
  }

  func testSequenceOfTensors() {
    assertCell(
      "torch.cat(torch.ones(1), torch.ones(1))",
      "TypeError: cat(): argument 'tensors' (position 1) must be tuple of Tensors, not Tensor")
    assertCell("torch.cat([torch.ones(1), 1])", "TypeError: expected Tensor as element 1 in argument 0, but got int")
  }

  func testOut() {
    assertCell("o = torch.empty(2)\ntorch.add(torch.ones(2), 1, out=o)\no", "tensor([2., 2.])")
  }

  func testFlagsOfBareFactories() {
    assertCell("zeros(2, int64)", "tensor([0, 0])")
    assertCell("ones(2, float64, grad)", "tensor([1., 1.], dtype=torch.float64, requires_grad=True)")
  }
}
