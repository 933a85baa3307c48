import CEditline
import Glibc
import Shell

/// The history as libedit's own commands walk through it: vi's `/` and `G`, and what `.editrc` binds.
///
/// Its numbers count from the newest entry, 1, upwards.
final class HistoryAccess {
  nonisolated(unsafe) private static let shared = HistoryAccess()
  private var history: History?
  private var position = 0
  private var buffer: [wchar_t] = [0]

  static func attach(_ history: History, to editor: OpaquePointer) {
    shared.history = history
    let context = Unmanaged.passUnretained(shared).toOpaque()
    tnb_el_set_history(
      editor,
      { context, operation, number in
        Unmanaged<HistoryAccess>.fromOpaque(context!).takeUnretainedValue().step(operation, Int(number))
      }, context)
  }

  private func step(_ operation: Int32, _ number: Int) -> UnsafePointer<wchar_t>? {
    switch operation {
    case H_FIRST: position = 0
    case H_NEXT: position += 1
    case H_PREV: position -= 1
    case H_LAST: position = (history?.count ?? 0) - 1
    case H_SET: position = number - 1
    default: break
    }
    guard position >= 0, let text = history?.text(back: position) else { return nil }
    buffer = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
    return buffer.withUnsafeBufferPointer { $0.baseAddress }
  }
}
