/// First pass of the symbol table: walks the tree once, in symtable's order, and notes what happens to every name.
///
/// The checks CPython's compiler makes after its symbol table ride on the same walk; the first finding is kept in
/// `misplacement` and comes after all errors about names.
final class ScopeCollector {
  let module = Scope(.module, name: "<module>", in: nil)
  private(set) var scopes: [ObjectIdentifier: Scope] = [:]
  private(set) var misplacement: SyntaxError?
  var current: Scope
  /// Loops around the current statement, within the current scope.
  private var loopDepth = 0

  init() {
    current = module
  }

  func collect(_ tree: Module) throws(SyntaxError) {
    try visit(tree.body)
  }

  /// Notes an error of the compiler's stage; the first one in source order wins.
  func misplaced(_ message: String, at span: SourceSpan) {
    if misplacement == nil { misplacement = SyntaxError(message, at: span) }
  }

  // MARK: Scopes

  /// Runs `body` in a new scope, `loopDepth` starting at zero.
  func enter(
    _ kind: Scope.Kind, name: String, key: ObjectIdentifier, _ body: (Scope) throws(SyntaxError) -> Void
  ) throws(SyntaxError) {
    let scope = Scope(kind, name: name, in: current)
    scopes[key] = scope
    let (outer, outerLoops) = (current, loopDepth)
    current = scope
    loopDepth = 0
    try body(scope)
    current = outer
    loopDepth = outerLoops
  }

  // MARK: Names

  func use(_ name: String) {
    note(name) { $0.isUsed = true }
    if name == "super" && current.kind.isFunction { note("__class__") { $0.isUsed = true } }
  }

  func bind(_ name: String, at span: SourceSpan) throws(SyntaxError) {
    if name == "__debug__" { misplaced("cannot assign to __debug__", at: span) }
    let iteration = current.isBindingIterationVariable
    if iteration, let symbol = current.symbols[current.mangle(name)], symbol.isGlobal || symbol.isNonlocal {
      throw SyntaxError(
        "comprehension inner loop cannot rebind assignment expression target '\(name)'", at: span)
    }
    note(name) {
      $0.isBound = true
      if iteration { $0.isIterationVariable = true }
    }
  }

  private func bindParameter(_ parameter: Parameter) throws(SyntaxError) {
    let name = current.mangle(parameter.name)
    if current.symbols[name]?.isParameter == true {
      throw SyntaxError("duplicate argument '\(parameter.name)' in function definition", at: parameter.span)
    }
    try bind(parameter.name, at: parameter.span)
    note(parameter.name) { $0.isParameter = true }
    current.parameters.append(name)
  }

  /// Adds what `change` says to the symbol of `name` in `scope` (the current one).
  func note(_ name: String, in scope: Scope? = nil, _ change: (inout Symbol) -> Void) {
    let scope = scope ?? current
    let mangled = scope.mangle(name)
    if scope.symbols[mangled] == nil {
      scope.order.append(mangled)
      scope.symbols[mangled] = Symbol()
    }
    change(&scope.symbols[mangled]!)
  }

  func bindParameters(_ parameters: Parameters) throws(SyntaxError) {
    for parameter in parameters.positionalOnly { try bindParameter(parameter) }
    for parameter in parameters.positional { try bindParameter(parameter) }
    for parameter in parameters.keywordOnly { try bindParameter(parameter) }
    if let variadic = parameters.variadic { try bindParameter(variadic) }
    if let keywords = parameters.keywords { try bindParameter(keywords) }
  }

  func visitDefaults(_ parameters: Parameters) throws(SyntaxError) {
    for parameter in parameters.positionalOnly { try visit(parameter.defaultValue) }
    for parameter in parameters.positional { try visit(parameter.defaultValue) }
    for parameter in parameters.keywordOnly { try visit(parameter.defaultValue) }
  }

  private func visitAnnotations(_ parameters: Parameters) throws(SyntaxError) {
    for parameter in parameters.positionalOnly { try visit(parameter.annotation) }
    for parameter in parameters.positional { try visit(parameter.annotation) }
    if let annotation = parameters.variadic?.annotation { try visitElement(annotation) }
    for parameter in parameters.keywordOnly { try visit(parameter.annotation) }
    try visit(parameters.keywords?.annotation)
  }

  // MARK: Statements

  private func visit(_ body: [Statement]) throws(SyntaxError) {
    for statement in body { try visit(statement) }
  }

  private func visitLoop(_ body: [Statement]) throws(SyntaxError) {
    loopDepth += 1
    try visit(body)
    loopDepth -= 1
  }

