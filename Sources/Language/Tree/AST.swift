// The syntax tree. Shapes and names follow Python's `ast` module; forms outside the language have no node, the
// parser refuses them by name. Every node keeps the span of its source text.

/// An expression and where it stands.
package final class Expression {
  package let kind: ExpressionKind
  package let span: SourceSpan
  /// Nesting height: 1 for a leaf. The parser refuses heights past `Parser.maximumHeight`, so recursive walks are safe.
  package let height: Int32

  package init(_ kind: ExpressionKind, span: SourceSpan, height: Int32 = 1) {
    self.kind = kind
    self.span = span
    self.height = height
  }
}

package enum ExpressionKind {
  case none
  case `true`
  case `false`
  case ellipsis
  case int(Int)
  /// An integer literal past 64 bits: its digits in base ten or sixteen, without prefix and underscores.
  case bigInt(digits: String, radix: Int)
  case float(Double)
  case string(String)
  case bytes([UInt8])
  /// An f-string (adjacent literals joined).
  case formatted([FormattedPart])
  case name(String)
  case attribute(Expression, name: String, nameSpan: SourceSpan)
  case index(Expression, Expression)
  /// `lower:upper:step` inside a subscript.
  case slice(Expression?, Expression?, Expression?)
  case call(Expression, [Argument])
  case unary(UnaryOperator, Expression)
  /// `operatorSpan` is the operator sign itself.
  case binary(Expression, BinaryOperator, Expression, operatorSpan: SourceSpan)
  /// `a < b <= c`: the first operand and the (operator, operand) pairs, evaluated once each, left to right.
  case compare(Expression, [(ComparisonOperator, Expression)])
  case and([Expression])
  case or([Expression])
  case conditional(test: Expression, then: Expression, otherwise: Expression)
  case lambda(Parameters, body: Expression)
  case list([Expression])
  case tuple([Expression])
  case set([Expression])
  /// A nil key is `**mapping`.
  case dict([(key: Expression?, value: Expression)])
  case starred(Expression)
  case listComprehension(Expression, [ComprehensionClause])
  case setComprehension(Expression, [ComprehensionClause])
  case dictComprehension(key: Expression, value: Expression, [ComprehensionClause])
  case generator(Expression, [ComprehensionClause])
  /// `name := value`.
  case named(String, nameSpan: SourceSpan, Expression)
  case yield(Expression?)
  case yieldFrom(Expression)
}

package enum FormattedPart {
  case literal(String)
  /// `{value!conversion:spec}`; `conversion` is `r`, `s`, `a` or nil; `debugText` is the text of `{value=}`.
  case value(Expression, conversion: Character?, spec: [FormattedPart], debugText: String?)
}

package enum Argument {
  case positional(Expression)
  case keyword(String, nameSpan: SourceSpan, Expression)
  /// `*iterable`.
  case starred(Expression)
  /// `**mapping`.
  case doubleStarred(Expression)
}

package struct ComprehensionClause {
  package var target: Expression
  package var iterable: Expression
  package var conditions: [Expression]

  package init(target: Expression, iterable: Expression, conditions: [Expression]) {
    self.target = target
    self.iterable = iterable
    self.conditions = conditions
  }
}

package struct Parameter {
  package var name: String
  package var span: SourceSpan
  package var annotation: Expression?
  package var defaultValue: Expression?

  package init(name: String, span: SourceSpan, annotation: Expression? = nil, defaultValue: Expression? = nil) {
    self.name = name
    self.span = span
    self.annotation = annotation
    self.defaultValue = defaultValue
  }
}

package struct Parameters {
  package var positionalOnly: [Parameter] = []
  package var positional: [Parameter] = []
  /// `*args`.
  package var variadic: Parameter?
  package var keywordOnly: [Parameter] = []
  /// `**kwargs`.
  package var keywords: Parameter?

  package init() {}
}

public enum UnaryOperator: String {
  case plus = "+"
  case minus = "-"
  case invert = "~"
  case not = "not"
}

public enum BinaryOperator: String, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case modulo = "%"
  case power = "**"
  case matmul = "@"
  case leftShift = "<<"
  case rightShift = ">>"
  case bitAnd = "&"
  case bitOr = "|"
  case bitXor = "^"
}

