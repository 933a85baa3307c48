import Runtime
import Tensor

/// What cells were and gave, under IPython's names: `In`, `Out`, `_`, `__`, `___`, `_3`, `_i`, `_i3` ….
///
/// They are found where a global has no value, so they are no variables of the notebook, and one that a cell assigns to is
/// its own from then on. What is added to them is no change that a cell makes.
final class CellResults {
  private let inputs = List([.text("")])
  private let outputs = Dict()
  /// The newest first.
  private var last: [Value] = []

  private let vm: VM

  /// Lets cells in `vm` see them.
  init(_ vm: VM) {
    self.vm = vm
    let previous = vm.main.fallback
    vm.main.fallback = { [unowned self] name in previous?(name) ?? value(name.text) }
  }

  /// The number of the cell that runs or ran last, counted from 1.
  private(set) var number = 0

  /// A cell begins.
  func begin(_ text: String) {
    number += 1
    Changes.apart { inputs.append(.text(text)) }
  }

  /// The cell displays a value.
  func add(_ value: Value) {
    _ = Changes.apart { try? outputs.set(.int(number), value, vm) }
    last.insert(value, at: 0)
    if last.count > 3 { last.removeLast() }
  }

  /// As if just these cells had run, of which some displayed a value.
  func set(_ cells: [(text: String, value: Value?)]) {
    clear(all: true)
    for (text, value) in cells {
      begin(text)
      if let value { add(value) }
    }
  }

  /// Forgets values, and inputs too when `all`.
  func clear(all: Bool) {
    outputs.removeAll()
    last = []
    guard all else { return }
    inputs.replaceAll([.text("")])
    number = 0
  }

  /// Forgets the results that are the same object as `value`.
  func forget(_ value: Value) {
    for key in outputs.keys {
      guard let output = try? outputs.get(key, vm), Self.isSame(output, value) else { continue }
      _ = try? outputs.remove(key, vm)
    }
    last.removeAll { Self.isSame($0, value) }
  }

  private static func isSame(_ a: Value, _ b: Value) -> Bool {
    if case .tensor(let a) = a, case .tensor(let b) = b { return a === b }
    guard let a = a.object, let b = b.object else { return false }
    return a === b
  }

  private func value(_ name: String) -> Value? {
    guard let value = result(name) else { return nil }
    Changes.noteRead(Differences.results)
    return value
  }

  private func result(_ name: String) -> Value? {
    switch name {
    case "In", "_ih": return .list(inputs)
    case "Out", "_oh": return .dict(outputs)
    case "_": return output(back: 0)
    case "__": return output(back: 1)
    case "___": return output(back: 2)
    case "_i": return input(back: 1)
    case "_ii": return input(back: 2)
    case "_iii": return input(back: 3)
    default: break
    }
    guard name.utf8.first == UInt8(ascii: "_") else { return nil }
    if let n = Int(name.dropFirst()) { return try? outputs.get(.int(n), vm) }
    if name.hasPrefix("_i"), let n = Int(name.dropFirst(2)), inputs.items.indices.contains(n) { return inputs.items[n] }
    return nil
  }

  /// An empty text where there was no output yet.
  private func output(back: Int) -> Value { back < last.count ? last[back] : .text("") }

  private func input(back: Int) -> Value {
    let index = number - back
    return inputs.items.indices.contains(index) ? inputs.items[index] : .text("")
  }
}
