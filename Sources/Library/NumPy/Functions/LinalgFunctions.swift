import Language
import Runtime
import Tensor

/// `np.linalg`.
enum NumPyLinalgModule {
  static func make() -> Runtime.Module {
    NumPyLibrary.table("linalg", written: "_numpy_linalg") { table in
      func array(_ v: Value, _ vm: VM) throws(ExceptionObject) -> Tensor { try NumPyArray.from(v, vm) }
      table.lazy("LinAlgError") { .object(NumPyTypes.linAlgError) }
      table.native("inv(a)", "The inverse.") { (vm, args) throws(ExceptionObject) in
        .object(
          NDArray(
            try NumPyLinear.each([array(args[0], vm)], ranks: [2]) { (m) throws(ExceptionObject) in
              try NumPyLinear.inverse(m[0])
            }))
      }
      table.native("det(a)", "The determinant.") { (vm, args) throws(ExceptionObject) in
        NDArray.result(
          try NumPyLinear.each([array(args[0], vm)], ranks: [2]) { (m) throws(ExceptionObject) in
            try NumPyLinear.determinant(m[0])
          })
      }
      table.native("solve(a, b)", "The solution of a x = b.") { (vm, args) throws(ExceptionObject) in
        let (a, b) = (try array(args[0], vm), try array(args[1], vm))
        let made = try NumPyLinear.each([a, b], ranks: [2, b.ndim == 1 ? 1 : 2]) { (m) throws(ExceptionObject) in
          try NumPyLinear.solve(m[0], m[1])
        }
        return .object(NDArray(made))
      }
      table.native("_least_squares(a, b)", "The solution where columns are independent.") {
        (vm, args) throws(ExceptionObject) in
        let (a, b) = (try array(args[0], vm), try array(args[1], vm))
        guard a.ndim == 2, b.ndim == 2, a.shape[0] == b.shape[0] else {
          throw .make(NumPyTypes.linAlgError, "Incompatible dimensions")
        }
        let (m, n, k) = (a.shape[0], a.shape[1], b.shape[1])
        let x = NumPyLinear.leastSquares(m, n, NumPyCore.doubles(a), NumPyCore.doubles(b), k)
        return .object(NDArray(NumPyCore.make(x, [n, k], NumPyArray.promote(a.dtype, b.dtype))))
      }
      for name in ["eig", "eigvals"] {
        table.native("\(name)(a)", "Eigenvalues, where they are real.") { (vm, args) throws(ExceptionObject) in
          let t = try array(args[0], vm)
          if t.ndim < 2 {
            throw .make(
              NumPyTypes.linAlgError, "\(t.ndim)-dimensional array given. Array must be at least two-dimensional")
          }
          if t.shape[t.ndim - 1] != t.shape[t.ndim - 2] {
            throw .make(NumPyTypes.linAlgError, "Last 2 dimensions of the array must be square")
          }
          let x = NumPyCore.cast(t, t.dtype.isFloating ? t.dtype : .float64)
          if NumPyCore.doubles(x).contains(where: { !$0.isFinite }) {
            throw .make(NumPyTypes.linAlgError, "Array must not contain infs or NaNs")
          }
          guard let (values, vectors) = try core({ () throws(TensorError) in try Operations.realEig(x) }) else {
            throw .notImplemented("np.linalg.\(name) of a matrix with complex eigenvalues is not available in tnb")
          }
          if name == "eigvals" { return .object(NDArray(values)) }
          return try named(name, [.object(NDArray(values)), .object(NDArray(vectors))], vm)
        }
      }
      for name in [
        "eigh", "eigvalsh", "svd", "qr", "cholesky", "matrix_rank", "slogdet",
      ] {
        table.set(
          name,
          .object(
            NativeFunction(unbound: "\(name)(a)") { (vm, base, positional, keywords) throws(ExceptionObject) in
              guard positional >= 1 else { throw .type("\(name)() missing 1 required positional argument: 'a'") }
              let t = try array(base[0], vm)
              let x = NumPyCore.cast(t, t.dtype.isFloating ? t.dtype : .float64)
              if name != "matrix_rank" {
                if t.ndim < 2 {
                  throw .make(
                    NumPyTypes.linAlgError, "\(t.ndim)-dimensional array given. Array must be at least two-dimensional")
                }
                if name != "svd", name != "qr", t.shape[t.ndim - 1] != t.shape[t.ndim - 2] {
                  throw .make(NumPyTypes.linAlgError, "Last 2 dimensions of the array must be square")
                }
              }
              return try viaTorch(
                name, [x], vm, rest: (1..<max(positional, 1)).map { base[$0] }, keywords: keywords,
                values: base + positional)
            }))
      }
    }
  }

  /// Several results as NumPy names them: `EighResult(eigenvalues=…, eigenvectors=…)`.
  private static func named(_ name: String, _ values: [Value], _ vm: VM) throws(ExceptionObject) -> Value {
    let make = try vm.getAttribute(vm.importedModule("_numpy"), Symbol("_result"))
    return try vm.call(make, [.text(name)] + values)
  }

  /// The tensor core's decompositions.
  private static func viaTorch(
    _ name: String, _ list: [Tensor], _ vm: VM, rest: [Value] = [], keywords: Tuple? = nil,
    values: UnsafeMutablePointer<Value>? = nil
  ) throws(ExceptionObject) -> Value {
    var named: [(Symbol, Value)] = []
    var name = name
    for (i, key) in (keywords?.items ?? []).enumerated() {
      guard case .str(let s) = key, let values else { continue }
      if name == "svd" && s.string == "compute_uv" {
        if try !vm.isTrue(values[i]) { name = "svdvals" }
      } else if name == "svd" && s.string == "hermitian", try !vm.isTrue(values[i]) {
        continue
      } else {
        named.append((Symbol(s), values[i]))
      }
    }
    let wantsTriangleOnly =
      name == "qr" && (rest.first?.string ?? named.first { $0.0.text == "mode" }?.1.string) == "r"
    guard let linalg = TorchModule.submodule("linalg"), let f = linalg.member(name) else {
      throw .notImplemented("np.linalg.\(name) is not available in tnb")
    }
    func convert(_ v: Value) -> Value {
      if case .tensor(let t) = v { return NDArray.result(t) }
      if let items = v.asTuple?.items { return .makeTuple(items.map { convert($0) }) }
      return v
    }
    do throws(ExceptionObject) {
      let result = convert(try vm.call(f, list.map { .tensor($0) } + rest, named))
      if wantsTriangleOnly, let parts = result.asTuple?.items { return parts[parts.count - 1] }
      return try result.asTuple.map { (t) throws(ExceptionObject) in try self.named(name, t.items, vm) } ?? result
    } catch {
      if error.type === Types.linAlgError {
        throw .make(
          NumPyTypes.linAlgError, name == "cholesky" ? "Matrix is not positive definite" : try vm.str(.object(error)))
      }
      throw error
    }
  }
}
