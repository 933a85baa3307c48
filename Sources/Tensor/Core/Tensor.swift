import CKernels

/// An n-dimensional strided view of a storage, with its place in the autograd graph.
///
/// Shapes and strides count elements. `offset` is the first element's index in the storage, in elements of `dtype`.
public final class Tensor {
  /// One reference, given up through `Storage.drop`.
  @exclusivity(unchecked) private final var storageReference: Unmanaged<Storage>
  @exclusivity(unchecked) package final var offset: Int
  @exclusivity(unchecked) package private(set) final var shape: Dims
  @exclusivity(unchecked) package private(set) final var strides: Dims
  /// The number of elements.
  @exclusivity(unchecked) package private(set) final var count: Int
  @exclusivity(unchecked) package final var dtype: DType
  /// Cached at creation and after every change of shape or strides.
  @exclusivity(unchecked) package private(set) final var isContiguous: Bool
  /// Set by `requires_grad_()`; results of recorded operations have a node instead.
  @exclusivity(unchecked) final var leafRequiresGrad = false
  /// The cell in which it was made or noted last (see `Changes`).
  @exclusivity(unchecked) private final var epoch = Changes.epoch
  /// Made under `inference_mode`.
  package final let isInference: Bool
  /// How a view came to be: decides which in-place writes through it are allowed.
  @exclusivity(unchecked) final var viewKind = ViewKind.plain
  /// Which of `storedNode`'s outputs this is.
  @exclusivity(unchecked) final var storedOutputIndex: Int32 = 0
  /// The storage's version when `storedNode` was set; a view whose base has moved on makes itself a new node.
  @exclusivity(unchecked) final var viewVersion = 0
  // What many tensors do not have, each an owned reference: a tensor without any of it is freed at no further cost.
  @exclusivity(unchecked) private final var nodeReference: Unmanaged<Node>?
  @exclusivity(unchecked) private final var baseReference: Unmanaged<Tensor>?
  @exclusivity(unchecked) private final var metaReference: Unmanaged<AutogradMeta>?
  /// What the language hangs on a tensor (its class when it is a subclass such as `Parameter`, its attributes).
  @exclusivity(unchecked) package final var attachment: AnyObject?

  package init(storage: Storage, offset: Int, shape: Dims, strides: Dims, dtype: DType, isContiguous: Bool) {
    storageReference = .passRetained(storage)
    self.offset = offset
    self.shape = shape
    self.strides = strides
    count = shape.product
    self.dtype = dtype
    self.isContiguous = isContiguous
    isInference = GradMode.isInference
  }

  /// Takes over the caller's reference to `storage`.
  @inline(__always) private init(
    taking storage: Unmanaged<Storage>, _ shape: Dims, _ strides: Dims, _ count: Int, _ dtype: DType
  ) {
    storageReference = storage
    offset = 0
    self.shape = shape
    self.strides = strides
    self.count = count
    self.dtype = dtype
    isContiguous = true
    isInference = GradMode.isInference
  }

  deinit {
    Storage.drop(storageReference)
    // A node may be the head of a long chain, which must not come down by recursion.
    if let nodeReference { tnb_reap(nodeReference.toOpaque()) }
    if let baseReference { baseReference.release() }
    if let metaReference { metaReference.release() }
  }

  /// An uninitialised contiguous tensor.
  @inline(never) package convenience init(empty shape: Dims, _ dtype: DType) throws(TensorError) {
    let bytes = try Tensor.byteCount(shape, dtype)
    try self.init(taking: Storage.take(bytes), shape, shape.contiguousStrides, shape.product, dtype)
  }

  /// An uninitialised contiguous tensor in the shape of `other`, which is contiguous.
  @inline(__always) convenience init(dense other: Tensor, _ dtype: DType) throws(TensorError) {
    // The other's elements lie in memory one by one, so their number is far from overflowing.
    try self.init(
      taking: Storage.take(other.count &* dtype.size), other.shape, other.strides, other.count, dtype)
    // A dimension of size one may have had any stride.
    tnb_set_contiguous(shapeAddress, stridesAddress)
  }

