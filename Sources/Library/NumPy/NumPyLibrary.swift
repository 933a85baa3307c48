import Runtime
import Tensor

/// The module `numpy`.
enum NumPyLibrary {
  static func install(into vm: VM) {
    let load: (VM) throws(ExceptionObject) -> Module = { _ in module }
    vm.moduleLoaders["numpy"] = load
    for name in ["linalg", "random", "testing", "lib", "lib.stride_tricks", "char", "strings", "typing"] {
      let load: (VM) throws(ExceptionObject) -> Module = { (_: VM) throws(ExceptionObject) -> Module in
        guard let made = submodule(name) else {
          throw ExceptionObject.make(Types.moduleNotFoundError, "No module named 'numpy.\(name)'")
        }
        return made
      }
      vm.moduleLoaders["numpy." + name] = load
    }
  }

  private static func submodule(_ path: String) -> Module? {
    var found: Module? = module
    for name in path.split(separator: ".") {
      guard case .object(let o)? = found?.member(String(name)) else { return nil }
      found = o as? Module
    }
    return found
  }

  nonisolated(unsafe) static let module: Module = {
    let module = Module("numpy")
    module.attributes.set(Symbol("__getattr__"), .object(RemovedNames.hook(for: module)))
    module.loader = { members.find($0.text) ?? composed($0) }
    module.loadableNames = {
      members.names + NumPyParts.names
    }
    return module
  }()

  /// One of the functions that are written in the language: of numpy's own, or of a submodule's part.
  private static func composed(_ name: Symbol, _ part: String? = nil) -> Value? {
    guard isComposed(name.text), let key = part ?? NumPyParts.part(of: name.text) else { return nil }
    return WrittenParts.module(key)?.member(name.text)
  }

  /// What that module defines, and not what it imports for itself.
  private static func isComposed(_ name: String) -> Bool {
    name.utf8.first != UInt8(ascii: "_") && !["builtins", "math", "operator", "re", "np"].contains(name)
  }

  nonisolated(unsafe) private static let members: MemberTable = {
    let table = MemberTable()
    NumPyDType.install()
    NumPyScalar.install()
    UFunc.install()
    NDArrayMembers.install()
    addTypes(to: table)
    CreationFunctions.add(to: table)
    ElementwiseFunctions.add(to: table)
    ShapeFunctions.add(to: table)
    NumPyJoining.add(to: table)
    ReductionFunctions.add(to: table)
    OtherFunctions.add(to: table)
    FileFunctions.add(to: table)
    RawFiles.add(to: table)
    LoadText.add(to: table)
    GeneralText.add(to: table)
    SaveText.add(to: table)
    table.lazy("linalg") { .object(NumPyLinalgModule.make()) }
    table.lazy("random") { .object(NumPyRandomModule.make()) }
    table.lazy("testing") { .object(NumPyTestingModule.make()) }
    table.lazy("lib") {
      .object(
        NumPyLibrary.table("lib") { lib in
          lib.lazy("stride_tricks") {
            .object(NumPyLibrary.table("lib.stride_tricks", written: "_numpy_strides") { _ in })
          }
        })
    }
    table.lazy("typing") { .object(NumPyLibrary.table("typing", written: "_numpy_typing") { _ in }) }
    for name in ["char", "strings"] {
      table.lazy(name) { .object(NumPyLibrary.table(name, written: "_numpy_char") { _ in }) }
    }
    NumPyErrors.add(to: table)
    MemoryViews.add(to: table)
    InnerLoops.add(to: table)
    TextFunctions.wrap(table)
    return table
  }()

