import CKernels

#if canImport(Glibc)
  import Glibc
#endif

/// The bytes that tensors and their views share, with a version counter that in-place changes advance.
package final class Storage {
  package let bytes: UnsafeMutableRawPointer
  /// Bytes allocated for the caller.
  package let byteCount: Int
  /// Advanced by every in-place change through any view; backward compares it with the version it saved.
  package var version: Int = 0

  /// Uninitialised memory, aligned to 64 bytes. Throws `MemoryError` where the run's limit would be passed.
  package init(byteCount: Int) throws(TensorError) {
    guard byteCount >= 0, MemoryBudget.allows(byteCount), let p = tnb_alloc(byteCount) else {
      throw TensorError(
        .runtime,
        "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate \(byteCount) bytes. Error code 12 (Cannot allocate memory)"
      )
    }
    bytes = p
    self.byteCount = byteCount
  }

  deinit { tnb_free(bytes, byteCount) }
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
    byteCount <= limit && tnb_resident_bytes() <= limit - byteCount
  }
}
