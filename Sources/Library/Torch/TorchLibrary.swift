import Runtime
import Tensor

/// `torch` and its submodules, the tensor type's members, and the names that cells see without an import.
enum TorchLibrary {
  static func install(into vm: VM) {
    TensorType.install()
    let load: (VM) throws(ExceptionObject) -> Module = { _ in TorchModule.shared }
    vm.moduleLoaders["torch"] = load
    for name in TorchModule.submoduleNames {
      let load: (VM) throws(ExceptionObject) -> Module = { (_: VM) throws(ExceptionObject) -> Module in
        guard let module = TorchModule.submodule(name) else {
          throw ExceptionObject.make(Types.moduleNotFoundError, "No module named 'torch.\(name)'")
        }
        return module
      }
      vm.moduleLoaders["torch." + name] = load
    }
    let builtins = vm.builtins
    let previous = vm.main.fallback
    vm.main.fallback = { name in BareNames.value(name, builtins) ?? previous?(name) }
    let others = vm.main.fallbackNames
    vm.main.fallbackNames = { BareNames.names() + others() }
  }
}

/// The names that a cell sees without an import: torch's functions, types and constants, `nn`, `F`, `optim`, `np`, and the
/// flag `grad`.
enum BareNames {
  static func value(_ name: Symbol, _ builtins: Attributes) -> Value? {
    let text = name.text
    switch text {
    case "torch": return .object(TorchModule.shared)
    case "nn": return TorchModule.submodule("nn").map { .object($0) }
    case "F": return TorchModule.submodule("nn.functional").map { .object($0) }
    case "optim": return TorchModule.submodule("optim").map { .object($0) }
    case "np": return .object(NumPyLibrary.module)
    case "grad": return .object(GradFlag.shared)
    default: break
    }
    if text.utf8.first == UInt8(ascii: "_") || builtins[name] != nil { return nil }
    if FlaggedFactories.names.contains(text) { return FlaggedFactories.function(text) }
    guard let value = TorchModule.shared.member(text) else { return nil }
    if case .object(let o) = value, o is Module { return nil }
    return value
  }

  /// For suggestions and completion.
  static func names() -> [String] {
    // Submodules are named behind `torch.` only.
    TorchModule.memberNames().filter { !$0.hasPrefix("_") && !TorchModule.submoduleNames.contains($0) } + [
      "torch", "nn", "F", "optim", "np", "grad",
    ]
  }
}

extension Module {
  /// An attribute, loaded when it is not there yet.
  func member(_ name: String) -> Value? { attribute(Symbol(name)) }
}

/// The flag `grad` in `randn(2, 3, grad)`; called, it is `torch.autograd.grad`.
final class GradFlag: Object {
  nonisolated(unsafe) static let shared = GradFlag()
  nonisolated(unsafe) private static let type: TypeObject = {
    let type = TypeObject("grad", module: "torch", bases: [Types.object], layout: .other)
    type.set(
      Symbol("__call__"),
      .object(
        NativeFunction(unbound: "__call__(self, *args, **kwargs)", "torch.autograd.grad") {
          (vm, base, positional, keywords) throws(ExceptionObject) in
          try AutogradModule.gradBinder.call(vm, base + 1, positional - 1, keywords)
        }))
    return type
  }()

  override var builtinType: TypeObject { GradFlag.type }
  override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { "grad" }
}

/// Factories whose bare names take flags after their positional arguments: `zeros(3, int64)`, `randn(2, 3, float64, grad)`.
package enum FlaggedFactories {
  package static let names: Set<String> = [
    "tensor", "zeros", "ones", "empty", "full", "eye", "arange", "linspace", "logspace", "rand", "randn", "randint",
    "randperm", "zeros_like", "ones_like", "empty_like", "full_like", "rand_like", "randn_like", "normal",
  ]
  nonisolated(unsafe) private static var made: [String: Value] = [:]
  private static let flagsNote = "\n\nBehind the arguments may stand `grad` (for `requires_grad=True`) and a dtype."

  static func function(_ name: String) -> Value? {
    if let known = made[name] { return known }
    guard let plain = TorchModule.shared.member(name), case .object(let o) = plain,
      let native = o as? NativeFunction, let body = native.unboundBody
    else { return nil }
    let flagged = NativeFunction(unbound: native.text, native.doc + flagsNote) {
      (vm, base, positional, keywords) throws(ExceptionObject) in
      var flags = 0
      for i in 0..<positional where isFlag(base[i]) { flags += 1 }
      if flags == 0 { return try body(vm, base, positional, keywords) }
      return try callWithFlags(plain, vm, base, positional, keywords)
    }
    flagged.qualifiedName = native.qualifiedName
    flagged.keywordNames = native.keywordNames
    flagged.details = native.details
    made[name] = .object(flagged)
    return .object(flagged)
  }

  private static func isFlag(_ value: Value) -> Bool {
    guard case .object(let o) = value else { return false }
    return o === GradFlag.shared || o is DTypeObject
  }

  private static func callWithFlags(
    _ function: Value, _ vm: VM, _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ keywords: Tuple?
  ) throws(ExceptionObject) -> Value {
    var arguments: [Value] = []
    var named: [(Symbol, Value)] = []
    for (i, name) in (keywords?.items ?? []).enumerated() {
      if case .str(let s) = name { named.append((Symbol(s), base[positional + i])) }
    }
    func set(_ name: String, _ value: Value) {
      named.removeAll { $0.0.text == name }
      named.append((Symbol(name), value))
    }
    for i in 0..<positional {
      if case .object(let o) = base[i], o === GradFlag.shared {
        set("requires_grad", .bool(true))
      } else if case .object(let o) = base[i], o is DTypeObject {
        set("dtype", base[i])
      } else {
        arguments.append(base[i])
      }
    }
    return try vm.call(function, arguments, named)
  }
}
