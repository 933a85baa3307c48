import Files
import Runtime

/// `os.path`: paths as text, and what stands under them.
enum OsPath {
  static func make(_ vm: VM) throws(ExceptionObject) -> Module {
    if let known = vm.modules["os.path"] { return known }
    let m = ModuleBuilder("posixpath", "Operations on the text of paths, and questions about files.")
    m.set("sep", .text("/"))
    m.set("curdir", .text("."))
    m.set("pardir", .text(".."))
    addText(to: m)
    addWholePaths(to: m)
    addQuestions(to: m)
    vm.modules["os.path"] = m.module
    return m.module
  }

  private static func addText(to m: ModuleBuilder) {
    m.add("join(a, *p)", "Parts joined by slashes.") { (vm, args) throws(ExceptionObject) in
      var result = try text(args[0], vm)
      for part in args[1].asTuple?.items ?? [] {
        let next = try text(part, vm)
        if next.hasPrefix("/") {
          result = next
        } else {
          result += result.isEmpty || result.hasSuffix("/") ? next : "/" + next
        }
      }
      return .text(result)
    }
    m.add("split(p)", "What stands before the last slash and after it.") { (vm, args) throws(ExceptionObject) in
      let (head, tail) = split(try text(args[0], vm))
      return .makeTuple([.text(head), .text(tail)])
    }
    m.add("basename(p)", "What stands after the last slash.") { (vm, args) throws(ExceptionObject) in
      .text(split(try text(args[0], vm)).tail)
    }
    m.add("dirname(p)", "What stands before the last slash.") { (vm, args) throws(ExceptionObject) in
      .text(split(try text(args[0], vm)).head)
    }
    m.add("splitext(p)", "The path without its extension, and the extension with its dot.") {
      (vm, args) throws(ExceptionObject) in
      let all = try text(args[0], vm)
      let tail = split(all).tail
      guard let dot = tail.lastIndex(of: "."), tail[..<dot].contains(where: { $0 != "." }) else {
        return .makeTuple([.text(all), .text("")])
      }
      let ext = String(tail[dot...])
      return .makeTuple([.text(String(all.dropLast(ext.count))), .text(ext)])
    }
    m.add("splitdrive(p)", "The drive, which is empty here, and the path.") { (vm, args) throws(ExceptionObject) in
      .makeTuple([.text(""), .text(try text(args[0], vm))])
    }
    m.add("isabs(s)", "Whether the path begins with a slash.") { (vm, args) throws(ExceptionObject) in
      .bool(try text(args[0], vm).hasPrefix("/"))
    }
    m.add("normpath(path)", "Without doubled slashes, . and ...") { (vm, args) throws(ExceptionObject) in
      .text(normal(try text(args[0], vm)))
    }
    m.add("normcase(s)", "The path.") { (vm, args) throws(ExceptionObject) in .text(try text(args[0], vm)) }
    m.add("commonprefix(m)", "The text that all paths begin with.") { (vm, args) throws(ExceptionObject) in
      var common: [Character]?
      for item in try vm.items(args[0]) {
        let next = Array(try text(item, vm))
        common = common.map { zip($0, next).prefix { $0 == $1 }.map(\.0) } ?? next
      }
      return .text(String(common ?? []))
    }
    m.add("commonpath(paths)", "The path that all paths begin with.") { (vm, args) throws(ExceptionObject) in
      var common: [Substring]?
      var kinds: Set<Bool> = []
      for item in try vm.items(args[0]) {
        let next = try text(item, vm)
        kinds.insert(next.hasPrefix("/"))
        let parts = next.split(separator: "/").filter { $0 != "." }
        common = common.map { zip($0, parts).prefix { $0 == $1 }.map(\.0) } ?? parts
      }
      guard let common else { throw .value("commonpath() arg is an empty sequence") }
      if kinds.count > 1 { throw .value("Can't mix absolute and relative paths") }
      return .text((kinds.contains(true) ? "/" : "") + common.joined(separator: "/"))
    }
  }

