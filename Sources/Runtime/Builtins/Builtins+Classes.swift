extension Builtins {
  static func classes(_ m: inout Members) {
    m.add("isinstance(obj, class_or_tuple, /)", "Whether obj is an instance of the class, or of one of a tuple.") {
      (vm, args) throws(ExceptionObject) in
      let (value, wanted) = (args.base, args.base + 1)
      if value.tag == ValueLayout.instance && wanted.tag == ValueLayout.object
        && value.reference(as: Instance.self).classAddress.toOpaque() == wanted.address
      {
        return .bool(true)
      }
      return .bool(try vm.isInstance(args[0], ofAny: args[1]))
    }
    m.add("issubclass(cls, class_or_tuple, /)", "Whether cls is the class or derives from it, or from one of a tuple.")
    {
      (vm, args) throws(ExceptionObject) in
      .bool(try vm.isSubclass(args[0], ofAny: args[1]))
    }
    m.add("callable(obj, /)", "Whether obj can be called.") { (vm, args) throws(ExceptionObject) in
      .bool(isCallable(args[0], vm))
    }
    m.add("id(obj, /)", "A number that stands for obj's identity.") { (vm, args) throws(ExceptionObject) in
      switch args[0] {
      case .int(let i): return .int(i &* 32 &+ 9_788_992)
      case .bool(let b): return .int(b ? 9_421_984 : 9_421_952)
      case .float(let d): return .int(Int(bitPattern: UInt(d.bitPattern >> 4)))
      case .tensor(let t): return .int(Int(bitPattern: Unmanaged.passUnretained(t).toOpaque()))
      default:
        guard let object = args[0].object else { return .int(9_484_224) }
        return .int(Int(bitPattern: Unmanaged.passUnretained(object).toOpaque()))
      }
    }
    m.add("hash(obj, /)", "The number that dicts find obj by.") { (vm, args) throws(ExceptionObject) in
      .int(try vm.hash(args[0]))
    }
  }
}
