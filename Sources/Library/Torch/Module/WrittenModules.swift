import Runtime

/// Submodules of torch that are written in the language: `torch.func`, `torch.distributions`.
enum WrittenModules {
  static let names = ["func", "distributions", "distributions.constraints"]

  /// PyTorch keeps every distribution in a module of its own; here all of these are `torch.distributions`.
  static let parts = [
    "bernoulli", "categorical", "distribution", "exponential", "geometric", "independent", "kl", "laplace",
    "multinomial", "multivariate_normal", "normal", "one_hot_categorical", "poisson", "uniform", "utils",
  ]

  static func install(into vm: VM) {
    for name in names {
      TorchModule.providers[name] = { [weak vm] in vm.flatMap { load(name, $0) } }
    }
    for part in parts {
      TorchModule.providers["distributions." + part] = { TorchModule.submodule("distributions") }
    }
  }

  private static func load(_ name: String, _ vm: VM) -> Module? {
    guard case .object(let o)? = try? vm.importedModule("_torch_" + name.replacing(".", with: "_")),
      let module = o as? Module
    else { return nil }
    guard name == "distributions", let inner = module.loader else { return module }
    module.loader = { [unowned module] symbol in
      inner(symbol) ?? (parts.contains(symbol.text) ? .object(module) : nil)
    }
    return module
  }
}