public enum ComparisonOperator: String {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="
  case `is` = "is"
  case isNot = "is not"
  case `in` = "in"
  case notIn = "not in"
}

/// A statement and where it stands.
package final class Statement {
  package private(set) var kind: StatementKind
  package let span: SourceSpan

  package init(_ kind: StatementKind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  /// Takes chains of `elif` apart link by link: freeing them by recursion would overflow the native stack.
  deinit {
    guard case .if(_, _, var otherwise) = kind else { return }
    kind = .pass
    while otherwise.count == 1, isKnownUniquelyReferenced(&otherwise[0]), case .if(_, _, let next) = otherwise[0].kind {
      otherwise[0].kind = .pass
      otherwise = next
    }
  }
}

package enum StatementKind {
  case expression(Expression)
  /// `a = b = value`: targets left to right. A target is a name, attribute, index, starred, or a tuple or list of targets.
  case assign([Expression], Expression)
  case augmentedAssign(Expression, BinaryOperator, Expression, operatorSpan: SourceSpan)
  /// `target: annotation = value`.
  case annotatedAssign(Expression, annotation: Expression, Expression?)
  case delete([Expression])
  case pass
  case `break`
  case `continue`
  case `return`(Expression?)
  case raise(Expression?, cause: Expression?)
  case assert(Expression, message: Expression?)
  case global([String])
  case nonlocal([String])
  case `import`([ImportAlias])
  /// `from module import names`; an empty list is `*`.
  case importFrom(module: String, [ImportAlias])
  /// `elif` is an `otherwise` of a single `if`. Chains may be thousands long: walk them in a loop, not by recursion.
  case `if`(Expression, [Statement], otherwise: [Statement])
  case `while`(Expression, [Statement], otherwise: [Statement])
  case `for`(target: Expression, iterable: Expression, [Statement], otherwise: [Statement])
  case `try`([Statement], handlers: [ExceptionHandler], otherwise: [Statement], finally: [Statement])
  case with([WithItem], [Statement])
  case function(FunctionDefinition)
  case `class`(ClassDefinition)
}

package struct ImportAlias {
  /// Dotted: `torch.nn`.
  package var name: String
  package var alias: String?
  package var span: SourceSpan

  package init(name: String, alias: String?, span: SourceSpan) {
    self.name = name
    self.alias = alias
    self.span = span
  }
}

package struct ExceptionHandler {
  /// nil is a bare `except:`.
  package var type: Expression?
  package var name: String?
  package var body: [Statement]
  package var span: SourceSpan

  package init(type: Expression?, name: String?, body: [Statement], span: SourceSpan) {
    self.type = type
    self.name = name
    self.body = body
    self.span = span
  }
}

package struct WithItem {
  package var context: Expression
  package var target: Expression?

  package init(context: Expression, target: Expression?) {
    self.context = context
    self.target = target
  }
}

package struct FunctionDefinition {
  package var name: String
  package var nameSpan: SourceSpan
  package var parameters: Parameters
  package var returns: Expression?
  package var body: [Statement]
  /// Outermost first, as written.
  package var decorators: [Expression]

  package init(
    name: String, nameSpan: SourceSpan, parameters: Parameters, returns: Expression?, body: [Statement],
    decorators: [Expression]
  ) {
    self.name = name
    self.nameSpan = nameSpan
    self.parameters = parameters
    self.returns = returns
    self.body = body
    self.decorators = decorators
  }
}

package struct ClassDefinition {
  package var name: String
  package var nameSpan: SourceSpan
  package var arguments: [Argument]
  package var body: [Statement]
  package var decorators: [Expression]

  package init(
    name: String, nameSpan: SourceSpan, arguments: [Argument], body: [Statement], decorators: [Expression]
  ) {
    self.name = name
    self.nameSpan = nameSpan
    self.arguments = arguments
    self.body = body
    self.decorators = decorators
  }
}

/// A parsed cell or file.
package struct Module {
  package var body: [Statement]
  /// The source ends in `;`, so the last expression is not displayed.
  package var endsInSemicolon: Bool

  package init(body: [Statement], endsInSemicolon: Bool) {
    self.body = body
    self.endsInSemicolon = endsInSemicolon
  }
}
