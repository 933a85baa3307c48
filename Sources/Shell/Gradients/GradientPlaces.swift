import Notebook
import Runtime

/// The places in cells that the gradient journal notes, by number.
final class GradientPlaces {
  struct Place {
    /// The cell that ran: `In [cell]`.
    let cell: Int
    /// Where the user's code stood.
    let position: UserPosition?
  }

  private(set) var places: [Place] = []
  private var numbers: [Key: Int] = [:]
  /// The places of the running cell that were asked for last: a loop goes round a few.
  private var recent: [(key: Key, number: Int)] = []

  private struct Key: Hashable {
    let cell: Int
    let instruction: UInt
  }

  /// The number of where `vm` stands while cell `cell` runs.
  func number(_ vm: VM, cell: Int) -> Int {
    let position = vm.userPosition
    let key = Key(cell: cell, instruction: position?.instruction ?? 0)
    for entry in recent where entry.key == key { return entry.number }
    let number: Int
    if let known = numbers[key] {
      number = known
    } else {
      number = places.count
      numbers[key] = number
      places.append(Place(cell: cell, position: position))
    }
    if recent.count == 8 { recent.removeFirst() }
    recent.append((key, number))
    return number
  }
}
