/// One scope: the module, a function, a lambda, a comprehension or a class body.
///
/// Names are kept mangled (`__x` in class `C` is `_C__x`); the look-ups here take them as written.
package final class Scope {
  package enum Kind {
    case module
    case function
    case lambda
    case listComprehension
    case setComprehension
    case dictComprehension
    case generator
    case `class`

    package var isComprehension: Bool {
      switch self {
      case .listComprehension, .setComprehension, .dictComprehension, .generator: return true
      case .module, .function, .lambda, .class: return false
      }
    }

    /// Function-like: names bound here live in slots and can be captured.
    package var isFunction: Bool { self != .module && self != .class }
  }

  /// Where a name of the scope lives.
  package enum Resolution {
    /// A slot of this scope; in a class body the class's namespace.
    case local
    /// Local, and captured by an inner scope.
    case cell
    /// Captured from an enclosing function; `__class__` from an enclosing class body. A class body looks in its own
    /// namespace first.
    case free
    /// Declared by `global`, or bound by `:=` in a comprehension at module level.
    case globalExplicit
    /// Bound nowhere around. A class body looks in its own namespace first.
    case globalImplicit
  }

  package let kind: Kind
  /// As in `__name__`: `f`, `<lambda>`, `<listcomp>`, `<module>` …
  package let name: String
  /// As in `__qualname__`: `f.<locals>.g`.
  package let qualifiedName: String
  package unowned let parent: Scope?
  package internal(set) var children: [Scope] = []
  /// Parameters in slot order: positional-only, positional, keyword-only, `*args`, `**kwargs`.
  package internal(set) var parameters: [String] = []
  /// Names that live in this scope (parameters first, then in order of appearance), including those in `cells`.
  package internal(set) var locals: [String] = []
  /// The locals that inner scopes capture.
  package internal(set) var cells: [String] = []
  /// Names to be captured from outside when the scope is entered, for itself or for scopes inside it.
  package internal(set) var free: [String] = []
  /// Names that `:=` binds here: their values may change in the middle of an expression.
  package internal(set) var reassigned: Set<String> = []
  /// Names that `del` or the end of `except … as` leaves without a value.
  package internal(set) var unset: Set<String> = []
  /// Names that are the whole target of a `for` statement.
  package internal(set) var loopVariables: Set<String> = []
  /// A list, set or dict comprehension none of whose variables an inner function captures: it runs in the frame around it
  /// (as in CPython 3.12, PEP 709), so what it uses from there needs no cell. Comprehensions of class bodies are functions.
  package internal(set) var isInlined = false
  /// Contains `yield`.
  package internal(set) var isGenerator = false
  /// A class body some method of which uses `super()` or `__class__`.
  package internal(set) var needsClassCell = false

  var symbols: [String: Symbol] = [:]
  var order: [String] = []
  /// Class whose name mangles `__x`, without its leading underscores; nil outside classes.
  let mangling: String?
  /// Inside the iterable of a comprehension, where `:=` is refused.
  var iterableDepth = 0
  var isBindingIterationVariable = false

  init(_ kind: Kind, name: String, in parent: Scope?) {
    self.kind = kind
    self.name = name
    self.parent = parent
    iterableDepth = parent?.iterableDepth ?? 0
    if kind == .class {
      let stripped = name.drop { $0 == "_" }
      mangling = stripped.isEmpty ? nil : String(stripped)
    } else {
      mangling = parent?.mangling
    }
    if let parent, parent.kind != .module {
      let isGlobal =
        kind == .function || kind == .class ? parent.symbols[parent.mangle(name)]?.isGlobal ?? false : false
      if isGlobal {
        qualifiedName = name
      } else {
        qualifiedName = parent.qualifiedName + (parent.kind.isFunction ? ".<locals>." : ".") + name
      }
    } else {
      qualifiedName = name
    }
    parent?.children.append(self)
  }

  /// Where `name` (as written in the source) lives, seen from this scope.
  package func resolve(_ name: String) -> Resolution {
    symbols[mangle(name)]?.resolution ?? .globalImplicit
  }

  /// `name` as it is stored: private names inside a class get the class's name in front. For attributes too.
  package func mangle(_ name: String) -> String {
    guard let mangling, name.utf8.starts(with: [0x5F, 0x5F]), !name.hasSuffix("__"), !name.utf8.contains(0x2E) else {
      return name
    }
    return "_" + mangling + name
  }
}

/// What the source does with one name in one scope.
struct Symbol {
  var isUsed = false
  var isBound = false
  var isParameter = false
  var isGlobal = false
  var isNonlocal = false
  var isAnnotated = false
  var isIterationVariable = false
  /// The `global` or `nonlocal` declaration, for errors.
  var directive: SourceSpan?
  var resolution: Scope.Resolution = .globalImplicit
}
