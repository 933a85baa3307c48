import Language

/// Interned special names.
package enum Names {
  package static let initialize = Symbol("__init__")
  package static let new = Symbol("__new__")
  package static let call = Symbol("__call__")
  package static let repr = Symbol("__repr__")
  package static let str = Symbol("__str__")
  package static let format = Symbol("__format__")
  package static let bool = Symbol("__bool__")
  package static let len = Symbol("__len__")
  package static let eq = Symbol("__eq__")
  package static let ne = Symbol("__ne__")
  package static let lt = Symbol("__lt__")
  package static let le = Symbol("__le__")
  package static let gt = Symbol("__gt__")
  package static let ge = Symbol("__ge__")
  package static let hash = Symbol("__hash__")
  package static let contains = Symbol("__contains__")
  package static let iter = Symbol("__iter__")
  package static let next = Symbol("__next__")
  package static let getitem = Symbol("__getitem__")
  package static let setitem = Symbol("__setitem__")
  package static let delitem = Symbol("__delitem__")
  package static let missing = Symbol("__missing__")
  package static let getattr = Symbol("__getattr__")
  package static let getattribute = Symbol("__getattribute__")
  package static let setattr = Symbol("__setattr__")
  package static let delattr = Symbol("__delattr__")
  package static let get = Symbol("__get__")
  package static let set = Symbol("__set__")
  package static let delete = Symbol("__delete__")
  package static let setName = Symbol("__set_name__")
  package static let initSubclass = Symbol("__init_subclass__")
  package static let classOf = Symbol("__class__")
  package static let dict = Symbol("__dict__")
  package static let doc = Symbol("__doc__")
  package static let name = Symbol("__name__")
  package static let qualname = Symbol("__qualname__")
  package static let module = Symbol("__module__")
  package static let mro = Symbol("__mro__")
  package static let bases = Symbol("__bases__")
  package static let origBases = Symbol("__orig_bases__")
  package static let base = Symbol("__base__")
  package static let subclasses = Symbol("__subclasses__")
  package static let slots = Symbol("__slots__")
  package static let classcell = Symbol("__classcell__")
  package static let classGetitem = Symbol("__class_getitem__")
  package static let annotations = Symbol("__annotations__")
  package static let enter = Symbol("__enter__")
  package static let exit = Symbol("__exit__")
  package static let index = Symbol("__index__")
  package static let int = Symbol("__int__")
  package static let float = Symbol("__float__")
  package static let complex = Symbol("__complex__")
  package static let neg = Symbol("__neg__")
  package static let pos = Symbol("__pos__")
  package static let invert = Symbol("__invert__")
  package static let abs = Symbol("__abs__")
  package static let reversed = Symbol("__reversed__")
  package static let instancecheck = Symbol("__instancecheck__")
  package static let subclasscheck = Symbol("__subclasscheck__")
  package static let abstractmethods = Symbol("__abstractmethods__")
  package static let isabstractmethod = Symbol("__isabstractmethod__")
  package static let wrapped = Symbol("__wrapped__")
  package static let boundSelf = Symbol("__self__")
  package static let function = Symbol("__func__")
  package static let defaults = Symbol("__defaults__")
  package static let kwdefaults = Symbol("__kwdefaults__")
  package static let code = Symbol("__code__")
  package static let closure = Symbol("__closure__")
  package static let globals = Symbol("__globals__")
  package static let thisclass = Symbol("__thisclass__")
  package static let selfClass = Symbol("__self_class__")
  package static let cause = Symbol("__cause__")
  package static let context = Symbol("__context__")
  package static let traceback = Symbol("__traceback__")
  package static let notes = Symbol("__notes__")
  package static let suppressContext = Symbol("__suppress_context__")
  package static let dir = Symbol("__dir__")
  package static let all = Symbol("__all__")
  package static let file = Symbol("__file__")
  package static let path = Symbol("__path__")
  package static let spec = Symbol("__spec__")
  package static let loader = Symbol("__loader__")
  package static let package = Symbol("__package__")
  package static let lengthHint = Symbol("__length_hint__")
  package static let round = Symbol("__round__")
  package static let trunc = Symbol("__trunc__")
  package static let floor = Symbol("__floor__")
  package static let ceil = Symbol("__ceil__")
  package static let divmod = Symbol("__divmod__")
  package static let rdivmod = Symbol("__rdivmod__")
  package static let typeParams = Symbol("__type_params__")
  package static let weakref = Symbol("__weakref__")
  package static let mroEntries = Symbol("__mro_entries__")
  package static let origin = Symbol("__origin__")
  package static let args = Symbol("__args__")
  package static let bytes = Symbol("__bytes__")
  package static let copy = Symbol("__copy__")
  package static let deepcopy = Symbol("__deepcopy__")
  package static let postInit = Symbol("__post_init__")
  package static let matchArgs = Symbol("__match_args__")
  package static let textSignature = Symbol("__text_signature__")
  package static let value = Symbol("value")
  package static let keys = Symbol("keys")
  package static let selfName = Symbol("self")
  package static let withTraceback = Symbol("with_traceback")
  package static let addNote = Symbol("add_note")
  package static let reprPretty = Symbol("_repr_pretty_")
}

