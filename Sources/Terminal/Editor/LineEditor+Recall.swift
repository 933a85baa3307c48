import CEditline
import Shell

/// Where a cell was taken from the history.
struct Recall {
  /// How far back; 0 is the newest entry.
  var back: Int
  /// Entries are recalled that begin with this.
  let prefix: String
  /// What was being typed, which comes back below the newest entry.
  let draft: [UInt32]
  let draftCursor: Int
  /// What was put into the buffer.
  var text: [UInt32] = []
  var cursor = 0

  func isUntouched(_ text: [UInt32], _ cursor: Int) -> Bool { text == self.text && cursor == self.cursor }
}

extension LineEditor {
  /// Puts the next older or newer cell into the buffer. Its cursor goes to the end, or to the end of the first line, so that
  /// Up goes on to older cells and does not crawl through long ones.
  func recallCell(older: Bool, atEnd: Bool) -> Int32 {
    guard let history = delegate?.history else { return CC_ERROR }
    var state: Recall
    if let recall, recall.text == text {
      state = recall
    } else {
      guard older else { return CC_ERROR }
      let text = self.text
      let cursor = self.cursor
      state = Recall(back: -1, prefix: String(text[..<cursor]), draft: text, draftCursor: cursor)
    }
    var back = state.back
    while true {
      back += older ? 1 : -1
      if back < 0 { break }
      guard let text = history.text(back: back) else { return CC_ERROR }
      // An entry that is shown already is no step.
      if text.hasPrefix(state.prefix), text.unicodeScalars.map(\.value) != self.text { break }
    }
    guard back >= 0 else {
      guard state.back >= 0 else { return CC_ERROR }
      recall = nil
      replaceAll(with: String(state.draft))
      cursor = state.draftCursor
      return CC_REFRESH
    }
    replaceAll(with: history.text(back: back) ?? "")
    let text = self.text
    if !atEnd { cursor = line(around: 0, in: text).upperBound }
    state.back = back
    state.text = text
    state.cursor = cursor
    recall = state
    return CC_REFRESH
  }

  /// Reads a pattern and shows the cell that holds it, newest first.
  func search(older: Bool) -> Int32 {
    guard let history = delegate?.history else { return CC_ERROR }
    let draft = text
    let draftCursor = cursor
    var search = HistorySearch(history: history)
    var isOlder = older
    defer {
      status = nil
      found = nil
    }
    while true {
      show(search, older: isOlder, draft: draft)
      let key = reader.next()
      switch key {
      case .scalar(0x12), .scalar(0x13):
        isOlder = key == .scalar(0x12)
        if !search.next(older: isOlder) { painter.beep() }
      case .scalar(0x7F), .scalar(0x08): search.shorten()
      case .scalar(0x07), .scalar(0x03), .interrupted:
        replaceAll(with: String(draft))
        cursor = draftCursor
        return CC_REFRESH
      case .scalar(0x0D), .scalar(0x0A), .sequence([0x1B]):
        return take(search, draft, draftCursor)
      case .scalar(let value) where value >= 0x20 && !(0x7F..<0xA0).contains(value):
        if !search.extend(value) { painter.beep() }
      case .resized: painter.resized()
      case .end: return CC_EOF
      default:
        // Any other key takes what was found, and does what it does.
        let code = take(search, draft, draftCursor)
        push(key)
        return code
      }
    }
  }

  private func show(_ search: HistorySearch, older: Bool, draft: [UInt32]) {
    if let match = search.match {
      replaceAll(with: match.text)
      cursor = match.range.lowerBound
      found = match.range
    } else {
      replaceAll(with: String(draft))
      found = nil
    }
    let name = "\(search.isFailing ? "failing " : "")\(older ? "reverse-" : "")i-search"
    status = "(\(name)) `\(search.pattern)'"
    draw()
  }

  private func take(_ search: HistorySearch, _ draft: [UInt32], _ draftCursor: Int) -> Int32 {
    guard let match = search.match else {
      replaceAll(with: String(draft))
      cursor = draftCursor
      return CC_REFRESH
    }
    replaceAll(with: match.text)
    cursor = match.range.upperBound
    let text = self.text
    recall = Recall(
      back: match.back, prefix: "", draft: draft, draftCursor: draftCursor, text: text, cursor: cursor)
    return CC_REFRESH
  }
}

/// A search through the history for a text, as far as it was typed.
struct HistorySearch {
  struct Match {
    var back: Int
    var text: String
    /// In characters (Unicode scalars) of the text.
    var range: Range<Int>
  }

  let history: History
  private(set) var pattern = ""
  private(set) var match: Match?
  /// The pattern as it stands is nowhere; `match` is what was found before.
  private(set) var isFailing = false

  init(history: History) { self.history = history }

  /// Adds a character; the match stays when it still holds the pattern.
  mutating func extend(_ value: UInt32) -> Bool {
    pattern.unicodeScalars.append(Unicode.Scalar(value) ?? " ")
    return find(from: match?.back ?? 0, older: true)
  }

  mutating func shorten() {
    guard !pattern.isEmpty else { return }
    pattern.unicodeScalars.removeLast()
    if pattern.isEmpty {
      match = nil
      isFailing = false
    } else {
      _ = find(from: 0, older: true)
    }
  }

  mutating func next(older: Bool) -> Bool {
    guard !pattern.isEmpty else { return true }
    return find(from: (match?.back ?? -1) + (older ? 1 : -1), older: older)
  }

  private mutating func find(from start: Int, older: Bool) -> Bool {
    // Case counts only when the pattern has capitals.
    let exact = pattern.contains { $0.isUppercase }
    var from = start
    while let back = history.find(pattern, from: from, older: older, ignoringCase: !exact) {
      // The same cell run twice is one match.
      if back == match?.back || history.text(back: back) != match?.text, let text = history.text(back: back),
        let range = Self.range(of: pattern, in: text, exact: exact)
      {
        match = Match(back: back, text: text, range: range)
        isFailing = false
        return true
      }
      from = back + (older ? 1 : -1)
    }
    isFailing = true
    return false
  }

  private static func range(of pattern: String, in text: String, exact: Bool) -> Range<Int>? {
    func folded(_ text: String) -> [Unicode.Scalar] {
      text.unicodeScalars.map { exact ? $0 : ($0.properties.lowercaseMapping.unicodeScalars.first ?? $0) }
    }
    let wanted = folded(pattern)
    let all = folded(text)
    guard !wanted.isEmpty, all.count >= wanted.count else { return nil }
    for i in 0...(all.count - wanted.count) where all[i] == wanted[0] {
      if all[i..<(i + wanted.count)].elementsEqual(wanted) { return i..<(i + wanted.count) }
    }
    return nil
  }
}
