import CKernels
import Glibc

/// The questions of `tnb update -i`, in the manner of `git add -p`.
struct UpdateQuestions {
  let console: Console
  /// The cells that keep what they record.
  private(set) var kept: Set<Int> = []
  /// Somebody wants to be asked no more, in other files neither.
  private(set) var isOver = false

  private static let help = """
    y  record what the cell gives now
    n  keep what is recorded
    a  record this cell and all that follow in this file
    q  keep this cell and all that follow, and ask no more

    """

  init(console: Console) { self.console = console }

  /// Asks about each change. False when Ctrl-C was the answer.
  mutating func ask(about changes: [Updater.Change], path: String) -> Bool {
    for (i, change) in changes.enumerated() {
      let place = "\(path):\(change.source.line(at: 0).number)"
      console.print("\(place): \(change.source.title) (- recorded, + now)\n\(change.diff.rendered(indent: "  "))")
      answer: while true {
        console.print("Record it (\(i + 1)/\(changes.count)) [y,n,a,q,?]? ")
        console.flush()
        switch readAnswer() {
        case nil: return false
        case "y", "yes": break answer
        case "n", "no":
          kept.insert(change.index)
          break answer
        case "a", "all": return true
        case "q", "quit":
          kept.formUnion(changes[i...].map(\.index))
          isOver = true
          return true
        default: console.print(Self.help)
        }
      }
    }
    return true
  }

  /// A line without its end; `q` for the end of input, nil for Ctrl-C.
  private func readAnswer() -> String? {
    var line: [UInt8] = []
    while true {
      // A Ctrl-C that comes just before the wait does not end it, so the wait is short.
      var ready = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      let state = poll(&ready, 1, 50)
      if tnb_interrupt_pending() != 0 {
        console.print("\n")
        return nil
      }
      if state <= 0 { continue }
      var byte: UInt8 = 0
      let count = read(0, &byte, 1)
      if count < 0, errno == EINTR { continue }
      if count <= 0 {
        console.print("\n")
        return "q"
      }
      if byte == UInt8(ascii: "\n") { break }
      line.append(byte)
    }
    let text = String(decoding: trimmingSpace(line[...]), as: UTF8.self).lowercased()
    return text.isEmpty ? "?" : text
  }
}
