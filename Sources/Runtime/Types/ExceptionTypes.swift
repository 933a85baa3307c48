extension Types {
  nonisolated(unsafe) package static let baseException = TypeObject(
    "BaseException", bases: [object], layout: .exception)
  nonisolated(unsafe) package static let exception = error("Exception", baseException)
  nonisolated(unsafe) package static let keyboardInterrupt = error("KeyboardInterrupt", baseException)
  nonisolated(unsafe) package static let systemExit = error("SystemExit", baseException)
  nonisolated(unsafe) package static let generatorExit = error("GeneratorExit", baseException)
  nonisolated(unsafe) package static let stopIteration = error("StopIteration")
  nonisolated(unsafe) package static let arithmeticError = error("ArithmeticError")
  nonisolated(unsafe) package static let zeroDivisionError = error("ZeroDivisionError", arithmeticError)
  nonisolated(unsafe) package static let overflowError = error("OverflowError", arithmeticError)
  nonisolated(unsafe) package static let floatingPointError = error("FloatingPointError", arithmeticError)
  nonisolated(unsafe) package static let assertionError = error("AssertionError")
  nonisolated(unsafe) package static let attributeError = error("AttributeError")
  nonisolated(unsafe) package static let bufferError = error("BufferError")
  nonisolated(unsafe) package static let eofError = error("EOFError")
  nonisolated(unsafe) package static let importError = error("ImportError")
  nonisolated(unsafe) package static let moduleNotFoundError = error("ModuleNotFoundError", importError)
  nonisolated(unsafe) package static let lookupError = error("LookupError")
  nonisolated(unsafe) package static let indexError = error("IndexError", lookupError)
  nonisolated(unsafe) package static let keyError = error("KeyError", lookupError)
  nonisolated(unsafe) package static let memoryError = error("MemoryError")
  nonisolated(unsafe) package static let nameError = error("NameError")
  nonisolated(unsafe) package static let unboundLocalError = error("UnboundLocalError", nameError)
  nonisolated(unsafe) package static let osError = error("OSError")
  nonisolated(unsafe) package static let fileNotFoundError = error("FileNotFoundError", osError)
  nonisolated(unsafe) package static let fileExistsError = error("FileExistsError", osError)
  nonisolated(unsafe) package static let permissionError = error("PermissionError", osError)
  nonisolated(unsafe) package static let isADirectoryError = error("IsADirectoryError", osError)
  nonisolated(unsafe) package static let notADirectoryError = error("NotADirectoryError", osError)
  nonisolated(unsafe) package static let timeoutError = error("TimeoutError", osError)
  nonisolated(unsafe) package static let connectionError = error("ConnectionError", osError)
  nonisolated(unsafe) package static let runtimeError = error("RuntimeError")
  nonisolated(unsafe) package static let notImplementedError = error("NotImplementedError", runtimeError)
  nonisolated(unsafe) package static let recursionError = error("RecursionError", runtimeError)
  nonisolated(unsafe) package static let syntaxError = error("SyntaxError")
  nonisolated(unsafe) package static let indentationError = error("IndentationError", syntaxError)
  nonisolated(unsafe) package static let tabError = error("TabError", indentationError)
  nonisolated(unsafe) package static let systemError = error("SystemError")
  /// `torch.linalg.LinAlgError`.
  nonisolated(unsafe) package static let linAlgError = TypeObject(
    "_LinAlgError", module: "torch._C", bases: [runtimeError], layout: .exception)
  nonisolated(unsafe) package static let typeError = error("TypeError")
  nonisolated(unsafe) package static let valueError = error("ValueError")
  nonisolated(unsafe) package static let unicodeError = error("UnicodeError", valueError)
  nonisolated(unsafe) package static let unicodeDecodeError = error("UnicodeDecodeError", unicodeError)
  nonisolated(unsafe) package static let unicodeEncodeError = error("UnicodeEncodeError", unicodeError)
  nonisolated(unsafe) package static let warning = error("Warning")
  nonisolated(unsafe) package static let userWarning = error("UserWarning", warning)
  nonisolated(unsafe) package static let deprecationWarning = error("DeprecationWarning", warning)
  nonisolated(unsafe) package static let runtimeWarning = error("RuntimeWarning", warning)
  nonisolated(unsafe) package static let futureWarning = error("FutureWarning", warning)
  nonisolated(unsafe) package static let syntaxWarning = error("SyntaxWarning", warning)

  /// Those that nothing in tnb raises; programs derive from them and catch them.
  private static let others: [TypeObject] = [
    error("StopAsyncIteration"), error("ReferenceError"), error("InterruptedError", osError),
    error("BlockingIOError", osError), error("ChildProcessError", osError), error("ProcessLookupError", osError),
    error("BrokenPipeError", connectionError), error("ConnectionAbortedError", connectionError),
    error("ConnectionRefusedError", connectionError), error("ConnectionResetError", connectionError),
    error("UnicodeTranslateError", unicodeError), error("ImportWarning", warning), error("UnicodeWarning", warning),
    error("BytesWarning", warning), error("ResourceWarning", warning), error("PendingDeprecationWarning", warning),
    error("EncodingWarning", warning),
  ]

  private static func error(_ name: String, _ base: TypeObject = exception) -> TypeObject {
    TypeObject(name, bases: [base], layout: .exception)
  }

  /// Every built-in exception type, for the built-in names.
  package static var allExceptions: [TypeObject] {
    [
      baseException, exception, keyboardInterrupt, systemExit, generatorExit, stopIteration, arithmeticError,
      zeroDivisionError, overflowError, floatingPointError, assertionError, attributeError, bufferError, eofError,
      importError, moduleNotFoundError, lookupError, indexError, keyError, memoryError, nameError, unboundLocalError,
      osError, fileNotFoundError, fileExistsError, permissionError, isADirectoryError, notADirectoryError, timeoutError,
      connectionError,
      runtimeError, notImplementedError, recursionError, syntaxError, indentationError, tabError, systemError,
      typeError, valueError, unicodeError, unicodeDecodeError, unicodeEncodeError, warning, userWarning,
      deprecationWarning, runtimeWarning, futureWarning, syntaxWarning,
    ] + others
  }
}
