import Language
import Library
import Notebook
import Runtime

/// What Python needs before a notebook's first cell to do what tnb does: imports of the names that cells see without one, the
/// flags of factories, the seed, and in a script something that shows what a cell displays and catches what it is recorded to
/// raise.
struct PythonPreamble {
  enum Target {
    /// Shows values by itself, and goes on behind errors of cells that are tagged.
    case jupyter
    case script
  }

  /// nil when Python needs nothing.
  let text: String?
  /// The function that shows a value, where one is needed.
  let display: String?
  /// The context manager around a cell that is recorded to raise, where one is needed.
  let raises: String?

  init(_ notebook: Notebook, for target: Target) {
    let uses = NameUses(notebook)
    let isScript = target == .script
    display = isScript && uses.displays ? Self.free("display", uses) : nil
    raises = isScript && uses.raises ? Self.free("raises", uses) : nil
    let seed = uses.runs ? notebook.header.seed : nil
    var parts: [String] = []

    var imports = Self.imports(uses)
    if uses.flags || seed != nil { imports.torch = true }
    if display != nil, uses.showsLastValue { imports.lines.insert("import builtins", at: 0) }
    parts.append(imports.text)
    if uses.flags { parts.append(Self.flags(uses.flaggedFactories)) }
    if let display { parts.append(Self.displayFunction(display, keeping: uses.lastValues)) }
    if let raises { parts.append(Self.raisesClass(raises)) }
    // The value of a last expression is none of the notebook.
    if let seed { parts.append("torch.manual_seed(\(seed))\(isScript ? "" : ";")\n") }
    parts = parts.map(\.droppingBlankEnd).filter { !$0.isEmpty }
    text = parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  /// A name that the notebook does not use.
  private static func free(_ name: String, _ uses: NameUses) -> String {
    var candidate = name
    var n = 1
    while uses.all.contains(candidate) {
      n += 1
      candidate = "\(name)_\(n)"
    }
    return candidate
  }

  // MARK: Imports

  private struct Imports {
    var lines: [String] = []
    var torch = false
    var functional = false
    var grad = false
    var fromTorch: [String] = []

    var text: String {
      var all = lines
      if torch { all.append("import torch") }
      if functional { all.append("import torch.nn.functional as F") }
      if !fromTorch.isEmpty { all.append(contentsOf: Imports.wrapped("from torch import ", fromTorch)) }
      if grad { all.append("from torch.autograd import grad") }
      return all.map { $0 + "\n" }.joined()
    }

    /// One line, or several in parentheses.
    private static func wrapped(_ head: String, _ names: [String]) -> [String] {
      let line = head + names.joined(separator: ", ")
      guard line.utf8.count > 100 else { return [line] }
      var lines = [head + "("]
      var current = "    "
      for name in names {
        if current.utf8.count + name.utf8.count > 98 {
          lines.append(current.droppingBlankEnd)
          current = "    "
        }
        current += name + ", "
      }
      return lines + [current.droppingBlankEnd, ")"]
    }
  }

  private static func imports(_ uses: NameUses) -> Imports {
    var imports = Imports()
    let needed = uses.needed
    if needed.contains("math") { imports.lines.append("import math") }
    if needed.contains("np") { imports.lines.append("import numpy as np") }
    if needed.contains("plt") { imports.lines.append("import matplotlib.pyplot as plt") }
    imports.functional = needed.contains("F")
    imports.torch = needed.contains("torch")
    imports.grad = needed.contains("grad")
    let others = needed.subtracting(["math", "np", "plt", "F", "torch", "grad"])
    imports.fromTorch = (uses.flags ? others.subtracting(uses.flaggedFactories) : others).sorted()
    return imports
  }

  // MARK: Helpers

  private static func flags(_ factories: [String]) -> String {
    """
    def _with_flags(factory):
        \"\"\"Lets `grad` and dtypes follow the arguments of a factory, as in `zeros(3, float64, grad)`.\"\"\"
        def make(*args, **named):
            for flag in args:
                if flag is grad:
                    named["requires_grad"] = True
                elif isinstance(flag, torch.dtype):
                    named["dtype"] = flag
            return factory(*(a for a in args if a is not grad and not isinstance(a, torch.dtype)), **named)
        return make

    \(factories.map { "\($0) = _with_flags(torch.\($0))\n" }.joined())
    """
  }

  private static func displayFunction(_ name: String, keeping last: [String]) -> String {
    var body = ""
    for (i, name) in last.enumerated().reversed() {
      let before = i == 0 ? "value" : "getattr(builtins, \"\(last[i - 1])\", \"\")"
      body += "        builtins.\(name) = \(before)\n"
    }
    return """
      try:
          from IPython.lib.pretty import pretty
      except ImportError:
          def pretty(value, margin=0):
              \"\"\"IPython's layout, nearly: an element a line where a container does not fit into one.\"\"\"
              text, ends = repr(value), {list: "[]", tuple: "()", set: "{}", dict: "{}"}.get(type(value))
              if ends is None or not value or "\\n" not in text and margin + len(text) < 80:
                  return text.replace("\\n", "\\n" + " " * margin)
              parts = [pretty(v, margin + 1) for v in value]
              if isinstance(value, dict):
                  parts = [f"{k!r}: {pretty(v, margin + len(repr(k)) + 3)}" for k, v in value.items()]
              comma = "," if len(parts) == 1 and ends == "()" else ""
              return ends[0] + (",\\n" + " " * (margin + 1)).join(parts) + comma + ends[1]

      def \(name)(value):
          \"\"\"Shows the value of a cell's last expression.\"\"\"
          if value is not None:
      \(body)        print(pretty(value))

      """
  }

  private static func raisesClass(_ name: String) -> String {
    """
    class \(name):
        \"\"\"Around a cell that is recorded to raise: prints the error, and goes on.\"\"\"
        def __enter__(self):
            pass
        def __exit__(self, kind, error, traceback):
            if kind is None:
                raise SystemExit("the cell is recorded to raise, but did not")
            text = error.msg if isinstance(error, SyntaxError) else str(error)
            print(f"{kind.__name__}: {text}" if text else kind.__name__)
            return issubclass(kind, Exception)
    """
  }
}
