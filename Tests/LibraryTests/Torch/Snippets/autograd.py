import torch, torch.nn.functional as F
w=torch.ones(3,requires_grad=True); y=w*2
try:
    w.register_post_accumulate_grad_hook(lambda t: print('acc', t.grad))
    w.sum().backward()
except Exception as e: print('w.sum().backward()', type(e).__name__, e)
try:
    y.register_post_accumulate_grad_hook(print)
except Exception as e: print('y.register_post_accumulate_grad_hook(print)', type(e).__name__, e)
try:
    torch.ones(2).register_post_accumulate_grad_hook(print)
except Exception as e: print('torch.ones(2).register_post_accumulate_grad_hook(print)', type(e).__name__, e)
try:
    w.register_post_accumulate_grad_hook(1)
    w.sum().backward()
except Exception as e: print('w.sum().backward()', type(e).__name__, e)
w=torch.ones(3,requires_grad=True); y=w*2
try:
    w.sum().backward(); del w.grad; print(w.grad)
except Exception as e: print('w.sum().backward(); del w.grad; print(w.grad)', type(e).__name__, e)
try:
    y.requires_grad=True; print(y.requires_grad)
except Exception as e: print('y.requires_grad=True; print(y.requires_grad)', type(e).__name__, e)
try:
    y.requires_grad=False
except Exception as e: print('y.requires_grad=False', type(e).__name__, e)
try:
    y.requires_grad_(False)
except Exception as e: print('y.requires_grad_(False)', type(e).__name__, e)
try:
    y.requires_grad_()
except Exception as e: print('y.requires_grad_()', type(e).__name__, e)
try:
    torch.tensor([1]).requires_grad_()
except Exception as e: print('torch.tensor([1]).requires_grad_()', type(e).__name__, e)
try:
    torch.tensor([1]).requires_grad=True
except Exception as e: print('torch.tensor([1]).requires_grad=True', type(e).__name__, e)
try:
    torch.tensor([1], requires_grad=True)
except Exception as e: print('torch.tensor([1], requires_grad=True)', type(e).__name__, e)
try:
    w.requires_grad=1
except Exception as e: print('w.requires_grad=1', type(e).__name__, e)
try:
    w.requires_grad='a'
except Exception as e: print("w.requires_grad='a'", type(e).__name__, e)
try:
    w.grad=1
except Exception as e: print('w.grad=1', type(e).__name__, e)
try:
    w.grad=torch.ones(2)
except Exception as e: print('w.grad=torch.ones(2)', type(e).__name__, e)
try:
    w.grad=torch.ones(3).double()
except Exception as e: print('w.grad=torch.ones(3).double()', type(e).__name__, e)
with torch.inference_mode():
    i = torch.ones(3)
try:
    i.requires_grad=True
except Exception as e: print('i.requires_grad=True', type(e).__name__, e)
try:
    i.requires_grad_()
except Exception as e: print('i.requires_grad_()', type(e).__name__, e)
try:
    (i*2).requires_grad_(); print('ok')
except Exception as e: print("(i*2).requires_grad_(); print('ok')", type(e).__name__, e)
try:
    print((i+w).sum())
except Exception as e: print('print((i+w).sum())', type(e).__name__, e)
try:
    torch.autograd.grad(w.sum(), [])
except Exception as e: print('torch.autograd.grad(w.sum(), [])', type(e).__name__, e)
try:
    torch.autograd.grad(w.sum(), [w, 5])
except Exception as e: print('torch.autograd.grad(w.sum(), [w, 5])', type(e).__name__, e)
try:
    torch.autograd.grad('a', w)
except Exception as e: print("torch.autograd.grad('a', w)", type(e).__name__, e)
try:
    torch.autograd.grad(w.sum(), 'a')
except Exception as e: print("torch.autograd.grad(w.sum(), 'a')", type(e).__name__, e)
try:
    torch.autograd.grad(w.sum(), 5)
except Exception as e: print('torch.autograd.grad(w.sum(), 5)', type(e).__name__, e)
try:
    torch.autograd.grad(5, w)
except Exception as e: print('torch.autograd.grad(5, w)', type(e).__name__, e)
try:
    torch.autograd.grad(w*2, w)
except Exception as e: print('torch.autograd.grad(w*2, w)', type(e).__name__, e)
try:
    torch.autograd.grad(w.sum(), torch.ones(2))
except Exception as e: print('torch.autograd.grad(w.sum(), torch.ones(2))', type(e).__name__, e)
try:
    torch.autograd.grad(w.sum(), torch.ones(2, requires_grad=True))
except Exception as e: print('torch.autograd.grad(w.sum(), torch.ones(2, requires_grad=Tru', type(e).__name__, e)
try:
    y=w*2; y.register_hook(lambda g: torch.ones(2)); y.sum().backward()
