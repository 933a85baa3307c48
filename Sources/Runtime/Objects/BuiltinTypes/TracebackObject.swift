import Language

/// `error.__traceback__`: where the user's code stood when the exception passed, outermost first.
final class TracebackObject: Object {
  private let lines: ArraySlice<Int>
  /// The next one inwards; made once, so that it is the same each time.
  private lazy var next = lines.count > 1 ? TracebackObject(lines.dropFirst()) : nil

  private init(_ lines: ArraySlice<Int>) { self.lines = lines }

  override var builtinType: TypeObject { TracebackObject.type }

  /// Of an exception that was raised; None before.
  static func of(_ error: ExceptionObject, _ vm: VM) -> Value {
    if let known = error.tracebackObject, known.length == error.traceback.count { return .object(known.object) }
    let places = error.traceback.filter { vm.sources[$0.span.source]?.isLibrary == false }
    if places.isEmpty { return .none }
    let made = TracebackObject(places.reversed().map { vm.sources.line(of: $0.span) }[...])
    error.tracebackObject = (made, error.traceback.count)
    return .object(made)
  }

  private static let type: TypeObject = {
    let type = TypeObject("traceback", bases: [Types.object], layout: .other)
    type.isBaseAllowed = false
    add(type, "tb_lineno") { $0.lines.first.map { .int($0) } ?? .none }
    add(type, "tb_next") { $0.next.map { .object($0) } ?? .none }
    return type
  }()

  private static func add(_ type: TypeObject, _ name: String, _ get: @escaping (TracebackObject) -> Value) {
    let property = NativeProperty(name, "") { (_, value) throws(ExceptionObject) in
      (value.object as? TracebackObject).map(get) ?? .none
    }
    type.attributes.set(property.name, .object(property))
  }
}
