/// A running or waiting call of code written in the language.
///
/// What it points to is kept alive elsewhere: the function by the caller's register below the window (or by whoever started
/// the run), a generator by the frame's starter.
struct Frame {
  var code: Unmanaged<Code>
  var function: Unmanaged<Function>
  /// Register 0.
  var window: UnsafeMutablePointer<Value>
  /// The next instruction, saved while the frame waits for a callee.
  var pc: UnsafePointer<Instruction>
  /// When it returns, the run that started it ends.
  var isEntry: Bool
  /// It runs `__init__`: its result must be None, and the new instance already stands in the result register.
  var isInitializer: Bool
  var generator: Unmanaged<GeneratorObject>?
  /// Where names of a class body go.
  var namespace: Unmanaged<Attributes>?
}

/// What a call did.
enum Invocation {
  /// The result stands in the callee's register.
  case finished
  /// A frame was pushed and waits to run.
  case entered
}
