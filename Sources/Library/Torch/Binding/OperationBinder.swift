import Runtime
import Tensor

/// Calls one operation from the language: finds the overload that the arguments fit, converts them, and words the errors as
/// PyTorch does.
final class OperationBinder {
  /// As messages name the function: `linalg_inv` for `torch.linalg.inv`.
  let name: String
  let isMethod: Bool
  /// Functions of `torch.nn.functional` are Python functions: CPython words the mistakes in their calls.
  let isPython: Bool
  private let makeSchemas: () -> [OperationSchema]
  lazy var schemas: [OperationSchema] = makeSchemas()
  /// For methods of the library: what a call without arguments does.
  private let alone: ((VM, Tensor) throws(ExceptionObject) -> Value)?
  private let unary: ((Tensor) throws(TensorError) -> Tensor)?
  private let binary: ((Tensor, Tensor) throws(TensorError) -> Tensor)?
  /// Python numbers stand for tensors in these (`torch.add(2, x)`).
  let allowsNumbers: Bool
  /// nil for functions of the library.
  private let declaration: OperationDeclaration?

  init(_ declaration: OperationDeclaration, name: String? = nil, isMethod: Bool, isPython: Bool = false) {
    self.name = name ?? declaration.name
    self.isMethod = isMethod
    self.isPython = isPython
    makeSchemas = {
      // Python functions know no other spellings of their parameters.
      let schemas = declaration.overloads.map { OperationSchema($0, hasAliases: !isPython || isMethod) }
      // What begins with a number cannot be called on a tensor.
      return isMethod ? schemas.filter { $0.parameters.first?.kind == .tensor } : schemas
    }
    alone = nil
    unary = declaration.unary
    binary = declaration.binary
    self.declaration = declaration
    switch declaration.name {
    case "add", "sub", "mul", "div", "subtract", "multiply", "divide", "true_divide", "floor_divide", "add_", "sub_",
      "mul_", "div_", "copy_":
      allowsNumbers = true
    default: allowsNumbers = false
    }
  }

  /// A function of the library, bound by the same rules.
  init(
    library name: String, isMethod: Bool, isPython: Bool = false,
    alone: ((VM, Tensor) throws(ExceptionObject) -> Value)? = nil, schemas: @escaping () -> [OperationSchema]
  ) {
    self.alone = alone
    self.name = name
    self.isMethod = isMethod
    self.isPython = isPython
    makeSchemas = schemas
    unary = nil
    binary = nil
    allowsNumbers = false
    declaration = nil
  }

  /// The callable that a module or a type shows.
  /// `shownName`: what IPython shows it as, where that is not name and signature.
  func native(doc: String, qualifiedName: String? = nil, shownName: String? = nil) -> NativeFunction {
    let native = NativeFunction(unbound: isMethod ? "\(name)(self, *args, **kwargs)" : "\(name)(*args, **kwargs)", doc)
    {
      (vm, base, positional, keywords) throws(ExceptionObject) in
      try self.call(vm, base, positional, keywords)
    }
    native.qualifiedName = qualifiedName
    if isMethod { native.ownerName = "torch._C.TensorBase" }
    if let shownName {
      native.shownText = { [self] in isFunctional ? shownName + (schemas.first?.annotatedText ?? "") : shownName }
    }
    native.keywordNames = { self.keywordNames }
    native.details = { [self] in
      .init(
        signatures: schemas.map { name + $0.pythonText(asMethod: isMethod) }, example: declaration?.example ?? "",
        places: declaration?.places ?? [])
    }
    return native
  }

  /// The parameters of all overloads, each once; without a method's own tensor.
  var keywordNames: [String] {
    var seen: Set<String> = []
    return schemas.flatMap { $0.parameters.dropFirst(isMethod ? 1 : 0) }.map(\.name.text).filter {
      seen.insert($0).inserted
    }
  }

  /// The positional arguments and keywords of one call. For a method the first positional is the tensor itself.
  struct Call {
    let base: UnsafeMutablePointer<Value>
    let positional: Int
    let keywords: Tuple?

    @inline(__always) var keywordCount: Int { keywords?.count ?? 0 }

    func keyword(_ i: Int) -> Symbol {
      guard case .str(let s) = keywords![i] else { return Symbol("") }
      return Symbol(s)
    }

    func value(_ i: Int) -> Value { base[positional + i] }

    func find(_ parameter: OperationSchema.Parameter) -> Value? {
      guard keywords != nil else { return nil }
      if let v = find(parameter.name) { return v }
      for alias in parameter.aliases {
        if let v = find(alias) { return v }
      }
      return nil
    }

    func find(_ name: Symbol) -> Value? {
      for i in 0..<keywordCount where keyword(i) == name { return value(i) }
      return nil
    }
  }

