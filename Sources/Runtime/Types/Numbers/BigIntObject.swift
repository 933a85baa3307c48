import BigInt

/// An int past 64 bits. Values that fit are always `.int`, so equality of forms is equality of values.
package final class BigIntObject: Object {
  package let value: BigInt
  private init(_ value: BigInt) { self.value = value }
  public override var builtinType: TypeObject { Types.int }

  /// The value in its one form: `.int` when it fits.
  package static func make(_ value: BigInt) -> Value {
    if let small = Int(exactly: value) { return .int(small) }
    return .object(BigIntObject(value))
  }
}
