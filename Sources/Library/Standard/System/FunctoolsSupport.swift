import Runtime

/// `_functools`: what functools needs from Swift. Only the library uses it.
enum FunctoolsSupport {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("_functools", "What functools needs from Swift.")
    m.add("as_cache_wrapper(function, /)", "Gives a function the type of those that lru_cache makes.") {
      (vm, args) throws(ExceptionObject) in
      if case .function(let f) = args[0] { f.customType = wrapperType }
      return .none
    }
    return m.module
  }

  private static let wrapperType = TypeObject(
    "_lru_cache_wrapper", module: "functools", bases: [Types.function], layout: .other)
}
