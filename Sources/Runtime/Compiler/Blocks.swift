import Language

/// What surrounds a statement within its function, as far as leaving it by `return`, `break` or `continue` matters.
enum Block {
  case loop(Loop)
  /// The body of `try … except`.
  case guarded(Region)
  /// What `finally` belongs to: its body runs on the way out.
  case finally(Region, [Statement])
  /// The body of an `except` or of an exceptional `finally`: the exception handled before comes back.
  case handling(Region, saved: Int)
  /// The body of `except … as name`: the name is unset.
  case handlerName(Region, name: String, SourceSpan)
  /// The body of `with`: `__exit__` runs.
  case with(Region, exit: Int, SourceSpan)

  /// Whether leaving runs code that could change a local.
  var runsCode: Bool {
    switch self {
    case .loop, .guarded, .handling: return false
    case .finally, .handlerName, .with: return true
    }
  }

  var region: Region? {
    switch self {
    case .loop: return nil
    case .guarded(let region), .finally(let region, _), .handling(let region, _), .handlerName(let region, _, _),
      .with(let region, _, _):
      return region
    }
  }
}

/// Instructions whose exceptions go to one handler: several ranges, since code that runs on the way out is not covered.
final class Region {
  let handler: Label
  /// Takes the exception.
  let register: Int
  var ranges: [(start: Int, end: Int)] = []
  var openedAt: Int?

  init(handler: Label, register: Int) {
    self.handler = handler
    self.register = register
  }
}

extension FunctionCompiler {
  /// CPython's limit.
  static let blockLimit = 20
  /// Every level of `finally` inside `finally` doubles the code.
  static let finallyLimit = 8

  func enter(_ block: Block) {
    if blocks.count >= FunctionCompiler.blockLimit { unit.refuse("too many statically nested blocks", at: blockSpan) }
    blocks.append(block)
  }

  /// From here on exceptions go to a handler, placed later with `code.place(region.handler)`.
  func protect(register: Int) -> Region {
    let region = Region(handler: code.makeLabel(), register: register)
    region.openedAt = code.count
    return region
  }

  func suspend(_ region: Region) {
    if let start = region.openedAt, start < code.count { region.ranges.append((start, code.count)) }
    region.openedAt = nil
  }

  /// Ends a protected region and lists it; inner regions end first, which is the order handlers are looked up in.
  func finish(_ region: Region) {
    suspend(region)
    for range in region.ranges {
      code.addHandler(start: range.start, end: range.end, to: region.handler, register: region.register)
    }
  }

  /// Makes the code that runs when blocks from `depth` on are left; the caller emits the jump, then resumes the regions.
  func leave(to depth: Int, at span: SourceSpan) -> [Region] {
    let all = blocks
    var suspended: [Region] = []
    while blocks.count > depth {
      let block = blocks.removeLast()
      if let region = block.region, region.openedAt != nil {
        suspend(region)
        suspended.append(region)
      }
      switch block {
      case .loop, .guarded: break
      case .finally(_, let body): self.block(body)
      case .handling(_, let saved): emit(.popHandled, saved, at: span)
      case .handlerName(_, let name, let nameSpan): unsetHandlerName(name, at: nameSpan)
      case .with(_, let exit, let withSpan): exitNormally(exit, at: withSpan)
      }
    }
    blocks = all
    return suspended
  }

  func resume(_ regions: [Region]) {
    for region in regions { region.openedAt = code.count }
  }
}
