import CKernels

#if canImport(Glibc)
  import Glibc
#endif

/// The bytes that tensors and their views share, with a version counter that in-place changes advance.
package final class Storage {
  package final let bytes: UnsafeMutableRawPointer
  /// Bytes allocated for the caller.
  @exclusivity(unchecked) package private(set) final var byteCount: Int
  /// Advanced by every in-place change through any view; backward compares it with the version it saved.
  @exclusivity(unchecked) package final var version: Int = 0
  /// For `.data`: whose bytes these are. Such a storage has a version counter of its own.
  package final let owner: Storage?

  /// The cell in which it was made or noted last (see `Changes`).
  @exclusivity(unchecked) final var epoch = Changes.epoch

  /// Uninitialised memory, aligned to 64 bytes. Throws where the run's limit would be passed.
  package init(byteCount: Int) throws(TensorError) {
    guard byteCount >= 0, MemoryBudget.allows(byteCount), let p = tnb_alloc(byteCount) else {
      throw Storage.exhausted(byteCount)
    }
    bytes = p
    self.byteCount = byteCount
    owner = nil
  }

  /// The same bytes under another version counter.
  package init(sharing other: Storage) {
    let root = other.owner ?? other
    bytes = root.bytes
    byteCount = root.byteCount
    owner = root
    // As if it were older than the cell: its first change has to reach the owner, which may be.
    epoch = Changes.epoch &- 1
  }

  deinit { if owner == nil { tnb_free(bytes, byteCount) } }

  /// The storage that owns the bytes: the identity that aliases share.
  package var root: Storage { owner ?? self }

  @inline(never) static func exhausted(_ byteCount: Int) -> TensorError {
    TensorError(
      .runtime,
      "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate \(byteCount) bytes. Error code 12 (Cannot allocate memory)"
    )
  }
}

// Storages for the tensors of operations: small ones are taken from those that were dropped before, with their bytes, so that a
// small operation allocates nothing but the tensor itself.
extension Storage {
  /// As `init(byteCount:)`; the caller owns one reference.
  @inline(__always) static func take(_ byteCount: Int) throws(TensorError) -> Unmanaged<Storage> {
    if UInt(bitPattern: byteCount) <= UInt(tnb_pool_bytes) {
      let pool = tnb_pool_of(byteCount).unsafelyUnwrapped
      if let first = pool.pointee.first {
        let storage = Unmanaged<Storage>.fromOpaque(first)
        storage._withUnsafeGuaranteedRef {
          pool.pointee.first = $0.bytes.load(as: UnsafeMutableRawPointer?.self)
          $0.byteCount = byteCount
          $0.epoch = Changes.epoch
        }
        pool.pointee.count &-= 1
        return storage
      }
    }
    return try made(byteCount)
  }

  @inline(never) private static func made(_ byteCount: Int) throws(TensorError) -> Unmanaged<Storage> {
    try Unmanaged.passRetained(Storage(byteCount: byteCount))
  }

  /// Gives up the reference that a tensor owns; a small storage that nobody else holds is kept for `take`.
  @inline(__always) static func drop(_ storage: Unmanaged<Storage>) {
    let opaque = storage.toOpaque()
    if tnb_is_unique(opaque) != 0 {
      let isKept = storage._withUnsafeGuaranteedRef { (storage) -> Bool in
        if storage.byteCount > tnb_pool_bytes || storage.owner != nil { return false }
        let pool = tnb_pool_of(storage.byteCount).unsafelyUnwrapped
        if pool.pointee.count >= tnb_pool_most { return false }
        storage.version = 0
        storage.bytes.storeBytes(of: pool.pointee.first, as: UnsafeMutableRawPointer?.self)
        pool.pointee.first = opaque
        pool.pointee.count &+= 1
        return true
      }
      if isKept { return }
    }
    storage.release()
  }
}

/// How much memory one run may still take. The command line sets the limit from `--max-memory`.
package enum MemoryBudget {
  /// Bytes the whole process may use; checked before each large allocation.
  nonisolated(unsafe) package static var limit: Int = .max

  /// Whether `byteCount` more bytes stay within the limit. Small requests are not counted: the memory watch catches those.
  @inline(__always) package static func allows(_ byteCount: Int) -> Bool {
    byteCount < 1 << 20 || allowsLarge(byteCount)
  }

  @inline(never) static func allowsLarge(_ byteCount: Int) -> Bool {
    // A block that was kept is part of what the process has. Asking the system takes five microseconds.
    if limit == .max || tnb_is_at_hand(byteCount) != 0 { return true }
    if byteCount > limit { return false }
    if tnb_resident_bytes() <= limit - byteCount { return true }
    tnb_release_cache()
    return tnb_resident_bytes() <= limit - byteCount
  }
}
