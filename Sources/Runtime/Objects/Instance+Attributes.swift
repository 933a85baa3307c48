extension Instance {
  /// An attribute of the instance itself.
  package func own(_ name: Symbol) -> Value? {
    if let dictionary { return dictionary.get(name.str) }
    guard let slot = shape.slot(of: name), !slots[slot].isUnbound else { return nil }
    return slots[slot]
  }

  package func setOwn(_ name: Symbol, _ value: Value) {
    if let dictionary {
      dictionary.set(name.str, value)
    } else if let slot = shape.slot(of: name) {
      slots[slot] = value
    } else {
      shape = shape.adding(name)
      slots.append(value)
    }
  }

  /// False when there was no such attribute.
  package func removeOwn(_ name: Symbol) -> Bool {
    if let dictionary { return dictionary.remove(name.str) != nil }
    guard let slot = shape.slot(of: name) else { return false }
    // The names that follow move down, so the shape is rebuilt from the root.
    let names = shape.names
    var rebuilt = type.rootShape
    for (i, other) in names.enumerated() where i != slot { rebuilt = rebuilt.adding(other) }
    slots.remove(at: slot)
    shape = rebuilt
    return true
  }

  package var ownNames: [Symbol] {
    guard let dictionary else { return shape.names }
    var names: [Symbol] = []
    var position = 0
    while let (key, _) = dictionary.next(&position) {
      if let name = key.asStr { names.append(Symbol(name)) }
    }
    return names
  }

  /// The `__dict__`: from now on the attributes live in it, so changes through it and through the object are the same.
  package func makeDictionary() -> Dict {
    if let dictionary { return dictionary }
    let made = Dict()
    for (i, name) in shape.names.enumerated() { made.set(name.str, slots[i]) }
    dictionary = made
    shape = Shape.dictionary
    slots = []
    return made
  }
}
