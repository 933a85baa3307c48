import Glibc

/// Completes paths.
enum FileCompleter {
  /// The paths that begin with what is typed; folders end in a slash. Hidden files wait for their dot.
  static func paths(_ prefix: String) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let name = String(prefix.dropFirst(folder.count))
    let place = folder.isEmpty ? "." : UserFiles.expanded(folder)
    guard let directory = opendir(place) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let file = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard file != ".", file != "..", file.hasPrefix(name), name.hasPrefix(".") || !file.hasPrefix(".") else {
        continue
      }
      var status = stat()
      let isFolder = stat("\(place)/\(file)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      found.append(folder + file + (isFolder ? "/" : ""))
    }
    return found.sorted()
  }

  /// What a list shows of a path: its last part.
  static func label(_ path: String) -> String {
    let isFolder = path.hasSuffix("/")
    let last = path.split(separator: "/").last.map(String.init) ?? path
    return isFolder ? last + "/" : last
  }

  /// The last word of a command's arguments, as it is typed and as it is meant.
  static func lastWord(of text: String) -> (raw: String, path: String) {
    var start = text.startIndex
    var i = text.startIndex
    var quote: Character?
    while i < text.endIndex {
      let character = text[i]
      if character == "\\", text.index(after: i) < text.endIndex {
        i = text.index(after: i)
      } else if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == " " {
        start = text.index(after: i)
      }
      i = text.index(after: i)
    }
    let raw = String(text[start...])
    let closed = raw + (quote.map(String.init) ?? "")
    return (raw, ArgumentWords.split(closed).first ?? "")
  }

  /// A path as a word of arguments: in the quotes that were begun, else with backslashes where they are needed.
  static func quoted(_ path: String, like raw: String) -> String {
    if let quote = raw.first, quote == "\"" || quote == "'" {
      return "\(quote)\(path)" + (path.hasSuffix("/") ? "" : String(quote))
    }
    var text = ""
    for character in path {
      if " \\\"'".contains(character) { text.append("\\") }
      text.append(character)
    }
    return text
  }
}
