import Notebook
import Shell

/// What `tnb learn` shows: the lessons with the progress in each.
package enum LessonList {
  package static func text(_ progress: LessonProgress, width: Int, _ palette: Palette) -> String {
    var text = palette.paint("Lessons", .heading) + "\n\n"
    let lessons = LessonLibrary.entries.compactMap(\.lesson)
    let names = lessons.map(\.name)
    for lesson in lessons { text += entry(lesson.name, lesson.title, progress[lesson.key], names, width, palette) }
    let files = progress.keys.filter { $0.hasPrefix("/") && progress[$0]?.isFinished == false }
    if !files.isEmpty { text += "\n" + palette.paint("Files", .heading) + "\n\n" }
    for file in files { text += "  \(file)\n    \(state(progress[file]))\n" }
    let example = lessons.first { progress[$0.key]?.isFinished != true }?.name ?? lessons.first?.name ?? "NAME"
    return text + "\n"
      + MarkdownText.render(
        "`tnb learn \(example)` begins or goes on; `tnb learn FILE.tnb` goes through any notebook.",
        width: min(width, 80), palette)
  }

  private static func entry(
    _ name: String, _ title: String, _ place: LessonProgress.Place?, _ names: [String], _ width: Int, _ palette: Palette
  ) -> String {
    let column = (names.map(\.count).max() ?? 0) + 2
    let shown = palette.paint(name, .command)
    let state = palette.paint(state(place), place?.isFinished == true ? .quiet : .plain)
    guard width >= 72 else { return "  \(shown)\n    \(title)\n    \(state)\n" }
    let space = String(repeating: " ", count: column - name.count)
    return "  \(shown)\(space)\(title.padded(to: 40))  \(state)\n"
  }

  private static func state(_ place: LessonProgress.Place?) -> String {
    guard let place, place.done > 0 else { return "not begun" }
    return place.isFinished ? "done" : "step \(place.done + 1) of \(place.total)"
  }
}

extension String {
  /// With spaces up to a width, or cut to it.
  fileprivate func padded(to width: Int) -> String {
    let text = cut(to: width)
    return text + String(repeating: " ", count: max(width - TextWidth.of(text), 0))
  }
}