  private func visit(_ statement: Statement) throws(SyntaxError) {
    switch statement.kind {
    case .expression(let value): try visit(value)
    case .assign(let targets, let value):
      for target in targets { try visitTarget(target) }
      try visit(value)
    case .augmentedAssign(let target, _, let value, _):
      try visitTarget(target)
      try visit(value)
    case .annotatedAssign(let target, let annotation, let value):
      try visitAnnotated(target, in: statement)
      try visit(annotation)
      try visit(value)
    case .delete(let targets):
      for target in targets { try visitTarget(target) }
      for target in targets { noteUnset(target) }
    case .pass: break
    case .break:
      if loopDepth == 0 { misplaced("'break' outside loop", at: statement.span) }
    case .continue:
      if loopDepth == 0 { misplaced("'continue' not properly in loop", at: statement.span) }
    case .return(let value):
      if !current.kind.isFunction { misplaced("'return' outside function", at: statement.span) }
      try visit(value)
    case .raise(let exception, let cause):
      try visit(exception)
      try visit(cause)
    case .assert(let test, let message):
      try visit(test)
      try visit(message)
    case .global(let names):
      for name in names { try declare(name, "global", at: statement.span) { $0.isGlobal = true } }
    case .nonlocal(let names):
      for name in names { try declare(name, "nonlocal", at: statement.span) { $0.isNonlocal = true } }
    case .import(let aliases):
      for alias in aliases {
        try bind(alias.alias ?? String(alias.name.prefix { $0 != "." }), at: alias.span)
      }
    case .importFrom(_, let aliases):
      if aliases.isEmpty && current.kind != .module {
        throw SyntaxError("import * only allowed at module level", at: statement.span)
      }
      for alias in aliases { try bind(alias.alias ?? alias.name, at: alias.span) }
    case .if(let test, let body, let otherwise): try visitIf(test, body, otherwise)
    case .while(let test, let body, let otherwise):
      try visit(test)
      try visitLoop(body)
      try visit(otherwise)
    case .for(let target, let iterable, let body, let otherwise):
      try visitTarget(target)
      if case .name(let name) = target.kind { current.loopVariables.insert(current.mangle(name)) }
      try visit(iterable)
      try visitLoop(body)
      try visit(otherwise)
    case .try(let body, let handlers, let otherwise, let finally):
      try visit(body)
      try visit(otherwise)
      try visit(handlers)
      try visit(finally)
    case .with(let items, let body):
      for item in items {
        try visit(item.context)
        if let target = item.target { try visitTarget(target) }
      }
      try visit(body)
    case .function(let definition): try visit(definition, statement)
    case .class(let definition): try visit(definition, statement)
    }
  }

  /// A chain of `elif` is a nest of statements as deep as the chain is long: it is walked in a loop.
  private func visitIf(_ test: Expression, _ body: [Statement], _ otherwise: [Statement]) throws(SyntaxError) {
    var (test, body, otherwise) = (test, body, otherwise)
    while true {
      try visit(test)
      try visit(body)
      guard otherwise.count == 1, case .if(let nextTest, let nextBody, let next) = otherwise[0].kind else { break }
      (test, body, otherwise) = (nextTest, nextBody, next)
    }
    try visit(otherwise)
  }

  private func visit(_ handlers: [ExceptionHandler]) throws(SyntaxError) {
    for (index, handler) in handlers.enumerated() {
      if handler.type == nil && index < handlers.count - 1 {
        misplaced("default 'except:' must be last", at: handler.span)
      }
      try visit(handler.type)
      if let name = handler.name {
        try bind(name, at: handler.span)
        current.unset.insert(current.mangle(name))
      }
      try visit(handler.body)
    }
  }

  private func noteUnset(_ target: Expression) {
    switch target.kind {
    case .name(let name): current.unset.insert(current.mangle(name))
    case .tuple(let elements), .list(let elements):
      for element in elements { noteUnset(element) }
    case .none, .true, .false, .ellipsis, .int, .bigInt, .float, .string, .bytes, .formatted, .attribute, .index,
      .slice,
      .call, .unary, .binary, .compare, .and, .or, .conditional, .lambda, .set, .dict, .starred, .listComprehension,
      .setComprehension, .dictComprehension, .generator, .named, .yield, .yieldFrom:
      break
    }
  }

  private func visitAnnotated(_ target: Expression, in statement: Statement) throws(SyntaxError) {
    guard case .name(let name) = target.kind else { return try visitTarget(target) }
    // Python's `simple`: a parenthesised name is bound but not declared.
    guard target.span.lo == statement.span.lo else { return try bind(name, at: target.span) }
    if current.kind != .module, let symbol = current.symbols[current.mangle(name)] {
      if symbol.isGlobal { throw SyntaxError("annotated name '\(name)' can't be global", at: statement.span) }
      if symbol.isNonlocal { throw SyntaxError("annotated name '\(name)' can't be nonlocal", at: statement.span) }
    }
    try bind(name, at: target.span)
    note(name) { $0.isAnnotated = true }
  }

  private func declare(
    _ name: String, _ word: String, at span: SourceSpan, _ change: (inout Symbol) -> Void
  ) throws(SyntaxError) {
    if let symbol = current.symbols[current.mangle(name)] {
      if symbol.isParameter { throw SyntaxError("name '\(name)' is parameter and \(word)", at: span) }
      if symbol.isUsed { throw SyntaxError("name '\(name)' is used prior to \(word) declaration", at: span) }
      if symbol.isAnnotated { throw SyntaxError("annotated name '\(name)' can't be \(word)", at: span) }
      if symbol.isBound { throw SyntaxError("name '\(name)' is assigned to before \(word) declaration", at: span) }
    }
    note(name) {
      change(&$0)
      $0.directive = span
    }
  }

  private func visit(_ definition: FunctionDefinition, _ statement: Statement) throws(SyntaxError) {
    try bind(definition.name, at: definition.nameSpan)
    try visitDefaults(definition.parameters)
    try visitAnnotations(definition.parameters)
    try visit(definition.returns)
    for decorator in definition.decorators { try visit(decorator) }
    let key = ObjectIdentifier(statement)
    try enter(.function, name: definition.name, key: key) { (_) throws(SyntaxError) in
      try bindParameters(definition.parameters)
      try visit(definition.body)
    }
  }

  private func visit(_ definition: ClassDefinition, _ statement: Statement) throws(SyntaxError) {
    try bind(definition.name, at: definition.nameSpan)
    try visit(definition.arguments)
    for decorator in definition.decorators { try visit(decorator) }
    let key = ObjectIdentifier(statement)
    try enter(.class, name: definition.name, key: key) { (_) throws(SyntaxError) in
      try visit(definition.body)
    }
  }
}
