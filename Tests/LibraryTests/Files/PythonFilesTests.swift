import Foundation
import XCTest

/// Files that PyTorch, NumPy and the safetensors package wrote.
final class PythonFilesTests: FileTestCase {
  func testPyTorchArchive() throws {
    let session = try fixtureSession()
    XCTAssertEqual(
      session.run("import torch\nc = torch.load('checkpoint.pt')\nlist(c)"),
      """
      ['epoch',
       'model',
       'optimizer',
       'row',
       'turned',
       'parameter',
       'flags',
       'empty',
       'name',
       'raw',
       'big',
       'size',
       'dtype']
      """)
    XCTAssertEqual(
      session.run("c['model'], c['model']._metadata"),
      """
      (OrderedDict([('weight',
                     tensor([[0., 1., 2.],
                             [3., 4., 5.]])),
                    ('bias', tensor([0., 0., 0.], dtype=torch.bfloat16))]),
       OrderedDict([('', {'version': 1})]))
      """)
    XCTAssertEqual(
      session.run("c['optimizer']['param_groups'], c['optimizer']['state'][0]['step']"),
      """
      ([{'lr': 0.1,
         'betas': (0.9, 0.999),
         'maximize': False,
         'foreach': None,
         'params': [0, 1]}],
       tensor(2.))
      """)
    // Tensors that shared their elements do again.
    XCTAssertEqual(
      session.run("c['model']['weight'][1, 0] = 9\nc['row'], c['turned'][0], c['turned'].stride()"),
      "(tensor([9., 4., 5.]), tensor([0., 9.]), (1, 3))")
    XCTAssertEqual(
      session.run("c['epoch'], c['name'], c['raw'], c['big'], c['size'], c['dtype'], c['flags'], c['empty']"),
      """
      (3,
       'run ä',
       b'\\x00\\xff',
       1180591620717411303424,
       torch.Size([2]),
       torch.float16,
       tensor([ True, False]),
       tensor([], size=(0, 2)))
      """)
    XCTAssertEqual(
      session.run("c['parameter']"), "Parameter containing:\ntensor([1.], requires_grad=True)")
  }

  func testWhatIsNoPlainValueIsRefusedByName() throws {
    let session = try fixtureSession()
    _ = session.run("import torch")
    XCTAssertEqual(
      session.run("torch.load('module.pt', weights_only=False)"),
      "UnpicklingError: Weights only load failed. Unsupported global: GLOBAL __main__.Net was not an allowed global by default"
    )
    XCTAssertEqual(
      session.run("torch.load('legacy.pt')"),
      "UnpicklingError: legacy.pt is a plain pickle, which can run any code and is not loaded")
    XCTAssertEqual(
      session.run("torch.load('complex.pt')"),
      "NotImplementedError: complex.pt holds elements of type ComplexFloatStorage, which are not available in tnb")
    XCTAssertEqual(
      session.run("torch.load('fortran.npy')"), "RuntimeError: fortran.npy is a NumPy file: np.load reads it")
    XCTAssertEqual(
      session.run("torch.load('arrays.npz')"), "RuntimeError: arrays.npz is no PyTorch archive: it holds no data.pkl")
  }

  func testSafeTensors() throws {
    let session = try fixtureSession()
    XCTAssertEqual(
      session.run("d = load('model.safetensors')\n[d[k] for k in sorted(d)]"),
      """
      [tensor([0., 0., 0.], dtype=torch.bfloat16),
       tensor([], size=(0, 2)),
       tensor(True),
       tensor([            1, 1099511627776]),
       tensor([[0., 1., 2.],
               [3., 4., 5.]])]
      """)
    XCTAssertEqual(
      session.run(
        "from safetensors import safe_open\nwith safe_open('model.safetensors', 'pt') as f: print(f.metadata(), f.get_tensor('flag'))"
      ), "{'made by': 'python'} tensor(True)")
  }

  func testNumPy() throws {
    let session = try fixtureSession()
    XCTAssertEqual(
      session.run("a = np.load('fortran.npy')\na, a.dtype, a.strides"),
      "(array([[0., 1., 2.],\n        [3., 4., 5.]]),\n dtype('float64'),\n (8, 16))")
    XCTAssertEqual(
      session.run("z = np.load('arrays.npz')\nz, z['arr_0'], z['x'], z['names']"),
      """
      (NpzFile 'arrays.npz' with keys: x, names, arr_0,
       array([0, 1, 2]),
       array([[1., 0.],
              [0., 1.]], dtype=float32),
       array(['a', 'bcd'], dtype='<U3'))
      """)
    XCTAssertEqual(
      session.run("z = np.load('packed.npz')\nz['zeros'].shape, z['zeros'].any(), z['flags']"),
      "((100, 100), np.False_, array([ True, False]))")
  }
}