  private static func addTypes(to table: MemberTable) {
    table.set("__version__", .text("2.4.6"))
    table.set("pi", .float(.pi))
    table.set("e", .float(2.718281828459045))
    table.set("euler_gamma", .float(0.5772156649015329))
    table.set("inf", .float(.infinity))
    table.set("nan", .float(.nan))
    table.set("newaxis", .none)
    table.set("ndarray", .object(NumPyTypes.ndarray))
    table.set("dtype", .object(NumPyTypes.dtype))
    table.set("ufunc", .object(NumPyTypes.ufunc))
    table.set("flatiter", .object(FlatIterator.type))
    table.set("longlong", .object(NumPyTypes.int64))
    for d in NumPyTypes.scalarTypes { table.set(d.name, .object(NumPyTypes.scalar(d))) }
    table.set("bool_", .object(NumPyTypes.bool))
    table.set("int_", .object(NumPyTypes.int64))
    table.set("intp", .object(NumPyTypes.int64))
    table.set("intc", .object(NumPyTypes.int32))
    table.set("double", .object(NumPyTypes.float64))
    table.set("single", .object(NumPyTypes.float32))
    table.set("half", .object(NumPyTypes.float16))
    table.set("long", .object(NumPyTypes.int64))
    table.set("byte", .object(NumPyTypes.int8))
    table.set("ubyte", .object(NumPyTypes.uint8))
    table.set("short", .object(NumPyTypes.int16))
    table.set("str_", .object(NumPyTypes.str))
    for type in [
      NumPyTypes.generic, NumPyTypes.number, NumPyTypes.integer, NumPyTypes.signedInteger, NumPyTypes.unsignedInteger,
      NumPyTypes.inexact, NumPyTypes.floating, NumPyTypes.character,
    ] {
      table.set(type.name, .object(type))
    }
    table.set("True_", .object(NumPyScalar(.bool(true), .bool)))
    table.set("False_", .object(NumPyScalar(.bool(false), .bool)))
    table.lazy("exceptions") {
      let module = Module("numpy.exceptions")
      module.attributes.set(Symbol("AxisError"), .object(NumPyTypes.axisError))
      return .object(module)
    }
  }

  /// A submodule with members of its own, and those of a part that is written in the language.
  static func table(_ name: String, written: String? = nil, _ fill: @escaping (MemberTable) -> Void) -> Module {
    let module = Module("numpy." + name)
    var made: MemberTable?
    func members() -> MemberTable {
      if let made { return made }
      let table = MemberTable()
      fill(table)
      made = table
      return table
    }
    module.loader = { name in members().find(name.text) ?? written.flatMap { composed(name, $0) } }
    module.loadableNames = {
      members().names + (written.flatMap { WrittenParts.module($0)?.loadableNames?() } ?? []).filter(isComposed)
    }
    return module
  }

  static func requireNoGrad(_ t: Tensor) throws(ExceptionObject) {
    if t.requiresGrad {
      throw .runtime("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
    }
    if t.dtype == .bfloat16 { throw .type("Got unsupported ScalarType BFloat16") }
  }

  /// `tensor.numpy()`: an array over the tensor's memory.
  static func array(of t: Tensor, force: Bool) throws(ExceptionObject) -> Value {
    _ = members
    if !force { try requireNoGrad(t) }
    try NumPyCore.requireRoom(for: t)
    return .object(NDArray(t.alias()))
  }
}

/// `np.testing`.
enum NumPyTestingModule {
  static func make() -> Module {
    NumPyLibrary.table("testing") { table in
      for name in [
        "assert_allclose", "assert_array_equal", "assert_array_almost_equal", "assert_almost_equal", "assert_equal",
      ] {
        table.native(
          "\(name)(actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg='', verbose=True)",
          "Raises where arrays differ."
        ) {
          (vm, args) throws(ExceptionObject) in
          let isExact = name.hasSuffix("equal") && !name.contains("almost")
          let rtol =
            isExact ? 0 : name.contains("almost") ? 0 : args.has(2) ? try CreationFunctions.number(args[2], vm) : 1e-7
          let atol =
            isExact ? 0 : name.contains("almost") ? 1.5e-6 : args.has(3) ? try CreationFunctions.number(args[3], vm) : 0
          guard let f = NumPyLibrary.module.member("allclose") else { return .none }
          let same = try vm.call(f, [args[0], args[1], .float(rtol), .float(atol), .bool(true)])
          if try !vm.isTrue(same) {
            throw .make(
              Types.assertionError,
              "\nNot equal to tolerance rtol=\(FloatText.repr(rtol)), atol=\(FloatText.repr(atol))\n")
          }
          return .none
        }
      }
    }
  }
}
