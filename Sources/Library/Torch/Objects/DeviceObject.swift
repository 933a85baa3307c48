import Runtime
import Tensor

/// `torch.device('cpu')`. Others can be named, but nothing can be put on them.
package final class DeviceObject: Object {
  let kind: String
  let index: Int?

  init(_ kind: String, _ index: Int? = nil) {
    self.kind = kind
    self.index = index
  }

  package override var builtinType: TypeObject { TorchTypes.device }

  nonisolated(unsafe) static let cpu = DeviceObject("cpu")

  var text: String { index.map { "\(kind):\($0)" } ?? kind }

  private static let kinds = [
    "cpu", "cuda", "ipu", "xpu", "mkldnn", "opengl", "opencl", "ideep", "hip", "ve", "fpga", "maia", "xla", "lazy",
    "vulkan", "mps", "meta", "hpu", "mtia", "privateuseone",
  ]

  /// Parses `cuda:0`; raises PyTorch's errors for what is no device.
  static func parse(_ text: String) throws(ExceptionObject) -> DeviceObject {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let head = parts.first, kinds.contains(String(head)) else {
      let isName = (parts.first ?? "").utf8.allSatisfy { $0 == UInt8(ascii: "_") || ($0 | 32 >= 97 && $0 | 32 <= 122) }
      if !isName || text.isEmpty { throw .runtime("Invalid device string: '\(text)'") }
      throw .runtime(
        "Expected one of \(kinds.joined(separator: ", ")) device type at start of device string: \(parts.first ?? "")")
    }
    if parts.count == 1 { return head == "cpu" ? cpu : DeviceObject(String(head)) }
    guard parts.count == 2, let index = Int(parts[1]), index >= 0 else {
      throw .runtime("Invalid device string: '\(text)'")
    }
    return DeviceObject(String(head), index)
  }

  /// A device from what a `device=` argument may be; nil for other types.
  static func from(_ value: Value) throws(ExceptionObject) -> DeviceObject? {
    switch value {
    case .str(let s): return try parse(s.string)
    case .int: throw .runtime("Cannot access accelerator device when none is available.")
    case .object(let o): return o as? DeviceObject
    default: return nil
    }
  }

  /// Raises for every device but the CPU.
  func requireAvailable() throws(ExceptionObject) {
    switch kind {
    case "cpu": return
    case "cuda": throw .make(Types.assertionError, "Torch not compiled with CUDA enabled")
    default: throw .runtime("device '\(text)' is not available in tnb")
    }
  }

  package override func nativeRepr(_ vm: VM) throws(ExceptionObject) -> String? {
    index.map { "device(type='\(kind)', index=\($0))" } ?? "device(type='\(kind)')"
  }
  package override func nativeStr(_ vm: VM) throws(ExceptionObject) -> String? { text }
  package override func nativeHash(_ vm: VM) throws(ExceptionObject) -> Int? {
    text.utf8.reduce(5381) { $0 &* 33 &+ Int($1) }
  }
  package override func nativeEqual(_ other: Value, _ vm: VM) throws(ExceptionObject) -> Bool? {
    guard case .object(let o) = other, let d = o as? DeviceObject else { return nil }
    return d.kind == kind && d.index == index
  }
  package override func nativeAttribute(_ name: Symbol, _ vm: VM) throws(ExceptionObject) -> Value? {
    switch name.text {
    case "type": .text(kind)
    case "index": index.map { .int($0) } ?? .none
    default: nil
    }
  }

  /// `torch.device(…)`.
  static let constructor = NativeFunction("device(type, index=None)", "A device by name.") {
    (vm, args) throws(ExceptionObject) in
    guard let device = try from(args[0]) else {
      throw .type("device(): argument 'type' (position 1) must be str, not \(ArgumentConversion.typeName(args[0]))")
    }
    if let given = args.given(1), let i = try ArgumentConversion.int(given) {
      return .object(DeviceObject(device.kind, i))
    }
    return .object(device)
  }
}
