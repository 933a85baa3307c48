import Runtime

/// An iterator made of a closure that gives the next item.
package final class ClosureIterator: IteratorObject {
  private let iteratorType: TypeObject
  private var step: ((VM) throws(ExceptionObject) -> Value?)?
  private let text: ((VM) throws(ExceptionObject) -> String)?

  init(
    _ type: TypeObject, text: ((VM) throws(ExceptionObject) -> String)? = nil,
    _ step: @escaping (VM) throws(ExceptionObject) -> Value?
  ) {
    iteratorType = type
    self.step = step
    self.text = text
  }
  package override var builtinType: TypeObject { iteratorType }
  /// Where a closure is in its work cannot be kept.
  package override var isUndoable: Bool { false }

  package override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard let step else { return nil }
    if let value = try step(vm) { return value }
    self.step = nil
    return nil
  }
  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? { try text?(vm) }
}

/// `itertools`.
enum ItertoolsModule {
  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("itertools", "Iterators for loops.")
    addEndless(m)
    addFilters(m)
    addCombining(m)
    addCombinatorics(m)
    return m.module
  }

  typealias Step = (VM) throws(ExceptionObject) -> Value?

  /// A type whose call makes an iterator.
  @discardableResult
  static func type(
    _ m: ModuleBuilder, _ signature: String, _ doc: String,
    _ make: @escaping (VM, Arguments, TypeObject) throws(ExceptionObject) -> Value
  ) -> TypeObject {
    let name = String(signature.prefix { $0 != "(" })
    let type = TypeObject(name, module: "itertools", bases: [Types.object], layout: .other)
    type.doc = doc
    type.construct = NativeFunction(signature, doc) { [unowned type] (vm, args) throws(ExceptionObject) in
      try make(vm, args, type)
    }
    m.set(name, type)
    return type
  }

  private static func addEndless(_ m: ModuleBuilder) {
    type(m, "count(start=0, step=1)", "start, start + step, start + 2 * step, …") {
      (vm, args, type) throws(ExceptionObject) in
      var current = args.has(0) ? args[0] : .int(0)
      let step = args.has(1) ? args[1] : .int(1)
      for value in [current, step] where Number(value) == nil && value.asTensor == nil {
        throw .type("a number is required")
      }
      let shown: (VM) throws(ExceptionObject) -> String = { (vm) throws(ExceptionObject) in
        let first = try vm.repr(current)
        if case .int(1) = step { return "count(\(first))" }
        return "count(\(first), \(try vm.repr(step)))"
      }
      return .object(
        ClosureIterator(type, text: shown) { (vm) throws(ExceptionObject) in
          let value = current
          current = try vm.binary(.add, current, step)
          return value
        })
    }
    type(m, "cycle(iterable, /)", "The items of iterable over and over.") { (vm, args, type) throws(ExceptionObject) in
      let iterator = try vm.iterator(args[0])
      var saved: [Value] = []
      var position = -1
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          if position < 0 {
            if let item = try vm.next(iterator) {
              saved.append(item)
              return item
            }
            position = 0
          }
          if saved.isEmpty { return nil }
          let item = saved[position]
          position = position + 1 == saved.count ? 0 : position + 1
          return item
        })
    }
    type(m, "repeat(object, times=<unset>)", "object over and over, or so many times.") {
      (vm, args, type) throws(ExceptionObject) in
      let value = args[0]
      var left = args.has(1) ? max(try vm.integer(args[1]).clamped, 0) : -1
      let shown: (VM) throws(ExceptionObject) -> String = { (vm) throws(ExceptionObject) in
        "repeat(\(try vm.repr(value))\(left < 0 ? "" : ", \(left)"))"
      }
      return .object(
        ClosureIterator(type, text: shown) { (vm) throws(ExceptionObject) in
          if left == 0 { return nil }
          if left > 0 { left -= 1 }
          return value
        })
    }
  }

  private static func addFilters(_ m: ModuleBuilder) {
    type(m, "takewhile(predicate, iterable, /)", "Items as long as predicate is true.") {
      (vm, args, type) throws(ExceptionObject) in
      let predicate = args[0]
      let iterator = try vm.iterator(args[1])
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          guard let item = try vm.next(iterator), try vm.isTrue(vm.call(predicate, [item])) else { return nil }
          return item
        })
    }
    type(m, "dropwhile(predicate, iterable, /)", "Items from the first for which predicate is false.") {
      (vm, args, type) throws(ExceptionObject) in
      let predicate = args[0]
      let iterator = try vm.iterator(args[1])
      var dropping = true
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          while let item = try vm.next(iterator) {
            if dropping, try vm.isTrue(vm.call(predicate, [item])) { continue }
            dropping = false
            return item
          }
          return nil
        })
    }
    type(m, "filterfalse(function, iterable, /)", "Items for which function gives false.") {
      (vm, args, type) throws(ExceptionObject) in
      let function = args[0]
      let iterator = try vm.iterator(args[1])
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          while let item = try vm.next(iterator) {
            let drop = function.isNone ? try vm.isTrue(item) : try vm.isTrue(vm.call(function, [item]))
            if !drop { return item }
          }
          return nil
        })
    }
    type(m, "compress(data, selectors)", "Items of data where selectors has something true.") {
      (vm, args, type) throws(ExceptionObject) in
      let data = try vm.iterator(args[0])
      let selectors = try vm.iterator(args[1])
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          while let item = try vm.next(data), let selector = try vm.next(selectors) {
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
    var wanted = single ? 0 : try bound(args[1], 0, message)
    let stop = try bound(single ? args[1] : args[2], Int.max, single ? stopMessage : message)
    let step = try bound(args[3], 1, "Step for islice() must be a positive integer or None.")
    if step == 0 { throw .value("Step for islice() must be a positive integer or None.") }
    let iterator = try vm.iterator(args[0])
    var position = 0
    return .object(
      ClosureIterator(type) { (vm) throws(ExceptionObject) in
        while true {
          if wanted >= stop {
            // Items up to stop are consumed even when the step passes over them.
            while position < stop && stop != Int.max {
              if try vm.next(iterator) == nil { break }
              position += 1
            }
            return nil
          }
          guard let item = try vm.next(iterator) else { return nil }
          position += 1
          if position - 1 == wanted {
            wanted = wanted.addingReportingOverflow(step).overflow ? Int.max : wanted + step
            return item
          }
        }
      })
  }

  private static func addCombining(_ m: ModuleBuilder) {
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
      let fill = args.has(1) ? args[1] : .none
      var active = iterators.count
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          if active == 0 { return nil }
          var row: [Value] = []
          for i in iterators.indices {
            if let iterator = iterators[i] {
              if let item = try vm.next(iterator) {
                row.append(item)
                continue
              }
              iterators[i] = nil
              active -= 1
              if active == 0 { return nil }
            }
            row.append(fill)
          }
          return .makeTuple(row)
        })
    }
    type(m, "starmap(function, iterable, /)", "What function gives for each tuple of arguments.") {
      (vm, args, type) throws(ExceptionObject) in
      let function = args[0]
      let iterator = try vm.iterator(args[1])
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          guard let item = try vm.next(iterator) else { return nil }
          return try vm.call(function, vm.items(item))
        })
    }
    type(m, "accumulate(iterable, func=None, *, initial=None)", "Running sums, or what func makes of them.") {
      (vm, args, type) throws(ExceptionObject) in
      let iterator = try vm.iterator(args[0])
      let function = args.given(1)
      var initial = args.given(2)
      var total: Value?
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          if let first = initial {
            initial = nil
            total = first
            return first
          }
          guard let item = try vm.next(iterator) else { return nil }
          guard let sum = total else {
            total = item
            return item
          }
          let new: Value
          if let function { new = try vm.call(function, [sum, item]) } else { new = try vm.binary(.add, sum, item) }
          total = new
          return new
        })
    }
    type(m, "pairwise(iterable, /)", "Neighbouring items: (a, b), (b, c), …") {
      (vm, args, type) throws(ExceptionObject) in
      let iterator = try vm.iterator(args[0])
      var previous: Value?
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          if previous == nil { previous = try vm.next(iterator) }
          guard let first = previous, let second = try vm.next(iterator) else { return nil }
          previous = second
          return .makeTuple([first, second])
        })
    }
    addGrouping(m)
  }

  private static func chained(_ iterables: Value, _ type: TypeObject) -> Value {
    var current: Value?
    return .object(
      ClosureIterator(type) { (vm) throws(ExceptionObject) in
        while true {
          if let iterator = current {
            if let item = try vm.next(iterator) { return item }
            current = nil
          }
          guard let iterable = try vm.next(iterables) else { return nil }
          current = try vm.iterator(iterable)
        }
      })
  }

  /// What a groupby iterator and its groups share.
  private final class GroupState {
    var iterator: Value
    var pending: (key: Value, item: Value)?
    var group = 0
    init(_ iterator: Value) { self.iterator = iterator }
  }

  private static func addGrouping(_ m: ModuleBuilder) {
    let groupType = TypeObject("_grouper", module: "itertools", bases: [Types.object], layout: .other)
    type(m, "groupby(iterable, key=None)", "Pairs of a key and an iterator of neighbouring items that share it.") {
      (vm, args, type) throws(ExceptionObject) in
      let key = args.given(1)
      let state = GroupState(try vm.iterator(args[0]))
      var current: Value?
      func advance(_ vm: VM) throws(ExceptionObject) {
        guard let item = try vm.next(state.iterator) else {
          state.pending = nil
          return
        }
        let itemKey: Value
        if let key { itemKey = try vm.call(key, [item]) } else { itemKey = item }
        state.pending = (itemKey, item)
      }
      var started = false
      return .object(
        ClosureIterator(type) { (vm) throws(ExceptionObject) in
          if !started {
            started = true
            try advance(vm)
          } else if let key = current {
            // What is left of the group that was given last.
            while let pending = state.pending, try vm.sameItem(pending.key, key) { try advance(vm) }
          }
          guard let pending = state.pending else { return nil }
          current = pending.key
          state.group += 1
          let number = state.group
          let groupKey = pending.key
          let group = ClosureIterator(groupType) { (vm) throws(ExceptionObject) in
            guard state.group == number, let pending = state.pending, try vm.sameItem(pending.key, groupKey) else {
              return nil
            }
            try advance(vm)
            return pending.item
          }
          return .makeTuple([pending.key, .object(group)])
        })
    }
    m.add("tee(iterable, n=2, /)", "n independent iterators over one.") { (vm, args) throws(ExceptionObject) in
      let n = args.has(1) ? try vm.int(args[1]) : 2
      if n < 0 { throw .value("n must be >= 0") }
      let iterator = try vm.iterator(args[0])
      let shared = TeeBuffer(iterator)
      let type = TypeObject("_tee", module: "itertools", bases: [Types.object], layout: .other)
      return .makeTuple(
        (0..<n).map { _ in
          var position = 0
          return .object(
            ClosureIterator(type) { (vm) throws(ExceptionObject) in
              guard let item = try shared.item(position, vm) else { return nil }
              position += 1
              return item
            })
        })
    }
  }

  /// Items that some of the tee'd iterators have still to give.
  private final class TeeBuffer {
    private let iterator: Value
    private var items: [Value] = []
    init(_ iterator: Value) { self.iterator = iterator }

    func item(_ position: Int, _ vm: VM) throws(ExceptionObject) -> Value? {
      if position < items.count { return items[position] }
      guard let item = try vm.next(iterator) else { return nil }
      items.append(item)
      return item
    }
  }
}
