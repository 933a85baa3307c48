import XCTest

/// Results that no memory holds: an error at once, and the process goes on.
final class MemoryTests: CommandTestCase {
  /// Expanded tensors have more elements than bytes.
  func testOperationsOnExpandedTensors() throws {
    let calls = [
      "x.tolist()", "torch.histc(x, 10)", "torch.histogram(x, 10)", "torch.isin(x, ones(1))", "x.numpy()", "np.sum(x)",
      "F.adaptive_avg_pool2d(ones(1, 1, 3, 3), 2**30)",
    ]
    let code = calls.map { "try:\n  \($0)\nexcept (MemoryError, RuntimeError) as e: print(type(e).__name__)\n" }
    let result = try Command.run(
      ["-c", "import numpy as np\nimport torch.nn.functional as F\nx = zeros(1).expand(2**44)\n" + code.joined()],
      folder: folder)
    XCTAssertEqual(
      result.output.split(separator: "\n"),
      ["MemoryError", "RuntimeError", "RuntimeError", "RuntimeError", "MemoryError", "MemoryError", "RuntimeError"],
      result.errors)
  }

  /// A short text many times is copied in few steps.
  func testAShortTextManyTimes() throws {
    let result = try Command.run(["-c", "x = 'a' * 10**9\nlen(x), x[-1], len('ab' * 3), 'abc' * 3"], folder: folder)
    XCTAssertEqual(result.output, "(1000000000, 'a', 6, 'abcabcabc')\n")
    // Copied one by one it would take minutes.
    XCTAssertLessThan(result.seconds, 30)
  }

  /// A list that holds another twice, and so on, has a text of more bytes than any memory.
  func testTextOfWhatIsSharedAtEveryLevel() throws {
    for call in ["repr(x)", "import json\njson.dumps(x)"] {
      let result = try Command.run(
        ["--max-memory", "60M", "-c", "x = []\nfor i in range(45): x = [x, x]\n\(call)"], folder: folder)
      XCTAssertEqual(result.status, 1, call)
      XCTAssert(result.errors.hasPrefix("MemoryError"), call + result.errors)
    }
  }
}
