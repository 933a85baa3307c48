import Language
import Runtime

extension ItertoolsModule {
  private struct Chain {
    /// nil at the end.
    var iterables: Value?
    /// The iterator of the iterable that is being gone through.
    var current: Value?
  }

  private struct Rows {
    /// nil for those that have ended.
    var iterators: [Value?]
    let fill: Value
  }

  private struct Mapping {
    let function: Value
    let iterator: Value
  }

  private struct Accumulation {
    let iterator: Value
    let function: Value?
    /// nil when it was given.
    var initial: Value?
    var total: Value?
  }

  private struct Pairs {
    /// nil at the end.
    var iterator: Value?
    var previous: Value?
  }

  static func addCombining(_ m: ModuleBuilder) {
    let chain = type(m, "chain(*iterables)", "The items of one iterable after the other.") {
      (vm, args, type) throws(ExceptionObject) in
      chained(.object(ArrayIterator(args[0].asTuple?.items ?? [])), type)
    }
    chain.set(
      Symbol("from_iterable"),
      .object(
        NativeFunction("from_iterable(iterable, /)", "As chain, with the iterables from an iterable.") {
          [unowned chain] (vm, args) throws(ExceptionObject) in
          chained(try vm.iterator(args[0]), chain)
        }))
    type(m, "zip_longest(*iterables, fillvalue=None)", "As zip, to the end of the longest.") {
      (vm, args, type) throws(ExceptionObject) in
      var iterators: [Value?] = []
      for iterable in args[0].asTuple?.items ?? [] { iterators.append(try vm.iterator(iterable)) }
      let rows = Rows(iterators: iterators, fill: args.has(1) ? args[1] : .none)
      return .object(
        StatefulIterator(type, rows, endsAtErrors: true) { (it, vm) throws(ExceptionObject) in
          if it.state.iterators.isEmpty { return nil }
          var row: [Value] = []
          for i in it.state.iterators.indices {
            if let iterator = it.state.iterators[i] {
              if let item = try vm.next(iterator) {
                row.append(item)
                continue
              }
              it.state.iterators[i] = nil
              if it.state.iterators.allSatisfy({ $0 == nil }) { return nil }
            }
            row.append(it.state.fill)
          }
          return .makeTuple(row)
        })
    }
    type(m, "starmap(function, iterable, /)", "What function gives for each tuple of arguments.") {
      (vm, args, type) throws(ExceptionObject) in
      let mapping = Mapping(function: args[0], iterator: try vm.iterator(args[1]))
      return .object(
        StatefulIterator(type, mapping) { (it, vm) throws(ExceptionObject) in
          guard let item = try vm.next(it.state.iterator) else { return nil }
          return try vm.call(it.state.function, vm.items(item))
        })
    }
    type(m, "accumulate(iterable, func=None, *, initial=None)", "Running sums, or what func makes of them.") {
      (vm, args, type) throws(ExceptionObject) in
      let sums = Accumulation(iterator: try vm.iterator(args[0]), function: args.given(1), initial: args.given(2))
      return .object(
        StatefulIterator(type, sums) { (it, vm) throws(ExceptionObject) in
          if let first = it.state.initial {
            it.state.initial = nil
            it.state.total = first
            return first
          }
          guard let item = try vm.next(it.state.iterator) else { return nil }
          var total = item
          if let sum = it.state.total {
            if let function = it.state.function {
              total = try vm.call(function, [sum, item])
            } else {
              total = try vm.binary(.add, sum, item)
            }
          }
          it.state.total = total
          return total
        })
    }
    type(m, "pairwise(iterable, /)", "Neighbouring items: (a, b), (b, c), …") {
      (vm, args, type) throws(ExceptionObject) in
      .object(
        StatefulIterator(type, Pairs(iterator: try vm.iterator(args[0])), endsAtErrors: true) {
          (it, vm) throws(ExceptionObject) in
          guard let iterator = it.state.iterator else { return nil }
          if it.state.previous == nil { it.state.previous = try vm.next(iterator) }
          guard let first = it.state.previous, let second = try vm.next(iterator) else {
            it.state = Pairs()
            return nil
          }
          it.state.previous = second
          return .makeTuple([first, second])
        })
    }
  }

  private static func chained(_ iterables: Value, _ type: TypeObject) -> Value {
    .object(
      StatefulIterator(type, Chain(iterables: iterables)) { (it, vm) throws(ExceptionObject) in
        while true {
          if let iterator = it.state.current {
            if let item = try vm.next(iterator) { return item }
            it.state.current = nil
          }
          guard let iterables = it.state.iterables else { return nil }
          do throws(ExceptionObject) {
            guard let iterable = try vm.next(iterables) else {
              it.state.iterables = nil
              return nil
            }
            it.state.current = try vm.iterator(iterable)
          } catch {
            // After an error among the items of one iterable the chain goes on; after one here it has ended.
            it.state.iterables = nil
            throw error
          }
        }
      })
  }
}
