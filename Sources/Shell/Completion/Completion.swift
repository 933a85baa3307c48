/// What could stand at the cursor.
package struct Completion: Equatable {
  /// The bytes that a candidate replaces.
  package var replacing: Range<Int>
  /// In the order in which they are listed.
  package var candidates: [Candidate]

  package struct Candidate: Equatable {
    /// What is inserted.
    package var text: String
    /// What the list shows.
    package var label: String

    package init(_ text: String, label: String? = nil) {
      self.text = text
      self.label = label ?? text
    }
  }

  package init(replacing: Range<Int>, candidates: [Candidate]) {
    self.replacing = replacing
    self.candidates = candidates
  }

  /// Nothing to offer at an offset.
  package static func none(at offset: Int) -> Completion { Completion(replacing: offset..<offset, candidates: []) }

  /// What every candidate begins with.
  package var commonPrefix: String {
    guard var prefix = candidates.first?.text[...] else { return "" }
    for candidate in candidates.dropFirst() {
      while !candidate.text.hasPrefix(prefix) { prefix = prefix.dropLast() }
    }
    return String(prefix)
  }
}
