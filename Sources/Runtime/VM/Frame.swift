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
  var pc: UnsafePointer<Step>
  /// Where the result goes; the callee's own register, below the window, for a plain call.
  var target: UnsafeMutablePointer<Value>
  var generator: Unmanaged<GeneratorObject>?
  /// Where names of a class body go.
  var namespace: Unmanaged<Attributes>?
  var ending: Ending

  /// What happens when the frame returns.
  enum Ending: UInt8 {
    /// The caller's frame goes on in the same loop.
    case call
    /// The run that started it ends.
    case entry
    /// It runs `__init__`: its result must be None, and the new instance already stands in the result register.
    case initializer
    /// Both of these.
    case entryInitializer
    /// It runs a method for an operator, with the method below its window in a register that nobody else clears.
    case operation
  }

  var isEntry: Bool { ending == .entry || ending == .entryInitializer }

  /// Lets the run that starts now end with this frame.
  mutating func makeEntry() { ending = ending == .initializer ? .entryInitializer : .entry }
}

/// What a call did.
enum Invocation {
  /// The result stands in the callee's register.
  case finished
  /// A frame was pushed and waits to run.
  case entered
}
