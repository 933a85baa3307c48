import Runtime
import Tensor

/// Seeding the global generator.
enum RandomMembers {
  static func add(to table: MemberTable) {
    table.native("manual_seed(seed)", "Seeds the global generator, and returns it.") {
      (vm, args) throws(ExceptionObject) in
      Generator.global.manualSeed(try GeneratorObject.seed(args[0], vm))
      return .object(GeneratorObject.global)
    }
    table.native("seed()", "Seeds with a number that nobody chose, and returns it.") {
      (vm, args) throws(ExceptionObject) in
      GeneratorObject.value(Generator.global.seedFromEntropy())
    }
    table.native("initial_seed()", "The seed of the global generator.") { (vm, args) throws(ExceptionObject) in
      Changes.noteRead(Generator.global)
      return GeneratorObject.value(Generator.global.seed)
    }
    table.native("get_rng_state()", "The state of the global generator, a tensor of bytes.") {
      (vm, args) throws(ExceptionObject) in
      try tensorResult { () throws(TensorError) in try Generator.global.stateTensor() }
    }
    table.native("set_rng_state(new_state)", "Takes a state from `get_rng_state`.") {
      (vm, args) throws(ExceptionObject) in
      try GeneratorObject.setState(Generator.global, args[0])
      return .none
    }
    table.lazy("default_generator") { .object(GeneratorObject.global) }
    table.native("fork_rng(devices=None, enabled=True)", "Within `with`: random numbers drawn leave no trace.") {
      (vm, args) throws(ExceptionObject) in
      if args.has(1), try !vm.isTrue(args[1]) {
        return .object(
          ContextObject(
            "fork_rng", enter: { (_) throws(ExceptionObject) in .none }, exit: { (_) throws(ExceptionObject) in }))
      }
      let snapshot = Generator.global.snapshot
      Changes.noteRead(Generator.global)
      return .object(
        ContextObject(
          "fork_rng", enter: { (_) throws(ExceptionObject) in .none },
          exit: { (_) throws(ExceptionObject) in Generator.global.snapshot = snapshot }))
    }
  }
}

/// A context manager made of two closures.
package final class ContextObject: Object {
  let name: String
  let enter: (VM) throws(ExceptionObject) -> Value
  let exit: (VM) throws(ExceptionObject) -> Void

  init(
    _ name: String, enter: @escaping (VM) throws(ExceptionObject) -> Value,
    exit: @escaping (VM) throws(ExceptionObject) -> Void
  ) {
    self.name = name
    self.enter = enter
    self.exit = exit
  }

  nonisolated(unsafe) private static let type: TypeObject = {
    let type = TypeObject("_GeneratorContextManager", module: "contextlib", bases: [Types.object], layout: .other)
    type.set(
      Symbol("__enter__"),
      .object(
        NativeFunction("__enter__(self)") { (vm, args) throws(ExceptionObject) in
          guard case .object(let o) = args[0], let c = o as? ContextObject else { return .none }
          return try c.enter(vm)
        }))
    type.set(
      Symbol("__exit__"),
      .object(
        NativeFunction("__exit__(self, *args)") { (vm, args) throws(ExceptionObject) in
          guard case .object(let o) = args[0], let c = o as? ContextObject else { return .none }
          try c.exit(vm)
          return .bool(false)
        }))
    return type
  }()
  package override var builtinType: TypeObject { ContextObject.type }
}
