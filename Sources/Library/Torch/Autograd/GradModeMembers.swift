import Runtime
import Tensor

/// `torch.no_grad`, `enable_grad`, `inference_mode`, `set_grad_enabled`: context managers and decorators.
enum GradModeMembers {
  static func add(to table: MemberTable) {
    for kind in [GradModeContext.Kind.noGrad, .enableGrad, .inference, .setEnabled] {
      table.set(kind.rawValue, .object(GradModeContext.type(kind)))
    }
    table.native("is_grad_enabled()", "Whether operations record a graph.") { (vm, args) throws(ExceptionObject) in
      .bool(GradMode.isEnabled)
    }
    table.native("is_inference_mode_enabled()", "Whether inference mode is on.") {
      (vm, args) throws(ExceptionObject) in .bool(GradMode.isInference)
    }
  }
}

/// One use of a grad mode: `with torch.no_grad():`, or `@torch.no_grad()` over a function.
package final class GradModeContext: ContextManager {
  enum Kind: String {
    case noGrad = "no_grad", enableGrad = "enable_grad", inference = "inference_mode", setEnabled = "set_grad_enabled"

    /// What help says.
    var doc: String {
      switch self {
      case .noGrad:
        "Nothing is recorded for gradients inside of `with no_grad():`, or in a function below `@no_grad()`: there a leaf may be "
          + "changed in place."
      case .enableGrad: "Records for gradients again, inside of `no_grad`."
      case .inference: "As `no_grad`, and what is made inside can never be recorded."
      case .setEnabled: "Whether operations are recorded for gradients, from now on or inside of a `with`."
      }
    }
  }

  let kind: Kind
  let mode: Bool
  /// The modes to go back to, innermost last; the first in place, for most contexts are entered once.
  private var first: (Bool, Bool)?
  private var more: [(Bool, Bool)] = []

  private func save(_ modes: (Bool, Bool)) {
    if first == nil { first = modes } else { more.append(modes) }
  }

  init(_ kind: Kind, mode: Bool) {
    self.kind = kind
    self.mode = mode
    super.init()
    if kind == .setEnabled {
      save((GradMode.isEnabled, GradMode.isInference))
      apply()
    }
  }

  private func apply() {
    switch kind {
    case .noGrad: GradMode.isEnabled = false
    case .enableGrad: GradMode.isEnabled = true
    case .setEnabled: GradMode.isEnabled = mode
    case .inference:
      GradMode.isInference = mode
      GradMode.isEnabled = mode ? false : GradMode.isEnabled
    }
  }

  func enter() {
    // `set_grad_enabled` took effect when it was made; entering keeps what was before that.
    if kind == .setEnabled, let first, more.isEmpty {
      save(first)
    } else {
      save((GradMode.isEnabled, GradMode.isInference))
    }
    apply()
  }

  func exit() {
    let modes: (Bool, Bool)
    if let last = more.popLast() {
      modes = last
    } else if let first {
      modes = first
      self.first = nil
    } else {
      return
    }
    let (enabled, inference) = modes
    GradMode.isEnabled = enabled
    GradMode.isInference = inference
  }

  package override func enter(_ vm: VM) throws(ExceptionObject) -> Value {
    enter()
    return .none
  }

  package override func exit(_ vm: VM, _ exception: Value) throws(ExceptionObject) -> Bool {
    exit()
    return false
  }

  package override var builtinType: TypeObject { GradModeContext.type(kind) }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    kind == .setEnabled ? "torch.autograd.grad_mode.set_grad_enabled(mode=\(mode ? "True" : "False"))" : nil
  }

  nonisolated(unsafe) private static let noGrad = makeType(.noGrad)
  nonisolated(unsafe) private static let enableGrad = makeType(.enableGrad)
  nonisolated(unsafe) private static let inference = makeType(.inference)
  nonisolated(unsafe) private static let setEnabled = makeType(.setEnabled)

  static func type(_ kind: Kind) -> TypeObject {
    switch kind {
    case .noGrad: noGrad
    case .enableGrad: enableGrad
    case .inference: inference
    case .setEnabled: setEnabled
    }
  }

  private static func makeType(_ kind: Kind) -> TypeObject {
    let type = TypeObject(kind.rawValue, module: "torch.autograd.grad_mode", bases: [Types.object], layout: .other)
    type.doc = kind.doc
    switch kind {
    case .noGrad, .enableGrad:
      type.construct = NativeFunction("\(kind.rawValue)(orig_func=None)", "") { (vm, args) throws(ExceptionObject) in
        let context = GradModeContext(kind, mode: kind == .enableGrad)
        guard let function = args.given(0) else { return .object(context) }
        return context.decorate(function, vm)
      }
    case .inference:
      type.construct = NativeFunction("inference_mode(mode=True)", "") { (vm, args) throws(ExceptionObject) in
        guard args.has(0) else { return .object(GradModeContext(kind, mode: true)) }
        if case .function = args[0] { return GradModeContext(kind, mode: true).decorate(args[0], vm) }
        return .object(GradModeContext(kind, mode: try vm.isTrue(args[0])))
      }
    case .setEnabled:
      type.construct = NativeFunction("set_grad_enabled(mode)", "") { (vm, args) throws(ExceptionObject) in
        guard case .bool(let mode) = args[0] else {
          throw .type(
            "set_grad_enabled(): argument 'enabled' (position 1) must be bool, not \(ArgumentConversion.typeName(args[0]))"
          )
        }
        return .object(GradModeContext(kind, mode: mode))
      }
    }
    method(type, "__enter__(self)") { (vm, context, args) throws(ExceptionObject) in
      context.enter()
      return .none
    }
    method(type, "__exit__(self, *args)") { (vm, context, args) throws(ExceptionObject) in
      context.exit()
      return .none
    }
    method(type, "__call__(self, orig_func, /)") { (vm, context, args) throws(ExceptionObject) in
      if kind == .setEnabled { context.exit() }
      return context.decorate(args[1], vm)
    }
    return type
  }

  private static func method(
    _ type: TypeObject, _ text: String,
    _ body: @escaping (VM, GradModeContext, Arguments) throws(ExceptionObject) -> Value
  ) {
    type.set(
      Symbol(MemberTable.name(of: text)),
      .object(
        NativeFunction(text) { (vm, args) throws(ExceptionObject) in
          guard case .object(let o) = args[0], let context = o as? GradModeContext else { return .none }
          return try body(vm, context, args)
        }))
  }

  /// The function, run under this mode; a generator function runs each of its steps under it.
  private func decorate(_ function: Value, _ vm: VM) -> Value {
    let (kind, mode) = (self.kind, self.mode)
    var isGenerator = false
    if case .function(let f) = function { isGenerator = f.code.isGenerator }
    var name = "wrapper"
    if case .function(let f) = function { name = f.name.string }
    var doc = ""
    if case .function(let f) = function { doc = f.code.doc ?? "" }
    let wrapper = NativeFunction(unbound: "\(name)(self, *args, **kwargs)", doc) {
      (vm, base, positional, keywords) throws(ExceptionObject) in
      var named: [(Symbol, Value)] = []
      for (i, key) in (keywords?.items ?? []).enumerated() {
        if case .str(let s) = key { named.append((Symbol(s), base[positional + i])) }
      }
      let arguments = (0..<positional).map { base[$0] }
      let context = GradModeContext(under: kind, mode: mode)
      if isGenerator {
        return .object(ModedGenerator(try vm.call(function, arguments, named), context))
      }
      context.enter()
      defer { context.exit() }
      return try vm.call(function, arguments, named)
    }
    let attributes = Attributes()
    attributes.set(Symbol("__name__"), .text(name))
    attributes.set(Symbol("__wrapped__"), function)
    if case .function(let f) = function, let doc = f.code.doc { attributes.set(Symbol("__doc__"), .text(doc)) }
    wrapper.attributes = attributes
    return .object(wrapper)
  }

  /// For one call of a decorated function: takes effect on `enter` only.
  private init(under kind: Kind, mode: Bool) {
    self.kind = kind
    self.mode = mode
  }
}

/// A generator each of whose steps runs under a grad mode.
private final class ModedGenerator: IteratorObject {
  let inner: Value
  let context: GradModeContext

  init(_ inner: Value, _ context: GradModeContext) {
    self.inner = inner
    self.context = context
  }

  override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    context.enter()
    defer { context.exit() }
    return try vm.next(inner)
  }
}
