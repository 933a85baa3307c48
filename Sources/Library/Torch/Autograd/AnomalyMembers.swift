import Runtime
import Tensor

/// `torch.autograd.detect_anomaly`, `set_detect_anomaly`, and what tells whether they are on.
enum AnomalyMembers {
  static func add(to table: MemberTable) {
    table.native("detect_anomaly(check_nan=True)", "Backward raises RuntimeError where an operation hands on NaN.") {
      (vm, args) throws(ExceptionObject) in
      let checksNaN = args.has(0) ? try vm.isTrue(args[0]) : true
      var before = (AnomalyMode.isEnabled, AnomalyMode.checksNaN)
      return .object(
        ContextObject(
          "detect_anomaly",
          enter: { (_) throws(ExceptionObject) in
            before = (AnomalyMode.isEnabled, AnomalyMode.checksNaN)
            (AnomalyMode.isEnabled, AnomalyMode.checksNaN) = (true, checksNaN)
            return .none
          },
          exit: { (_) throws(ExceptionObject) in (AnomalyMode.isEnabled, AnomalyMode.checksNaN) = before }))
    }
    table.native("set_detect_anomaly(mode, check_nan=True)", "As `detect_anomaly`, from now on or inside of a `with`.")
    {
      (vm, args) throws(ExceptionObject) in
      let before = (AnomalyMode.isEnabled, AnomalyMode.checksNaN)
      AnomalyMode.isEnabled = try vm.isTrue(args[0])
      AnomalyMode.checksNaN = args.has(1) ? try vm.isTrue(args[1]) : true
      return .object(
        ContextObject(
          "set_detect_anomaly", enter: { (_) throws(ExceptionObject) in .none },
          exit: { (_) throws(ExceptionObject) in (AnomalyMode.isEnabled, AnomalyMode.checksNaN) = before }))
    }
  }

  /// `torch.is_anomaly_enabled()` and its like.
  static func addQuestions(to table: MemberTable) {
    table.native("is_anomaly_enabled()", "Whether backward looks for anomalies.") {
      (vm, args) throws(ExceptionObject) in
      .bool(AnomalyMode.isEnabled)
    }
    table.native("is_anomaly_check_nan_enabled()", "Whether it looks for NaN, once enabled.") {
      (vm, args) throws(ExceptionObject) in .bool(AnomalyMode.checksNaN)
    }
  }
}