except Exception as e: print('y=w*2; y.register_hook(lambda g: torch.ones(2)); y.sum().bac', type(e).__name__, e)
try:
    y=w*2; y.register_hook(lambda g: g.double()); y.sum().backward()
except Exception as e: print('y=w*2; y.register_hook(lambda g: g.double()); y.sum().backwa', type(e).__name__, e)
try:
    y=w*2; y.register_hook(lambda g: 1); y.sum().backward()
except Exception as e: print('y=w*2; y.register_hook(lambda g: 1); y.sum().backward()', type(e).__name__, e)
try:
    w.register_hook(1)
except Exception as e: print('w.register_hook(1)', type(e).__name__, e)
try:
    torch.ones(2).register_hook(print)
except Exception as e: print('torch.ones(2).register_hook(print)', type(e).__name__, e)
try:
    (w*2).backward(2.)
except Exception as e: print('(w*2).backward(2.)', type(e).__name__, e)
try:
    (w*2).backward([1,1,1])
except Exception as e: print('(w*2).backward([1,1,1])', type(e).__name__, e)
try:
    (w*2).backward('a')
except Exception as e: print("(w*2).backward('a')", type(e).__name__, e)
try:
    (w*2).backward(1)
except Exception as e: print('(w*2).backward(1)', type(e).__name__, e)
try:
    (w*2).backward([torch.ones(3)])
except Exception as e: print('(w*2).backward([torch.ones(3)])', type(e).__name__, e)
try:
    (w*2).backward(torch.ones(2))
except Exception as e: print('(w*2).backward(torch.ones(2))', type(e).__name__, e)
try:
    (w*2).backward()
except Exception as e: print('(w*2).backward()', type(e).__name__, e)
try:
    torch.ones(2).backward()
except Exception as e: print('torch.ones(2).backward()', type(e).__name__, e)
try:
    torch.ones(2).sum().backward()
except Exception as e: print('torch.ones(2).sum().backward()', type(e).__name__, e)
try:
    w.sum().backward(inputs=[])
except Exception as e: print('w.sum().backward(inputs=[])', type(e).__name__, e)
try:
    w.sum().backward(inputs=5)
except Exception as e: print('w.sum().backward(inputs=5)', type(e).__name__, e)
try:
    torch.autograd.backward([])
except Exception as e: print('torch.autograd.backward([])', type(e).__name__, e)
try:
    torch.autograd.backward(5)
except Exception as e: print('torch.autograd.backward(5)', type(e).__name__, e)
try:
    z=torch.zeros(2,requires_grad=True)
    with torch.autograd.detect_anomaly(check_nan=True):
      (torch.sqrt(z)*0).sum().backward()
except Exception as e: print('  (torch.sqrt(z)*0).sum().backward()', type(e).__name__, e)
try:
    with torch.autograd.detect_anomaly():
      (z/0).sum().backward()
except Exception as e: print('  (z/0).sum().backward()', type(e).__name__, e)
try:
    with torch.autograd.set_detect_anomaly(True):
      (torch.log(z)*0).sum().backward()
except Exception as e: print('  (torch.log(z)*0).sum().backward()', type(e).__name__, e)
try:
    print(torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled())
except Exception as e: print('print(torch.is_anomaly_enabled(), torch.is_anomaly_check_nan', type(e).__name__, e)
try:
    torch.autograd.set_detect_anomaly(True); print(torch.is_anomaly_enabled()); torch.autograd.set_detect_anomaly(False); print(torch.is_anomaly_enabled())
except Exception as e: print('torch.autograd.set_detect_anomaly(True); print(torch.is_anom', type(e).__name__, e)
from torch.autograd.functional import jacobian,hessian,vjp,jvp
v=torch.ones(3)
try:
    jacobian(lambda x: torch.ones(2), v, strict=True)
except Exception as e: print('jacobian(lambda x: torch.ones(2), v, strict=True)', type(e).__name__, e)
try:
    jacobian(lambda x: x.detach()*2, v, strict=True)
except Exception as e: print('jacobian(lambda x: x.detach()*2, v, strict=True)', type(e).__name__, e)
try:
    jacobian(lambda x, y: x*2, (v, v), strict=True)
except Exception as e: print('jacobian(lambda x, y: x*2, (v, v), strict=True)', type(e).__name__, e)
try:
    hessian(lambda x: x.sum(), v, strict=True)
except Exception as e: print('hessian(lambda x: x.sum(), v, strict=True)', type(e).__name__, e)
try:
    print(hessian(lambda x: x.sum(), v))
except Exception as e: print('print(hessian(lambda x: x.sum(), v))', type(e).__name__, e)
try:
    hessian(lambda x: torch.tensor(1.), v, strict=True)