  /// An uninitialised contiguous tensor of a shape that C made, with `count` elements.
  @inline(__always) convenience init(
    _ shape: UnsafePointer<tnb_dims>, count: Int, _ dtype: DType
  ) throws(TensorError) {
    let dims = UnsafeRawPointer(shape).assumingMemoryBound(to: Dims.self).pointee
    try self.init(taking: Storage.take(count &* dtype.size), dims, dims, count, dtype)
    tnb_set_contiguous(shapeAddress, stridesAddress)
  }

  /// An uninitialised matrix.
  @inline(__always) convenience init(rows: Int, columns: Int, _ dtype: DType) throws(TensorError) {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    // What is too large for any memory fails with PyTorch's words.
    if overflow || count > 1 << 56 { _ = try Tensor.byteCount([rows, columns], dtype) }
    var shape = tnb_dims()
    shape.count = 2
    shape.v.0 = rows
    shape.v.1 = columns
    try self.init(&shape, count: count, dtype)
  }

  /// An uninitialised 0-dim tensor.
  @inline(__always) convenience init(scalar dtype: DType) throws(TensorError) {
    try self.init(taking: Storage.take(dtype.size), Dims(), Dims(), 1, dtype)
  }

  // MARK: Undo

  /// All that a tensor is but its elements.
  struct State {
    fileprivate var storage: Storage
    fileprivate var offset: Int
    fileprivate var shape: Dims
    fileprivate var strides: Dims
    fileprivate var dtype: DType
    fileprivate var isContiguous: Bool
    fileprivate var leafRequiresGrad: Bool
    fileprivate var viewKind: ViewKind
    fileprivate var node: Node?
    fileprivate var outputIndex: Int32
    fileprivate var viewVersion: Int
    fileprivate var base: Tensor?
    fileprivate var grad: Tensor?
    fileprivate var retainsGrad: Bool
    fileprivate var hooks: [(id: Int, call: TensorHook)]
    fileprivate var postAccumulateHooks: [(id: Int, call: (Tensor) throws(TensorError) -> Void)]
  }

  final var state: State {
    get {
      State(
        storage: storage, offset: offset, shape: shape, strides: strides, dtype: dtype, isContiguous: isContiguous,
        leafRequiresGrad: leafRequiresGrad, viewKind: viewKind, node: storedNode, outputIndex: storedOutputIndex,
        viewVersion: viewVersion, base: viewBase, grad: meta?.grad, retainsGrad: meta?.retainsGrad ?? false,
        hooks: meta?.hooks ?? [], postAccumulateHooks: meta?.postAccumulateHooks ?? [])
    }
    set {
      if newValue.storage !== storage { storage = newValue.storage }
      offset = newValue.offset
      shape = newValue.shape
      strides = newValue.strides
      count = shape.product
      dtype = newValue.dtype
      isContiguous = newValue.isContiguous
      leafRequiresGrad = newValue.leafRequiresGrad
      viewKind = newValue.viewKind
      storedNode = newValue.node
      storedOutputIndex = newValue.outputIndex
      viewVersion = newValue.viewVersion
      viewBase = newValue.base
      if meta != nil || newValue.grad != nil || newValue.retainsGrad || !newValue.hooks.isEmpty
        || !newValue.postAccumulateHooks.isEmpty
      {
        let meta = autogradMeta
        meta.grad = newValue.grad
        meta.retainsGrad = newValue.retainsGrad
        meta.hooks = newValue.hooks
        meta.postAccumulateHooks = newValue.postAccumulateHooks
      }
    }
  }

  // MARK: What few tensors have

  /// The node that made this tensor, as it was recorded (`node` is up to date).
  @inline(__always) final var storedNode: Node? {
    get { nodeReference?.takeUnretainedValue() }
    set {
      let old = nodeReference
      nodeReference = newValue.map { Unmanaged.passRetained($0) }
      if let old { tnb_reap(old.toOpaque()) }
    }
  }

