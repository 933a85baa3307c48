import CEditline
import Glibc
import Notebook

/// Sets the keys up: libedit's, then this shell's, then the user's.
enum EditorConfiguration {
  /// `~/.editrc`, or the file that `EDITRC` names, is read in two passes: what chooses the mode first, since that throws away
  /// earlier bindings, and what binds keys after the shell's own, so that the user's win.
  static func apply(to editor: OpaquePointer) {
    tnb_el_use_emacs(editor)
    let commands = userCommands()
    for command in commands where !command.isBinding { run(command.words, editor) }
    KeyTable.install(into: editor)
    for command in commands where command.isBinding { run(command.words, editor) }
    KeyTable.installIndispensable(into: editor)
  }

  /// Whether an escape sequence runs something: libedit prints its binding, or complains elsewhere that it has none.
  static func isBound(
    _ sequence: [UInt32], _ editor: OpaquePointer, _ output: UnsafeMutablePointer<tnb_editor_output>
  ) -> Bool {
    var text = [CChar](repeating: 0, count: 256)
    return text.withUnsafeMutableBufferPointer { buffer in
      output.pointee.text = buffer.baseAddress
      output.pointee.capacity = buffer.count
      output.pointee.count = 0
      defer { output.pointee.text = nil }
      // Octal keeps every character as it is.
      let keys = sequence.map { "\\" + octal($0) }.joined()
      run(["bind", keys], editor)
      flushDrawing(editor)
      // A prefix of longer sequences prints those, each in quotes: the whole must be there.
      return output.pointee.count > 0 && sequence.allSatisfy { $0 < 0x100 }
    }
  }

  private static func octal(_ value: UInt32) -> String {
    let digits = String(min(value, 0xFF), radix: 8)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }

  private static func flushDrawing(_ editor: OpaquePointer) { tnb_el_flush(editor) }

  private struct UserCommand {
    var words: [String]
    /// `bind KEY …`, as opposed to `bind -v` and everything else.
    var isBinding: Bool
  }

  private static func userCommands() -> [UserCommand] {
    let path: String
    if let named = getenv("EDITRC") {
      path = String(cString: named)
    } else if let home = getenv("HOME") {
      path = String(cString: home) + "/.editrc"
    } else {
      return []
    }
    guard let bytes = try? readFile(path) else { return [] }
    var commands: [UserCommand] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let text = line.drop { $0 == " " || $0 == "\t" }
      guard !text.isEmpty, !text.hasPrefix("#"), let words = split(String(text)), let name = words.first else {
        continue
      }
      let bare = name.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? name
      // libedit's own history, which the command is about, is not in use.
      guard bare != "history" else { continue }
      let modes = ["-v", "-e", "-l"]
      commands.append(
        UserCommand(words: words, isBinding: bare == "bind" && !modes.contains(words.dropFirst().first ?? "-l")))
    }
    return commands
  }

  /// Splits as libedit does, by the shell's rules of quoting.
  private static func split(_ line: String) -> [String]? {
    guard let tokenizer = tok_winit(nil) else { return nil }
    defer { tok_wend(tokenizer) }
    var count: Int32 = 0
    var words: UnsafeMutablePointer<UnsafePointer<wchar_t>?>?
    guard tok_wstr(tokenizer, wide(line), &count, &words) == 0, let words else { return nil }
    return (0..<Int(count)).compactMap { words[$0].map(string) }
  }

  /// Runs one of libedit's commands.
  static func run(_ words: [String], _ editor: OpaquePointer) {
    let texts = words.map { wide($0) }
    var pointers: [UnsafePointer<wchar_t>?] = []
    func withPointers(_ index: Int) {
      guard index < texts.count else {
        pointers.append(nil)
        pointers.withUnsafeMutableBufferPointer { _ = el_wparse(editor, Int32(texts.count), $0.baseAddress) }
        return
      }
      texts[index].withUnsafeBufferPointer {
        pointers.append($0.baseAddress)
        withPointers(index + 1)
      }
    }
    withPointers(0)
  }

  static func wide(_ text: String) -> [wchar_t] { text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0] }

  private static func string(_ text: UnsafePointer<wchar_t>) -> String {
    String((0..<wcslen(text)).map { UInt32(bitPattern: text[$0]) })
  }
}
