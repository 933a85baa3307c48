import Glibc

/// Why an operation on a file failed.
package struct FileError: Error {
  package enum Reason: Equatable {
    /// An error number of the system.
    case system(Int32)
    /// What would be written passes the run's memory.
    case memory
  }

  package let reason: Reason
  /// The path as it was given; nil for what happens in an open file.
  package let path: String?
  /// What may help: the option that allows it.
  package let hint: String?

  package init(_ number: Int32, _ path: String, hint: String? = nil) {
    reason = .system(number)
    self.path = path
    self.hint = hint
  }

  package init(_ reason: Reason, _ path: String?) {
    self.reason = reason
    self.path = path
    hint = nil
  }

  /// The system's error number; 12 (ENOMEM) where the run's memory would be passed.
  package var number: Int32 {
    switch reason {
    case .system(let number): number
    case .memory: ENOMEM
    }
  }

  /// "No such file or directory" and the like.
  package var text: String { String(cString: strerror(number)) }

  /// The last error of the C library.
  static func last(_ path: String) -> FileError { FileError(errno, path) }
}

extension FileError {
  /// A signal ended the call.
  package var isInterruption: Bool { reason == .system(EINTR) }

  package static let invalidArgument = FileError(.system(EINVAL), nil)

  /// As of an open file, where Python names no path.
  package var withoutPath: FileError { FileError(reason, nil) }
}