  private static func addWholePaths(to m: ModuleBuilder) {
    m.add("abspath(path)", "The path from the root on.") { (vm, args) throws(ExceptionObject) in
      .text(absolute(try text(args[0], vm), vm))
    }
    m.add("realpath(filename, *, strict=False)", "The path from the root on, links followed.") {
      (vm, args) throws(ExceptionObject) in
      let path = try text(args[0], vm)
      return .text((try? vm.files.resolved(path)) ?? absolute(path, vm))
    }
    m.add("relpath(path, start='.')", "The path as it is named from another folder.") {
      (vm, args) throws(ExceptionObject) in
      let given = try text(args[0], vm)
      if given.isEmpty { throw .value("no path specified") }
      let path = absolute(given, vm).split(separator: "/")
      let start = absolute(args.given(1) == nil ? "." : try text(args[1], vm), vm).split(separator: "/")
      let common = zip(path, start).prefix { $0 == $1 }.count
      let parts = [Substring](repeating: "..", count: start.count - common) + path[common...]
      return .text(parts.isEmpty ? "." : parts.joined(separator: "/"))
    }
    m.add("expanduser(path)", "With ~ replaced by the user's folder, where that is known.") {
      (vm, args) throws(ExceptionObject) in
      let path = try text(args[0], vm)
      guard path == "~" || path.hasPrefix("~/"), let home = vm.files.homeFolder else { return .text(path) }
      return .text(home + path.dropFirst())
    }
    m.add("expandvars(path)", "The path: tnb shows no environment to notebooks.") {
      (vm, args) throws(ExceptionObject) in
      .text(try text(args[0], vm))
    }
  }

  private static func addQuestions(to m: ModuleBuilder) {
    let tests: [(String, String, Bool, (FileStatus.Kind) -> Bool)] = [
      ("exists", "Whether there is such a file or folder.", true, { _ in true }),
      ("lexists", "Whether there is such a file, folder or link.", false, { _ in true }),
      ("isfile", "Whether it is a file.", true, { $0 == .file }),
      ("isdir", "Whether it is a folder.", true, { $0 == .folder }),
      ("islink", "Whether it is a link.", false, { $0 == .link }),
    ]
    for (name, doc, follows, test) in tests {
      m.add("\(name)(path)", doc) { (vm, args) throws(ExceptionObject) in
        if let given = args[0].asStr, given.bytes.contains(0) { return .bool(false) }
        let path = try PathArgument.text(args[0], vm, function: "stat")
        return .bool((try? vm.files.status(path, followingLinks: follows)).map { test($0.kind) } ?? false)
      }
    }
    m.add("getsize(filename)", "The size of a file in bytes.") { (vm, args) throws(ExceptionObject) in
      .int(try status(args[0], vm).size)
    }
    for name in ["getmtime", "getctime", "getatime"] {
      m.add("\(name)(filename)", "When the file was changed, in seconds since 1970.") {
        (vm, args) throws(ExceptionObject) in .float(try status(args[0], vm).modified)
      }
    }
    m.add("samefile(f1, f2)", "Whether two paths lead to the same file.") { (vm, args) throws(ExceptionObject) in
      _ = try (status(args[0], vm), status(args[1], vm))
      let paths = try [text(args[0], vm), text(args[1], vm)]
      return .bool(
        try files(vm) { (f) throws(FileError) in try f.resolved(paths[0]) == f.resolved(paths[1]) })
    }
  }

  private static func status(_ value: Value, _ vm: VM) throws(ExceptionObject) -> FileStatus {
    let path = try PathArgument.text(value, vm, function: "stat")
    return try files(vm) { (f) throws(FileError) in try f.status(path) }
  }

  private static func text(_ value: Value, _ vm: VM) throws(ExceptionObject) -> String {
    try PathArgument.text(value, vm)
  }

  private static func absolute(_ path: String, _ vm: VM) -> String {
    normal(path.hasPrefix("/") ? path : vm.files.currentFolder + "/" + path)
  }

  static func split(_ p: String) -> (head: String, tail: String) {
    guard let slash = p.lastIndex(of: "/") else { return ("", p) }
    var head = String(p[...slash])
    let tail = String(p[p.index(after: slash)...])
    while head.count > 1 && head.hasSuffix("/") && head.contains(where: { $0 != "/" }) { head.removeLast() }
    return (head, tail)
  }

  private static func normal(_ p: String) -> String {
    let absolute = p.hasPrefix("/")
    var parts: [Substring] = []
    for part in p.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !absolute {
        parts.append(part)
      }
    }
    let joined = (absolute ? "/" : "") + parts.joined(separator: "/")
    return joined.isEmpty ? "." : joined
  }
}
