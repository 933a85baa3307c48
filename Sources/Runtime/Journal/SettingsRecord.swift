import Tensor

/// What holds for the whole session and is no object: print options, the default dtype, whether gradients are recorded.
struct SessionSettings {
  private let printing = PrintOptions.current
  private let arrays = NumPyPrintOptions.current
  private let defaultFloat = DType.defaultFloat
  private let isGradEnabled = GradMode.isEnabled
  private let isInference = GradMode.isInference
  private let maximumDigits = IntText.maximumDigits
  private let recursionLimit: Int

  init(_ vm: VM) { recursionLimit = vm.recursionLimit }

  func apply(_ vm: VM) {
    PrintOptions.current = printing
    NumPyPrintOptions.current = arrays
    DType.defaultFloat = defaultFloat
    GradMode.isEnabled = isGradEnabled
    GradMode.isInference = isInference
    IntText.maximumDigits = maximumDigits
    if vm.recursionLimit != recursionLimit { vm.recursionLimit = recursionLimit }
  }

  /// Whether a cell changed any: compared by their text, as few of them are worth an `==` of their own.
  func isSame(as other: SessionSettings) -> Bool {
    defaultFloat == other.defaultFloat && isGradEnabled == other.isGradEnabled && isInference == other.isInference
      && maximumDigits == other.maximumDigits && recursionLimit == other.recursionLimit
      && "\(printing)" == "\(other.printing)" && "\(arrays)" == "\(other.arrays)"
  }
}

/// The settings from before a cell that changed them.
package final class SettingsRecord: ChangeRecord {
  /// All settings count as one thing that cells depend on.
  package static let subject = Object()
  private let vm: VM
  private var kept: SessionSettings

  init(_ vm: VM, before: SessionSettings) {
    self.vm = vm
    kept = before
    super.init(SettingsRecord.subject, byteCount: 200)
  }

  package override func swap() {
    let now = SessionSettings(vm)
    kept.apply(vm)
    kept = now
  }
}