  @inline(__always) final var hasStoredNode: Bool { nodeReference != nil }

  /// Makes this tensor output `outputIndex` of `node`.
  @inline(__always) final func setNode(_ node: Node, _ outputIndex: Int32) {
    if nodeReference == nil { nodeReference = .passRetained(node) } else { storedNode = node }
    storedOutputIndex = outputIndex
  }

  /// For a differentiable view: the tensor that owns the data (never itself a view).
  @inline(__always) final var viewBase: Tensor? {
    get { baseReference?.takeUnretainedValue() }
    set {
      let old = baseReference
      baseReference = newValue.map { Unmanaged.passRetained($0) }
      old?.release()
    }
  }

  @inline(__always) final var isView: Bool { baseReference != nil }

  /// Gradient, hooks, accumulator; only where one of them was needed.
  @inline(__always) final var meta: AutogradMeta? { metaReference?.takeUnretainedValue() }

  final var autogradMeta: AutogradMeta {
    if let metaReference { return metaReference.takeUnretainedValue() }
    let made = AutogradMeta()
    metaReference = .passRetained(made)
    return made
  }

  @inline(__always) package final var requiresGrad: Bool {
    if leafRequiresGrad || nodeReference != nil { return true }
    guard let baseReference else { return false }
    // A base is never itself a view.
    return baseReference._withUnsafeGuaranteedRef { $0.leafRequiresGrad || $0.nodeReference != nil }
  }

  /// Where gradients of this tensor flow, with a reference for the caller.
  @inline(__always) final var gradientLink: Link {
    if baseReference != nil && viewVersion != version { return Link(gradientEdge) }
    if let nodeReference { return Link(taking: nodeReference.retain(), Int(storedOutputIndex)) }
    return leafRequiresGrad ? Link(taking: .passRetained(accumulator()), 0) : Link()
  }

  // MARK: Storage

  /// The bytes behind this tensor, which views share.
  @inline(__always) package final var storage: Storage {
    get { storageReference.takeUnretainedValue() }
    set {
      let old = storageReference
      storageReference = .passRetained(newValue)
      Storage.drop(old)
    }
  }

  /// Where the storage begins: the same for all that share memory.
  @inline(__always) final var storageStart: UnsafeMutableRawPointer {
    storageReference._withUnsafeGuaranteedRef { $0.bytes }
  }

  /// How often the storage was changed in place.
  @inline(__always) package final var version: Int { storageReference._withUnsafeGuaranteedRef { $0.version } }

  /// To be called before the elements change.
  @inline(__always) package final func willChangeElements() {
    storageReference._withUnsafeGuaranteedRef { $0.willChange() }
  }

  /// To be called before anything but the elements changes: geometry, gradient, place in the graph, hooks.
  @inline(__always) package final func willChange() {
    if epoch != Changes.epoch { noteChange() }
  }

  @inline(never) private func noteChange() {
    epoch = Changes.epoch
    Changes.add(TensorRecord(self))
  }

  /// Called after an in-place change that recorded nothing.
  @inline(__always) package final func bumpVersion() {
    storageReference._withUnsafeGuaranteedRef { $0.version &+= 1 }
  }

  /// Whether no other tensor shares the storage.
  @inline(__always) final var hasUniqueStorage: Bool { tnb_is_unique(storageReference.toOpaque()) != 0 }

  /// Bytes for `shape`, checked: a negative size or an overflow throws PyTorch's error.
  package static func byteCount(_ shape: Dims, _ dtype: DType) throws(TensorError) -> Int {
    var n = dtype.size
    var overflow = false
    var i = 0
    while i < shape.count {
      let size = shape[i]
      if size < 0 {
        throw .runtime("Trying to create tensor with negative dimension \(size): \(shape.description)")
      }
      let (next, o) = n.multipliedReportingOverflow(by: size)
      overflow = overflow || o
      n = next
      i += 1
    }
    if overflow && !shape.contains(0) {
      throw .runtime("Storage size calculation overflowed with sizes=\(shape.description)")
    }
    return overflow ? 0 : n
  }

