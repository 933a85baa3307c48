/// A piece of prose: what CommonMark calls a block, as far as notebooks use them.
indirect enum MarkdownBlock: Equatable {
  case heading(level: Int, [MarkdownInline])
  case paragraph([MarkdownInline])
  /// `language` is the first word behind the fence; empty for none.
  case code(language: String, lines: [String])
  case list(MarkdownList)
  case quote([MarkdownBlock])
  case rule
  /// Rows of cells, the header first.
  case table([[[MarkdownInline]]])
}

struct MarkdownList: Equatable {
  /// The first number; nil for bullets.
  var start: Int?
  var items: [[MarkdownBlock]]
  /// No blank lines between items.
  var isTight: Bool
}

/// A piece of a line.
indirect enum MarkdownInline: Equatable {
  case text(String)
  case code(String)
  case emphasis([MarkdownInline])
  case strong([MarkdownInline])
  case link([MarkdownInline], target: String)
  case lineBreak
}
