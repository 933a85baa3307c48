import Runtime

/// `torch.cuda`: there, and without a device.
enum CudaModule {
  static func make() -> Module {
    TorchModule.table("cuda") { table in
      answer(table, "is_available", .bool(false))
      answer(table, "device_count", .int(0))
      answer(table, "is_initialized", .bool(false))
      answer(table, "is_bf16_supported", .bool(false))
      for name in ["manual_seed", "manual_seed_all", "empty_cache", "seed", "seed_all", "reset_peak_memory_stats"] {
        answer(table, name, .none)
      }
      for name in [
        "current_device", "get_device_name", "synchronize", "set_device", "get_device_properties",
        "get_device_capability",
        "memory_allocated", "Stream", "Event", "init",
      ] {
        table.set(
          name,
          .object(
            NativeFunction(unbound: "\(name)(*args, **kwargs)") { (_, _, _, _) throws(ExceptionObject) in
              throw .make(Types.assertionError, "Torch not compiled with CUDA enabled")
            }))
      }
    }
  }

  /// A function that takes anything and gives a constant.
  static func answer(_ table: MemberTable, _ name: String, _ value: Value) {
    table.set(
      name,
      .object(NativeFunction(unbound: "\(name)(*args, **kwargs)") { (_, _, _, _) throws(ExceptionObject) in value }))
  }
}

/// `torch.backends.*`, `torch.mps`, `torch.cpu`: settings can be made, nothing but the CPU is available.
enum BackendModules {
  static func cudnn() -> Module {
    let module = TorchModule.table("backends.cudnn") { table in
      CudaModule.answer(table, "is_available", .bool(false))
      CudaModule.answer(table, "version", .none)
    }
    module.attributes.set(Symbol("deterministic"), .bool(false))
    module.attributes.set(Symbol("benchmark"), .bool(false))
    module.attributes.set(Symbol("enabled"), .bool(true))
    module.attributes.set(Symbol("allow_tf32"), .bool(true))
    return module
  }

  static func absent(_ name: String) -> Module {
    TorchModule.table(name) { table in
      CudaModule.answer(table, "is_available", .bool(name.hasSuffix("mkl")))
      CudaModule.answer(table, "is_built", .bool(false))
      CudaModule.answer(table, "device_count", .int(0))
      CudaModule.answer(table, "manual_seed", .none)
      CudaModule.answer(table, "empty_cache", .none)
      table.lazy("matmul") {
        let matmul = Module("torch.\(name).matmul")
        matmul.attributes.set(Symbol("allow_tf32"), .bool(false))
        return .object(matmul)
      }
    }
  }

  /// No device besides the CPU.
  static func accelerator() -> Module {
    TorchModule.table("accelerator") { table in
      CudaModule.answer(table, "is_available", .bool(false))
      CudaModule.answer(table, "current_accelerator", .none)
      CudaModule.answer(table, "device_count", .int(0))
      for name in ["current_device_index", "current_stream", "set_device_index", "set_stream", "synchronize"] {
        table.set(
          name,
          .object(
            NativeFunction(unbound: "\(name)(*args, **kwargs)") { (_, _, _, _) throws(ExceptionObject) in
              throw .runtime("Cannot access accelerator device when none is available.")
            }))
      }
    }
  }

  static func cpu() -> Module {
    TorchModule.table("cpu") { table in
      CudaModule.answer(table, "is_available", .bool(true))
      CudaModule.answer(table, "device_count", .int(1))
      CudaModule.answer(table, "synchronize", .none)
      CudaModule.answer(table, "current_device", .text("cpu"))
    }
  }
}
