import Runtime

/// Submodules of torch that are written in the language: `torch.func`, `torch.distributions`.
enum WrittenModules {
  static let names = ["func", "distributions", "distributions.constraints"]

  /// PyTorch keeps every distribution in a module of its own; here all of these are `torch.distributions`.
  static let parts = [
    "bernoulli", "categorical", "distribution", "exponential", "geometric", "independent", "kl", "laplace",
    "multinomial", "multivariate_normal", "normal", "one_hot_categorical", "poisson", "uniform", "utils",
  ]

  static func find(_ name: String) -> Module? {
    if name.hasPrefix("distributions."), parts.contains(String(name.dropFirst("distributions.".count))) {
      return TorchModule.submodule("distributions")
    }
    guard names.contains(name),
      let module = WrittenParts.module("_torch_" + name.replacing(".", with: "_"))
    else { return nil }
    guard name == "distributions", let inner = module.loader else { return module }
    module.loader = { [unowned module] symbol in
      inner(symbol) ?? (parts.contains(symbol.text) ? .object(module) : nil)
    }
    return module
  }
}
