import Glibc
import Runtime

/// `os` and `os.path`: what is harmless. Everything else fails by name.
enum OsModule {
  static func make(_ vm: VM) throws(ExceptionObject) -> Module {
    let m = ModuleBuilder("os", "Names and paths; nothing that touches the system.")
    m.set("sep", .text("/"))
    m.set("linesep", .text("\n"))
    m.set("pathsep", .text(":"))
    m.set("curdir", .text("."))
    m.set("pardir", .text(".."))
    m.set("extsep", .text("."))
    m.set("devnull", .text("/dev/null"))
    m.set("name", .text("posix"))
    m.set("environ", .dict(Dict()))
    m.set("path", .object(try makePath(vm)))
    m.add("cpu_count()", "Processors of this machine.") { (vm, args) throws(ExceptionObject) in
      .int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }
    m.add("getpid()", "A number for this process.") { (vm, args) throws(ExceptionObject) in .int(Int(Glibc.getpid())) }
    m.add("getenv(key, default=None)", "default: tnb shows no environment to notebooks.") {
      (vm, args) throws(ExceptionObject) in args.has(1) ? args[1] : .none
    }
    m.add("fspath(path, /)", "The path as text.") { (vm, args) throws(ExceptionObject) in
      .str(try path(args[0], vm))
    }
    return m.module
  }

  private static func path(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Str {
    if let text = value.asStr { return text }
    let name = Symbol("__fspath__")
    if vm.type(of: value).lookup(name) != nil, let text = try vm.callMethod(value, name).asStr { return text }
    throw .type("expected str, bytes or os.PathLike object, not \(vm.typeName(value))")
  }

  static func makePath(_ vm: VM) throws(ExceptionObject) -> Module {
    if let known = vm.modules["os.path"] { return known }
    let m = ModuleBuilder("posixpath", "Operations on the text of paths.")
    m.set("sep", .text("/"))
    m.add("join(a, *p)", "Parts joined by slashes.") { (vm, args) throws(ExceptionObject) in
      var result = try path(args[0], vm).string
      for part in args[1].asTuple?.items ?? [] {
        let next = try path(part, vm).string
        if next.hasPrefix("/") {
          result = next
        } else {
          result += result.isEmpty || result.hasSuffix("/") ? next : "/" + next
        }
      }
      return .text(result)
    }
    m.add("split(p)", "What stands before the last slash and after it.") { (vm, args) throws(ExceptionObject) in
      let (head, tail) = split(try path(args[0], vm).string)
      return .makeTuple([.text(head), .text(tail)])
    }
    m.add("basename(p)", "What stands after the last slash.") { (vm, args) throws(ExceptionObject) in
      .text(split(try path(args[0], vm).string).tail)
    }
    m.add("dirname(p)", "What stands before the last slash.") { (vm, args) throws(ExceptionObject) in
      .text(split(try path(args[0], vm).string).head)
    }
    m.add("splitext(p)", "The path without its extension, and the extension with its dot.") {
      (vm, args) throws(ExceptionObject) in
      let all = try path(args[0], vm).string
      let tail = split(all).tail
      guard let dot = tail.lastIndex(of: "."), tail[..<dot].contains(where: { $0 != "." }) else {
        return .makeTuple([.text(all), .text("")])
      }
      let ext = String(tail[dot...])
      return .makeTuple([.text(String(all.dropLast(ext.count))), .text(ext)])
    }
    m.add("isabs(s)", "Whether the path begins with a slash.") { (vm, args) throws(ExceptionObject) in
      .bool(try path(args[0], vm).string.hasPrefix("/"))
    }
    m.add("normpath(path)", "Without doubled slashes, . and ...") { (vm, args) throws(ExceptionObject) in
      .text(normal(try path(args[0], vm).string))
    }
    vm.modules["os.path"] = m.module
    return m.module
  }

  private static func split(_ p: String) -> (head: String, tail: String) {
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
