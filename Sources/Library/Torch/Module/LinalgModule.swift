import Runtime
import Tensor

/// `torch.linalg`.
enum LinalgModule {
  static func make() -> Module {
    let module = TorchModule.operations("linalg", OperationTable.linalg, .linalg, prefix: "linalg_")
    module.attributes.set(Symbol("LinAlgError"), .object(Types.linAlgError))
    return module
  }
}

/// `torch.nn`, as far as it is native: `functional` and `Parameter`. The modules are written in the language.
enum NeuralModule {
  /// Finds what the language-side sources define; set by their loader.
  nonisolated(unsafe) static var sources: ((String) -> Value?)?

  static func make() -> Module {
    let module = Module("torch.nn")
    module.loader = { symbol in
      switch symbol.text {
      case "functional": return TorchModule.submodule("nn.functional").map { .object($0) }
      case "parameter": return TorchModule.submodule("nn.parameter").map { .object($0) }
      case "Parameter": return .object(ParameterType.type)
      default: return sources?(symbol.text)
      }
    }
    module.loadableNames = { ["functional", "parameter", "Parameter"] }
    return module
  }
}
