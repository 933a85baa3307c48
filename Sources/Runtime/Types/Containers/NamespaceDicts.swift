import Tensor

/// The dicts that `globals()` gives. A change of such a dict is one of the namespace's variables at once; what changed in the
/// namespace stands in it when `globals()` is called again, which gives the same dict while somebody holds it.
enum NamespaceDicts {
  private struct Entry {
    weak var dict: Dict?
    weak var namespace: Namespace?
  }

  nonisolated(unsafe) private static var entries: [ObjectIdentifier: Entry] = [:]
  /// The dict is being brought up to date: nothing is passed on.
  nonisolated(unsafe) private static var isRefreshing = false
  /// An epoch no cell has: every change of the dict is noticed.
  private static let noEpoch = UInt16.max

  static func dictionary(of namespace: Namespace) -> Dict {
    let dict: Dict
    if let held = namespace.heldDictionary {
      dict = held
    } else {
      entries = entries.filter { $0.value.dict != nil }
      dict = Dict()
      dict.family = .variables
      entries[ObjectIdentifier(dict)] = Entry(dict: dict, namespace: namespace)
      namespace.heldDictionary = dict
    }
    isRefreshing = true
    defer { isRefreshing = false }
    for (slot, name) in namespace.names.enumerated() {
      let value = namespace.values[slot]
      if value.isUnbound { _ = dict.remove(name.str) } else { dict.set(name.str, value) }
    }
    dict.epoch = noEpoch
    return dict
  }

  /// Gives the variable called `key` a value, or takes it away.
  static func store(_ dict: Dict, _ key: Value, _ value: Value?) {
    guard !isRefreshing, let name = key.asStr, let entry = entries[ObjectIdentifier(dict)], entry.dict === dict,
      let namespace = entry.namespace
    else {
      return
    }
    let slot = namespace.slot(Symbol(name))
    if let value { namespace[Symbol(name)] = value } else { _ = namespace.delete(slot) }
  }
}