/// Files that tnb wrote, read by Python where it is there: the interpreter that TNB_PEER_PYTHON names, or python3.
final class PeerReadsTests: FileTestCase {
  /// Runs a Python program in the folder; nil when the peer lacks one of the modules.
  private func python(_ modules: [String], _ program: String) throws -> String? {
    let peer = ProcessInfo.processInfo.environment["TNB_PEER_PYTHON"] ?? "python3"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      peer, "-c",
      "import sys\ntry:\n  import \(modules.joined(separator: ", "))\nexcept ImportError: sys.exit(3)\n" + program,
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 3 || process.terminationStatus == 127 { return nil }
    XCTAssertEqual(process.terminationStatus, 0, text)
    return text
  }

  private static let value = """
    {'epoch': 3, 'x': x, 'row': x[0], 'turned': x.T, 'names': ['a', ('b', None, True, 1.5)], 0: {'step': torch.tensor(2.)}, \
    'model': OrderedDict([('w', torch.zeros(2, dtype=torch.bfloat16)), ('e', torch.empty(0, 3))]), 'flags': torch.tensor([True, False]), \
    'grad': torch.ones(2, requires_grad=True), 'parameter': torch.nn.Parameter(torch.ones(1)), 'big': [2 ** 70, -2 ** 70, -1, 300], \
    'raw': b'a\\xff', 'size': torch.Size([2, 3]), 'dtype': torch.float16, 'set': {1, 2}, 'scalar': torch.tensor(5, dtype=torch.int8)}
    """
  private static let setup = "import torch\nfrom collections import OrderedDict\nx = torch.arange(6.).reshape(2, 3)\n"

  func testTorchLoadReadsWhatTorchSaveWrote() throws {
    let session = try session(in: folder)
    let expected = session.run(Self.setup + "v = \(Self.value)\ntorch.save(v, 'v.pt')\nprint(v)")
    let read = try python(
      ["torch"],
      """
      v = torch.load('v.pt')
      print(v)
      assert v['x'].data_ptr() == v['row'].data_ptr() == v['turned'].data_ptr(), 'elements are shared'
      assert v['turned'].stride() == (1, 3) and type(v['parameter']) is torch.nn.Parameter
      """)
    guard let read else { throw XCTSkip("the peer has no torch") }
    XCTAssertEqual(read, expected + "\n")
    // And back.
    _ = try python(["torch"], "torch.save(torch.load('v.pt'), 'back.pt')")
    XCTAssertEqual(session.run("print(torch.load('back.pt'))"), expected)
  }

  func testTheSafeTensorsPackageReadsWhatSaveWrote() throws {
    let session = try session(in: folder)
    _ = session.run(
      Self.setup
        + """
        save({'weight': x, 'bias': torch.zeros(3, dtype=torch.bfloat16), 'ids': torch.tensor([1, 2]), 'flag': torch.tensor(True),
              'turned': x.T, 'empty': torch.empty(0, 2)}, 'flat.safetensors')
        save(\(Self.value), 'nested')
        save(x, 'one.safetensors')
        """)
    XCTAssertEqual(
      session.run("save(\(Self.value), 'again')\nopen('again', 'rb').read() == open('nested', 'rb').read()"), "True")
    let read = try python(
      ["torch", "safetensors.torch"],
      """
      from safetensors.torch import load_file, save_file
      d = load_file('flat.safetensors')
      print({k: d[k] for k in sorted(d)})
      print(sorted(load_file('nested')), load_file('one.safetensors'))
      save_file(d, 'back.safetensors')
      """)
    guard let read else { throw XCTSkip("the peer has no safetensors") }
    XCTAssertEqual(
      read,
      """
      {'bias': tensor([0., 0., 0.], dtype=torch.bfloat16), 'empty': tensor([], size=(0, 2)), 'flag': tensor(True), \
      'ids': tensor([1, 2]), 'turned': tensor([[0., 3.],
              [1., 4.],
              [2., 5.]]), 'weight': tensor([[0., 1., 2.],
              [3., 4., 5.]])}
      ['0.step', 'flags', 'grad', 'model.e', 'model.w', 'parameter', 'row', 'scalar', 'turned', 'x'] {'tensor': \
      tensor([[0., 1., 2.],
              [3., 4., 5.]])}

      """)
    XCTAssertEqual(
      session.run("a, b = load('flat.safetensors'), load('back.safetensors')\nall(torch.equal(a[k], b[k]) for k in a)"),
      "True")
  }

  func testNumPyReadsWhatNumPyWrote() throws {
    let session = try session(in: folder)
    _ = session.run(
      """
      a = np.arange(6, dtype=np.float32).reshape(2, 3)
      np.save('a', a)
      np.save('t', a.T)
      np.savez('z', a, flags=np.array([True, False]), text=np.array(['x', 'yz']))
      np.savez_compressed('c', zeros=np.zeros(1000))
      """)
    let read = try python(
      ["numpy"],
      """
      import numpy as np
      z = np.load('z.npz')
      print(np.load('a.npy').tolist(), np.load('t.npy').flags.f_contiguous, z.files, z['flags'].dtype, z['text'].tolist(),
            np.load('c.npz')['zeros'].sum())
      """)
    guard let read else { throw XCTSkip("the peer has no numpy") }
    XCTAssertEqual(
      read, "[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]] True ['flags', 'text', 'arr_0'] bool ['x', 'yz'] 0.0\n")
  }
}
