import CKernels

#if canImport(Glibc)
  import Glibc
#endif

/// The bytes that tensors and their views share, with a version counter that in-place changes advance.
package final class Storage {
  package final let bytes: UnsafeMutableRawPointer
  /// Bytes allocated for the caller.
  package final let byteCount: Int
  /// Advanced by every in-place change through any view; backward compares it with the version it saved.
  @exclusivity(unchecked) package final var version: Int = 0
  /// For `.data`: whose bytes these are. Such a storage has a version counter of its own.
  package final let owner: Storage?

  /// Called with a storage (the owner of its bytes) before an in-place change; the undo journal sets it.
  @exclusivity(unchecked) nonisolated(unsafe) package static var journal: ((Storage) -> Void)?

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

/// How much memory one run may still take. The command line sets the limit from `--max-memory`.
package enum MemoryBudget {
  /// Bytes the whole process may use; checked before each large allocation.
  nonisolated(unsafe) package static var limit: Int = .max

  /// Whether `byteCount` more bytes stay within the limit. Small requests are not counted: the memory watch catches those.
  @inline(__always) package static func allows(_ byteCount: Int) -> Bool {
    byteCount < 1 << 20 || allowsLarge(byteCount)
  }

  @inline(never) static func allowsLarge(_ byteCount: Int) -> Bool {
    if limit == .max { return true }
    if byteCount > limit { return false }
    if tnb_resident_bytes() <= limit - byteCount { return true }
    tnb_release_cache()
    return tnb_resident_bytes() <= limit - byteCount
  }
}
