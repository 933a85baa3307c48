extension GeneratorObject {
  /// `send`, `throw`, `close` and `__next__` of generators.
  static func installMethods() {
    let methods = [
      NativeFunction("send(self, value, /)", "Resume with a value for the waiting `yield`; the next value.") {
        (vm, args) throws(ExceptionObject) in
        let generator = try receiver(args)
        if let value = try vm.resume(generator, args[1]) { return value }
        throw stop(generator)
      },
      NativeFunction("__next__(self, /)", "The next value.") { (vm, args) throws(ExceptionObject) in
        let generator = try receiver(args)
        if let value = try vm.resume(generator, .none) { return value }
        throw stop(generator)
      },
      NativeFunction("throw(self, typ, val=None, tb=None, /)", "Raise an exception where the generator waits.") {
        (vm, args) throws(ExceptionObject) in
        let generator = try receiver(args)
        var value = args[1]
        if let argument = args.given(2) { value = try vm.call(value, with: argument) }
        let error = try vm.raised(value, cause: nil)
        if let value = try vm.throw(error, into: generator) { return value }
        throw stop(generator)
      },
      NativeFunction("close(self, /)", "End the generator: GeneratorExit where it waits.") {
        (vm, args) throws(ExceptionObject) in
        try vm.close(receiver(args))
        return .none
      },
    ]
    for method in methods { Types.generator.attributes.set(method.name, .object(method)) }
  }

  private static func receiver(_ args: Arguments) throws(ExceptionObject) -> GeneratorObject {
    if case .object(let object) = args[0], let generator = object as? GeneratorObject { return generator }
    throw .type("descriptor requires a 'generator' object")
  }

  /// StopIteration with what the generator returned.
  private static func stop(_ generator: GeneratorObject) -> ExceptionObject {
    let result = generator.takeResult()
    return ExceptionObject(Types.stopIteration, result.isNone ? [] : [result])
  }
}
