import Glibc

/// What the terminal can do, by its name.
package enum TerminalKind {
  /// Moves the cursor and clears lines, as every terminal since the VT100.
  case full
  /// Prints lines: `TERM` unset, `dumb`, or an editor's buffer.
  case dumb

  package static var current: TerminalKind {
    guard let name = getenv("TERM").map({ String(cString: $0) }), !name.isEmpty else { return .dumb }
    return ["dumb", "emacs", "unknown"].contains(name) ? .dumb : .full
  }

  /// Whether standard output takes colours: not under `NO_COLOR`, on a dumb terminal or in a pipe.
  package static var hasColor: Bool {
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
    return isatty(1) == 1 && current == .full
  }

  /// Terminals send UTF-8 even where no locale says so, and libedit would drop what is not ASCII then.
  static func useUTF8() {
    setlocale(LC_CTYPE, "")
    if let name = nl_langinfo(Int32(CODESET)), String(cString: name) == "UTF-8" { return }
    for locale in ["C.UTF-8", "en_US.UTF-8"] where setlocale(LC_CTYPE, locale) != nil { return }
  }
}
