import Glibc

/// Runs `work` on a thread whose stack holds thousands of nested rules, and waits for it. False when there is no such
/// thread to be had; nothing has run then.
func withDeepStack(_ work: () -> Void) -> Bool {
  withoutActuallyEscaping(work) { work in
    let box = Unmanaged.passRetained(Work(run: work))
    defer { box.release() }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 256 << 20)
    var thread = pthread_t()
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { box in
      Unmanaged<Work>.fromOpaque(box!).takeUnretainedValue().run()
      return nil
    }
    guard pthread_create(&thread, &attributes, body, box.toOpaque()) == 0 else { return false }
    pthread_join(thread, nil)
    return true
  }
}

private final class Work {
  let run: () -> Void

  init(run: @escaping () -> Void) {
    self.run = run
  }
}
