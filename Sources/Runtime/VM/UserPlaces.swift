import Language

/// Places in the user's code that are noted while it runs, each by a number.
///
/// Asked in every step of a training loop: the answer for an instruction that was asked for before is a few comparisons.
package final class UserPlaces {
  package struct Place {
    /// The cell that ran, as its giver tells it.
    package let cell: AnyObject
    /// The innermost instruction that is no library's; nil when nothing of the user's ran.
    package let span: SourceSpan?
  }

  /// The places by number.
  package private(set) var places: [Place] = []
  /// Held by `held`.
  @exclusivity(unchecked) private var vm: Unmanaged<VM>?
  private var held: VM?
  private var cell: AnyObject = Object()
  private var numbers: [Key: Int] = [:]
  /// Instructions of the user's in the running cell that were asked for last, and their numbers: a loop goes round a few.
  @exclusivity(unchecked) private var recent = InlineArray<8, (instruction: UInt, number: Int)>(repeating: (0, 0))
  @exclusivity(unchecked) private var next = 0
  /// Held, so that no other code comes to lie at its address.
  private var codes: [Code] = []

  private struct Key: Hashable {
    let cell: ObjectIdentifier
    let instruction: UInt
  }

  package init() {}

  /// A cell begins.
  package func begin(cell: AnyObject, in vm: VM) {
    held = vm
    self.vm = .passUnretained(vm)
    self.cell = cell
    recent = InlineArray(repeating: (0, 0))
  }

  /// The number of where the program is.
  package func number() -> Int {
    guard let vm else { return 0 }
    let instruction = vm._withUnsafeGuaranteedRef { $0.instruction }
    var i = 0
    while i < 8 {
      if recent[i].instruction == instruction, instruction != 0 { return recent[i].number }
      i &+= 1
    }
    return find(vm.takeUnretainedValue(), instruction)
  }

  @inline(never) private func find(_ vm: VM, _ innermost: UInt) -> Int {
    let position = vm.userPosition
    let key = Key(cell: ObjectIdentifier(cell), instruction: position?.instruction ?? 0)
    let number: Int
    if let known = numbers[key] {
      number = known
    } else {
      number = places.count
      numbers[key] = number
      places.append(Place(cell: cell, span: position?.span))
      if let code = position?.code { codes.append(code) }
    }
    // A library's instruction may be reached from several places.
    if key.instruction == innermost {
      recent[next] = (innermost, number)
      next = (next + 1) % 8
    }
    return number
  }
}

extension VM {
  /// The address of the innermost frame's next instruction; 0 when nothing runs.
  @inline(__always) fileprivate final var instruction: UInt {
    depth > 0 ? UInt(bitPattern: top.pointee.pc) : 0
  }

  fileprivate final var userPosition: (instruction: UInt, code: Code, span: SourceSpan)? {
    var i = depth - 1
    while i >= 0 {
      let code = frames[i].code.takeUnretainedValue()
      let pc = frames[i].pc
      i -= 1
      if sources[code.definitionSpan.source]?.isLibrary ?? true { continue }
      let index = max(0, pc - code.start - 1)
      return (UInt(bitPattern: pc), code, code.spans[index])
    }
    return nil
  }
}
