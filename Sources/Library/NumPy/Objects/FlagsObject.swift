import Runtime
import Tensor

/// `array.flags`.
package final class FlagsObject: Object {
  private let array: NDArray

  nonisolated(unsafe) static let type: TypeObject = {
    let type = TypeObject("flagsobj", module: "numpy._core.multiarray", bases: [Types.object], layout: .other)
    type.messageName = "numpy._core.multiarray.flagsobj"
    type.set(
      Symbol("writeable"),
      .object(
        NativeProperty(
          "writeable", "Whether elements can be assigned.",
          { (_, value) throws(ExceptionObject) in
            guard case .object(let o) = value, let f = o as? FlagsObject else { return .none }
            return .bool(f.array.isWritable)
          },
          set: { (vm, value, wanted) throws(ExceptionObject) in
            guard case .object(let o) = value, let f = o as? FlagsObject else { return }
            try f.setWritable(vm.isTrue(wanted))
          })))
    return type
  }()

  init(_ array: NDArray) {
    self.array = array
    super.init()
    customType = FlagsObject.type
  }

  func setWritable(_ wanted: Bool) throws(ExceptionObject) {
    if wanted, let base = array.base, !base.isWritable {
      throw .value("cannot set WRITEABLE flag to True of this array")
    }
    array.isWritable = wanted
  }

  private func flag(_ name: String) -> Bool? {
    let t = array.tensor
    let byColumns = NumPyCore.permute(t, (0..<t.ndim).reversed()).isContiguous
    switch name {
    case "c_contiguous", "contiguous": return t.isContiguous
    case "f_contiguous", "fortran": return byColumns
    case "fnc": return byColumns && !t.isContiguous
    case "forc": return byColumns || t.isContiguous
    case "owndata": return array.base == nil
    case "writeable": return array.isWritable
    case "aligned", "behaved": return true
    case "writebackifcopy": return false
    case "carray": return t.isContiguous && array.isWritable
    case "farray": return byColumns && array.isWritable
    default: return nil
    }
  }

  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    flag(name.text).map { .bool($0) }
  }
  package override func nativeGetItem(_ index: Value, _ vm: VM) throws(ExceptionObject) -> Value? {
    let short = ["C": "c_contiguous", "F": "f_contiguous", "O": "owndata", "W": "writeable", "A": "aligned"]
    guard let name = index.string, let answer = flag(short[name] ?? name.lowercased()) else {
      throw .key(.text("Unknown flag"))
    }
    return .bool(answer)
  }
  package override func nativeSetItem(_ index: Value, _ value: Value, _ vm: VM) throws(ExceptionObject) -> Bool {
    guard let name = index.string, name == "W" || name == "WRITEABLE" else { throw .key(.text("Unknown flag")) }
    try setWritable(vm.isTrue(value))
    return true
  }
  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    ["C_CONTIGUOUS", "F_CONTIGUOUS", "OWNDATA", "WRITEABLE", "ALIGNED", "WRITEBACKIFCOPY"].map { name in
      "  \(name) : \(flag(name.lowercased()) ?? false ? "True" : "False")\n"
    }.joined()
  }
}
