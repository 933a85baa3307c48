import Language
import Runtime

extension ItertoolsModule {
  private struct Count {
    var current: Value
    let step: Value
  }

  private struct Cycle {
    /// nil when all of its items are saved.
    var iterator: Value?
    var saved: [Value] = []
    var position = 0
  }

  private struct Repeat {
    let value: Value
    /// Negative: without end.
    var left: Int

    mutating func next() -> Value? {
      if left == 0 { return nil }
      if left > 0 { left -= 1 }
      return value
    }
  }

  static func addEndless(_ m: ModuleBuilder) {
    type(m, "count(start=0, step=1)", "start, start + step, start + 2 * step, …") {
      (vm, args, type) throws(ExceptionObject) in
      let start = args.has(0) ? args[0] : .int(0)
      let step = args.has(1) ? args[1] : .int(1)
      for value in [start, step] where Number(value) == nil && value.asTensor == nil {
        throw .type("a number is required")
      }
      let shown: (Count, VM) throws(ExceptionObject) -> String = { (state, vm) throws(ExceptionObject) in
        let first = try vm.repr(state.current)
        if case .int(1) = state.step { return "count(\(first))" }
        return "count(\(first), \(try vm.repr(state.step)))"
      }
      return .object(
        StatefulIterator(type, Count(current: start, step: step), text: shown) { (it, vm) throws(ExceptionObject) in
          let value = it.state.current
          it.state.current = try vm.binary(.add, value, it.state.step)
          return value
        })
    }
    type(m, "cycle(iterable, /)", "The items of iterable over and over.") { (vm, args, type) throws(ExceptionObject) in
      .object(
        StatefulIterator(type, Cycle(iterator: try vm.iterator(args[0]))) { (it, vm) throws(ExceptionObject) in
          if let iterator = it.state.iterator {
            if let item = try vm.next(iterator) {
              it.state.saved.append(item)
              return item
            }
            it.state.iterator = nil
          }
          let count = it.state.saved.count
          if count == 0 { return nil }
          let position = it.state.position
          it.state.position = position + 1 == count ? 0 : position + 1
          return it.state.saved[position]
        })
    }
    type(m, "repeat(object, times=<unset>)", "object over and over, or so many times.") {
      (vm, args, type) throws(ExceptionObject) in
      let left = args.has(1) ? max(try vm.integer(args[1]).clamped, 0) : -1
      let shown: (Repeat, VM) throws(ExceptionObject) -> String = { (state, vm) throws(ExceptionObject) in
        "repeat(\(try vm.repr(state.value))\(state.left < 0 ? "" : ", \(state.left)"))"
      }
      return .object(
        StatefulIterator(type, Repeat(value: args[0], left: left), text: shown) { (it, _) in it.state.next() })
    }
  }
}
