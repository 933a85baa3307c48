/// What `help` prints: plain text, the same in a shell, a replay and a check.
enum HelpText {
  /// `help()`.
  static let overview = """
    help(x) says what x is: help(randn), help(nn), help(str.split).
    In the shell: x? does the same with colour, x?? shows the source, %tour shows around, ? lists the commands.
    %learn, or `tnb learn` outside, lists lessons that begin at the beginning.

    """

  static func describe(_ value: Value, _ vm: VM) -> String {
    let known = Documentation(of: value, vm)
    var text = title(known, value) + "\n"
    if !known.text.isEmpty { text += indented(known.text) }
    if !known.example.isEmpty { text += "\n  Example:\n" + indented(known.example) }
    return text
  }

  private static func title(_ known: Documentation, _ value: Value) -> String {
    if !known.signatures.isEmpty { return known.signatures.joined(separator: "\n") }
    if case .object(let object) = value, object is Module { return "module \(known.name)" }
    return known.name.isEmpty ? "\(known.type) object" : known.name
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
  }
}
