import Language

/// Where the user's code stands: the innermost running instruction that is no library's.
package struct UserPosition {
  /// Tells instructions apart while the code lives.
  package let instruction: UInt
  package let code: Code
  package let span: SourceSpan
}

extension VM {
  /// nil when nothing of the user's runs.
  package var userPosition: UserPosition? {
    var i = depth - 1
    while i >= 0 {
      let code = frames[i].code.takeUnretainedValue()
      let pc = frames[i].pc
      i -= 1
      if sources[code.definitionSpan.source]?.isLibrary ?? true { continue }
      let index = max(0, pc - code.start - 1)
      return UserPosition(instruction: UInt(bitPattern: pc), code: code, span: code.spans[index])
    }
    return nil
  }
}
