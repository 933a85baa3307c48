import Foundation
import XCTest

/// A program on a terminal of its own, and the screen it writes to.
final class PseudoTerminal {
  private(set) var screen: EmulatedScreen
  let process: pid_t
  private let master: Int32
  private let slave: Int32
  /// The exit code, or minus the signal; nil while the program runs.
  private(set) var status: Int32?
  private(set) var output: [UInt8] = []

  struct CannotStart: Error {}

  init(_ arguments: [String], environment: [String: String], folder: URL, columns: Int, rows: Int) throws {
    screen = EmulatedScreen(columns: columns, rows: rows)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    var master: Int32 = -1
    var slave: Int32 = -1
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&master, &slave, &name, nil, &size) == 0 else { throw CannotStart() }
    self.master = master
    self.slave = slave
    fcntl(master, F_SETFD, FD_CLOEXEC)
    fcntl(slave, F_SETFD, FD_CLOEXEC)
    fcntl(master, F_SETFL, O_NONBLOCK)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a new session opens is the one that controls it.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let newSession: Int16 = 0x80
    posix_spawnattr_setflags(&attributes, newSession)
    // The system's shell goes to the folder, and then is the program.
    let start = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder.path]
    var words = (start + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var pid: pid_t = 0
    guard posix_spawn(&pid, start[0], &actions, &attributes, &words, &variables) == 0 else { throw CannotStart() }
    process = pid
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(master)
    close(slave)
  }

  func type(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 { bytes = bytes.dropFirst(count) } else { read(for: 0.01) }
    }
  }

  /// Reads what the program writes until `condition` holds; false when it did not within some seconds.
  @discardableResult
  func wait(seconds: Double = 10, until condition: (EmulatedScreen) -> Bool) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while !condition(screen) {
      guard Date() < end else { return false }
      if !read(for: 0.05), status != nil { return condition(screen) }
    }
    return true
  }

  /// Reads for a while; false when nothing came.
  @discardableResult
  func read(for seconds: Double) -> Bool {
    var poll = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard Foundation.poll(&poll, 1, Int32(seconds * 1000)) > 0 else {
      reap()
      return false
    }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = Foundation.read(master, &bytes, bytes.count)
    guard count > 0 else {
      reap()
      usleep(1000)
      return false
    }
    output += bytes[..<count]
    screen.write(Array(bytes[..<count]))
    return true
  }

  /// Waits for the end of the program; gives its exit code, or minus its signal.
  func waitForEnd(seconds: Double = 10) -> Int32? {
    let end = Date().addingTimeInterval(seconds)
    while status == nil, Date() < end { read(for: 0.02) }
    while read(for: 0) {}
    return status
  }

  private func reap() {
    guard status == nil else { return }
    var result: Int32 = 0
    guard waitpid(process, &result, WNOHANG) == process else { return }
    status = result & 0x7F == 0 ? (result >> 8) & 0xFF : -(result & 0x7F)
  }

  func resize(columns: Int, rows: Int) {
    while read(for: 0) {}
    screen.resize(columns: columns, rows: rows)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Whether Ctrl-C leaves alone what is on its way to the screen.
  var keepsOutput: Bool {
    var modes = termios()
    tcgetattr(slave, &modes)
    return modes.c_lflag & tcflag_t(NOFLSH) != 0
  }

  func send(_ signal: Int32) { kill(process, signal) }
}
