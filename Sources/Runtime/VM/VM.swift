import CKernels
import Files
import Language
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// One running interpreter: its value stack, modules, built-ins and output.
public final class VM {
  /// The namespace cells run in.
  package let main = Namespace(name: "__main__")
  /// Built-in functions, types and exceptions by name.
  package let builtins = Attributes()
  /// What cells and library files were compiled from.
  package let sources = SourceRegistry()
  /// Where `print` and displayed values go.
  package final var write: (String) -> Void = { print($0, terminator: "") }
  /// What `print` writes to in place of `write`: a file that took the place of `sys.stdout`.
  package final var printTarget: (() -> Value?)?
  /// What cells may do with files: nothing, until a run sets it.
  package final var files: FileAccess {
    get {
      Changes.noteRead(Differences.files)
      return fileAccess
    }
    set { fileAccess = newValue }
  }
  private final var fileAccess = FileAccess()
  /// The value the last cell displays, if any.
  package final var displayed: Value?
  /// Greatest number of nested calls (`sys.getrecursionlimit()`).
  package final var recursionLimit = 1000 {
    didSet { frameLimit = frames + recursionLimit }
  }
  /// The largest `recursionLimit`.
  package static let recursionCeiling = 100_000
  /// Modules by dotted name, made by their loaders on first import.
  package final var modules: [String: Module] = [:]
  package final var moduleLoaders: [String: (VM) throws(ExceptionObject) -> Module] = [:]
  /// The exception that an `except` block is handling.
  final var handled: Value = .none

  // The value stack: windows of frames, each beginning at its callee's arguments. Slots above the running frame's window
  // never hold a reference, so a new window needs no cleaning. Memory is reserved once and touched as it is used.
  let stack: UnsafeMutablePointer<Value>
  let stackLimit: UnsafeMutablePointer<Value>
  /// Up to here, and for `margin` more, slots hold values. A window may end here; what reaches further extends it first.
  final var stackReady: UnsafeMutablePointer<Value>
  /// The first slot above everything that is in use; calls from Swift put their arguments here.
  final var stackTop: UnsafeMutablePointer<Value>
  /// Room for the deepest recursion, never moved: running code holds on to its frame. As with the stack, memory is touched as
  /// it is used.
  let frames: UnsafeMutablePointer<Frame>
  /// The running frame; one before `frames` outside of any.
  final var top: UnsafeMutablePointer<Frame>
  /// Where recursion ends: `recursionLimit` frames from the first.
  private(set) final var frameLimit: UnsafeMutablePointer<Frame>
  /// Frames that are running or wait for a callee.
  final var depth: Int { top - frames + 1 }
  /// The exception being thrown belongs to the frame that is on top now, not to the one that the loop was running.
  final var raisesInCaller = false
  /// What the run that just ended returned.
  final var returned: Value = .none

  /// Slots kept free above a window for the arguments that natives receive unfilled.
  static let slack = 64
  private static let stackSlots = 1 << 24

  package init() {
    ValueLayout.verify()
    let bytes = VM.stackSlots * MemoryLayout<Value>.stride
    let memory = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let memory, memory != MAP_FAILED else { fatalError("tnb: no address space for the value stack") }
    stack = memory.bindMemory(to: Value.self, capacity: VM.stackSlots)
    stackLimit = stack + (VM.stackSlots - 8 * VM.slack)
    stackTop = stack
    stackReady = stack
    frames = .allocate(capacity: VM.recursionCeiling + 16)
    top = frames - 1
    frameLimit = frames + recursionLimit
    fillStack(to: stack + 512)
    GeneratorObject.installMethods()
    Types.install(into: self)
    ObjectModel.install()
  }

  deinit {
    stack.release(count: stackReady - stack)
    munmap(stack, VM.stackSlots * MemoryLayout<Value>.stride)
    frames.deallocate()
  }

  /// Slots beyond `stackReady` that hold values too.
  private static let margin = 4 * slack

  private func fillStack(to end: UnsafeMutablePointer<Value>) {
    let filled = stackReady == stack ? stack : stackReady + VM.margin
    var slot = filled
    while slot < end + VM.margin {
      slot.store(ValueLayout.none, ValueLayout.empty)
      slot += 1
    }
    stackReady = end
  }

  /// Lets a window end at `end`; RecursionError where there is no room.
  @inline(never) func extendStack(to end: UnsafeMutablePointer<Value>) throws(ExceptionObject) {
    if end > stackLimit { throw recursionError() }
    fillStack(to: min(end + 4096, stackLimit))
  }

  /// Runs a compiled cell or library file in a namespace.
  package func run(_ code: Code, globals: Namespace) throws(ExceptionObject) {
    displayed = nil
    let function = Function(code: code, globals: globals)
    _ = try call(.function(function))
  }

  /// Frames of the language that are running, outermost first: for `super()`, `globals()` and tracebacks.
  var currentFrame: Frame? { depth > 0 ? top.pointee : nil }

  /// The globals of the running frame; the cells' own outside of one.
  package var currentGlobals: Namespace {
    currentFrame.map { $0.function._withUnsafeGuaranteedRef { $0.globals } } ?? main
  }

  /// Named locals of the running frame that have a value (`locals()`); nil at module level.
  package var currentLocals: [(Symbol, Value)]? {
    guard let frame = currentFrame else { return nil }
    let code = frame.code.takeUnretainedValue()
    if let namespace = frame.namespace?.takeUnretainedValue() {
      return namespace.names.map { ($0, namespace[$0] ?? .none) }
    }
    if code.kind == .module { return nil }
    var result: [(Symbol, Value)] = []
    for (i, name) in code.localNames.enumerated() {
      var value = frame.window[i]
      if case .object(let o) = value, let cell = o as? Cell { value = cell.value }
      if !value.isUnbound { result.append((name, value)) }
    }
    let closure = frame.function.takeUnretainedValue().closure
    for (i, name) in code.freeNames.enumerated() where i < closure.count && !closure[i].value.isUnbound {
      result.append((name, closure[i].value))
    }
    return result
  }

  /// What `super()` without arguments means in the running frame: the class whose body defined the function, and its first
  /// argument; nil outside of a method.
  package var superContext: (type: TypeObject, receiver: Value)? {
    guard let frame = currentFrame else { return nil }
    let code = frame.code.takeUnretainedValue()
    let function = frame.function.takeUnretainedValue()
    guard let i = code.freeNames.firstIndex(of: Names.classOf), i < function.closure.count,
      case .object(let object) = function.closure[i].value, let type = object as? TypeObject,
      code.parameterCount > 0
    else { return nil }
    var receiver = frame.window[0]
    if case .object(let o) = receiver, let cell = o as? Cell { receiver = cell.value }
    return (type, receiver)
  }

  /// The function and source place of the running frame's current instruction, outermost frame first.
  package var callStack: [ExceptionObject.TracebackEntry] {
    (0..<depth).map { entry(of: frames[$0]) }
  }

  private func entry(of frame: Frame) -> ExceptionObject.TracebackEntry {
    let code = frame.code.takeUnretainedValue()
    let index = max(0, frame.pc - code.start - 1)
    return .init(function: code.qualifiedName, span: code.spans[index])
  }
}
