import Notebook
import Tensor

extension Session {
  /// The session of a user at a terminal, with what earlier ones left in their files.
  ///
  /// A walkthrough keeps the place instead of the cells: it is not recovered.
  package static func standard(console: Console, hasColor: Bool, isRecovered: Bool = true) -> Session {
    let settings = Settings(path: UserFiles.configuration().map { $0 + "/settings" })
    let state = UserFiles.state()
    let isKept = state.map { UserFiles.make($0) } ?? false
    return Session(
      console: console, palette: Palette(isColored: hasColor && settings.usesColor),
      history: History(file: isKept ? state.map { HistoryFile(path: $0 + "/history") } : nil), settings: settings,
      recovery: isKept && isRecovered
        ? state.map { RecoveryFile(folder: $0 + "/recovery", seed: Entropy.processSeed) } : nil)
  }

  /// What a user reads first.
  package func greet(version: String) {
    if settings.showsBanner {
      print([("tnb \(version)", .heading), (": Python's syntax, PyTorch's tensors", .plain)])
      print([("help() shows around, %learn begins a lesson, Ctrl-D leaves", .plain)])
    }
    if recovery == nil { print([("No folder for history and recovery can be made; nothing is kept.", .hint)]) }
    guard let folder = recovery?.folder, let lost = RecoveryFile.lost(in: folder).first else { return }
    print([("A session was cut off: \(lost.summary).", .hint)])
    print([("%recover brings it back, %recover drop forgets it.", .plain)])
  }

  /// Writes a paragraph, broken where the screen ends.
  private func print(_ pieces: [(text: String, role: Role)]) {
    var words = StyledWords()
    for piece in pieces { words.add(piece.text, piece.role == .plain ? [] : [piece.role]) }
    for line in words.lines(width: width, palette) { print(line + "\n") }
  }
}
