import Tensor

/// `__iter__`, `__next__`, `__len__` … of native iterators and containers as attributes, for `hasattr`, calls by name and the
/// abstract classes. Dispatch skips them.
package enum ProtocolWrappers {
  static func install() {
    for type in iterators { iterator(type) }
    ObjectModel.whenUsed(Types.generator) { iteration(Types.generator) }
    for type in [Types.dictKeys, Types.dictValues, Types.dictItems] {
      ObjectModel.whenUsed(type) {
        SlotWrappers.container(type)
        if type !== Types.dictValues { type.attributes.set(Names.hash, .none) }
      }
    }
    for type in [Types.builtinFunction, Types.method, Types.methodDescriptor] {
      ObjectModel.whenUsed(type) {
        ObjectModel.wrapper(type, "__call__(self, /, *args, **kwargs)") { (vm, args) throws(ExceptionObject) in
          try vm.call(args[0], args[1].asTuple?.items ?? [], ObjectMethods.pairs(args[2]))
        }
      }
    }
  }

  private static let iterators: [TypeObject] = [
    Types.listIterator, Types.listReverseIterator, Types.tupleIterator, Types.strIterator, Types.bytesIterator,
    Types.rangeIterator, Types.setIterator, Types.dictKeyIterator, Types.dictValueIterator, Types.dictItemIterator,
    Types.dictReverseKeyIterator, Types.dictReverseValueIterator, Types.dictReverseItemIterator, Types.sequenceIterator,
    Types.callableIterator, Types.enumerate, Types.zip, Types.map, Types.filter, Types.reversed,
  ]

  /// `__iter__` and `__next__` of a type whose instances are `IteratorObject`s.
  package static func iterator(_ type: TypeObject) {
    ObjectModel.whenUsed(type) {
      iteration(type)
      ObjectModel.wrapper(type, "__next__(self, /)") { (vm, args) throws(ExceptionObject) in
        if let item = try vm.next(args[0]) { return item }
        throw ExceptionObject(Types.stopIteration, [])
      }
    }
  }

  /// The special methods of a type that is used as a list is.
  package static func mutableSequence(_ type: TypeObject) {
    ObjectModel.whenUsed(type) {
      SlotWrappers.container(type)
      SlotWrappers.items(type)
      SlotWrappers.changes(type)
    }
  }

  private static func iteration(_ type: TypeObject) {
    ObjectModel.wrapper(type, "__iter__(self, /)") { (_, args) throws(ExceptionObject) in args[0] }
  }
}
