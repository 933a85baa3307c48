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
    m.add(
      "set_threshold(threshold0, threshold1=0, threshold2=0, /)",
      "Lets a collection come when there are threshold0 new objects, and as many as after the last one; 0 turns collections off. "
        + "There is one generation: the other two thresholds mean nothing."
    ) { (vm, args) throws(ExceptionObject) in
      let threshold = try vm.int(args[0])
      for i in 1...2 where args.has(i) { _ = try vm.int(args[i]) }
      Collector.shortestPause = max(threshold, 0)
      return .none
    }
    m.add("get_threshold()", "The new objects that a collection waits for, and a 0 for each generation there is not.") {
      (_, _) throws(ExceptionObject) in
      .makeTuple([.int(Collector.shortestPause), .int(0), .int(0)])
    }
    m.add("get_count()", "The new objects since the last collection, and a 0 for each generation there is not.") {
      (_, _) throws(ExceptionObject) in
      .makeTuple([.int(Collector.newCount), .int(0), .int(0)])
    }
    return m.module
  }
}
