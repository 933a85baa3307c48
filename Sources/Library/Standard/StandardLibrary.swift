import Runtime

/// The parts of Python's standard library that notebooks reach for. Each module is made on its first import.
enum StandardLibrary {
  static func install(into vm: VM) {
    installNative(into: vm)
    WrittenParts.register(vm)
    for (name, source) in embedded { vm.moduleLoaders[name] = EmbeddedModules.loader(name, source) }
    for (key, name, source) in parts { vm.moduleLoaders[key] = EmbeddedModules.loader(name, source) }
    let previous = vm.main.fallback
    let mathName = Symbol("math")
    let tableName = Symbol("read_csv")
    let displayName = Symbol("display")
    let others = vm.main.fallbackNames
    vm.main.fallbackNames = { others() + ["math", "read_csv", "display"] }
    vm.main.fallback = { [unowned vm] name in
      if let value = previous?(name) { return value }
      if name == Names.name { return .text("__main__") }
      if name == displayName { return (try? vm.attribute(vm.importedModule("IPython.display"), name)) ?? nil }
      if name == tableName { return (try? vm.attribute(vm.importedModule("_tables"), name)) ?? nil }
      return name == mathName ? .object(sharedMath(vm)) : nil
    }
  }

  /// `math` is there without an import.
  private static func sharedMath(_ vm: VM) -> Module {
    if let known = vm.modules["math"] { return known }
    let module = MathModule.make(vm)
    vm.modules["math"] = module
    return module
  }

  // A throwing closure assigned to the dictionary directly crashes the compiler (6.3.1); as a parameter it does not.
  private static func add(
    _ name: String, _ make: @escaping (VM) throws(ExceptionObject) -> Module, to vm: VM
  ) {
    vm.moduleLoaders[name] = make
  }

  private static func installNative(into vm: VM) {
    add("math", MathModule.make, to: vm)
    add("_random", RandomModule.make, to: vm)
    add("_collections", CollectionsModule.make, to: vm)
    add("_time", TimeModule.make, to: vm)
    add("itertools", ItertoolsModule.make, to: vm)
    add("gc", GCModule.make, to: vm)
    add("sys", SysModule.make, to: vm)
    add("os", OsModule.make, to: vm)
    add("os.path", OsPath.make, to: vm)
    add("io", IOModule.make, to: vm)
    add("_safetensors", SafeTensorsModule.make, to: vm)
    add("_re", RegularModule.make, to: vm)
    add("IPython", DisplayModule.makePackage, to: vm)
    add("IPython.display", DisplayModule.make, to: vm)
    add("_csv", CSVModule.make, to: vm)
    add("_json", JSONModule.make, to: vm)
    add("copy", CopyModule.make, to: vm)
    add("abc", AbstractModules.makeABC, to: vm)
    add("_library", AbstractModules.makeSupport, to: vm)
    add("numbers", AbstractModules.makeNumbers, to: vm)
    add("_warnings", WarningsSupport.make, to: vm)
    add("_functools", FunctoolsSupport.make, to: vm)
    add("_enum", AbstractModules.makeEnumSupport, to: vm)
  }

  /// Written in the language; the bytes are touched when the module is imported.
  private static let embedded: [(String, () -> [UInt8])] = [
    ("fnmatch", { PackageResources.fnmatch_py }),
    ("glob", { PackageResources.glob_py }),
    ("pathlib", { PackageResources.pathlib_py }),
    ("safetensors", { PackageResources.safetensors_py }),
    ("safetensors.torch", { PackageResources.safetensors_torch_py }),
    ("_tables", { PackageResources.tables_py }),
    ("csv", { PackageResources.csv_py }),
    ("pickle", { PackageResources.pickle_py }),
    ("timeit", { PackageResources.timeit_py }),
    ("logging", { PackageResources.logging_py }),
    ("re", { PackageResources.re_py }),
    ("_os", { PackageResources.os_py }),
    ("_fields", { PackageResources.fields_py }),
    ("random", { PackageResources.random_py }),
    ("collections", { PackageResources.collections_py }),
    ("functools", { PackageResources.functools_py }),
    ("operator", { PackageResources.operator_py }),
    ("statistics", { PackageResources.statistics_py }),
    ("dataclasses", { PackageResources.dataclasses_py }),
    ("enum", { PackageResources.enum_py }),
    ("typing", { PackageResources.typing_py }),
    ("warnings", { PackageResources.warnings_py }),
    ("string", { PackageResources.string_py }),
    ("contextlib", { PackageResources.contextlib_py }),
    ("textwrap", { PackageResources.textwrap_py }),
    ("pprint", { PackageResources.pprint_py }),
    ("types", { PackageResources.types_py }),
    ("datetime", { PackageResources.datetime_py }),
    ("time", { PackageResources.time_py }),
    ("_strptime", { PackageResources.strptime_py }),
    ("json", { PackageResources.json_py }),
    ("difflib", { PackageResources.difflib_py }),
    ("keyword", { PackageResources.keyword_py }),
    ("fractions", { PackageResources.fractions_py }),
    ("bisect", { PackageResources.bisect_py }),
    ("heapq", { PackageResources.heapq_py }),
    ("__future__", { PackageResources.future_py }),
  ]

