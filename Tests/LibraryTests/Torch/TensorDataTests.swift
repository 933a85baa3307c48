import XCTest

final class TensorDataTests: XCTestCase {
  func testInference() {
    assertCell("torch.tensor([1, 2.5, True])", "tensor([1.0000, 2.5000, 1.0000])")
    assertCell("torch.tensor([[1, 2], [3, 4]]).dtype", "torch.int64")
    assertCell("torch.tensor(range(3))", "tensor([0, 1, 2])")
  }

  func testErrors() {
    assertCell("torch.tensor('a')", "TypeError: new(): invalid data type 'str'")
    assertCell("torch.tensor([[1, 2], [3]])", "ValueError: expected sequence of length 2 at dim 1 (got 1)")
    assertCell("torch.tensor([[1, 2], 3])", "TypeError: not a sequence")
    assertCell("torch.tensor([1, None])", "RuntimeError: Could not infer dtype of NoneType")
    assertCell(
      "torch.tensor([300], dtype=torch.uint8)",
      "RuntimeError: value cannot be converted to type uint8 without overflow")
  }

  func testIndexing() {
    assertCell(
      "x = torch.arange(6.).view(2, 3)\nx[1, 2], x[[0]], x[x > 3]",
      "(tensor(5.), tensor([[0., 1., 2.]]), tensor([4., 5.]))")
    assertCell(
      "torch.ones(2)[1.5]",
      "IndexError: only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got float)"
    )
    assertCell("x = torch.zeros(2)\nx[0] = [1]", "TypeError: can't assign a list to a torch.FloatTensor")
  }

  func testSize() {
    assertCell(
      "s = torch.ones(2, 3).shape\ns, s[1], s[1:], s + (4,)",
      "(torch.Size([2, 3]), 3, torch.Size([3]), torch.Size([2, 3, 4]))")
  }
}