  /// Binds and calls. Throws what PyTorch's argument parser or the operation itself raises.
  func call(
    _ vm: VM, _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ keywords: Tuple?
  ) throws(ExceptionObject) -> Value {
    if keywords == nil {
      if positional == 1, let alone, case .tensor(let x) = base[0] { return try alone(vm, x) }
      if positional == 1, let unary = self.unary, case .tensor(let x) = base[0] {
        do throws(TensorError) { return .tensor(try unary(x)) } catch { throw error.exception }
      }
      if positional == 2, let binary = self.binary, case .tensor(let x) = base[0], case .tensor(let y) = base[1] {
        do throws(TensorError) { return .tensor(try binary(x, y)) } catch { throw error.exception }
      }
    }
    let call = Call(base: base, positional: positional, keywords: keywords)
    if keywords == nil, positional == 1, case .tensor(let x) = base[0], let schema = tensorOnly {
      // `x.sum()`, `loss.backward()`: every other parameter takes its default.
      var arguments = schema.takeFrame()
      arguments[0] = .tensor(x)
      let result = try run(schema, arguments, vm)
      schema.giveBack(&arguments, first: 1)
      return result
    }
    for schema in schemas {
      if let result = try run(schema, call, vm, raising: isOnly) { return result }
    }
    throw try mismatch(call, vm)
  }

  /// The result of one overload; nil when the arguments do not fit it and `raising` is false.
  private func run(
    _ schema: OperationSchema, _ call: Call, _ vm: VM, raising: Bool
  ) throws(ExceptionObject) -> Value? {
    var arguments = schema.takeFrame()
    guard try bind(schema, call, &arguments, raising: raising, vm) else {
      schema.giveBack(&arguments, first: arguments.count)
      return nil
    }
    let result: Value
    if let keywords = call.keywords, !schema.hasOut, case let place = schema.plan(for: keywords).out, place >= 0,
      case let out = call.value(place), !out.isNone
    {
      result = try OutArgument.run(self, schema, arguments, out, vm)
    } else {
      result = try run(schema, arguments, vm)
    }
    schema.giveBack(&arguments, first: arguments.count)
    return result
  }

  @inline(__always) private func run(
    _ schema: OperationSchema, _ arguments: [OperationArgument], _ vm: VM
  ) throws(ExceptionObject) -> Value {
    switch schema.body {
    case .core(let body):
      do throws(TensorError) {
        return ResultConversion.value(try body(OperationArguments(arguments)))
      } catch {
        throw error.exception
      }
    case .library(let body): return try body(vm, OperationArguments(arguments))
    }
  }

  /// The first overload, when a tensor alone satisfies it.
  private lazy var tensorOnly: OperationSchema? = {
    guard let first = schemas.first, let parameter = first.parameters.first, parameter.kind == .tensor,
      !parameter.isKeywordOnly, first.parameters.dropFirst().allSatisfy(\.isOptional)
    else { return nil }
    return first
  }()

  /// There is one signature, also in messages: its errors are the call's.
  lazy var isOnly = schemas.count == 1 && !schemas[0].hasGeneratorVariant

  // MARK: Binding

