import Tensor

/// Everything that can be reached from some values: what a cell that reads them may depend on.
///
/// Functions lead to what they hold, not to the global variables that they read when they are called: which of them ran is known
/// otherwise (`CellChanges.code`).
package struct Reach {
  package private(set) var subjects = Set<ObjectIdentifier>()
  private var pending: [Value] = []

  package init() {}

  package mutating func add(_ value: Value) {
    pending.append(value)
    while let next = pending.popLast() { visit(next) }
  }

  /// True the first time.
  private mutating func isNew(_ object: AnyObject) -> Bool { subjects.insert(ObjectIdentifier(object)).inserted }

  private mutating func visit(_ value: Value) {
    switch value {
    case .unbound, .none, .notImplemented, .ellipsis, .bool, .int, .float, .str: return
    case .tensor(let tensor): visit(tensor)
    case .list, .tuple, .dict, .function, .instance, .object:
      guard let object = value.object, isNew(object) else { return }
      if let type = object.customType { visit(.object(type)) }
      visitParts(value, object)
    }
  }

  private mutating func visit(_ tensor: Tensor) {
    guard isNew(tensor) else { return }
    _ = isNew(tensor.storage)
    _ = isNew(tensor.storage.root)
    if let base = tensor.base { visit(base) }
    if let grad = tensor.grad { visit(grad) }
    if let attachment = tensor.attachment as? TensorAttachment {
      _ = isNew(attachment)
      visit(attachment.attributes)
    }
    visitGraph(tensor)
  }

  /// What a backward through the tensor would read: the graph's nodes, and the leaves it ends at.
  private mutating func visitGraph(_ tensor: Tensor) {
    guard let first = tensor.node else { return }
    var nodes = [first]
    while let node = nodes.popLast() {
      guard isNew(node) else { continue }
      if let leaf = node as? AccumulateGrad { visit(leaf.variable) }
      for saved in node.savedTensors { visit(saved) }
      for i in 0..<node.inputCount {
        if let next = node.edge(i).node { nodes.append(next) }
      }
    }
  }

  private mutating func visit(_ attributes: Attributes?) {
    guard let attributes, isNew(attributes) else { return }
    for name in attributes.names {
      if let value = attributes[name] { pending.append(value) }
    }
  }

  private mutating func visitParts(_ value: Value, _ object: Object) {
    switch value {
    case .list(let list): pending += list.items
    case .tuple(let tuple): pending += tuple.items
    case .dict(let dict): pending += dict.keys + dict.values
    case .instance(let instance):
      for i in 0..<instance.slotCount { pending.append(instance.slots[i]) }
      if let payload = instance.payload { pending.append(payload) }
      if let dictionary = instance.dictionary { pending.append(.dict(dictionary)) }
    case .function(let function): visit(function)
    case .object: visitObject(object)
    default: break
    }
  }

  private mutating func visit(_ function: Function) {
    for cell in function.closure where isNew(cell) { pending.append(cell.value) }
    pending += function.defaults + function.keywordDefaults
    visit(function.attributes)
  }

  private mutating func visitObject(_ object: Object) {
    switch object {
    case let type as TypeObject:
      guard type.isUserDefined else { return }
      visit(type.attributes)
      for base in type.bases { pending.append(.object(base)) }
    case is Module, is NativeFunction: return
    case let set as SetObject: pending += set.members
    case let method as BoundMethod: pending += [method.receiver, method.function]
    case let view as DictView: pending.append(.dict(view.dict))
    case let generator as GeneratorObject: pending.append(.function(generator.function))
    case let property as PropertyObject: pending += [property.getter, property.setter, property.deleter]
    case let method as StaticMethodObject: pending.append(method.function)
    case let method as ClassMethodObject: pending.append(method.function)
    default: break
    }
    for subject in object.innerSubjects { _ = isNew(subject) }
    for value in object.innerValues { pending.append(value) }
  }
}