except Exception as e: print('hessian(lambda x: torch.tensor(1.), v, strict=True)', type(e).__name__, e)
try:
    jacobian(lambda x: x, [v])
except Exception as e: print('jacobian(lambda x: x, [v])', type(e).__name__, e)
try:
    jacobian(lambda x: x, 5)
except Exception as e: print('jacobian(lambda x: x, 5)', type(e).__name__, e)
try:
    jacobian(lambda x: 5, v)
except Exception as e: print('jacobian(lambda x: 5, v)', type(e).__name__, e)
try:
    jacobian(lambda x: [x], v)
except Exception as e: print('jacobian(lambda x: [x], v)', type(e).__name__, e)
try:
    hessian(lambda x: x, v)
except Exception as e: print('hessian(lambda x: x, v)', type(e).__name__, e)
try:
    vjp(lambda x: x*2, v)
except Exception as e: print('vjp(lambda x: x*2, v)', type(e).__name__, e)
try:
    vjp(lambda x: x*2, v, torch.ones(2))
except Exception as e: print('vjp(lambda x: x*2, v, torch.ones(2))', type(e).__name__, e)
try:
    jvp(lambda x: x*2, v)
except Exception as e: print('jvp(lambda x: x*2, v)', type(e).__name__, e)
import torch.autograd
class Sq(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, k=2): ctx.save_for_backward(x); return x**2
    @staticmethod
    def backward(ctx, g): 
        x,=ctx.saved_tensors
        return 2*x*g, None
class Bad(Sq):
    @staticmethod
    def backward(ctx, g): return 5
class Bad2(Sq):
    @staticmethod
    def backward(ctx, g): return g
class Bad3(Sq):
    @staticmethod
    def backward(ctx, g): return g, g, g
class Bad4(Sq):
    @staticmethod
    def backward(ctx, g): return torch.ones(5), None
y=Sq.apply(w)
try:
    print(isinstance(y.grad_fn, Sq), type(y.grad_fn).__name__)
except Exception as e: print('print(isinstance(y.grad_fn, Sq), type(y.grad_fn).__name__)', type(e).__name__, e)
try:
    Sq.apply(w, k=2)
except Exception as e: print('Sq.apply(w, k=2)', type(e).__name__, e)
try:
    Sq()(w)
except Exception as e: print('Sq()(w)', type(e).__name__, e)
try:
    Sq()
except Exception as e: print('Sq()', type(e).__name__, e)
try:
    Bad.apply(w).sum().backward()
except Exception as e: print('Bad.apply(w).sum().backward()', type(e).__name__, e)
try:
    Bad2.apply(w).sum().backward(); print(w.grad)
except Exception as e: print('Bad2.apply(w).sum().backward(); print(w.grad)', type(e).__name__, e)
try:
    Bad2.apply(w, 3).sum().backward(); print(w.grad)
except Exception as e: print('Bad2.apply(w, 3).sum().backward(); print(w.grad)', type(e).__name__, e)
try:
    Bad3.apply(w).sum().backward()
except Exception as e: print('Bad3.apply(w).sum().backward()', type(e).__name__, e)
try:
    Bad4.apply(w).sum().backward()
except Exception as e: print('Bad4.apply(w).sum().backward()', type(e).__name__, e)
try:
    print(torch.autograd.Variable(v), torch.autograd.Variable(v, requires_grad=True))
except Exception as e: print('print(torch.autograd.Variable(v), torch.autograd.Variable(v,', type(e).__name__, e)
try:
    torch.set_grad_enabled('a')
except Exception as e: print("torch.set_grad_enabled('a')", type(e).__name__, e)
try:
    with torch.no_grad(): w.add_(1); print(w)
except Exception as e: print('with torch.no_grad(): w.add_(1); print(w)', type(e).__name__, e)
try:
    w.add_(1)
except Exception as e: print('w.add_(1)', type(e).__name__, e)
try:
    w[0]=1
except Exception as e: print('w[0]=1', type(e).__name__, e)
try:
    w.data=torch.ones(2); print(w)
except Exception as e: print('w.data=torch.ones(2); print(w)', type(e).__name__, e)
try:
    w.data=5
except Exception as e: print('w.data=5', type(e).__name__, e)
try:
    w.detach_(); print(w)
except Exception as e: print('w.detach_(); print(w)', type(e).__name__, e)
try:
    print(w.retain_grad())
except Exception as e: print('print(w.retain_grad())', type(e).__name__, e)
try:
    torch.ones(2).retain_grad()
except Exception as e: print('torch.ones(2).retain_grad()', type(e).__name__, e)
try:
    float(torch.ones(2))
except Exception as e: print('float(torch.ones(2))', type(e).__name__, e)
try:
    w.numpy()
except Exception as e: print('w.numpy()', type(e).__name__, e)

print(type(y.grad_fn).__module__, type(y.grad_fn).__name__)
