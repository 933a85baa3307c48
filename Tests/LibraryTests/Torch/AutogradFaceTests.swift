import XCTest

final class AutogradFaceTests: XCTestCase {
  func testCustomFunction() {
    assertCell(
      """
      class Square(torch.autograd.Function):
          @staticmethod
          def forward(ctx, x):
              ctx.save_for_backward(x)
              return x ** 2
          @staticmethod
          def backward(ctx, g):
              x, = ctx.saved_tensors
              return 2 * x * g
      x = torch.tensor([1., 2.], requires_grad=True)
      y = Square.apply(x)
      y.sum().backward()
      y, x.grad
      """, "(tensor([1., 4.], grad_fn=<SquareBackward>), tensor([2., 4.]))")
  }

  func testExceptionInHookKeepsItsType() {
    assertCell(
      """
      x = torch.ones(1, requires_grad=True)
      y = x * 2
      h = y.register_hook(lambda g: {}['k'])
      y.sum().backward()
      """, "KeyError: 'k'")
  }

  func testNodeHooks() {
    assertCell(
      """
      x = torch.tensor([1., 2.], requires_grad=True)
      seen = []
      y = x * 2
      h = y.grad_fn.register_hook(lambda computed, arrived: seen.append((computed, arrived)))
      z = y.sum()
      k = z.grad_fn.register_hook(lambda computed, arrived: seen.append((computed, arrived)))
      z.backward()
      seen
      """,
      """
      [((tensor([1., 1.]),), (tensor(1.),)),
       ((tensor([2., 2.]), None), (tensor([1., 1.]),))]
      """)
  }

  func testNodeHookReplacesGradients() {
    assertCell(
      """
      x = torch.tensor([1., 2.], requires_grad=True)
      y = x * 2
      h = y.grad_fn.register_hook(lambda computed, arrived: (computed[0] * 10, None))
      y.sum().backward()
      x.grad
      """, "tensor([20., 20.])")
  }

  func testGradModes() {
    assertCell(
      """
      x = torch.ones(1, requires_grad=True)
      @torch.no_grad()
      def f(t): return t * 2
      with torch.no_grad():
          a = x * 2
      f(x).requires_grad, a.requires_grad, (x * 2).requires_grad
      """, "(False, False, True)")
  }

  func testNodeIdentity() {
    assertCell(
      "x = torch.ones(1, requires_grad=True)\ny = x * 2\ny.grad_fn is y.grad_fn, y.grad_fn.next_functions[0][0].variable is x",
      "(True, True)")
  }

  func testJacobian() {
    assertCell(
      "torch.autograd.functional.jacobian(lambda x: x ** 2, torch.tensor([1., 2.]))",
      "tensor([[2., 0.],\n        [0., 4.]])")
  }

  func testParameter() {
    assertCell(
      "torch.nn.Parameter(torch.ones(2))", "Parameter containing:\ntensor([1., 1.], requires_grad=True)")
  }
}
