import XCTest

@testable import Convert
@testable import Notebook

final class MarkdownTests: XCTestCase {
  private func written(_ text: String) throws -> String {
    String(decoding: MarkdownFile.write(try Notebook(Array(text.utf8))), as: UTF8.self)
  }

  private func read(_ text: String) throws -> String {
    String(decoding: try MarkdownFile.read(Array(text.utf8), path: "a.md").notebook.bytes, as: UTF8.self)
  }

  func testCellsAreFences() throws {
    let text = """
      # ---
      # tnb: 1
      # title: A: b
      # ---

      # %% [markdown]
      # # Head

      # %% weights slow=true output=a_files/x.png
      print("```")
      w @ w
      #> ```
      #! RuntimeError: no

      # %% [markdown]
      # one

      # %% name [markdown]
      # ```python
      # prose
      # ```

      # %% [raw] format=text/x-rst
      # raw

      """
    let markdown = try written(text)
    XCTAssertEqual(
      markdown,
      """
      ---
      tnb: 1
      title: "A: b"
      ---

      # Head

      ```python %% weights slow=true
      print("```")
      w @ w
      ```

      ````text
      ```
      ````

      ```text error
      RuntimeError: no
      ```

      ![output](<a_files/x.png>)

      one

      <!-- %% name -->

      ```python
      prose
      ```

      ```raw %% format=text/x-rst
      raw
      ```

      """)
    XCTAssertEqual(try read(markdown), text)
  }

  func testMarkdownOfOthers() throws {
    XCTAssertEqual(
      try read(
        "---\ntitle: 'T'\nauthor:\n  - me\n---\n# Head\n\n  ~~~python\n  x\n  ~~~\n\n```py\nx = 1\nx\n#> 1\n```\n\n```output\n2\n```\n\n- a\n"
      ),
      "# ---\n# tnb: 1\n# title: T\n# ---\n\n# %% [markdown]\n# # Head\n#\n#   ~~~python\n#   x\n#   ~~~\n\n# %%\nx = 1\nx\n#> 1\n#> 2\n\n# %% [markdown]\n# - a\n"
    )
    XCTAssertEqual(try read(""), "")
    XCTAssertEqual(try read("\u{FEFF}a\r\nb\r\n"), "# %% [markdown]\n# a\n# b\n")
    XCTAssertEqual(try read("```python\nnever closed"), "# %%\nnever closed\n")
    XCTAssertThrowsError(try MarkdownFile.read([0xFF], path: "a.md"))
  }
}
