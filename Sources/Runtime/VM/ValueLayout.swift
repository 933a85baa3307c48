import CKernels

/// Direct access to a value's tag and payload in memory, for the VM's loop.
///
/// `Value` is a multi-payload enum of 9 bytes: the payload in bytes 0–7, the case in byte 8. Reading the two directly, and
/// counting references by hand, spares the copies that pattern matching through a pointer costs and the calls that copy and
/// consume an enum. `ValueLayout.verify` checks the layout once at start, so a compiler that lays the enum out differently, or
/// a runtime that counts differently, is noticed at once.
enum ValueLayout {
  static let str: UInt8 = 0
  static let list: UInt8 = 1
  static let tuple: UInt8 = 2
  static let dict: UInt8 = 3
  static let tensor: UInt8 = 4
  static let function: UInt8 = 5
  static let instance: UInt8 = 6
  static let object: UInt8 = 7
  static let bool: UInt8 = 8
  static let int: UInt8 = 9
  static let float: UInt8 = 10
  /// `.unbound`, `.none` …, told apart by the payload.
  static let empty: UInt8 = 11

  // Payloads of the empty cases.
  static let unbound = 0
  static let none = 1
  static let notImplemented = 2

  static func verify() {
    precondition(MemoryLayout<Value>.size == 9 && MemoryLayout<Value>.stride == 16)
    func check(_ value: Value, _ tag: UInt8) {
      withUnsafePointer(to: value) { precondition(UnsafeMutablePointer(mutating: $0).tag == tag) }
    }
    check(.bool(true), bool)
    check(.int(7), int)
    check(.float(1), float)
    check(.str(Str("")), str)
    check(.list(List([])), list)
    check(.tuple(Tuple.empty), tuple)
    check(.object(List([])), object)
    check(.none, empty)
    check(.unbound, empty)
    withUnsafePointer(to: Value.int(-5)) { precondition(UnsafeMutablePointer(mutating: $0).intPayload == -5) }
    withUnsafePointer(to: Value.unbound) { precondition(UnsafeMutablePointer(mutating: $0).intPayload == unbound) }
    withUnsafePointer(to: Value.none) { precondition(UnsafeMutablePointer(mutating: $0).intPayload == none) }
    withUnsafePointer(to: Value.notImplemented) {
      precondition(UnsafeMutablePointer(mutating: $0).intPayload == notImplemented)
    }
    precondition(MemoryLayout<Step>.stride == 16 && MemoryLayout<InlineCache>.stride == 48)
    verifyCounts()
    Str.verifyLayout()
    let cell = Cell(.int(77))
    withExtendedLifetime(cell) {
      let place = (Unmanaged.passUnretained(cell).toOpaque() + Cell.valueOffset).assumingMemoryBound(to: Value.self)
      precondition(place.tag == int && place.intPayload == 77)
    }
  }

  /// One more reference keeps an object alive that Swift has let go of; one less frees it.
  private static func verifyCounts() {
    final class Probe {
      nonisolated(unsafe) static var living = 0
      init() { Probe.living += 1 }
      deinit { Probe.living -= 1 }
    }
    var probe: Probe? = Probe()
    let address = Unmanaged.passUnretained(probe!).toOpaque()
    tnb_retain(address)
    tnb_retain(address)
    tnb_release(address)
    probe = nil
    precondition(Probe.living == 1)
    tnb_release(address)
    precondition(Probe.living == 0)
  }
}

extension UnsafeMutablePointer where Pointee == Value {
  /// The value `offset` bytes further on: operands of instructions are byte offsets.
  @inline(__always) func at(_ offset: Int32) -> UnsafeMutablePointer<Value> {
    (UnsafeMutableRawPointer(self) + Int(offset)).assumingMemoryBound(to: Value.self)
  }

  @inline(__always) var tag: UInt8 { UnsafeRawPointer(self).load(fromByteOffset: 8, as: UInt8.self) }
  @inline(__always) var intPayload: Int { UnsafeRawPointer(self).load(as: Int.self) }
  @inline(__always) var floatPayload: Double { UnsafeRawPointer(self).load(as: Double.self) }
  @inline(__always) var boolPayload: Bool { UnsafeRawPointer(self).load(as: UInt8.self) & 1 != 0 }

