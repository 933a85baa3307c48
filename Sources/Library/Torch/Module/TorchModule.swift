import Runtime
import Tensor

/// The module `torch`.
enum TorchModule {
  nonisolated(unsafe) static let shared: Module = {
    let module = Module("torch")
    module.doc = "Tensors, and functions of them."
    module.loader = { load($0.text) }
    module.loadableNames = { memberNames() }
    return module
  }()

  nonisolated(unsafe) private static let members: MemberTable = {
    let table = MemberTable()
    CreationMembers.add(to: table)
    TypeMembers.add(to: table)
    RandomMembers.add(to: table)
    GradModeMembers.add(to: table)
    AnomalyMembers.addQuestions(to: table)
    SettingMembers.add(to: table)
    SaveMembers.add(to: table)
    EinsumMember.add(to: table)
    table.wordAsPython(pythonFunctions)
    return table
  }()

  /// Those of its functions that are Python functions in PyTorch.
  private static let pythonFunctions = [
    "manual_seed", "seed", "initial_seed", "get_rng_state", "set_rng_state", "save", "load", "is_tensor", "is_storage",
    "set_printoptions", "set_default_dtype", "set_default_device", "get_default_device", "use_deterministic_algorithms",
    "are_deterministic_algorithms_enabled", "set_float32_matmul_precision", "get_float32_matmul_precision", "typename",
  ]

  private static func load(_ name: String) -> Value? {
    if let value = members.find(name) { return value }
    if let dtype = DTypeObject.named(name) { return DTypeObject.of(dtype) }
    if let dtype = UnavailableDType.named(name) { return dtype }
    if let declaration = OperationTable.function(name) {
      return .object(
        OperationBinder(declaration, isMethod: false, isPython: PythonFunctions.functions.contains(name)).native(
          doc: declaration.doc, shownName: "torch._VariableFunctionsClass." + name))
    }
    if let submodule = submodule(name), !name.contains(".") { return .object(submodule) }
    if name == "vmap" { return submodule("func")?.member(name) }
    if unavailable.contains(name) { return Unavailable.value("torch." + name) }
    return nil
  }

  static func memberNames() -> [String] {
    members.names + DTypeObject.names + OperationTable.names(.function) + submoduleNames.filter { !$0.contains(".") }
  }

  // MARK: Submodules

  static let submoduleNames =
    [
      "nn", "nn.functional", "nn.parameter", "linalg", "special", "autograd", "autograd.functional", "autograd.graph",
      "cuda", "backends", "backends.cudnn", "backends.mps", "backends.cuda", "backends.mkl", "testing", "utils",
      "random", "accelerator",
      "return_types", "types", "version", "optim", "mps", "cpu",
    ] + WrittenModules.names + WrittenModules.parts.map { "distributions." + $0 }
  nonisolated(unsafe) private static var made: [String: Module] = [:]
  /// Modules that other parts of the library provide: `nn.init`, `optim`, `utils.data` …
  nonisolated(unsafe) static var providers: [String: () -> Module?] = [:]

  static func submodule(_ name: String) -> Module? {
    if let known = made[name] { return known }
    guard let module = providers[name]?() ?? make(name) else { return nil }
    made[name] = module
    return module
  }

  private static func make(_ name: String) -> Module? {
    switch name {
    case "nn": NeuralModule.make()
    case "nn.functional": operations(name, OperationTable.functional, .functional, isPython: true)
    case "nn.parameter": table(name) { $0.lazy("Parameter") { .object(ParameterType.type) } }
    case "linalg": LinalgModule.make()
    case "special": operations(name, special, .special, prefix: "special_")
    case "autograd": AutogradModule.make()
    case "autograd.functional": AutogradFunctional.make()
    case "autograd.graph": table(name) { GraphMembers.add(to: $0) }
    case "cuda": CudaModule.make()
    case "backends": table(name, submodules: ["cudnn", "mps", "cuda", "mkl"]) { _ in }
    case "backends.cudnn": BackendModules.cudnn()
    case "backends.mps", "backends.cuda", "backends.mkl": BackendModules.absent(name)
    case "mps": BackendModules.absent(name)
    case "cpu": BackendModules.cpu()
    case "accelerator": BackendModules.accelerator()
    case "testing": TestingModule.make()
    case "utils": table(name, submodules: ["data"]) { _ in }
    case "random": table(name) { RandomMembers.add(to: $0) }
    case "return_types": returnTypes()
    case "types": table(name) { _ in }
    case "version": table(name) { $0.set("__version__", .text(TypeMembers.version)) }
    case "optim": nil
    default: WrittenModules.find(name)
    }
  }

