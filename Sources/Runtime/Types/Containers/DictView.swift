/// `d.keys()`, `d.values()`, `d.items()`: follows the dict's changes.
package final class DictView: Object {
  package enum Kind { case keys, values, items }
  package let dict: Dict
  package let kind: Kind

  package init(_ dict: Dict, _ kind: Kind) {
    self.dict = dict
    self.kind = kind
  }

  public override var builtinType: TypeObject {
    switch kind {
    case .keys: Types.dictKeys
    case .values: Types.dictValues
    case .items: Types.dictItems
    }
  }

  /// Everything it shows now.
  package final var items: [Value] {
    switch kind {
    case .keys: return dict.keys
    case .values: return dict.values
    case .items:
      var result: [Value] = []
      result.reserveCapacity(dict.count)
      var position = 0
      while let (key, value) = dict.next(&position) { result.append(.makeTuple([key, value])) }
      return result
    }
  }

  /// `in`: for items, a pair whose key is there with an equal value.
  package final func contains(_ item: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    switch kind {
    case .keys: return try dict.contains(item, vm)
    case .values:
      var position = 0
      while let (_, value) = dict.next(&position) {
        if vm.isIdentical(value, item) { return true }
        if try vm.equal(value, item) { return true }
      }
      return false
    case .items:
      guard let pair = item.asTuple, pair.count == 2 else { return false }
      guard let value = try dict.get(pair[0], vm) else { return false }
      if vm.isIdentical(value, pair[1]) { return true }
      return try vm.equal(value, pair[1])
    }
  }

  /// As a set, for the set operators of keys and items.
  package final func asSet(_ vm: VM) throws(ExceptionObject) -> SetObject {
    let set = SetObject()
    for item in items { try set.add(item, vm) }
    return set
  }
}

/// Iterates over a dict or one of its views, in either direction.
package final class DictIterator: IteratorObject {
  private var dict: Dict?
  private let kind: DictView.Kind
  private let reversed: Bool
  private var position: Int
  private let expected: Int

  package init(_ dict: Dict, _ kind: DictView.Kind, reversed: Bool = false) {
    self.dict = dict
    self.kind = kind
    self.reversed = reversed
    position = reversed ? dict.filled - 1 : 0
    expected = dict.count
  }

  public override var builtinType: TypeObject {
    switch kind {
    case .keys: reversed ? Types.dictReverseKeyIterator : Types.dictKeyIterator
    case .values: reversed ? Types.dictReverseValueIterator : Types.dictValueIterator
    case .items: reversed ? Types.dictReverseItemIterator : Types.dictItemIterator
    }
  }

  public override var contents: Any? {
    get { (dict, position) }
    set { if let old = newValue as? (Dict?, Int) { (dict, position) = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard let dict else { return nil }
    if dict.count != expected { throw .runtime("dictionary changed size during iteration") }
    let entry = reversed ? dict.previous(&position) : dict.next(&position)
    guard let (key, value) = entry else {
      self.dict = nil
      return nil
    }
    switch kind {
    case .keys: return key
    case .values: return value
    case .items: return .tuple(Tuple(key, value))
    }
  }

  /// The next entry in place; nil at the end.
  @inline(__always) private func step() throws(ExceptionObject) -> UnsafeMutablePointer<Dict.Entry>? {
    guard let dict else { return nil }
    if dict.count != expected { throw .runtime("dictionary changed size during iteration") }
    while position < dict.filled {
      let entry = dict.entries + position
      position &+= 1
      if !entry.pointee.key.isUnbound { return entry }
    }
    self.dict = nil
    return nil
  }

  override func advance(_ vm: VM, into register: UnsafeMutablePointer<Value>) throws(ExceptionObject) -> Bool {
    if reversed || kind == .items {
      guard let value = try next(vm) else { return false }
      register.pointee = value
      return true
    }
    guard let entry = try step() else { return false }
    register.copy(from: kind == .keys ? entry.keyAddress : entry.valueAddress)
    return true
  }

  override func advancePair(
    _ vm: VM, into first: UnsafeMutablePointer<Value>, _ second: UnsafeMutablePointer<Value>
  ) throws(ExceptionObject) -> PairStep {
    guard kind == .items, !reversed else { return .unsupported }
    guard let entry = try step() else { return .end }
    // Releasing what stood in the registers runs no code of the program, so the entry stays.
    first.copy(from: entry.keyAddress)
    second.copy(from: entry.valueAddress)
    return .pair
  }

  public override var lengthHint: Int? {
    guard let dict else { return 0 }
    return dict.count
  }
}