  @inline(__always) var holdsUnbound: Bool { tag == ValueLayout.empty && intPayload == ValueLayout.unbound }
  @inline(__always) var holdsNone: Bool { tag == ValueLayout.empty && intPayload == ValueLayout.none }

  /// Whether the value here holds a reference.
  @inline(__always) var isReference: Bool { UnsafeMutablePointer.isReference(tag) }

  @inline(__always) static func isReference(_ tag: UInt8) -> Bool {
    tag <= ValueLayout.object
  }

  /// The reference here, not retained. Precondition: the tag is the one of `T`'s case.
  @inline(__always) func reference<T: AnyObject>(as type: T.Type) -> Unmanaged<T> {
    UnsafeRawPointer(self).load(as: Unmanaged<T>.self)
  }

  /// The object's address. Precondition: `isReference`.
  @inline(__always) var address: UnsafeMutableRawPointer {
    UnsafeRawPointer(self).load(as: UnsafeMutableRawPointer.self)
  }

  /// Overwrites payload and tag without looking at what stood here.
  @inline(__always) func store(_ payload: Int, _ tag: UInt8) {
    let raw = UnsafeMutableRawPointer(self)
    raw.storeBytes(of: payload, as: Int.self)
    raw.storeBytes(of: tag, toByteOffset: 8, as: UInt8.self)
  }

  /// Puts payload and tag here; what stood here is released afterwards, as its release may run any code.
  @inline(__always) func replace(_ payload: Int, _ tag: UInt8) {
    if isReference {
      let old = address
      store(payload, tag)
      tnb_release(old)
    } else {
      store(payload, tag)
    }
  }

  @inline(__always) func setInt(_ value: Int) { replace(value, ValueLayout.int) }
  @inline(__always) func setFloat(_ value: Double) {
    replace(Int(bitPattern: UInt(value.bitPattern)), ValueLayout.float)
  }
  @inline(__always) func setBool(_ value: Bool) { replace(value ? 1 : 0, ValueLayout.bool) }
  @inline(__always) func setNone() { replace(ValueLayout.none, ValueLayout.empty) }
  @inline(__always) func setUnbound() { replace(ValueLayout.unbound, ValueLayout.empty) }

  /// Takes over a value.
  @inline(__always) func set(_ value: consuming Value) {
    if isReference {
      let old = address
      self.initialize(to: consume value)
      tnb_release(old)
    } else {
      self.initialize(to: consume value)
    }
  }

  /// Puts an object here under the tag of its case. The reference is taken over.
  @inline(__always) func setObject<T: AnyObject>(_ object: consuming T, _ tag: UInt8) {
    replace(Int(bitPattern: Unmanaged.passRetained(object).toOpaque()), tag)
  }

  /// A copy of what stands at `source`; plain numbers are copied without touching a reference count.
  @inline(__always) func copy(from source: UnsafeMutablePointer<Value>) {
    let payload = source.intPayload
    let tag = source.tag
    if UnsafeMutablePointer.isReference(tag) { tnb_retain(source.address) }
    replace(payload, tag)
  }

  /// Takes over what stands at `source`, which holds None afterwards.
  @inline(__always) func move(from source: UnsafeMutablePointer<Value>) {
    let payload = source.intPayload
    let tag = source.tag
    source.store(ValueLayout.none, ValueLayout.empty)
    replace(payload, tag)
  }

  /// Copies to memory without a value.
  @inline(__always) func initializeCopy(from source: UnsafeMutablePointer<Value>) {
    if source.isReference { tnb_retain(source.address) }
    store(source.intPayload, source.tag)
  }

  /// Drops the reference here, if any.
  @inline(__always) func release() {
    if isReference {
      let old = address
      store(ValueLayout.none, ValueLayout.empty)
      tnb_release(old)
    }
  }

  /// Drops the references of `count` values.
  @inline(__always) func release(count: Int) {
    var i = 0
    while i < count {
      (self + i).release()
      i &+= 1
    }
  }

  /// The value here, moved out; None stays.
  @inline(__always) func take() -> Value {
    let value = self.move()
    store(ValueLayout.none, ValueLayout.empty)
    return value
  }
}
