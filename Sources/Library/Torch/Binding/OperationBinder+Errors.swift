import Runtime

// How mistakes in a call are worded.

extension OperationBinder {
  func wrongType(
    _ parameter: OperationSchema.Parameter, _ call: Call, _ position: Int, _ shown: Int, _ loose: Bool
  ) -> ExceptionObject {
    let value = call.base[position]
    if isFunctional && parameter.kind != .intList {
      return PythonFunctions.wrongType(name, position, parameter, value)
    }
    let head = "\(name)(): argument '\(parameter.name.text)'"
    if parameter.kind == .intList {
      var items = ArgumentConversion.sequence(value)
      if items == nil && loose && call.positional - position > 1 {
        items = (position..<call.positional).map { call.base[$0] }
      }
      if let items, let bad = items.firstIndex(where: { ((try? ArgumentConversion.int($0)) ?? nil) == nil }) {
        let badType = ArgumentConversion.typeName(items[bad])
        // The argument parser looks at the first element; the others are refused while unpacking.
        if bad > 0 {
          return .type(
            "\(head) failed to unpack the object at pos \(bad + 1) with error \"type must be tuple of ints,but got \(badType)\""
          )
        }
        if ArgumentConversion.sequence(value) != nil {
          return .type(
            "\(head) (position \(shown)) must be \(parameter.typeName), but found element of type \(badType) at pos 0")
        }
      }
    }
    return .type("\(head) (position \(shown)) must be \(parameter.typeName), not \(ArgumentConversion.typeName(value))")
  }

  func tooMany(_ schema: OperationSchema, _ call: Call) -> ExceptionObject {
    let skip = isMethod && !isPython ? 1 : 0
    let most = schema.positionalCount - skip
    let given = call.positional - skip
    let least = schema.requiredCount - skip
    if isMethod && schema.parameters.count == 1 {
      return .type("TensorBase.\(name)() takes no arguments (\(given) given)")
    }
    let verb = given == 1 ? "was" : "were"
    if least != most {
      return .type(
        "\(shownName)() takes from \(least) to \(most) positional arguments but \(given) \(isPython ? verb : "were") given"
      )
    }
    return .type("\(shownName)() takes \(most) positional argument\(most == 1 ? "" : "s") but \(given) \(verb) given")
  }

  func missing(_ schema: OperationSchema, from i: Int, _ call: Call) -> ExceptionObject {
    var names: [String] = []
    for parameter in schema.parameters[i...] where !parameter.isOptional && call.find(parameter) == nil {
      names.append(parameter.name.text)
    }
    if isPython {
      let quoted = names.map { "'\($0)'" }
      let list =
        quoted.count <= 2
        ? quoted.joined(separator: " and ") : quoted.dropLast().joined(separator: ", ") + ", and " + quoted.last!
      return .type(
        "\(isFunctional ? PythonFunctions.inner(name) : shownName)() missing \(names.count) required positional argument\(names.count == 1 ? "" : "s"): \(list)"
      )
    }
    // PyTorch's own plural is the wrong way round.
    return .type(
      "\(name)() missing \(names.count) required positional argument\(names.count == 1 ? "s" : ""): "
        + names.map { "\"\($0)\"" }.joined(separator: ", "))
  }

  func unexpected(_ schema: OperationSchema, _ call: Call) -> ExceptionObject {
    if isMethod && schema.parameters.count == 1 { return .type("TensorBase.\(name)() takes no keyword arguments") }
    for i in 0..<call.keywordCount {
      let key = call.keyword(i)
      guard let at = schema.parameters.firstIndex(where: { $0.name == key || $0.aliases.contains(key) }) else {
        if key == outName && acceptsOut { continue }
        let error = ExceptionObject.type("\(shownName)() got an unexpected keyword argument '\(key.text)'")
        error.nearNames = .init(wanted: key.text, candidates: keywordNames)
        return error
      }
      if at < call.positional { return .type("\(name)() got multiple values for argument '\(key.text)'") }
    }
    return .type("invalid keyword arguments")
  }

  /// No overload fits: the error of the only one with a fitting number of arguments, or PyTorch's list of all.
  func mismatch(_ call: Call, _ vm: VM) throws(ExceptionObject) -> ExceptionObject {
    let count = call.positional + call.keywordCount
    // Where numbers stand for tensors, PyTorch shows only the overload that takes tensors.
    let shown =
      allowsNumbers
      ? schemas.filter { schema in !schema.parameters.prefix(2).contains { $0.kind == .scalar } } : schemas
    if allowsNumbers, shown.count == 1, shown[0].parameters.count == 2, count < 2 {
      return missing(shown[0], from: call.positional, call)
    }
    if allowsNumbers, shown.count == 1 {
      if count >= shown[0].requiredCount {
        if let error = bindingError(shown[0], call, vm) { return error }
      }
      return InvalidCombination.error(name, shown, call, isMethod: isMethod)
    }
    if isPython, !schemas.contains(where: { count >= $0.requiredCount }), let first = schemas.first {
      return missing(first, from: Swift.min(call.positional, first.parameters.count), call)
    }
    if let (function, signature) = PythonFunctions.called(by: name) {
      let binder = OperationBinder(library: function, isMethod: false) { [] }
      let schema = OperationSchema(signature, .library { (_, _) throws(ExceptionObject) in .none })
      if let error = binder.bindingError(schema, call, vm) { return error }
    }
    let fitting = schemas.map { $0.fitting(count, asMethod: isMethod) }
    if fitting.reduce(0, +) == 1, let only = fitting.firstIndex(of: 1) {
      if let error = bindingError(schemas[only], call, vm) { return error }
    }
    return InvalidCombination.error(name, schemas, call, isMethod: isMethod)
  }

  func bindingError(_ schema: OperationSchema, _ call: Call, _ vm: VM) -> ExceptionObject? {
    var arguments = schema.takeFrame()
    do throws(ExceptionObject) { _ = try bind(schema, call, &arguments, raising: true, vm) } catch { return error }
    return nil
  }
}
