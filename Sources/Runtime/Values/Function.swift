import CKernels
import Tensor

/// A variable captured by an inner function.
package final class Cell: Object {
  package final var value: Value
  package init(_ value: Value) {
    self.value = value
    super.init()
    family = .cell
  }
  public override var builtinType: TypeObject { Types.cell }

  public override var contents: Any? {
    get { value }
    set { if let old = newValue as? Value { value = old } }
  }

  override func traverse() { Collector.visit(&value) }
  override func clearReferences() { value = .unbound }

  /// Where `value` stands in a cell, checked by `ValueLayout.verify`.
  static let valueOffset = 32
}

/// A function written in the language.
public final class Function: Object {
  package let code: Code
  package let globals: Namespace
  /// The captured variables, as many as `code.captures`: in the object itself where they are few.
  private(set) var cells: UnsafeMutablePointer<Unmanaged<Cell>>
  /// What few functions have, apart, so that making a closure stays cheap.
  private var rare: Rare?
  private var own: (UInt64, UInt64, UInt64) = (0, 0, 0)

  private static let ownCells = 3

  private final class Rare {
    var defaults: [Value] = []
    var keywordDefaults: [Value] = []
    var name: Str?
    var qualifiedName: Str?
    var attributes: Attributes?
    var definingClass: TypeObject?
  }

  /// `capture` gives a reference to each of `code.captures`, which is taken over.
  @inline(__always)
  init(code: Code, globals: Namespace, _ capture: (Code.Capture) -> Unmanaged<Cell>) {
    self.code = code
    self.globals = globals
    cells = UnsafeMutablePointer(bitPattern: 8).unsafelyUnwrapped
    super.init()
    let count = code.captures.count
    if count == 0 { return }
    cells = count <= Function.ownCells ? ownCells : Function.allocateCells(count)
    for i in 0..<count { (cells + i).initialize(to: capture(code.captures[i])) }
    Collector.watch(self)
  }

  /// A function without captured variables.
  package convenience init(code: Code, globals: Namespace) {
    precondition(code.captures.isEmpty)
    self.init(code: code, globals: globals) { _ in Unmanaged.passRetained(Cell(.unbound)) }
  }

  deinit {
    let count = code.captures.count
    if count == 0 { return }
    Collector.forget(self)
    for i in 0..<count { tnb_release(cells[i].toOpaque()) }
    if count > Function.ownCells { tnb_small_free(cells, count * MemoryLayout<Unmanaged<Cell>>.stride) }
  }

  @inline(__always) private var ownCells: UnsafeMutablePointer<Unmanaged<Cell>> {
    withUnsafeMutablePointer(to: &own) { UnsafeMutableRawPointer($0).assumingMemoryBound(to: Unmanaged<Cell>.self) }
  }

  private static func allocateCells(_ count: Int) -> UnsafeMutablePointer<Unmanaged<Cell>> {
    guard let memory = tnb_small_alloc(count * MemoryLayout<Unmanaged<Cell>>.stride) else {
      fatalError("tnb: out of memory")
    }
    return memory.bindMemory(to: Unmanaged<Cell>.self, capacity: count)
  }

  public override var builtinType: TypeObject { Types.function }

  override func traverse() {
    for i in 0..<code.captures.count { Collector.visit(Unmanaged<Object>.fromOpaque(cells[i].toOpaque())) }
  }

  override func clearReferences() {
    // A variable that another closure shares is that one's too.
    for i in 0..<code.captures.count where swift_retainCount(cells[i].toOpaque()) == 1 {
      cells[i]._withUnsafeGuaranteedRef { $0.clearReferences() }
    }
  }

  package var closure: [Cell] { (0..<code.captures.count).map { cells[$0].takeUnretainedValue() } }

  private func makeRare() -> Rare {
    willChange()
    if let rare { return rare }
    let made = Rare()
    rare = made
    return made
  }

  public override var contents: Any? {
    get {
      rare.map { [$0.defaults, $0.keywordDefaults, $0.name as Any, $0.qualifiedName as Any, $0.attributes as Any] }
        ?? []
    }
    set {
      guard let old = newValue as? [Any] else { return }
      if old.isEmpty {
        rare = nil
        return
      }
      let made = Rare()
      made.defaults = old[0] as? [Value] ?? []
      made.keywordDefaults = old[1] as? [Value] ?? []
      made.name = old[2] as? Str
      made.qualifiedName = old[3] as? Str
      made.attributes = old[4] as? Attributes
      made.definingClass = rare?.definingClass
      rare = made
    }
  }

  /// Whether any parameter has a default.
  var hasDefaults: Bool { rare != nil }

  /// Defaults of the last positional parameters.
  package var defaults: [Value] {
    get { rare?.defaults ?? [] }
    set { if !(newValue.isEmpty && rare == nil) { makeRare().defaults = newValue } }
  }
  /// Defaults of keyword-only parameters by their position among them; `.unbound` where there is none.
  package var keywordDefaults: [Value] {
    get { rare?.keywordDefaults ?? [] }
    set { if !(newValue.isEmpty && rare == nil) { makeRare().keywordDefaults = newValue } }
  }
  package var name: Str {
    get { rare?.name ?? code.name.str }
    set { makeRare().name = newValue }
  }
  package var qualifiedName: Str {
    get { rare?.qualifiedName ?? code.qualifiedNameText }
    set { makeRare().qualifiedName = newValue }
  }
  package var attributes: Attributes? {
    get { rare?.attributes }
    set { makeRare().attributes = newValue }
  }
  /// The class whose body defined it, for `super()` without arguments.
  package var definingClass: TypeObject? {
    get { rare?.definingClass }
    set { makeRare().definingClass = newValue }
  }
}