  /// A module with members of its own.
  static func table(
    _ name: String, submodules: [String] = [], _ fill: @escaping (MemberTable) -> Void
  ) -> Module {
    let module = Module("torch." + name)
    var made: MemberTable?
    func members() -> MemberTable {
      if let made { return made }
      let table = MemberTable()
      fill(table)
      made = table
      return table
    }
    module.loader = { symbol in
      let text = symbol.text
      if let value = members().find(text) { return value }
      return submodules.contains(text) ? submodule(name + "." + text).map { .object($0) } : nil
    }
    module.loadableNames = { members().names + submodules }
    return module
  }

  /// A module of operations: `torch.special`, `torch.nn.functional`.
  static func operations(
    _ name: String, _ find: @escaping (String) -> OperationDeclaration?, _ face: OperationDeclaration.Faces,
    prefix: String = "", isPython: Bool = false
  ) -> Module {
    let module = Module("torch." + name)
    module.loader = { symbol in
      guard let declaration = find(symbol.text) else { return nil }
      let text = symbol.text
      return .object(
        OperationBinder(
          declaration, name: prefix + text, isMethod: false, isPython: isPython && !builtinFunctionals.contains(text)
        ).native(doc: declaration.doc, qualifiedName: text, shownName: shownName(of: text, in: name, prefix: prefix)))
    }
    module.loadableNames = {
      OperationTable.names(face).map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
        + (face == .special ? Array(sharedSpecials.keys) : [])
    }
    return module
  }

  /// `torch.special.logit`: declared there, or torch's function of the same meaning.
  private static func special(_ name: String) -> OperationDeclaration? {
    if let own = OperationTable.special(name) { return own }
    return sharedSpecials[name].flatMap { OperationTable.function($0) }
  }

  private static let sharedSpecials: [String: String] = [
    "logit": "logit", "erf": "erf", "erfc": "erfc", "erfinv": "erfinv", "exp2": "exp2", "expm1": "expm1",
    "expit": "sigmoid", "gammaln": "lgamma", "digamma": "digamma", "psi": "digamma", "log1p": "log1p",
    "sinc": "sinc", "round": "round", "xlogy": "xlogy", "softmax": "softmax", "log_softmax": "log_softmax",
    "logsumexp": "logsumexp", "i0": "i0", "multigammaln": "mvlgamma", "polygamma": "polygamma",
  ]

  /// The classes of named results, made when an operation that gives them is known.
  private static func returnTypes() -> Module {
    let module = Module("torch.return_types")
    let names: Set<String> = [
      "max", "min", "sort", "topk", "median", "nanmedian", "mode", "kthvalue", "cummax", "cummin", "aminmax", "svd",
      "qr",
      "linalg_eigh", "linalg_eig", "linalg_svd", "linalg_qr", "linalg_slogdet", "linalg_lstsq", "slogdet",
    ]
    module.loader = { names.contains($0.text) ? .object(ReturnTypes.type($0.text, [])) : nil }
    module.loadableNames = { Array(names) }
    return module
  }

  /// Functions of `torch.nn.functional` that are native in PyTorch: their argument errors are torch's own.
  private static let builtinFunctionals: Set<String> = [
    "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "linear", "bilinear",
    "avg_pool1d", "avg_pool2d", "avg_pool3d", "gelu", "softplus", "softshrink", "hardshrink", "logsigmoid", "one_hot",
    "pairwise_distance", "cosine_similarity", "pdist", "pixel_shuffle", "pixel_unshuffle", "channel_shuffle",
    "scaled_dot_product_attention", "unfold", "prelu",
  ]

  /// Those of `builtinFunctionals` that PyTorch defines for neural networks alone.
  private static let neuralFunctionals: Set<String> = [
    "linear", "avg_pool2d", "avg_pool3d", "gelu", "softplus", "softshrink", "logsigmoid", "one_hot",
    "scaled_dot_product_attention",
  ]

  /// Where PyTorch defines a function of `torch.nn.functional`, `torch.linalg` or `torch.special`.
  static func shownName(of text: String, in module: String, prefix: String) -> String {
    if module != "nn.functional" { return "torch._C._\(module).\(prefix)\(text)" }
    if !builtinFunctionals.contains(text) { return "torch.nn.functional." + text }
    return (neuralFunctionals.contains(text) ? "torch._C._nn." : "torch._VariableFunctionsClass.") + text
  }

  /// Names that PyTorch has and tnb lacks; using one fails by its name.
  private static let unavailable: Set<String> = [
    "compile", "jit", "fx", "distributed", "multiprocessing", "onnx", "quantization", "sparse", "fft", "hub",
    "export", "profiler", "stft",
    "istft", "polar", "view_as_complex", "view_as_real", "sparse_coo_tensor", "sparse_csr_tensor",
    "quantize_per_tensor",
    "autocast", "amp", "compiler", "cond", "nested", "masked", "package", "signal", "overrides", "library",
  ]
}
