import Runtime
import Tensor

/// A value that `torch.save` keeps: a tensor, a plain value, or a container of them.
enum SavedValue {
  case none
  case bool(Bool)
  case integer(Integer)
  case float(Double)
  case text(Str)
  case bytes([UInt8])
  case list(List)
  case tuple(Tuple)
  case size(Tuple)
  case set(SetObject)
  /// `state`: attributes of the dict object itself, such as a state_dict's `_metadata`.
  case dict(Dict, DictKind, state: [(Symbol, Value)])
  case tensor(Tensor)
  case dtype(DType)
  case device(DeviceObject)

  /// Which class of dict.
  enum DictKind: String {
    case plain = "dict"
    case ordered = "OrderedDict"
    case counter = "Counter"
  }

  /// Raises TypeError, which names the value's type and its place, for what is not kept.
  init(_ value: Value, at path: [String], _ vm: VM) throws(ExceptionObject) {
    let type = vm.type(of: value)
    switch value {
    case .none: self = .none
    case .bool(let b): self = .bool(b)
    case .int(let i): self = .integer(.small(i))
    case .float(let d): self = .float(d)
    case .str(let s): self = .text(s)
    case .list(let l): self = .list(l)
    case .tuple(let t): self = .tuple(t)
    case .dict(let d): self = .dict(d, .plain, state: [])
    case .tensor(let t) where type === Types.tensor || type === ParameterType.type: self = .tensor(t)
    case .instance(let i):
      guard type.module == "collections", let kind = DictKind(rawValue: type.name), let dict = value.asDict else {
        throw SavedValue.refusal(value, path, vm)
      }
      self = .dict(dict, kind, state: i.ownNames.compactMap { name in i.own(name).map { (name, $0) } })
    case .object(let o):
      switch o {
      case let big as BigIntObject: self = .integer(.big(big.value))
      case let bytes as BytesObject: self = .bytes(bytes.bytes)
      case let size as SizeObject: self = .size(size)
      case let set as SetObject where type === Types.set: self = .set(set)
      case let dtype as DTypeObject: self = .dtype(dtype.dtype)
      case let device as DeviceObject: self = .device(device)
      default: throw SavedValue.refusal(value, path, vm)
      }
    case .unbound, .notImplemented, .ellipsis, .function, .tensor: throw SavedValue.refusal(value, path, vm)
    }
  }

  private static func refusal(_ value: Value, _ path: [String], _ vm: VM) -> ExceptionObject {
    let type = vm.type(of: value)
    let place = path.isEmpty ? "" : " (at \(path.map { "[\($0)]" }.joined()))"
    let error = ExceptionObject.type(
      "torch.save in tnb keeps tensors, state_dicts and plain containers, not \(vm.qualifiedTypeName(type))\(place)")
    if type.mro.contains(where: { $0.name == "Module" && $0.module.hasPrefix("torch.nn") }) {
      error.hints = ["hint: save model.state_dict(); model.load_state_dict(torch.load(file)) brings it back"]
    } else if type.mro.contains(where: { $0.name == "Optimizer" }) {
      error.hints = ["hint: save optimizer.state_dict(); optimizer.load_state_dict(torch.load(file)) brings it back"]
    } else if case .object(let o) = value {
      switch o {
      case is NDArray: error.hints = ["hint: torch.from_numpy(array) makes a tensor of it; np.save keeps an array"]
      case is NumPyScalar: error.hints = ["hint: x.item() makes a number of it"]
      case is GeneratorObject: error.hints = ["hint: save generator.get_state()"]
      default: break
      }
    } else if value.asDict != nil {
      error.hints = ["hint: dict(x) makes a plain dict of it"]
    } else if value.asTuple != nil {
      error.hints = ["hint: tuple(x) makes a plain tuple of it"]
    }
    return error
  }

  /// Deeper nesting is refused, as Python's recursion limit does.
  static let maximumDepth = 900

  static func tooDeep() -> ExceptionObject {
    .make(Types.recursionError, "maximum recursion depth exceeded while saving an object")
  }

  /// An empty dict of a kind, and the dict that holds its entries.
  static func makeDict(_ kind: DictKind, _ vm: VM) throws(ExceptionObject) -> (value: Value, entries: Dict) {
    if kind == .plain {
      let dict = Dict()
      return (.dict(dict), dict)
    }
    let made = try vm.call(vm.getAttribute(vm.importedModule("collections"), Symbol(kind.rawValue)), [])
    guard let entries = made.asDict else { throw .type("\(kind.rawValue) is no dict") }
    return (made, entries)
  }

  /// A tensor over loaded elements. Geometry comes from a file: nothing of it may reach beyond the storage.
  static func makeTensor(
    _ storage: Storage, _ dtype: DType, offset: Int, shape: [Int], strides: [Int], requiresGrad: Bool
  ) throws(ExceptionObject) -> Tensor {
    let sizes = try core { () throws(TensorError) in try Dims.checked(shape) }
    guard shape.count == strides.count, offset >= 0, shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 })
    else { throw .runtime("the file holds a tensor of impossible shape \(sizes.description)") }
    var last = offset
    var overflow = false
    var count = 1
    for (size, stride) in zip(shape, strides) {
      let (reach, a) = max(size - 1, 0).multipliedReportingOverflow(by: stride)
      let (sum, b) = last.addingReportingOverflow(reach)
      let (product, c) = count.multipliedReportingOverflow(by: size)
      (last, count) = (sum, product)
      overflow = overflow || a || b || c
    }
    let room = storage.byteCount / dtype.size
    guard !overflow, shape.contains(0) ? offset <= room : last < room else {
      throw .runtime(
        "setStorage: sizes \(sizes.description), strides [\(strides.map(String.init).joined(separator: ", "))], storage offset \(offset), and itemsize \(dtype.size) are out of bounds for storage of size \(storage.byteCount)"
      )
    }
    let dims = Dims(strides)
    let tensor = Tensor(
      storage: storage, offset: offset, shape: sizes, strides: dims, dtype: dtype,
      isContiguous: Tensor.areContiguous(sizes, dims))
    if requiresGrad {
      guard dtype.isFloating else {
        throw .runtime("the file asks for gradients of a tensor of \(dtype.name), which has none")
      }
      try core { () throws(TensorError) in try tensor.setRequiresGrad(true) }
    }
    return tensor
  }
}