  /// Binds the arguments by parameter; false when they do not fit and `raising` is false.
  func bind(
    _ schema: OperationSchema, _ call: Call, _ arguments: inout [OperationArgument], raising: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Bool {
    if call.positional > schema.positionalCount && !schema.takesLoose(isMethod) {
      if raising { throw tooMany(schema, call) }
      return false
    }
    guard let start = try bindPositional(schema, call, &arguments, raising: raising, vm) else { return false }
    if let keywords = call.keywords {
      return try bindKeywords(schema, call, keywords, &arguments, from: start, raising: raising, vm)
    }
    var i = start
    while i < schema.parameters.count {
      let parameter = schema.parameters[i]
      if !parameter.isOptional && !(parameter.isVariadic && parameter.kind == .tensorList) {
        if raising { throw missing(schema, from: i, call) }
        return false
      }
      i += 1
    }
    return true
  }

  /// Binds the positional arguments; the first parameter after them, or nil when they do not fit.
  private func bindPositional(
    _ schema: OperationSchema, _ call: Call, _ arguments: inout [OperationArgument], raising: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Int? {
    var i = 0
    var position = 0
    while position < call.positional && i < schema.parameters.count {
      let parameter = schema.parameters[i]
      if parameter.kind == .tensor, case .tensor(let t) = call.base[position], !parameter.isKeywordOnly {
        arguments[i] = .tensor(t)
        i += 1
        position += 1
        continue
      }
      if parameter.isKeywordOnly {
        if raising { throw tooMany(schema, call) }
        return nil
      }
      let skip = isMethod ? 1 : 0
      let isLoose = schema.takesLoose(isMethod) && isLooseParameter(schema, i)
      let value = call.base[position]
      if case .none = value, parameter.allowsNone {
        arguments[i] = .none
      } else if let converted = try convert(value, parameter, vm) {
        arguments[i] = converted
      } else if isLoose, let all = try collect(parameter, call, from: position) {
        arguments[i] = all
        i += 1
        position = call.positional
        continue
      } else {
        if raising || failsWhileUnpacking(parameter, call, position, isLoose) {
          throw wrongType(parameter, call, position, position + 1 - skip, isLoose)
        }
        return nil
      }
      // `zeros(2, 3)`: an int list parameter that takes one int takes them all.
      if isLoose && position + 1 < call.positional {
        guard let all = try collect(parameter, call, from: position) else {
          let isList = ArgumentConversion.sequence(value) != nil
          if raising && isList { throw tooMany(schema, call) }
          if raising || !isList && failsWhileUnpacking(parameter, call, position, true) {
            throw wrongType(parameter, call, position, position + 1 - skip, true)
          }
          return nil
        }
        arguments[i] = all
        position = call.positional - 1
      }
      i += 1
      position += 1
    }
    return i
  }

  /// Binds the parameters from `start` on by their keywords.
  private func bindKeywords(
    _ schema: OperationSchema, _ call: Call, _ keywords: Tuple, _ arguments: inout [OperationArgument],
    from start: Int, raising: Bool, _ vm: VM
  ) throws(ExceptionObject) -> Bool {
    let plan = schema.plan(for: keywords)
    var used = 0
    for i in start..<Swift.max(schema.parameters.count, start) {
      let parameter = schema.parameters[i]
      if plan.places[i] >= 0 {
        let value = call.value(plan.places[i])
        used += 1
        if case .none = value, parameter.allowsNone {
          arguments[i] = .none
        } else if let converted = try convert(value, parameter, vm) {
          arguments[i] = converted
        } else {
          if raising {
            if isFunctional { throw PythonFunctions.wrongType(name, i, parameter, value) }
            throw .type(
              "\(name)(): argument '\(parameter.name.text)' must be \(parameter.typeName), not \(ArgumentConversion.typeName(value))"
            )
          }
          return false
        }
      } else if !parameter.isOptional && !(parameter.isVariadic && parameter.kind == .tensorList) {
        if raising { throw missing(schema, from: i, call) }
        return false
      }
    }
    if call.keywordCount > used {
      if !schema.hasOut && acceptsOut && plan.out >= 0 { used += 1 }
      if isIgnoredDevice(schema, call) { used += 1 }
      if call.keywordCount > used {
        if raising { throw unexpected(schema, call) }
        return false
      }
    }
    return true
  }

  var acceptsOut: Bool { !isMethod }

  /// A Python function of `torch.nn.functional`.
  var isFunctional: Bool { isPython && !isMethod && declaration != nil }

  /// The name in errors that Python words.
  var shownName: String { isMethod && isPython ? "Tensor." + name : name }

  /// `pin_memory=False` and the like: settings without effect here.
  private func isIgnoredDevice(_ schema: OperationSchema, _ call: Call) -> Bool {
    call.find(Symbol("pin_memory")) != nil && schema.parameters.contains { $0.name.text == "requires_grad" }
  }

  private func convert(
    _ value: Value, _ parameter: OperationSchema.Parameter, _ vm: VM
  ) throws(ExceptionObject) -> OperationArgument? {
    if let converted = try ArgumentConversion.convert(value, parameter, vm) { return converted }
    if allowsNumbers && parameter.kind == .tensor, let s = try ArgumentConversion.scalar(value) {
      return .tensor(TensorData.zeroDimensional(s))
    }
    // What is no bool is only asked whether it is true by functions that look at this flag themselves.
    if isFunctional && parameter.name == inPlaceName { return .bool(try vm.isTrue(value)) }
    return nil
  }

  /// Whether an int list fits as far as the parser looks, at its first element, and is refused behind it.
  private func failsWhileUnpacking(
    _ parameter: OperationSchema.Parameter, _ call: Call, _ position: Int, _ isLoose: Bool
  ) -> Bool {
    guard parameter.kind == .intList, PythonFunctions.called(by: name) == nil else { return false }
    let first =
      ArgumentConversion.sequence(call.base[position])?.first
      ?? (isLoose && call.positional > position + 1 ? call.base[position] : .none)
    return ((try? ArgumentConversion.int(first)) ?? nil) != nil
  }

  private func isLooseParameter(_ schema: OperationSchema, _ i: Int) -> Bool {
    let parameter = schema.parameters[i]
    if parameter.isVariadic {
      return isMethod || i == 0 || parameter.kind == .tensorList || schema.parameters[0].kind != .tensor
    }
    return parameter.kind == .intList && i == (isMethod ? 1 : 0) && schema.positionalCount == i + 1
  }

  private func collect(
    _ parameter: OperationSchema.Parameter, _ call: Call, from position: Int
  ) throws(ExceptionObject) -> OperationArgument? {
    let items = (position..<call.positional).map { call.base[$0] }
    if parameter.kind == .tensorList {
      for item in items {
        guard case .tensor = item else { return nil }
      }
      return .tensors(try ArgumentConversion.tensors(items))
    }
    guard parameter.kind == .intList, let list = try ArgumentConversion.ints(items) else { return nil }
    return .ints(list)
  }
}
