import Runtime

extension ItertoolsModule {
  /// What a groupby iterator and its groups share.
  private struct Groups {
    let iterator: Value
    let key: Value?
    /// What was read and not given yet.
    var pending: (key: Value, item: Value)?
    /// The key of the group that was given last.
    var current: Value?
    /// Counts the groups: only the last one still has items.
    var number = 0
  }

  private struct Group {
    let groups: StatefulIterator<Groups>
    let key: Value
    let number: Int
  }

  /// Reads the item that comes next; false at the end.
  private static func read(_ groups: StatefulIterator<Groups>, _ vm: VM) throws(ExceptionObject) -> Bool {
    guard let item = try vm.next(groups.state.iterator) else {
      groups.state.pending = nil
      return false
    }
    var key = item
    if let function = groups.state.key { key = try vm.call(function, [item]) }
    groups.state.pending = (key, item)
    return true
  }

  static func addGrouping(_ m: ModuleBuilder) {
    let groupType = TypeObject("_grouper", module: "itertools", bases: [Types.object], layout: .other)
    ProtocolWrappers.iterator(groupType)
    type(m, "groupby(iterable, key=None)", "Pairs of a key and an iterator of neighbouring items that share it.") {
      (vm, args, type) throws(ExceptionObject) in
      let groups = Groups(iterator: try vm.iterator(args[0]), key: args.given(1))
      return .object(
        StatefulIterator(type, groups) { (it, vm) throws(ExceptionObject) in
          it.state.number += 1
          while true {
            // What is left of the group that was given last is passed over.
            if let pending = it.state.pending {
              guard let current = it.state.current, try vm.sameItem(current, pending.key) else { break }
            }
            guard try read(it, vm) else { return nil }
          }
          guard let key = it.state.pending?.key else { return nil }
          it.state.current = key
          return .makeTuple([key, group(Group(groups: it, key: key, number: it.state.number), groupType)])
        })
    }
    let teeType = TypeObject("_tee", module: "itertools", bases: [Types.object], layout: .other)
    ProtocolWrappers.iterator(teeType)
    m.add("tee(iterable, n=2, /)", "n independent iterators over one.") { (vm, args) throws(ExceptionObject) in
      let n = args.has(1) ? try vm.int(args[1]) : 2
      if n < 0 { throw .value("n must be >= 0") }
      let buffer = TeeBuffer(try vm.iterator(args[0]))
      return .makeTuple(
        (0..<n).map { _ in
          Value.object(
            StatefulIterator(teeType, Tee(buffer: buffer)) { (it, vm) throws(ExceptionObject) in
              guard let item = try it.state.buffer?.item(it.state.position, vm) else {
                it.state.buffer = nil
                return nil
              }
              it.state.position += 1
              return item
            })
        })
    }
  }

  private static func group(_ state: Group, _ type: TypeObject) -> Value {
    .object(
      StatefulIterator(type, state) { (it, vm) throws(ExceptionObject) in
        let groups = it.state.groups
        guard groups.state.number == it.state.number else { return nil }
        groups.willChange()
        if groups.state.pending == nil {
          guard try read(groups, vm) else { return nil }
        }
        guard let pending = groups.state.pending, try vm.sameItem(it.state.key, pending.key) else { return nil }
        groups.state.pending = nil
        return pending.item
      })
  }

  private struct Tee {
    /// nil at the end.
    var buffer: TeeBuffer?
    var position = 0
  }

  /// Items that some of the tee'd iterators have still to give.
  private final class TeeBuffer: Object {
    private let iterator: Value
    private var items: [Value] = []
    private var isReading = false

    init(_ iterator: Value) { self.iterator = iterator }

    override var contents: Any? {
      get { (iterator, items) }
      set { if let old = newValue as? (Value, [Value]) { items = old.1 } }
    }

    func item(_ position: Int, _ vm: VM) throws(ExceptionObject) -> Value? {
      if position < items.count { return items[position] }
      if isReading { throw .runtime("cannot re-enter the tee iterator") }
      isReading = true
      defer { isReading = false }
      guard let item = try vm.next(iterator) else { return nil }
      willChange()
      items.append(item)
      return item
    }
  }
}
