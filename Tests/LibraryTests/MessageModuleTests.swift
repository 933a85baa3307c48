import XCTest

/// `logging`, `timeit` and `IPython.display`.
final class MessageModuleTests: XCTestCase {
  func testMessagesHaveLevelsAndFormats() {
    let session = CellSession()
    _ = session.run("import logging, sys")
    _ = session.run("logging.basicConfig(level=logging.INFO, stream=sys.stdout, format='%(levelname)s - %(message)s')")
    XCTAssertEqual(session.run("logging.info('epoch %d loss %.3f', 1, 0.5)"), "INFO - epoch 1 loss 0.500")
    XCTAssertEqual(session.run("logging.debug('not this')"), "")
    XCTAssertEqual(
      session.run("log = logging.getLogger('a.b'); log.warning('w %s', 'x'); print(log, logging.getLogger())"),
      "WARNING - w x\n<Logger a.b (INFO)> <RootLogger root (INFO)>")
    XCTAssertEqual(session.run("log.setLevel('LOUD')"), "ValueError: Unknown level: 'LOUD'")
  }

  func testFunctionsAreTimed() {
    let session = CellSession()
    XCTAssertEqual(session.run("import timeit\n0 <= timeit.timeit(lambda: 1, number=10) < 60"), "True")
    XCTAssertEqual(session.run("from timeit import default_timer as timer\ntimer() <= timer()"), "True")
    XCTAssertEqual(
      session.run("timeit.timeit('1 + 1')"),
      "NotImplementedError: timeit of code in a string is not available in tnb: give a function")
  }

  func testValuesAreShownInTheMiddleOfACell() {
    let session = CellSession()
    XCTAssertEqual(
      session.run(
        "from IPython.display import display, clear_output\ndisplay([ones(2)], 'a')\nclear_output(wait=True)\n1"),
      "[tensor([1., 1.])]\n'a'\n1")
    XCTAssertEqual(session.run("display(3)"), "3")
    XCTAssertEqual(
      session.run("from IPython import display\ndisplay.HTML('<b>')"),
      "NotImplementedError: IPython.display.HTML is not available in tnb")
  }
}
