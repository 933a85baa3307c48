import Foundation
import XCTest

/// Interrupts, suspending, and ends that nobody planned.
final class SignalTests: ShellTestCase {
  func testControlCStopsACellAndKeepsTheVariables() throws {
    for size in Self.sizes { try stopACell(try start(size)) }
  }

  private func stopACell(_ terminal: PseudoTerminal) throws {
    terminal.type("n = 0\rwhile True: n += 1; n == 1 and print('going')\r")
    expect("\ngoing", on: terminal)
    let sent = Date()
    terminal.type(Key.control("c"))
    expect("KeyboardInterrupt", on: terminal)
    // 100 ms are promised; the machine may be busy.
    XCTAssertLessThan(Date().timeIntervalSince(sent), 2)
    expect("In [3]:", on: terminal)
    run("n > 0", on: terminal, prompt: 4)
    expect("Out[3]: True", on: terminal)
  }

  func testControlCStopsAFloodOfOutput() throws {
    let terminal = try start()
    terminal.type("for i in range(10**9): print(i)\r\r")
    XCTAssert(terminal.wait { $0.text.contains("\n100\n") || $0.scrollback.count > 100 })
    terminal.type(Key.control("c"))
    expect("KeyboardInterrupt", on: terminal)
    run("'alive'", on: terminal, prompt: 3)
  }

  func testManyInterruptsDoNotEndTheShell() throws {
    let terminal = try start()
    runEndlessly(on: terminal)
    for _ in 0..<20 { terminal.type(Key.control("c")) }
    XCTAssert(terminal.wait { $0.transcript.contains("KeyboardInterrupt") })
    for _ in 0..<5 { terminal.send(SIGINT) }
    // A signal has no place among the keys: the last may arrive after what is typed at once.
    while terminal.read(for: 0.3) {}
    run("6 * 7", on: terminal, prompt: 3)
    expect("42", on: terminal)
    XCTAssertNil(terminal.status)
  }

  /// The terminal's driver discards what is on its way to the screen when Ctrl-C is typed: a second one must not take the message
  /// of the first.
  func testLaterInterruptsDiscardNoOutput() throws {
    let terminal = try start()
    let catching = """
      while True:
        try:
          print('go' + 'ing')
          while True: pass
        except KeyboardInterrupt: print('caught')
      """
    terminal.type(Key.paste(catching) + "\r\r")
    XCTAssert(terminal.wait { $0.lines.contains("going") })
    XCTAssertFalse(terminal.keepsOutput, "what a flood has written would still come")
    terminal.type(Key.control("c"))
    XCTAssert(terminal.wait { $0.lines.filter { $0 == "going" }.count == 2 })
    XCTAssert(terminal.keepsOutput)
    terminal.type("typed = 'ahead'")
    terminal.type(Key.control("c"))
    XCTAssert(terminal.wait { $0.lines.filter { $0 == "going" }.count == 3 })
    terminal.type(Key.control("\\"))
    XCTAssertEqual(terminal.waitForEnd(), -SIGQUIT)
    XCTAssertFalse(terminal.keepsOutput, "the modes are as they were")
  }

  func testTheNextCellBeginsWithTheUsualModes() throws {
    let terminal = try start()
    runEndlessly(on: terminal)
    terminal.type(Key.control("c"))
    expect("In [2]:", on: terminal)
    terminal.type(Self.endless + "\r")
    XCTAssert(terminal.wait { $0.lines.filter { $0 == "going" }.count == 2 })
    XCTAssertFalse(terminal.keepsOutput)
    terminal.type("'ahead'\r")
    terminal.type(Key.control("c"))
    expect("In [3]:", on: terminal)
    run("1 + 1", on: terminal, prompt: 4)
    XCTAssertFalse(terminal.screen.text.contains("Out[3]: 'ahead'"))
  }

  func testTheModesAreLeftAsTheyWere() throws {
    let terminal = try start(term: "dumb")
    runEndlessly(on: terminal)
    terminal.type(Key.control("c"))
    expect("In [2]:", on: terminal)
    XCTAssert(terminal.keepsOutput, "no cell has begun")
    terminal.type("exit\r")
    XCTAssertEqual(terminal.waitForEnd(), 0)
    XCTAssertFalse(terminal.keepsOutput)
  }

