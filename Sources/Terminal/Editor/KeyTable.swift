import CEditline
import Shell

/// Which keys do what, declared once: binding and documentation read it.
enum KeyTable {
  struct Binding {
    /// As help shows the keys.
    let label: String
    /// In libedit's notation.
    let keys: [String]
    /// Also bound in vi's command mode.
    var inViCommands = false
    /// The shell does not work without it: a user's `.editrc` cannot take it away.
    var isIndispensable = false
    /// In Emacs' mode only: vi has its own key for it.
    var isEmacsOnly = false
    let action: EditorAction
  }

  static let bindings: [Binding] = [
    Binding(label: "Enter", keys: ["^M", "^J"], inViCommands: true, isIndispensable: true, action: .enter),
    Binding(
      label: "Alt-Enter", keys: [#"\e^M"#, #"\e^J"#, #"\e[13;3u"#, #"\e[13;2u"#, #"\e[27;2;13~"#], action: .newline),
    Binding(label: "Ctrl-O", keys: ["^O"], isEmacsOnly: true, action: .newline),
    Binding(label: "Ctrl-X Enter", keys: ["^X^M", "^X^J"], isEmacsOnly: true, action: .run),
    Binding(label: "Up", keys: [#"\e[A"#, #"\eOA"#], inViCommands: true, action: .up),
    Binding(label: "Down", keys: [#"\e[B"#, #"\eOB"#], inViCommands: true, action: .down),
    Binding(
      label: "Ctrl-P, Page Up", keys: ["^P", #"\e[5~"#, #"\e[1;5A"#, #"\e[1;3A"#], inViCommands: true,
      action: .previousCell),
    Binding(
      label: "Ctrl-N, Page Down", keys: ["^N", #"\e[6~"#, #"\e[1;5B"#, #"\e[1;3B"#], inViCommands: true,
      action: .nextCell),
    Binding(label: "Ctrl-R", keys: ["^R"], inViCommands: true, action: .searchBackward),
    Binding(label: "Ctrl-S", keys: ["^S"], inViCommands: true, action: .searchForward),
    Binding(label: "Left, Ctrl-B", keys: [#"\e[D"#, #"\eOD"#, "^B"], action: .left),
    Binding(label: "Right, Ctrl-F", keys: [#"\e[C"#, #"\eOC"#, "^F"], action: .right),
    Binding(
      label: "Home, Ctrl-A", keys: ["^A", #"\e[H"#, #"\eOH"#, #"\e[1~"#, #"\e[7~"#], inViCommands: true,
      action: .lineStart),
    Binding(
      label: "End, Ctrl-E", keys: ["^E", #"\e[F"#, #"\eOF"#, #"\e[4~"#, #"\e[8~"#], inViCommands: true,
      action: .lineEnd),
    Binding(
      label: "Alt-B, Ctrl-Left", keys: [#"\eb"#, #"\e[1;5D"#, #"\e[1;3D"#, #"\e[5D"#, #"\eOd"#], action: .wordLeft),
    Binding(
      label: "Alt-F, Ctrl-Right", keys: [#"\ef"#, #"\e[1;5C"#, #"\e[1;3C"#, #"\e[5C"#, #"\eOc"#], action: .wordRight),
    Binding(label: "Alt-<, Ctrl-Home", keys: [#"\e<"#, #"\e[1;5H"#], action: .cellStart),
    Binding(label: "Alt->, Ctrl-End", keys: [#"\e>"#, #"\e[1;5F"#], action: .cellEnd),
    Binding(label: "Backspace", keys: [#"\177"#, "^H"], action: .deleteBackward),
    Binding(label: "Delete", keys: [#"\e[3~"#], inViCommands: true, action: .deleteForward),
    Binding(label: "Ctrl-D", keys: ["^D"], inViCommands: true, isIndispensable: true, action: .endOfInput),
    Binding(label: "Ctrl-K", keys: ["^K"], action: .killLineEnd),
    Binding(label: "Ctrl-U", keys: ["^U"], action: .killLineStart),
    Binding(label: "Ctrl-W", keys: ["^W"], action: .killSpaceWordBackward),
    Binding(label: "Alt-Backspace", keys: [#"\e\177"#, #"\e^H"#], action: .killWordBackward),
    Binding(label: "Alt-D", keys: [#"\ed"#, #"\e[3;5~"#, #"\e[3;3~"#], action: .killWordForward),
    Binding(label: "Ctrl-Y", keys: ["^Y"], action: .yank),
    Binding(label: "Alt-Y", keys: [#"\ey"#], action: .yankEarlier),
    Binding(label: "Ctrl-_, Ctrl-X Ctrl-U", keys: ["^_", "^X^U"], isEmacsOnly: true, action: .undo),
    Binding(label: "Alt-_", keys: [#"\e_"#, #"\e/"#], isEmacsOnly: true, action: .redo),
    Binding(label: "Tab", keys: ["^I"], action: .complete),
    Binding(label: "Shift-Tab", keys: [#"\e[Z"#], action: .outdent),
    Binding(label: "Ctrl-L", keys: ["^L"], inViCommands: true, action: .clearScreen),
    Binding(
      label: "F2, Ctrl-X Ctrl-E", keys: [#"\eOQ"#, #"\e[12~"#, #"\e[[B"#, "^X^E"], inViCommands: false,
      action: .editExternally),
    Binding(label: "Ctrl-C", keys: ["^C"], inViCommands: true, isIndispensable: true, action: .cancel),
    Binding(label: "Ctrl-Z", keys: ["^Z"], inViCommands: true, isIndispensable: true, action: .suspend),
    Binding(label: #"Ctrl-\"#, keys: [#"^\"#], inViCommands: true, action: .abort),
  ]

  /// What vi's command mode gets besides.
  private static let viCommands: [(keys: String, action: EditorAction)] = [
    ("k", .up), ("j", .down), ("u", .undo), ("U", .redo), ("v", .editExternally),
  ]

  static func install(into editor: OpaquePointer) {
    for action in EditorAction.allCases {
      tnb_el_add_function(
        editor, EditorConfiguration.wide(action.functionName), EditorConfiguration.wide(action.description),
        action.function)
    }
    let isVi = tnb_el_is_vi(editor)
    for binding in bindings where !(isVi && binding.isEmacsOnly) { bind(binding, isVi, editor) }
    guard isVi else { return }
    for (keys, action) in viCommands {
      EditorConfiguration.run(["bind", "-a", keys, action.functionName], editor)
    }
  }

  /// After the user's own bindings.
  static func installIndispensable(into editor: OpaquePointer) {
    let isVi = tnb_el_is_vi(editor)
    for binding in bindings where binding.isIndispensable { bind(binding, isVi, editor) }
    for flags in isVi ? [[], ["-a"]] : [[]] {
      EditorConfiguration.run(["bind"] + flags + [#"\236"#, EditorAction.insertPasted.functionName], editor)
      EditorConfiguration.run(["bind"] + flags + [#"\237"#, isVi ? "vi-command-mode" : "ed-unassigned"], editor)
    }
  }

  private static func bind(_ binding: Binding, _ isVi: Bool, _ editor: OpaquePointer) {
    for keys in binding.keys {
      EditorConfiguration.run(["bind", keys, binding.action.functionName], editor)
      guard isVi, binding.inViCommands || keys.hasPrefix(#"\e["#) || keys.hasPrefix(#"\eO"#) else { continue }
      EditorConfiguration.run(["bind", "-a", keys, binding.action.functionName], editor)
    }
  }

  /// For help and documentation, in the table's order; keys of libedit's own that are worth knowing come last.
  static var descriptions: [KeyDescription] {
    bindings.map { KeyDescription($0.label, $0.action.description) } + [
      KeyDescription("Ctrl-T", "exchange the two characters before the cursor"),
      KeyDescription("Alt-U, Alt-L, Alt-C", "make the next word upper case, lower case, capitalised"),
      KeyDescription("Ctrl-V", "insert the next key as it is"),
    ]
  }
}