  @inline(__always) package var ndim: Int { shape.count }
  /// The first element. Valid while the tensor lives.
  @inline(__always) package var data: UnsafeMutableRawPointer {
    storageStart + offset &* dtype.size
  }

  /// The first element as `T`, which must be the Swift type of `dtype`.
  @inline(__always) package func pointer<T>(_ type: T.Type) -> UnsafeMutablePointer<T> {
    data.assumingMemoryBound(to: T.self)
  }

  /// Whether `strides` are the row-major ones for `shape`; dimensions of size one may have any stride.
  @inline(__always) package static func areContiguous(_ shape: Dims, _ strides: Dims) -> Bool {
    shape.withC { shape in strides.withC { strides in tnb_is_contiguous(shape, strides) != 0 } }
  }

  /// Gives this tensor itself another shape over its storage.
  package final func setGeometry(_ shape: Dims, _ strides: Dims) {
    self.shape = shape
    self.strides = strides
    count = shape.product
    isContiguous = Tensor.areContiguous(shape, strides)
  }

  // Shape and strides where they stand, as the C kernels read them; valid while the tensor lives. Reading a single entry of a
  // `Dims` in Swift copies them all, so the paths of small operations go through these.
  @inline(__always) final var shapeAddress: UnsafeMutablePointer<tnb_dims> {
    withUnsafeMutablePointer(to: &shape) { UnsafeMutableRawPointer($0).assumingMemoryBound(to: tnb_dims.self) }
  }
  @inline(__always) final var stridesAddress: UnsafeMutablePointer<tnb_dims> {
    withUnsafeMutablePointer(to: &strides) { UnsafeMutableRawPointer($0).assumingMemoryBound(to: tnb_dims.self) }
  }

  /// Whether two tensors have the same shape.
  @inline(__always) final func hasShape(of other: Tensor) -> Bool {
    count == other.count && tnb_same_dims(shapeAddress, other.shapeAddress) != 0
  }

  /// A tensor over the same storage and version counter, outside the graph (`detach`, saved outputs).
  package func alias() -> Tensor {
    Tensor(
      storage: storage, offset: offset, shape: shape, strides: strides, dtype: dtype, isContiguous: isContiguous)
  }

  /// A differentiable view with the given geometry (`offset` counts from the storage's start). The caller records the
  /// node with `Autograd.record`, giving the view as the output.
  package func makeView(shape: Dims, strides: Dims, offset: Int) -> Tensor {
    let view = Tensor(
      storage: storage, offset: offset, shape: shape, strides: strides, dtype: dtype,
      isContiguous: Tensor.areContiguous(shape, strides))
    view.viewBase = viewBase ?? self
    view.viewVersion = version
    if !GradMode.isEnabled { view.viewKind = GradMode.isInference ? .inference : .noGrad }
    if viewKind != .plain && viewBase != nil { view.viewKind = viewKind }
    return view
  }

  /// As `.data` in the language: the same elements, but changes are not noticed by the graph.
  package func untrackedAlias() -> Tensor {
    Tensor(
      storage: Storage(sharing: storage), offset: offset, shape: shape, strides: strides, dtype: dtype,
      isContiguous: isContiguous)
  }
}

/// How a differentiable view was made.
package enum ViewKind: UInt8 {
  case plain
  /// One of several views from one call (`unbind`, `split`, `chunk`): in-place writes are refused.
  case multiOutput
  /// Made under `no_grad`.
  case noGrad
  case inference
}

/// What a tensor was, but for its elements, before a change.
private final class TensorRecord: ChangeRecord {
  private let tensor: Tensor
  private var state: Tensor.State

  init(_ tensor: Tensor) {
    self.tensor = tensor
    state = tensor.state
    super.init(tensor, byteCount: 300)
  }

  override func swap() { Swift.swap(&state, &tensor.state) }
}
