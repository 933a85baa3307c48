import Runtime

/// `gc`: the collector of rings of objects.
enum GCModule {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("gc", "The collector of objects that only refer to each other.")
    m.add("collect(generation=2)", "Frees rings of objects that nothing else refers to; gives how many were freed.") {
      (vm, args) throws(ExceptionObject) in
      if args.has(0) {
        guard (0...2).contains(try vm.int(args[0])) else { throw .value("invalid generation") }
      }
      return .int(Collector.collect())
    }
    m.add("enable()", "Lets collections come by themselves, as they do at the start.") {
      (_, _) throws(ExceptionObject) in
      Collector.isEnabled = true
      return .none
    }
    m.add("disable()", "No collections but by collect().") { (_, _) throws(ExceptionObject) in
      Collector.isEnabled = false
      return .none
    }
    m.add("isenabled()", "Whether collections come by themselves.") { (_, _) throws(ExceptionObject) in
      .bool(Collector.isEnabled)
    }
    return m.module
  }
}