  func testControlCTakesWhatWasTypedAhead() throws {
    let terminal = try start()
    terminal.type(Key.paste("x = 1") + "\r" + Self.endless + "\ry = 2\r")
    XCTAssert(terminal.wait { $0.lines.contains("going") })
    terminal.type(Key.control("c"))
    expect("In [3]:", on: terminal)
    run("'x' in globals(), 'y' in globals()", on: terminal, prompt: 4)
    expect("Out[3]: (True, False)", on: terminal)
  }

  func testAnInterruptThatComesTooLateIsNoneForTheNextCell() throws {
    let terminal = try start()
    run("import time", on: terminal, prompt: 2)
    terminal.send(SIGINT)
    while terminal.read(for: 0.2) {}
    run("time.sleep(0.01); 'slept'", on: terminal, prompt: 3)
    expect("'slept'", on: terminal)
  }

  /// A shell whose child the program is, so that it can be suspended.
  private func bash(_ size: (columns: Int, rows: Int) = sizes[0]) throws -> PseudoTerminal {
    try settings("banner = False")
    let terminal = try PseudoTerminal(
      ["/bin/bash", "--norc", "--noprofile", "-i"],
      environment: [
        "HOME": folder.path, "PATH": "/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8", "PS1": "$ ",
        "INPUTRC": "/dev/null",
      ],
      folder: folder, columns: size.columns, rows: size.rows)
    XCTAssert(terminal.wait { $0.text.contains("$") })
    terminal.type("bind 'set enable-bracketed-paste off' 2>/dev/null; clear\r")
    terminal.wait { $0.text == "$" }
    return terminal
  }

  func testSuspendAndContinue() throws { for size in Self.sizes { try suspend(try bash(size)) } }

  private func suspend(_ terminal: PseudoTerminal) throws {
    terminal.type("clear; \(Command.path)\r")
    expect("In [1]:", on: terminal)
    terminal.type("x = (1,\r2" + Key.control("z"))
    XCTAssert(terminal.wait { $0.text.contains("Stopped") && $0.text.hasSuffix("\n$") })
    terminal.type("echo back in bash\r")
    expect("\nback in bash", on: terminal)
    terminal.type("fg\r")
    expect("\nIn [1]: x = (1,\n   ...: 2", on: terminal)
    XCTAssertEqual(terminal.screen.text.components(separatedBy: "x = (1,").count, 2, "drawn once")
    terminal.type(")\rx\r")
    expect("Out[2]: (1, 2)", on: terminal)
    terminal.type("%quit\r")
    terminal.type("echo left\r")
    expect("\nleft", on: terminal)
  }

  func testSuspendWhileACellRuns() throws {
    let terminal = try bash()
    terminal.type("\(Command.path)\r")
    expect("In [1]:", on: terminal)
    runEndlessly(on: terminal)
    terminal.type(Key.control("z"))
    XCTAssert(terminal.wait { $0.text.contains("Stopped") && $0.text.hasSuffix("\n$") })
    terminal.type("fg\r")
    expect("$ fg\n/", on: terminal)
    while terminal.read(for: 0.3) {}
    terminal.type(Key.control("c"))
    expect("KeyboardInterrupt", on: terminal)
    terminal.type("i > 0\r")
    expect("Out[2]: True", on: terminal)
  }