  /// Parts of modules that are native otherwise, under the name those have: the key, the module's name, the source.
  private static let parts: [(String, String, () -> [UInt8])] = [
    ("_numpy", "numpy", { PackageResources.numpy_written_py }),
    ("_numpy_arguments", "numpy", { PackageResources.numpy_arguments_py }),
    ("_numpy_elementwise", "numpy", { PackageResources.numpy_elementwise_py }),
    ("_numpy_grids", "numpy", { PackageResources.numpy_grids_py }),
    ("_numpy_joining", "numpy", { PackageResources.numpy_joining_py }),
    ("_numpy_polynomials", "numpy", { PackageResources.numpy_polynomials_py }),
    ("_numpy_selections", "numpy", { PackageResources.numpy_selections_py }),
    ("_numpy_statistics", "numpy", { PackageResources.numpy_statistics_py }),
    ("_numpy_calculus", "numpy", { PackageResources.numpy_calculus_py }),
    ("_numpy_char", "numpy", { PackageResources.numpy_char_py }),
    ("_numpy_editing", "numpy", { PackageResources.numpy_editing_py }),
    ("_numpy_histograms", "numpy", { PackageResources.numpy_histograms_py }),
    ("_numpy_linalg", "numpy", { PackageResources.numpy_linalg_py }),
    ("_numpy_nan", "numpy", { PackageResources.numpy_nan_py }),
    ("_numpy_padding", "numpy", { PackageResources.numpy_padding_py }),
    ("_numpy_printing", "numpy", { PackageResources.numpy_printing_py }),
    ("_numpy_quantiles", "numpy", { PackageResources.numpy_quantiles_py }),
    ("_numpy_ranges", "numpy", { PackageResources.numpy_ranges_py }),
    ("_numpy_reductions", "numpy", { PackageResources.numpy_reductions_py }),
    ("_numpy_sets", "numpy", { PackageResources.numpy_sets_py }),
    ("_numpy_special", "numpy", { PackageResources.numpy_special_py }),
    ("_numpy_strides", "numpy", { PackageResources.numpy_strides_py }),
    ("_numpy_typing", "numpy", { PackageResources.numpy_typing_py }),
    ("_numpy_ufuncs", "numpy", { PackageResources.numpy_ufuncs_py }),
    ("_numpy_windows", "numpy", { PackageResources.numpy_windows_py }),
    ("_datetime_parts", "datetime", { PackageResources.datetime_parts_py }),
    ("_datetime_clock", "datetime", { PackageResources.datetime_clock_py }),
    ("_json_decoder", "json.decoder", { PackageResources.json_decoder_py }),
    ("_json_encoder", "json.encoder", { PackageResources.json_encoder_py }),
    ("_string_formatter", "string", { PackageResources.string_formatter_py }),
    ("_collections_abc_basic", "collections.abc", { PackageResources.collections_abc_basic_py }),
    ("_collections_abc", "collections.abc", { PackageResources.collections_abc_py }),
    ("_collections_user", "collections", { PackageResources.collections_user_py }),
    ("_statistics_normal", "statistics", { PackageResources.statistics_normal_py }),
    ("_typing_forms", "typing", { PackageResources.typing_forms_py }),
    ("_typing_classes", "typing", { PackageResources.typing_classes_py }),
    ("_typing_hints", "typing", { PackageResources.typing_hints_py }),
    ("_torch_func", "torch.func", { PackageResources.func_py }),
    ("_torch_divergences", "torch.distributions", { PackageResources.divergences_py }),
    ("_torch_distributions", "torch.distributions", { PackageResources.distributions_py }),
    ("_torch_distributions_constraints", "torch.distributions.constraints", { PackageResources.constraints_py }),
  ]
}
