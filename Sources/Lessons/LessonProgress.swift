import Notebook
import Shell

/// How far each lesson was gone through, kept between sessions: a line `step total key` for each lesson that was begun.
package struct LessonProgress {
  /// nil: kept in memory only.
  private let path: String?

  package struct Place: Equatable {
    /// How many steps are done.
    package var done: Int
    /// How many there were.
    package var total: Int

    package init(done: Int, total: Int) {
      self.done = done
      self.total = total
    }

    package var isFinished: Bool { done >= total }
  }

  private var places: [(key: String, place: Place)] = []

  package init(path: String?) {
    self.path = path
    read()
  }

  /// The learner's own.
  package static func standard() -> LessonProgress {
    guard let folder = UserFiles.state(), UserFiles.make(folder) else { return LessonProgress(path: nil) }
    return LessonProgress(path: folder + "/lessons")
  }

  package subscript(key: String) -> Place? { places.first { $0.key == key }?.place }

  /// The lessons that were begun, in the order in which they were.
  package var keys: [String] { places.map(\.key) }

  /// Takes note, and writes it down. Another shell may have written meanwhile: its notes stay.
  package mutating func set(_ key: String, _ place: Place?) {
    read()
    if let place {
      if let i = places.firstIndex(where: { $0.key == key }) {
        places[i].place = place
      } else {
        places.append((key, place))
      }
    } else {
      places.removeAll { $0.key == key }
    }
    guard let path else { return }
    let text = places.map { "\($0.place.done) \($0.place.total) \($0.key)\n" }.joined()
    // A place that cannot be kept is no reason to stop a lesson.
    try? replaceFile(path, with: Array(text.utf8))
  }

  private mutating func read() {
    guard let path, let bytes = try? readFile(path) else { return }
    places = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ", maxSplits: 2)
      guard words.count == 3, let done = Int(words[0]), let total = Int(words[1]), done >= 0, total > 0 else {
        return nil
      }
      return (String(words[2]), Place(done: done, total: total))
    }
  }
}