  func testTheTerminalIsAsItWasAfterAnyEnd() throws {
    let ends: [(name: String, status: Int32, act: (PseudoTerminal) -> Void)] = [
      ("%quit", 0, { $0.type("%quit\r") }),
      ("Ctrl-D", 0, { $0.type(Key.control("d")) }),
      ("SIGTERM", -SIGTERM, { $0.send(SIGTERM) }),
      ("SIGHUP", -SIGHUP, { $0.send(SIGHUP) }),
      ("SIGQUIT", -SIGQUIT, { $0.type(Key.control("\\")) }),
      ("SIGSEGV", -SIGSEGV, { $0.send(SIGSEGV) }),
      ("SIGTERM in a cell", -SIGTERM, { $0.send(SIGTERM) }),
    ]
    for end in ends {
      let terminal = try bash()
      let before = try modesOfPrograms(terminal)
      terminal.type("\(Command.path); echo status $?.\r")
      expect("In [1]:", on: terminal)
      // The signals go to the shell, not to bash.
      let child = try XCTUnwrap(self.child(of: terminal.process), end.name)
      let proxy = end
      if proxy.name.hasPrefix("SIG"), proxy.name != "SIGQUIT" {
        if proxy.name == "SIGTERM in a cell" { runEndlessly(on: terminal) }
        kill(child, -proxy.status)
      } else {
        proxy.act(terminal)
      }
      let expected = end.status >= 0 ? end.status : 128 - end.status
      expect("status \(expected).", on: terminal)
      XCTAssertFalse(terminal.screen.isPasteBracketed, end.name)
      XCTAssert(terminal.screen.isCursorVisible, end.name)
      XCTAssertEqual(try modesOfPrograms(terminal), before, end.name)
      terminal.type("exit\r")
    }
  }

  /// As a program finds them: bash edits in modes of its own.
  private func modesOfPrograms(_ terminal: PseudoTerminal) throws -> String {
    try? FileManager.default.removeItem(at: folder.appendingPathComponent("modes"))
    terminal.type("stty -g >modes; clear; echo don''e\r")
    terminal.wait { $0.text.hasSuffix("done\n$") }
    return try contents(of: "modes")
  }

  private func child(of process: pid_t) -> pid_t? {
    let text = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
    return text?.split(separator: " ").first.flatMap { pid_t($0) }
  }

  func testAKilledSessionIsOfferedBack() throws { for size in Self.sizes { try killAndRecover(size) } }

  private func killAndRecover(_ size: (columns: Int, rows: Int)) throws {
    let first = try start(size)
    run("x = randn(2); y = x.sum()", on: first, prompt: 2)
    run("y", on: first, prompt: 3)
    runEndlessly(on: first)
    first.send(SIGKILL)
    XCTAssertEqual(first.waitForEnd(), -SIGKILL)
    let shown = first.screen.transcript.components(separatedBy: "\n")
    let value = try XCTUnwrap(shown.first { $0.hasPrefix("Out[2]:") })

    let second = try start(columns: size.columns, rows: size.rows)
    XCTAssert(second.screen.text.contains("A session was cut off: 3 cells"), second.screen.text)
    second.type("%recover\r")
    expect("In [3]: for i in range(10**15): i or pri", on: second)
    XCTAssert(second.screen.transcript.contains(value), "the same random numbers")
    second.type(Key.control("c"))
    run("y", on: second, prompt: 4)
    expect(value.replacingOccurrences(of: "Out[2]", with: "Out[3]"), on: second)

    let third = try start()
    XCTAssertFalse(third.screen.text.contains("cut off"), "the second runs")
    third.type("%quit\r")
    second.type("%quit\r")
    XCTAssertEqual(second.waitForEnd(), 0)
  }

  func testSignalsSaveTheSession() throws {
    for signal in [SIGTERM, SIGHUP] {
      let terminal = try start()
      run("x = \(signal)", on: terminal, prompt: 2)
      terminal.send(signal)
      XCTAssertEqual(terminal.waitForEnd(), -signal)
      let next = try start()
      next.type("%recover\r")
      expect("In [1]: x = \(signal)", on: next)
      next.type("%quit\r")
      XCTAssertEqual(next.waitForEnd(), 0)
    }
  }

  func testSystemCommandsGetControlC() throws {
    let terminal = try start()
    terminal.type("!echo going; sleep 60\r")
    expect("\ngoing", on: terminal)
    // A key that comes while /bin/sh starts its program is lost: it catches the signal itself.
    terminal.read(for: 0.5)
    terminal.type(Key.control("c"))
    expect("In [1]: !echo going; sleep 60\ngoing\n^C\n\nIn [1]:", on: terminal)
    run("1", on: terminal, prompt: 2)
  }
}
