import Tensor

/// What holds for the whole session and is no object: print options, the default dtype, whether gradients are recorded and
/// watched.
package struct SessionSettings: Equatable {
  private var printing = PrintOptions()
  private var arrays = NumPyPrintOptions()
  private var defaultFloat = DType.float32
  private var isGradEnabled = true
  private var isInference = false
  private var findsAnomalies = false
  private var checksNaN = true
  private var maximumDigits = IntText.standardMaximumDigits
  private var recursionLimit = 1000

  private init() {}

  /// As a session begins.
  nonisolated(unsafe) package static let standard = SessionSettings()

  /// As they are.
  package init(_ vm: VM) {
    printing = PrintOptions.current
    arrays = NumPyPrintOptions.current
    defaultFloat = DType.defaultFloat
    isGradEnabled = GradMode.isEnabled
    isInference = GradMode.isInference
    findsAnomalies = AnomalyMode.isEnabled
    checksNaN = AnomalyMode.checksNaN
    maximumDigits = IntText.maximumDigits
    recursionLimit = vm.recursionLimit
  }

  package func apply(_ vm: VM) {
    PrintOptions.current = printing
    NumPyPrintOptions.current = arrays
    DType.defaultFloat = defaultFloat
    GradMode.isEnabled = isGradEnabled
    GradMode.isInference = isInference
    AnomalyMode.isEnabled = findsAnomalies
    AnomalyMode.checksNaN = checksNaN
    IntText.maximumDigits = maximumDigits
    if vm.recursionLimit != recursionLimit { vm.recursionLimit = recursionLimit }
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
