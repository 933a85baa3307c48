import Language

/// An exception, raised by throwing it.
public final class ExceptionObject: Object, Error, @unchecked Sendable {
  package final var args: [Value]
  package final var attributes: Attributes?
  package final var cause: Value = .none
  package final var context: Value = .none
  package final var suppressContext = false
  /// Innermost first: where each frame was when the exception passed through it.
  package final var traceback: [TracebackEntry] = []
  /// What `__traceback__` gave, and how many places there were then.
  final var tracebackObject: (object: TracebackObject, length: Int)?
  /// What help a renderer may add: operands' names and shapes, fixes that were tried, near names.
  package final var hints: [String] = []
  /// The name that was not found and what it may have meant, for "did you mean".
  package final var nearNames: NearNames?

  /// The operands of the tensor operator that failed, for the explanation.
  package final var operands: Operands?

  package struct Operands {
    /// nil for a comparison.
    package let op: BinaryOperator?
    package let left: Value
    package let right: Value
  }

  package struct NearNames {
    package let wanted: String
    package let candidates: [String]

    package init(wanted: String, candidates: [String]) {
      self.wanted = wanted
      self.candidates = candidates
    }
  }

  package struct TracebackEntry {
    package let function: String
    package let span: SourceSpan
  }

  package init(_ type: TypeObject, _ args: [Value]) {
    self.args = args
    super.init()
    customType = type
  }
  public override var builtinType: TypeObject { Types.exception }

  package static func make(_ type: TypeObject, _ message: String) -> ExceptionObject {
    ExceptionObject(type, [.text(message)])
  }
  package static func type(_ message: String) -> ExceptionObject { make(Types.typeError, message) }
  package static func value(_ message: String) -> ExceptionObject { make(Types.valueError, message) }
  package static func index(_ message: String) -> ExceptionObject { make(Types.indexError, message) }
  package static func runtime(_ message: String) -> ExceptionObject { make(Types.runtimeError, message) }
  package static func attribute(_ message: String) -> ExceptionObject { make(Types.attributeError, message) }
  package static func name(_ message: String) -> ExceptionObject { make(Types.nameError, message) }
  package static func overflow(_ message: String) -> ExceptionObject { make(Types.overflowError, message) }
  package static func zeroDivision(_ message: String) -> ExceptionObject { make(Types.zeroDivisionError, message) }
  package static func notImplemented(_ message: String) -> ExceptionObject { make(Types.notImplementedError, message) }
  package static func memory(_ message: String = "") -> ExceptionObject {
    ExceptionObject(Types.memoryError, message.isEmpty ? [] : [.text(message)])
  }
  /// The key itself is the argument: `KeyError: 'x'`.
  package static func key(_ key: Value) -> ExceptionObject { ExceptionObject(Types.keyError, [key]) }
  package static var stopIteration: ExceptionObject { ExceptionObject(Types.stopIteration, []) }
}
