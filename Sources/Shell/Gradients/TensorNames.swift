import Runtime
import Tensor

/// By which names the session's variables reach a tensor: `w`, `layers[0]`, `model.fc.weight`.
///
/// It looks and runs nothing of the user's.
struct TensorNames {
  private(set) var names: [ObjectIdentifier: String] = [:]
  /// Tensors that an operation made, by that operation.
  private var results: [ObjectIdentifier: [(output: Int, name: String)]] = [:]
  /// Every tensor that was reached, in the order of the variables.
  private(set) var tensors: [(name: String, tensor: Tensor)] = []
  private var seen: Set<ObjectIdentifier> = []
  private var budget = 20_000
  private let vm: VM

  init(_ vm: VM) {
    self.vm = vm
    // Shorter ways first: plain variables before what is inside of others.
    let variables = vm.main.names.filter { !$0.text.hasPrefix("_") }
    for name in variables { if case .tensor(let tensor)? = vm.main[name] { add(tensor, name.text) } }
    for name in variables { if let value = vm.main[name] { visit(value, name.text, depth: 0) } }
  }

  func name(of tensor: Tensor) -> String? { names[ObjectIdentifier(tensor)] }

  /// The variable that holds what a node computed.
  func name(of node: Node) -> String? {
    guard let found = results[ObjectIdentifier(node)] else { return nil }
    return (found.first { $0.output == 0 } ?? found.first)?.name
  }

  private mutating func add(_ tensor: Tensor, _ name: String) {
    guard names[ObjectIdentifier(tensor)] == nil else { return }
    names[ObjectIdentifier(tensor)] = name
    tensors.append((name, tensor))
    if let node = tensor.node { results[ObjectIdentifier(node), default: []].append((tensor.outputIndex, name)) }
  }

  private mutating func visit(_ value: Value, _ name: String, depth: Int) {
    guard budget > 0, depth < 6 else { return }
    budget -= 1
    if case .tensor(let tensor) = value { return add(tensor, name) }
    guard let object = value.object else { return }
    let holdsMore = object is List || object is Tuple || object is Dict || object is Instance
    guard holdsMore, seen.insert(ObjectIdentifier(object)).inserted else { return }
    if let items = value.asList?.items ?? value.asTuple?.items {
      for (i, item) in items.enumerated() { visit(item, "\(name)[\(i)]", depth: depth + 1) }
    } else if let dict = value.asDict {
      for key in dict.keys {
        guard let text = key.string, let item = dict.get(Symbol(text).str) else { continue }
        visit(item, "\(name)[\"\(text)\"]", depth: depth + 1)
      }
    } else if let instance = object as? Instance {
      for (attribute, item) in attributes(of: instance) {
        // Where an `nn.Module` keeps what it gives out as attributes.
        if ["_parameters", "_modules", "_buffers"].contains(attribute), let dict = item.asDict {
          for key in dict.keys {
            guard let text = key.string, let inner = dict.get(Symbol(text).str) else { continue }
            visit(inner, Int(text) == nil ? "\(name).\(text)" : "\(name)[\(text)]", depth: depth + 1)
          }
        } else {
          visit(item, "\(name).\(attribute)", depth: depth + 1)
        }
      }
    }
  }

  private func attributes(of instance: Instance) -> [(String, Value)] {
    if let dictionary = instance.dictionary {
      return dictionary.keys.compactMap { key in
        key.string.flatMap { text in dictionary.get(Symbol(text).str).map { (text, $0) } }
      }
    }
    let names = instance.shape.names
    return names.indices.filter { !instance.slots[$0].isUnbound }.map { (names[$0].text, instance.slots[$0]) }
  }
}
