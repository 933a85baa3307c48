import Tensor

/// Any value of the language. 9 bytes, stride 16: numbers inline, everything else one reference.
///
/// The named reference cases hold exactly that built-in type, so a fast path that matches `.list` may skip method lookup. An
/// instance of a class in a cell that derives from a built-in (a `class Stack(list)`) is an `.instance` whose payload holds
/// the built-in value; native subtypes (`torch.Size`, `Counter`) are the Swift class with a `customType`, wrapped in
/// `.object`. `asList` and friends accept all three.
public enum Value {
  /// No value: an unset local, an absent optional argument. Never seen by a program.
  case unbound
  case none
  case notImplemented
  case ellipsis
  case str(Str)
  case list(List)
  case tuple(Tuple)
  case dict(Dict)
  case tensor(Tensor)
  case function(Function)
  case instance(Instance)
  /// Everything else: big ints, sets, ranges, natives, classes, modules, iterators, exceptions, arrays …
  case object(Object)
  // The references come first: one comparison of the tag tells them from the rest (`ValueLayout`).
  case bool(Bool)
  case int(Int)
  case float(Double)
}

extension Value {
  @inline(__always) package var isUnbound: Bool { if case .unbound = self { true } else { false } }
  @inline(__always) package var isNone: Bool { if case .none = self { true } else { false } }

  /// A value that acts as no descriptor or method when it stands in a class.
  package var isData: Bool {
    switch self {
    case .bool, .int, .float, .str, .list, .tuple, .dict: true
    case .unbound, .none, .notImplemented, .ellipsis, .tensor, .function, .instance, .object: false
    }
  }

  /// The heap object, or nil for numbers, singletons and tensors.
  package var object: Object? {
    switch self {
    case .str(let o): o
    case .list(let o): o
    case .tuple(let o): o
    case .dict(let o): o
    case .function(let o): o
    case .instance(let o): o
    case .object(let o): o
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .tensor: nil
    }
  }

  /// A list, also one of a subclass.
  package var asList: List? {
    switch self {
    case .list(let l): l
    case .object(let o): o as? List
    case .instance(let i): i.payload?.asList
    default: nil
    }
  }
  package var asTuple: Tuple? {
    switch self {
    case .tuple(let t): t
    case .object(let o): o as? Tuple
    case .instance(let i): i.payload?.asTuple
    default: nil
    }
  }
  package var asDict: Dict? {
    switch self {
    case .dict(let d): d
    case .object(let o): o as? Dict
    case .instance(let i): i.payload?.asDict
    default: nil
    }
  }
  /// A string, also one of a subclass.
  package var asStr: Str? {
    switch self {
    case .str(let s): s
    case .instance(let i): i.payload?.asStr
    default: nil
    }
  }
  /// The Swift text of a string.
  package var string: String? { asStr?.string }
  package var asTensor: Tensor? { if case .tensor(let t) = self { t } else { nil } }

  @inline(__always) package static func text(_ s: String) -> Value { .str(Str(s)) }
  package static func makeTuple(_ items: [Value]) -> Value { .tuple(Tuple(items)) }
  package static func makeList(_ items: [Value]) -> Value { .list(List(items)) }
  package static var emptyTuple: Value { .tuple(Tuple.empty) }
}
