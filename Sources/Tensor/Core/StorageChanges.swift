#if canImport(Glibc)
  import Glibc
#endif

/// A storage's bytes and version from before a change.
final class StorageRecord: ChangeRecord {
  private let storage: Storage
  private let copy: Storage?
  private var version: Int

  /// Without a copy where there is no memory for one, or more than the history may take: then only the version comes back.
  init(_ storage: Storage) {
    self.storage = storage
    version = storage.version
    var copy: Storage?
    if storage.owner == nil, Changes.epoch != 0, Changes.allows(storage.byteCount) {
      copy = try? Storage(byteCount: storage.byteCount)
      copy?.bytes.copyMemory(from: storage.bytes, byteCount: storage.byteCount)
    }
    self.copy = copy
    super.init(storage, byteCount: 64 + (copy?.byteCount ?? 0))
  }

  override func swap() {
    Swift.swap(&version, &storage.version)
    guard let copy else { return }
    storage.bytes.withMemoryRebound(to: UInt8.self, capacity: copy.byteCount) { a in
      copy.bytes.withMemoryRebound(to: UInt8.self, capacity: copy.byteCount) { b in
        tnbSwap(a, b, copy.byteCount)
      }
    }
  }

  override var isSame: Bool {
    guard version == storage.version, !isLost else { return false }
    guard let copy else { return true }
    return memcmp(copy.bytes, storage.bytes, copy.byteCount) == 0
  }

  private var isLost: Bool { copy == nil && storage.owner == nil && storage.byteCount > 0 }

  override var lost: String? { isLost ? "a tensor of \(storage.byteCount >> 20) MiB" : nil }

  private func tnbSwap(_ a: UnsafeMutablePointer<UInt8>, _ b: UnsafeMutablePointer<UInt8>, _ count: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 14) { buffer in
      let part = buffer.baseAddress!
      var done = 0
      while done < count {
        let n = min(buffer.count, count - done)
        part.update(from: a + done, count: n)
        (a + done).update(from: b + done, count: n)
        (b + done).update(from: part, count: n)
        done += n
      }
    }
  }
}

extension Storage {
  /// To be called before the bytes change.
  @inline(__always) package final func willChange() {
    if epoch != Changes.epoch { noteChange() }
  }

  @inline(never) private func noteChange() {
    epoch = Changes.epoch
    Changes.add(StorageRecord(self))
    // Bytes are kept once, with their owner; this one has a version of its own.
    owner?.willChange()
  }
}
