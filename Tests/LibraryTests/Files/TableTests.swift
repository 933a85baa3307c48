import Foundation
import XCTest

/// `read_csv` and what it gives.
final class TableTests: FileTestCase {
  private func table() throws -> CellSession {
    try Data("name,age,score,ok\nann,31,1.5,true\n\"b, c\",25,NA,false\nd,40,2,true\n".utf8)
      .write(to: URL(fileURLWithPath: folder + "/p.csv"))
    let session = try session(in: folder)
    _ = session.run("import io\nt = read_csv('p.csv')")
    return session
  }

  func testDisplay() throws {
    XCTAssertEqual(
      try table().run("t"),
      """
         name  age  score     ok
      0   ann   31    1.5   True
      1  b, c   25    nan  False
      2     d   40      2   True

      [3 rows x 4 columns]
      """)
    // The rows in the middle of a long table are left out.
    XCTAssertEqual(
      try table().run("str(read_csv(io.StringIO('x\\n' + '\\n'.join(map(str, range(20)))))).split()"),
      """
      ['x',
       '0',
       '0',
       '1',
       '1',
       '2',
       '2',
       '3',
       '3',
       '4',
       '4',
       '...',
       '...',
       '15',
       '15',
       '16',
       '16',
       '17',
       '17',
       '18',
       '18',
       '19',
       '19',
       '[20',
       'rows',
       'x',
       '1',
       'columns]']
      """)
  }

  func testColumnsAndRows() throws {
    let session = try table()
    XCTAssertEqual(
      session.run("t['age'], t.score, t['name'], t.ok"),
      """
      (tensor([31, 25, 40]),
       tensor([1.5000,    nan, 2.0000]),
       ['ann', 'b, c', 'd'],
       tensor([ True, False,  True]))
      """)
    XCTAssertEqual(
      session.run("t.columns, t.shape, len(t), list(t), 'age' in t"),
      "(['name', 'age', 'score', 'ok'],\n (3, 4),\n 3,\n ['name', 'age', 'score', 'ok'],\n True)")
    XCTAssertEqual(session.run("t[-1]"), "{'name': 'd', 'age': 40, 'score': 2.0, 'ok': True}")
    XCTAssertEqual(
      session.run("t[t.ok]['name'], t[1:].shape, t[['name', 'ok']].columns"), "(['ann', 'd'], (2, 4), ['name', 'ok'])")
    XCTAssertEqual(
      session.run("t.tensor('age', 'score')"),
      "tensor([[31.0000,  1.5000],\n        [25.0000,     nan],\n        [40.0000,  2.0000]])")
    XCTAssertEqual(session.run("t.tensor('age').dtype, t.tensor().shape"), "(torch.int64, torch.Size([3, 3]))")
  }

  func testOptions() throws {
    let session = try table()
    XCTAssertEqual(
      session.run("read_csv('p.csv', usecols=['score', 1], nrows=2, dtype=float64).tensor()"),
      "tensor([[ 1.5000, 31.0000],\n        [    nan, 25.0000]], dtype=torch.float64)")
    XCTAssertEqual(
      session.run("read_csv(io.StringIO('1;2\\n3;-\\n'), sep=';', header=None, names=['a', 'b'], na_values='-').b"),
      "tensor([2., nan])")
    XCTAssertEqual(
      session.run("read_csv(io.StringIO('# c\\nx y\\n1  2\\n'), sep=r'\\s+', comment='#').tensor()"), "tensor([[1, 2]])"
    )
    XCTAssertEqual(
      session.run("read_csv(io.StringIO('\\ufeffa,a,\\n1,\"x\\ny\",3\\n')).columns"), "['a', 'a.1', 'Unnamed: 2']")
  }

  func testErrors() throws {
    let session = try table()
    for (code, expected) in [
      ("t['nope']", "KeyError: \"there is no column 'nope': the table has name, age, score, ok\""),
      ("t[7]", "IndexError: there is no row 7: the table has 3"),
      ("t.tensor('name')", "TypeError: the column 'name' holds text"),
      ("read_csv(io.StringIO('a,b\\n1\\n'))", "ValueError: line 2 has 1 fields, where 2 were expected"),
      ("read_csv(io.StringIO(''))", "ValueError: there are no columns to read: the file is empty"),
      (
        "read_csv(io.StringIO('a\\n\"x'))", "ValueError: a quote that is opened in line 2 or before is never closed"
      ),
      ("read_csv('p.csv', usecols=['z'])", "ValueError: there is no column 'z': the table has name, age, score, ok"),
      ("read_csv('none.csv')", "FileNotFoundError: [Errno 2] No such file or directory: 'none.csv'"),
      (
        "read_csv('p.csv', sep='ab')",
        "NotImplementedError: read_csv with the separator 'ab' is not available in tnb: one character, or '\\s+' for white space"
      ),
      ("read_csv('p.csv', index_col=0)", "TypeError: read_csv() got an unexpected keyword argument 'index_col'"),
    ] {
      XCTAssertEqual(session.run(code), expected, code)
    }
  }
}
