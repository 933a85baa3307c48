import Files
import Glibc
import Runtime

/// `os`: names, and what can be done with files under the run's rules. Processes and the environment are out of reach.
enum OsModule {
  static func make(_ vm: VM) throws(ExceptionObject) -> Module {
    let m = ModuleBuilder("os", "Files and folders, as far as the run may touch them.")
    m.set("sep", .text("/"))
    m.set("linesep", .text("\n"))
    m.set("pathsep", .text(":"))
    m.set("curdir", .text("."))
    m.set("pardir", .text(".."))
    m.set("extsep", .text("."))
    m.set("devnull", .text("/dev/null"))
    m.set("name", .text("posix"))
    m.set("environ", .dict(Dict()))
    m.set("path", .object(try OsPath.make(vm)))
    m.set("error", Types.osError)
    m.add("cpu_count()", "Processors of this machine.") { (vm, args) throws(ExceptionObject) in
      .int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }
    m.add("getpid()", "A number for this process.") { (vm, args) throws(ExceptionObject) in .int(Int(Glibc.getpid())) }
    m.add("getenv(key, default=None)", "default: tnb shows no environment to notebooks.") {
      (vm, args) throws(ExceptionObject) in args.has(1) ? args[1] : .none
    }
    m.add("fspath(path, /)", "The path as text.") { (vm, args) throws(ExceptionObject) in
      args[0].asStr != nil || args[0].asBytes != nil ? args[0] : .text(try PathArgument.text(args[0], vm))
    }
    AbstractModules.addPathLike(to: m)
    addFolders(to: m)
    m.module.loader = { [unowned vm] name in
      if ["walk", "scandir", "stat", "lstat", "stat_result", "DirEntry"].contains(name.text) {
        return (try? vm.attribute(vm.importedModule("_os"), name)) ?? nil
      }
      return unavailable.contains(name.text) ? Unavailable.value("os." + name.text) : nil
    }
    m.module.loadableNames = { ["walk", "scandir", "stat"] }
    return m.module
  }

  /// What Python has and a notebook must not do; using one fails by its name.
  private static let unavailable: Set<String> = [
    "chdir", "system", "popen", "fork", "kill", "execv", "spawnv", "symlink", "link", "chmod", "chown", "putenv",
    "setenv", "unsetenv", "mkfifo", "open", "read", "write", "close", "pipe", "startfile", "abort", "_exit", "truncate",
    "access", "umask", "utime",
  ]

  private static func addFolders(to m: ModuleBuilder) {
    m.add("getcwd()", "The folder where relative paths begin.") { (vm, args) throws(ExceptionObject) in
      .text(vm.files.currentFolder)
    }
    m.add("listdir(path='.')", "The names in a folder, sorted, so that a replay gives the same.") {
      (vm, args) throws(ExceptionObject) in
      let path = try args.given(0).map { (v) throws(ExceptionObject) in
        try PathArgument.text(v, vm, function: "listdir")
      }
      let names = try files(vm) { (f) throws(FileError) in try f.names(in: path ?? ".") }
      return .makeList(names.map { .text($0) })
    }
    m.add("mkdir(path, mode=511)", "Makes a folder.") { (vm, args) throws(ExceptionObject) in
      let path = try PathArgument.text(args[0], vm, function: "mkdir")
      try files(vm) { (f) throws(FileError) in try f.makeFolder(path) }
      return .none
    }
    m.add("makedirs(name, mode=511, exist_ok=False)", "Makes a folder and those above it.") {
      (vm, args) throws(ExceptionObject) in
      let exists = args.has(2) ? try vm.isTrue(args[2]) : false
      try makeFolders(try PathArgument.text(args[0], vm), existsIsFine: exists, vm)
      return .none
    }
    for name in ["remove", "unlink"] {
      m.add("\(name)(path)", "Removes a file.") { (vm, args) throws(ExceptionObject) in
        let path = try PathArgument.text(args[0], vm, function: name)
        try files(vm) { (f) throws(FileError) in try f.removeFile(path) }
        return .none
      }
    }
    m.add("rmdir(path)", "Removes an empty folder.") { (vm, args) throws(ExceptionObject) in
      let path = try PathArgument.text(args[0], vm, function: "rmdir")
      try files(vm) { (f) throws(FileError) in try f.removeFolder(path) }
      return .none
    }
    m.add("removedirs(name)", "Removes a folder, and those above it that are empty then.") {
      (vm, args) throws(ExceptionObject) in
      var path = try PathArgument.text(args[0], vm)
      try files(vm) { (f) throws(FileError) in try f.removeFolder(path) }
      while case let (folder, _) = OsPath.split(path), !folder.isEmpty, folder != "/" {
        path = folder
        guard (try? vm.files.removeFolder(path)) != nil else { break }
      }
      return .none
    }
    for name in ["rename", "replace"] {
      m.add("\(name)(src, dst)", "Gives a file another name; one that has it already is replaced.") {
        (vm, args) throws(ExceptionObject) in
        let from = try PathArgument.text(args[0], vm, function: name)
        let to = try PathArgument.text(args[1], vm, function: name)
        try files(vm, target: to) { (f) throws(FileError) in try f.rename(from, to: to) }
        return .none
      }
    }
    m.add("_status(path, follow)", "For os.stat.") { (vm, args) throws(ExceptionObject) in
      let path = try PathArgument.text(args[0], vm, function: "stat")
      let follow = try vm.isTrue(args[1])
      let status = try files(vm) { (f) throws(FileError) in try f.status(path, followingLinks: follow) }
      let kind =
        switch status.kind {
        case .file: S_IFREG
        case .folder: S_IFDIR
        case .link: S_IFLNK
        case .other: S_IFCHR
        }
      return .makeTuple([
        .int(Int(kind) | Int(status.mode)), .int(Int(truncatingIfNeeded: status.number)),
        .int(Int(truncatingIfNeeded: status.device)), .int(status.size), .float(status.modified),
      ])
    }
  }

  private static func makeFolders(_ path: String, existsIsFine: Bool, _ vm: VM) throws(ExceptionObject) {
    let (folder, name) = OsPath.split(path)
    if !folder.isEmpty, folder != path, (try? vm.files.status(folder)) == nil {
      // As in Python, the folders above may come to be meanwhile.
      try makeFolders(folder, existsIsFine: true, vm)
      if name.isEmpty || name == "." { return }
    }
    do throws(FileError) {
      try vm.files.makeFolder(path)
    } catch {
      if existsIsFine, (try? vm.files.status(path))?.kind == .folder { return }
      throw ExceptionAttributes.make(error)
    }
  }
}

extension VM {
  /// A module by name, imported when it is not there yet.
  func importedModule(_ name: String) throws(ExceptionObject) -> Value {
    if let known = modules[name] { return .object(known) }
    guard let loader = moduleLoaders[name] else {
      throw .make(Types.moduleNotFoundError, "No module named '\(name)'")
    }
    let module = try loader(self)
    modules[name] = module
    return .object(module)
  }
}
