extension Types {
  /// Gives the built-in types their members and constructors, and the built-in names their values. Cheap: members are made
  /// when first asked for.
  static func install(into vm: VM) {
    _ = installOnce
    Builtins.install(into: vm)
  }

  private static let installOnce: Void = {
    str.setMembers(StrMethods.members)
    list.setMembers(List.members)
    tuple.setMembers(Tuple.members)
    dict.setMembers(Dict.members)
    set.setMembers { SetObject.members(frozen: false) }
    frozenset.setMembers { SetObject.members(frozen: true) }
    bytes.setMembers {
      BytesMethods.members() + BytesMethods.searches() + BytesMethods.parts() + BytesMethods.texts()
    }
    int.setMembers(IntMethods.members, properties: IntMethods.properties)
    float.setMembers(FloatMethods.members, properties: FloatMethods.properties)
    range.setMembers(RangeObject.members, properties: RangeObject.properties)
    slice.setMembers(SliceObject.members, properties: SliceObject.properties)
    dictKeys.setMembers { DictView.members(.keys) }
    dictValues.setMembers { DictView.members(.values) }
    dictItems.setMembers { DictView.members(.items) }

    mappingProxy.setMembers(MappingProxy.members)

    mappingProxy.construct = MappingProxy.constructor
    str.construct = StrMethods.constructor
    list.construct = List.constructor
    tuple.construct = Tuple.constructor
    dict.construct = Dict.constructor
    set.construct = SetObject.constructor
    frozenset.construct = SetObject.frozenConstructor
    bytes.construct = BytesMethods.constructor
    int.construct = IntMethods.constructor
    bool.construct = IntMethods.boolConstructor
    float.construct = FloatMethods.constructor
    range.construct = RangeObject.constructor
    slice.construct = SliceObject.constructor
    enumerate.construct = IteratorConstructors.enumerate
    zip.construct = IteratorConstructors.zip
    map.construct = IteratorConstructors.map
    filter.construct = IteratorConstructors.filter
    reversed.construct = IteratorConstructors.reversed
    installDocs()
  }()

  private static func installDocs() {
    for type in [
      str, list, tuple, dict, set, frozenset, bytes, int, bool, float, range, slice, enumerate, zip, map, filter,
      reversed,
    ] {
      type.doc = type.construct?.doc
    }
    object.doc = "The base of all classes."
  }
}
