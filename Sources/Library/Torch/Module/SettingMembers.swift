import Runtime
import Tensor

/// Settings: printing, threads, determinism.
enum SettingMembers {
  static func add(to table: MemberTable) {
    table.native(
      "set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None)",
      "Sets how tensors print."
    ) { (vm, args) throws(ExceptionObject) in
      var options = PrintOptions.current
      if let profile = args.given(4)?.string { _ = options.apply(profile: profile) }
      if let v = args.given(0), let n = try ArgumentConversion.int(v) { options.precision = max(0, min(n, 64)) }
      if let v = args.given(1), let n = try ArgumentConversion.scalar(v) { options.threshold = n.double }
      if let v = args.given(2), let n = try ArgumentConversion.int(v) {
        options.edgeItems = max(0, min(n, Int.max / 2))
      }
      if let v = args.given(3), let n = try ArgumentConversion.int(v) { options.lineWidth = n }
      if let v = args.given(5) {
        options.scientific = try vm.isTrue(v)
      } else {
        options.scientific = nil
      }
      PrintOptions.current = options
      return .none
    }
    table.native("get_num_threads()", "The number of threads used.") { (vm, args) throws(ExceptionObject) in
      .int(Setting.threads)
    }
    table.native("get_num_interop_threads()", "") { (vm, args) throws(ExceptionObject) in .int(1) }
    table.native("set_num_threads(int, /)", "Sets the number of threads used.") { (vm, args) throws(ExceptionObject) in
      guard let n = try ArgumentConversion.int(args[0]) else {
        throw .type("set_num_threads expects an int, but got \(ArgumentConversion.typeName(args[0]))")
      }
      if n <= 0 { throw .runtime("set_num_threads expects a positive integer") }
      Setting.threads = n
      return .none
    }
    table.native("set_num_interop_threads(int, /)", "") { (vm, args) throws(ExceptionObject) in .none }
    table.native(
      "use_deterministic_algorithms(mode, *, warn_only=False)",
      "Everything is deterministic; the setting is remembered."
    ) { (vm, args) throws(ExceptionObject) in
      Setting.isDeterministic = try vm.isTrue(args[0])
      return .none
    }
    table.native("are_deterministic_algorithms_enabled()", "") { (vm, args) throws(ExceptionObject) in
      .bool(Setting.isDeterministic)
    }
    table.native("set_float32_matmul_precision(precision)", "Products are always at full precision.") {
      (vm, args) throws(ExceptionObject) in
      Setting.matmulPrecision = args[0].string ?? "highest"
      return .none
    }
    table.native("get_float32_matmul_precision()", "") { (vm, args) throws(ExceptionObject) in
      .text(Setting.matmulPrecision)
    }
    table.native("set_flush_denormal(mode, /)", "Not supported: False.") { (vm, args) throws(ExceptionObject) in
      .bool(false)
    }
  }

  private enum Setting {
    nonisolated(unsafe) static var threads = 1
    nonisolated(unsafe) static var isDeterministic = false
    nonisolated(unsafe) static var matmulPrecision = "highest"
  }
}
