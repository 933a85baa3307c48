import CKernels

/// What long native work looks at so that Ctrl-C, a time limit and the memory limit can end it. The VM's own loop looks at every
/// back-edge and call.
package enum Interrupts {
  /// Raises the exception that a pending interrupt stands for.
  @inline(__always) package static func check() throws(ExceptionObject) {
    if tnb_interrupt_pending() != 0 { throw take() }
  }

  /// As `check`, at one of some thousand steps: for loops whose steps are short.
  @inline(__always) package static func check(every step: Int) throws(ExceptionObject) {
    if step & 0xFFF == 0 { try check() }
  }

  /// The exception that a pending interrupt stands for; the flag is taken back.
  @inline(never) package static func take() -> ExceptionObject {
    let reason = tnb_interrupt_pending()
    tnb_interrupt_set(0)
    return reason == 2 ? .memory("the memory limit was reached") : ExceptionObject(Types.keyboardInterrupt, [])
  }
}
