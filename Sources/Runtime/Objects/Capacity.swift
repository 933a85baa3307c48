import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// Whether a container of a size that a program asked for can be made at all: an allocation that fails would end the
/// process, where Python raises MemoryError.
package enum Capacity {
  /// Bytes of memory in this machine.
  private static let physical: Int = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))

  /// Raises MemoryError when `count` elements of `stride` bytes pass the memory budget or the machine.
  @inline(__always) package static func check(_ count: Int, stride: Int = 16) throws(ExceptionObject) {
    if count > 1 << 16 { try checkLarge(count, stride) }
  }

  @inline(never) private static func checkLarge(_ count: Int, _ stride: Int) throws(ExceptionObject) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: stride)
    if overflow || bytes > physical || !MemoryBudget.allows(bytes) { throw .memory() }
  }
}
