/// The body of a function written in Swift: arguments stand bound to the signature's parameters by index.
package typealias NativeBody = (VM, Arguments) throws(ExceptionObject) -> Value

/// The body of a function that binds its arguments by rules of its own (torch's operations): the positional arguments stand at
/// `base[0..<positional]`, after them the values for `keywords`, a tuple of strings; nil when there are none.
package typealias UnboundNativeBody = (
  _ vm: VM, _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ keywords: Tuple?
) throws(ExceptionObject) -> Value

/// A built-in function or method, declared once: signature, documentation, body.
///
///     NativeFunction("sorted(iterable, /, *, key=None, reverse=False)", "A new sorted list …") { vm, args in … }
///
/// The signature is Python's. A parameter's default is text for help; when the argument is absent the body finds
/// `.unbound` (see `Arguments.has`). `*args` arrives as a tuple, `**kwargs` as a dict, each at its parameter's index. A
/// first parameter named `self` makes it a method: found on a type it binds to the instance.
package final class NativeFunction: Object {
  package let text: String
  package let doc: String
  package let body: NativeBody
  /// When set, calls go here with the arguments as they were written, and neither `signature` nor `body` is used for them.
  package final var unboundBody: UnboundNativeBody?
  /// The names that a function which binds its own arguments takes them by.
  package final var keywordNames: (() -> [String])?
  /// Signatures and an example, for help, where they say more than `text`.
  package final var details: (() -> Documentation.Details)?
  /// The signature, parsed on first need.
  package private(set) lazy var signature = Signature(text)
  package private(set) lazy var name: Symbol = Symbol(signature.name)
  /// `list.append`, `torch.exp` for repr and messages; the bare name when nil.
  package final var qualifiedName: String?
  /// The function that messages name when a keyword argument fits nothing: the one that CPython passes it on to.
  final var keywordOwner: String?
  /// The module that it is a function of; nil for built-ins and methods.
  package final var moduleName: String?
  /// `list.append`, `math.sqrt`, `len`.
  final var fullName: String {
    if let qualifiedName { return qualifiedName }
    return moduleName.map { "\($0).\(name.text)" } ?? name.text
  }
  /// It is a Python function in the original: mistakes in calls are worded as for those.
  package final var isPythonFunction = false
  /// What IPython shows for it in place of name and signature: `torch._VariableFunctionsClass.exp`.
  package final var shownText: (() -> String)?
  /// The type that repr names as a method's owner, where it is not part of `qualifiedName`.
  package final var ownerName: String?
  package private(set) lazy var isMethod = signature.isMethod
  package final var attributes: Attributes?
  /// Called with this many positional arguments and no keywords, as it was last time, there is nothing to bind: the arguments
  /// stand right, and the parameters after them, up to `preparedTotal`, are absent.
  final var preparedFor = -1
  final var preparedTotal = 0
  /// A built-in type's own `__add__`, `__len__` …: dispatch skips it, for it leads back to the native path.
  package final var isSlotWrapper = false

  package init(_ text: String, _ doc: String = "", _ body: @escaping NativeBody) {
    self.text = text
    self.doc = doc
    self.body = body
    super.init()
    family = .native
  }

  /// A function that binds its own arguments. `isMethod` in the text, as ever: a first parameter named `self`.
  package convenience init(unbound text: String, _ doc: String = "", _ body: @escaping UnboundNativeBody) {
    self.init(text, doc) { (vm, args) throws(ExceptionObject) in
      throw .type("this function must be called through its unbound body")
    }
    unboundBody = body
  }

  public override var builtinType: TypeObject {
    isMethod ? Types.methodDescriptor : Types.builtinFunction
  }
}

/// The parameters of a native function.
package struct Signature {
  package struct Parameter {
    package enum Kind { case positionalOnly, positional, variadic, keywordOnly, keywords }
    package let name: Symbol
    package let kind: Kind
    /// Text of the default; nil = required.
    package let defaultText: String?
  }
  package var name: String
  package var parameters: [Parameter] = []
  package var isMethod = false
  package var hasVariadic = false
  package var hasKeywords = false
  /// Positional parameters, of either kind.
  package var positionalCount = 0
  package var requiredPositional = 0
  package var hasRequiredKeywordOnly = false

  /// Parses `name(a, b=1, /, c, *args, d, **kw)`.
  package init(_ text: String) {
    name = text
    guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")") else { return }
    name = String(text[..<open])
    var depth = 0
    var part = ""
    var parts: [String] = []
    for ch in text[text.index(after: open)..<close] {
      if ch == "(" || ch == "[" || ch == "{" { depth += 1 }
      if ch == ")" || ch == "]" || ch == "}" { depth -= 1 }
      if ch == "," && depth == 0 {
        parts.append(part)
        part = ""
      } else if ch != " " || !part.isEmpty {
        part.append(ch)
      }
    }
    if !part.isEmpty { parts.append(part) }
    var keywordOnly = false
    for piece in parts {
      if piece == "/" {
        parameters = parameters.map {
          Parameter(name: $0.name, kind: .positionalOnly, defaultText: $0.defaultText)
        }
      } else if piece == "*" {
        keywordOnly = true
      } else if piece.hasPrefix("**") {
        parameters.append(Parameter(name: Symbol(String(piece.dropFirst(2))), kind: .keywords, defaultText: nil))
        hasKeywords = true
      } else if piece.hasPrefix("*") {
        parameters.append(Parameter(name: Symbol(String(piece.dropFirst())), kind: .variadic, defaultText: nil))
        hasVariadic = true
        keywordOnly = true
      } else {
        let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(halves[0])
        parameters.append(
          Parameter(
            name: Symbol(name), kind: keywordOnly ? .keywordOnly : .positional,
            defaultText: halves.count > 1 ? String(halves[1]) : nil))
      }
    }
    isMethod = parameters.first.map { $0.name.text == "self" } ?? false
    for p in parameters where p.kind == .positional || p.kind == .positionalOnly {
      positionalCount += 1
      if p.defaultText == nil { requiredPositional = positionalCount }
    }
    hasRequiredKeywordOnly = parameters.contains { $0.kind == .keywordOnly && $0.defaultText == nil }
  }
}

/// The arguments of a native call, bound: index i is the signature's parameter i, `.unbound` when absent.
package struct Arguments {
  package let base: UnsafeMutablePointer<Value>
  package let count: Int

  @inline(__always) package init(_ base: UnsafeMutablePointer<Value>, _ count: Int) {
    self.base = base
    self.count = count
  }

  @inline(__always) package subscript(i: Int) -> Value { base[i] }
  /// Whether an optional argument was given.
  @inline(__always) package func has(_ i: Int) -> Bool { !base[i].isUnbound }
  /// The argument, or nil when it is absent or None.
  @inline(__always) package func given(_ i: Int) -> Value? {
    switch base[i] {
    case .unbound, .none: nil
    default: base[i]
    }
  }
}
