import Notebook

/// What a piece of shown text is; a palette says how it looks.
package enum Role: UInt8, CaseIterable {
  case plain
  case prompt, promptNumber, outPrompt, outPromptNumber
  case keyword, constant, number, string, comment, definition, decorator, command
  /// `RuntimeError`.
  case errorType
  /// `linear.tnb:17, cell 4`.
  case place
  case caret, hint
  /// Headings and names in what commands print.
  case heading
  /// Beside the point: counts, page numbers.
  case quiet
  /// What a search found.
  case found
  /// In prose.
  case emphasis, strong, code, link
}

/// Colours for roles, or none.
package struct Palette {
  package let isColored: Bool

  package init(isColored: Bool) { self.isColored = isColored }

  package static let plain = Palette(isColored: false)

  /// The escape sequence that begins a role's look; empty for plain text. The 16 colours of the terminal's own theme.
  package func start(_ role: Role) -> String {
    guard isColored else { return "" }
    switch role {
    case .plain: return ""
    case .prompt: return "\u{1B}[32m"
    case .promptNumber: return "\u{1B}[1;32m"
    case .outPrompt: return "\u{1B}[31m"
    case .outPromptNumber: return "\u{1B}[1;31m"
    case .keyword: return "\u{1B}[1;32m"
    case .constant: return "\u{1B}[32m"
    case .number: return "\u{1B}[36m"
    case .string: return "\u{1B}[33m"
    case .comment: return "\u{1B}[3;90m"
    case .definition: return "\u{1B}[1;34m"
    case .decorator: return "\u{1B}[35m"
    case .command: return "\u{1B}[35m"
    case .errorType: return "\u{1B}[1;31m"
    case .place: return "\u{1B}[36m"
    case .caret: return "\u{1B}[1;31m"
    case .hint: return "\u{1B}[33m"
    case .heading: return "\u{1B}[1m"
    case .quiet: return "\u{1B}[90m"
    case .found: return "\u{1B}[7m"
    case .emphasis: return "\u{1B}[3m"
    case .strong: return "\u{1B}[1m"
    case .code: return "\u{1B}[36m"
    case .link: return "\u{1B}[4m"
    }
  }

  /// Ends any look.
  package var end: String { isColored ? "\u{1B}[0m" : "" }

  /// The text in its role's look, its own control characters shown.
  package func paint(_ text: String, _ role: Role) -> String {
    let start = start(role)
    let text = text.showingControls()
    return start.isEmpty || text.isEmpty ? text : start + text + end
  }

  /// The text in several looks at once.
  package func paint(_ text: String, _ roles: [Role]) -> String {
    let start = roles.map(start).joined()
    return start.isEmpty || text.isEmpty ? text : start + text + end
  }
}
