/// How deep native code has called itself over nested values: comparing, hashing and showing a list of lists of lists …
/// recurses on the machine's stack, so it must end before that does. Values that hold the same value twice at every level take
/// longer than anybody waits, and their text more than memory has: each level looks at the interrupt flag.
package enum NativeDepth {
  nonisolated(unsafe) private static var depth = 0
  /// Far from the end of an 8 MB stack, and CPython's own limit for the same recursion.
  private static let limit = 980

  /// Runs `body` one level deeper. Raises RecursionError past the limit.
  @inline(__always) package static func deeper<T>(
    _ what: String, _ body: () throws(ExceptionObject) -> T
  ) throws(ExceptionObject) -> T {
    if depth >= limit {
      throw .make(Types.recursionError, "maximum recursion depth exceeded" + what)
    }
    try Interrupts.check()
    depth += 1
    defer { depth -= 1 }
    return try body()
  }
}