extension BinaryOperator {
  /// Position in `allCases`: a payload-free enum is its ordinal in memory.
  @inline(__always) var index: Int { Int(unsafeBitCast(self, to: UInt8.self)) }

  /// __add__, __radd__ and __iadd__ of an operator.
  package var methodNames: (forward: Symbol, reflected: Symbol, inplace: Symbol) {
    switch self {
    case .add: OperatorNames.add
    case .subtract: OperatorNames.subtract
    case .multiply: OperatorNames.multiply
    case .divide: OperatorNames.divide
    case .floorDivide: OperatorNames.floorDivide
    case .modulo: OperatorNames.modulo
    case .power: OperatorNames.power
    case .matmul: OperatorNames.matmul
    case .leftShift: OperatorNames.leftShift
    case .rightShift: OperatorNames.rightShift
    case .bitAnd: OperatorNames.bitAnd
    case .bitOr: OperatorNames.bitOr
    case .bitXor: OperatorNames.bitXor
    }
  }
}

extension ComparisonOperator {
  /// The method's name, and the one asked of the right operand.
  package var methodNames: (forward: Symbol, reflected: Symbol) {
    switch self {
    case .less: (Names.lt, Names.gt)
    case .lessEqual: (Names.le, Names.ge)
    case .greater: (Names.gt, Names.lt)
    case .greaterEqual: (Names.ge, Names.le)
    case .equal, .is: (Names.eq, Names.eq)
    case .notEqual, .isNot: (Names.ne, Names.ne)
    case .in, .notIn: (Names.contains, Names.contains)
    }
  }

  /// The operator with its operands exchanged.
  package var mirrored: ComparisonOperator {
    switch self {
    case .less: .greater
    case .lessEqual: .greaterEqual
    case .greater: .less
    case .greaterEqual: .lessEqual
    case .equal, .notEqual, .is, .isNot, .in, .notIn: self
    }
  }
}

private enum OperatorNames {
  typealias Triple = (forward: Symbol, reflected: Symbol, inplace: Symbol)
  static let add = triple("add")
  static let subtract = triple("sub")
  static let multiply = triple("mul")
  static let divide = triple("truediv")
  static let floorDivide = triple("floordiv")
  static let modulo = triple("mod")
  static let power = triple("pow")
  static let matmul = triple("matmul")
  static let leftShift = triple("lshift")
  static let rightShift = triple("rshift")
  static let bitAnd = triple("and")
  static let bitOr = triple("or")
  static let bitXor = triple("xor")

  private static func triple(_ name: String) -> Triple {
    (Symbol("__\(name)__"), Symbol("__r\(name)__"), Symbol("__i\(name)__"))
  }
}
