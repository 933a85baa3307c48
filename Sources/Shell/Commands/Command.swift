/// A `%command`, declared once: help, completion, documentation and the suggestion for a misspelt one read it from here.
package struct Command {
  /// Without the `%`.
  package let name: String
  package let aliases: [String]
  /// The arguments as help shows them: `[-n] [RANGE]`; empty when there are none.
  package let usage: String
  /// One line.
  package let summary: String
  /// More, for `%name?`; Markdown paragraphs, perhaps empty.
  package let help: String
  /// What completion offers after the name.
  package let arguments: ArgumentKind
  /// Whether `%%name` with a cell below it is a form of the command.
  package let takesCell: Bool
  package let body: Body

  package typealias Body = (Session, CommandArguments) throws(CommandError) -> Void

  package init(
    _ name: String, aliases: [String] = [], usage: String = "", _ summary: String, help: String = "",
    arguments: ArgumentKind = .none, takesCell: Bool = false, _ body: @escaping Body
  ) {
    self.name = name
    self.aliases = aliases
    self.usage = usage
    self.summary = summary
    self.help = help
    self.arguments = arguments
    self.takesCell = takesCell
    self.body = body
  }

  package enum ArgumentKind {
    case none
    /// A path.
    case file
    /// Variables of the session.
    case variable
    /// Any expression of the language.
    case expression
    /// Another command's name.
    case command
    /// Cell numbers, `4-6`.
    case cells
    /// A setting's name.
    case setting
    /// The name of a lesson, or a notebook.
    case lesson
    /// One of a few words.
    case words([String])
  }

  /// `%history [-n] [RANGE]`.
  package var synopsis: String { "%\(name)" + (usage.isEmpty ? "" : " \(usage)") }
}

/// The text behind a command's name.
package struct CommandArguments: Equatable {
  /// Without white space at either end.
  package let text: String
  /// The further lines of a cell that begins with `%%name`.
  package let cell: String?

  package init(_ text: String, cell: String? = nil) {
    self.text = text
    self.cell = cell
  }

  /// Split at white space outside quotes.
  package var words: [String] { ArgumentWords.split(text) }
}

/// Why a command did nothing.
package struct CommandError: Error, Equatable {
  package var message: String
  /// What may help.
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
