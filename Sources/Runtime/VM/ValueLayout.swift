/// Direct access to a value's tag and payload in memory, for the VM's loop.
///
/// `Value` is a multi-payload enum of 9 bytes: the payload in bytes 0–7, the case in byte 8. Reading the two directly spares the
/// copies (a retain and a release) that pattern matching through a pointer may cost. `ValueLayout.verify` checks the layout once
/// at start, so a compiler that lays the enum out differently is noticed at once.
enum ValueLayout {
  static let bool: UInt8 = 0
  static let int: UInt8 = 1
  static let float: UInt8 = 2
  static let str: UInt8 = 3
  static let list: UInt8 = 4
  static let tuple: UInt8 = 5
  static let dict: UInt8 = 6
  static let tensor: UInt8 = 7
  static let function: UInt8 = 8
  static let instance: UInt8 = 9
  static let object: UInt8 = 10
  /// `.unbound`, `.none` …, told apart by the payload.
  static let empty: UInt8 = 11

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
  }
}

extension UnsafeMutablePointer where Pointee == Value {
  @inline(__always) var tag: UInt8 { UnsafeRawPointer(self).load(fromByteOffset: 8, as: UInt8.self) }
  @inline(__always) var intPayload: Int { UnsafeRawPointer(self).load(as: Int.self) }
  @inline(__always) var floatPayload: Double { UnsafeRawPointer(self).load(as: Double.self) }
  @inline(__always) var boolPayload: Bool { UnsafeRawPointer(self).load(as: UInt8.self) & 1 != 0 }

  /// Whether the value here holds a reference.
  @inline(__always) var isReference: Bool { tag &- ValueLayout.str <= ValueLayout.object &- ValueLayout.str }

  /// The reference here, not retained. Precondition: the tag is the one of `T`'s case.
  @inline(__always) func reference<T: AnyObject>(as type: T.Type) -> Unmanaged<T> {
    UnsafeRawPointer(self).load(as: Unmanaged<T>.self)
  }

  @inline(__always) func setInt(_ value: Int) {
    if isReference {
      pointee = .int(value)
    } else {
      let raw = UnsafeMutableRawPointer(self)
      raw.storeBytes(of: value, as: Int.self)
      raw.storeBytes(of: ValueLayout.int, toByteOffset: 8, as: UInt8.self)
    }
  }

  @inline(__always) func setFloat(_ value: Double) {
    if isReference {
      pointee = .float(value)
    } else {
      let raw = UnsafeMutableRawPointer(self)
      raw.storeBytes(of: value, as: Double.self)
      raw.storeBytes(of: ValueLayout.float, toByteOffset: 8, as: UInt8.self)
    }
  }

  @inline(__always) func setBool(_ value: Bool) {
    if isReference {
      pointee = .bool(value)
    } else {
      let raw = UnsafeMutableRawPointer(self)
      raw.storeBytes(of: value ? 1 : 0, as: Int.self)
      raw.storeBytes(of: ValueLayout.bool, toByteOffset: 8, as: UInt8.self)
    }
  }

  /// A copy of what stands at `source`; plain numbers are copied without touching a reference count.
  @inline(__always) func copy(from source: UnsafeMutablePointer<Value>) {
    if isReference || source.isReference {
      pointee = source.pointee
    } else {
      let raw = UnsafeRawPointer(source)
      let to = UnsafeMutableRawPointer(self)
      to.storeBytes(of: raw.load(as: Int.self), as: Int.self)
      to.storeBytes(of: raw.load(fromByteOffset: 8, as: UInt8.self), toByteOffset: 8, as: UInt8.self)
    }
  }

  /// Drops the reference here, if any.
  @inline(__always) func release() {
    if isReference { pointee = .none }
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
    let value = move()
    initialize(to: .none)
    return value
  }
}
