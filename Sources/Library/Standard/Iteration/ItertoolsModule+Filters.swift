import Runtime

extension ItertoolsModule {
  /// A function, and the iterator whose items it judges.
  private struct Filter {
    let function: Value
    let iterator: Value
    /// Of `dropwhile`: no item has been let through.
    var isDropping = true
  }

  private struct Selection {
    let data: Value
    let selectors: Value
  }

  private struct Slice {
    /// nil at the end.
    var iterator: Value?
    /// How many items were read.
    var position = 0
    /// Where the next item to give stands.
    var wanted: Int
    let stop: Int
    let step: Int
  }

  static func addFilters(_ m: ModuleBuilder) {
    type(m, "takewhile(predicate, iterable, /)", "Items as long as predicate is true.") {
      (vm, args, type) throws(ExceptionObject) in
      let filter = Filter(function: args[0], iterator: try vm.iterator(args[1]))
      return .object(
        StatefulIterator(type, filter) { (it, vm) throws(ExceptionObject) in
          guard let item = try vm.next(it.state.iterator), try vm.isTrue(vm.call(it.state.function, [item])) else {
            return nil
          }
          return item
        })
    }
    type(m, "dropwhile(predicate, iterable, /)", "Items from the first for which predicate is false.") {
      (vm, args, type) throws(ExceptionObject) in
      let filter = Filter(function: args[0], iterator: try vm.iterator(args[1]))
      return .object(
        StatefulIterator(type, filter) { (it, vm) throws(ExceptionObject) in
          while let item = try vm.next(it.state.iterator) {
            if it.state.isDropping, try vm.isTrue(vm.call(it.state.function, [item])) { continue }
            it.state.isDropping = false
            return item
          }
          return nil
        })
    }
    type(m, "filterfalse(function, iterable, /)", "Items for which function gives false.") {
      (vm, args, type) throws(ExceptionObject) in
      let filter = Filter(function: args[0], iterator: try vm.iterator(args[1]))
      return .object(
        StatefulIterator(type, filter) { (it, vm) throws(ExceptionObject) in
          let function = it.state.function
          while let item = try vm.next(it.state.iterator) {
            let drop = function.isNone ? try vm.isTrue(item) : try vm.isTrue(vm.call(function, [item]))
            if !drop { return item }
          }
          return nil
        })
    }
    type(m, "compress(data, selectors)", "Items of data where selectors has something true.") {
      (vm, args, type) throws(ExceptionObject) in
      let selection = Selection(data: try vm.iterator(args[0]), selectors: try vm.iterator(args[1]))
      return .object(
        StatefulIterator(type, selection) { (it, vm) throws(ExceptionObject) in
          while let item = try vm.next(it.state.data), let selector = try vm.next(it.state.selectors) {
            if try vm.isTrue(selector) { return item }
          }
          return nil
        })
    }
    type(
      m, "islice(iterable, start, stop=<unset>, step=1, /)", "Items as [start:stop:step] takes them; islice(it, stop)."
    ) {
      (vm, args, type) throws(ExceptionObject) in
      try slice(vm, args, type)
    }
  }

  private static func slice(_ vm: VM, _ args: Arguments, _ type: TypeObject) throws(ExceptionObject) -> Value {
    func bound(_ value: Value, _ absent: Int, _ message: String) throws(ExceptionObject) -> Int {
      switch value {
      case .unbound, .none: return absent
      default:
        guard let i = try vm.index(value)?.int, i >= 0 else { throw .value(message) }
        return i
      }
    }
    let stopMessage = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
    let message = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."
    let single = !args.has(2)
    let start = single ? 0 : try bound(args[1], 0, message)
    let stop = try bound(single ? args[1] : args[2], Int.max, single ? stopMessage : message)
    let step = try bound(args[3], 1, "Step for islice() must be a positive integer or None.")
    if step == 0 { throw .value("Step for islice() must be a positive integer or None.") }
    let slice = Slice(iterator: try vm.iterator(args[0]), wanted: start, stop: stop, step: step)
    return .object(
      StatefulIterator(type, slice, endsAtErrors: true) { (it, vm) throws(ExceptionObject) in
        // Items up to stop are read even when the step passes over them.
        while it.state.position < it.state.wanted {
          guard let iterator = it.state.iterator, try vm.next(iterator) != nil else {
            it.state.iterator = nil
            return nil
          }
          it.state.position += 1
        }
        guard it.state.position < it.state.stop, let iterator = it.state.iterator, let item = try vm.next(iterator)
        else {
          it.state.iterator = nil
          return nil
        }
        it.state.position += 1
        let (wanted, overflow) = it.state.wanted.addingReportingOverflow(it.state.step)
        it.state.wanted = overflow ? it.state.stop : min(wanted, it.state.stop)
        return item
      })
  }
}
