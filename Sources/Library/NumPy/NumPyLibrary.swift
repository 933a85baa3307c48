import Runtime
import Tensor

/// The module `numpy`.
enum NumPyLibrary {
  nonisolated(unsafe) static let module = Module("numpy")

  static func install(into vm: VM) {
    let load: (VM) throws(ExceptionObject) -> Module = { _ in module }
    vm.moduleLoaders["numpy"] = load
  }

  static func array(of t: Tensor, force: Bool) throws(ExceptionObject) -> Value {
    throw .notImplemented("numpy() is not available in tnb")
  }
}
