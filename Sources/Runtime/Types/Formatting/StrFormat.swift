/// `text.format(*args, **kwargs)`.
package enum StrFormat {
  package static func format(
    _ text: Str, _ arguments: [Value], _ keywords: Value?, _ vm: VM
  ) throws(ExceptionObject) -> Value {
    var state = State(arguments: arguments, keywords: keywords, vm: vm)
    return .str(Str(try state.run(text.scalars[...], depth: 2)))
  }

  private enum Numbering { case unset, automatic, manual }

  private struct State {
    let arguments: [Value]
    /// The mapping that names are looked up in; nil without one.
    let keywords: Value?
    let vm: VM
    var numbering = Numbering.unset
    var nextIndex = 0

    init(arguments: [Value], keywords: Value?, vm: VM) {
      self.arguments = arguments
      self.keywords = keywords
      self.vm = vm
    }

    mutating func run(_ text: ArraySlice<Unicode.Scalar>, depth: Int) throws(ExceptionObject) -> String {
      if depth <= 0 { throw .value("Max string recursion exceeded") }
      var out = ""
      var i = text.startIndex
      let end = text.endIndex
      while i < end {
        let c = text[i]
        i += 1
        if c != "{" && c != "}" {
          out.unicodeScalars.append(c)
          continue
        }
        if i < end, text[i] == c {
          out.unicodeScalars.append(c)
          i += 1
          continue
        }
        if c == "}" { throw .value("Single '}' encountered in format string") }
        if i >= end { throw .value("Single '{' encountered in format string") }
        out += try field(text, &i, depth: depth)
      }
      return out
    }

    /// A replacement field; `i` stands after its `{` and moves past its `}`.
    mutating func field(
      _ text: ArraySlice<Unicode.Scalar>, _ i: inout Int, depth: Int
    ) throws(ExceptionObject) -> String {
      let end = text.endIndex
      let nameStart = i
      var inBrackets = false
      scan: while i < end {
        switch text[i] {
        case "{": throw .value("unexpected '{' in field name")
        case "[": inBrackets = true
        case "]": inBrackets = false
        case "}", ":", "!": if !inBrackets { break scan }
        default: break
        }
        i += 1
      }
      let name = text[nameStart..<i]
      guard i < end else { throw .value("expected '}' before end of string") }
      var conversion: Unicode.Scalar?
      if text[i] == "!" {
        i += 1
        guard i < end else { throw .value("end of string while looking for conversion specifier") }
        if text[i] == "}" { throw .value("unmatched '{' in format spec") }
        conversion = text[i]
        i += 1
        guard i < end else { throw .value("unmatched '{' in format spec") }
        if text[i] != ":" && text[i] != "}" { throw .value("expected ':' after conversion specifier") }
      }
      var spec = text[i..<i]
      if text[i] == ":" {
        i += 1
        let start = i
        var open = 1
        while i < end {
          if text[i] == "{" { open += 1 }
          if text[i] == "}" {
            open -= 1
            if open == 0 { break }
          }
          i += 1
        }
        guard i < end else { throw .value("unmatched '{' in format spec") }
        spec = text[start..<i]
      }
      i += 1
      var value = try object(name)
      switch conversion {
      case nil: break
      case "r": value = .text(try vm.repr(value))
      case "s": value = .text(try vm.str(value))
      case "a": value = .text(StrMethods.escapeNonASCII(try vm.repr(value)))
      case let other?: throw .value("Unknown conversion specifier \(other)")
      }
      let specText = spec.contains("{") || spec.contains("}") ? try run(spec, depth: depth - 1) : string(spec)
      return try vm.format(value, specText)
    }

    func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
      var s = ""
      s.unicodeScalars.append(contentsOf: scalars)
      return s
    }

    /// What a field's name stands for: an argument, then attributes and items.
    mutating func object(_ name: ArraySlice<Unicode.Scalar>) throws(ExceptionObject) -> Value {
      let firstEnd = name.firstIndex { $0 == "." || $0 == "[" } ?? name.endIndex
      var value = try argument(name[name.startIndex..<firstEnd])
      var i = firstEnd
      while i < name.endIndex {
        if name[i] == "." {
          i += 1
          let start = i
          while i < name.endIndex, name[i] != ".", name[i] != "[" { i += 1 }
          if start == i { throw .value("Empty attribute in format string") }
          value = try vm.getAttribute(value, Symbol(string(name[start..<i])))
        } else if name[i] == "[" {
          i += 1
          let start = i
          while i < name.endIndex, name[i] != "]" { i += 1 }
          guard i < name.endIndex else { throw .value("Missing ']' in format string") }
          if start == i { throw .value("Empty attribute in format string") }
          let key = name[start..<i]
          i += 1
          value = try vm.getItem(value, index(key).map { .int($0) } ?? .text(string(key)))
        } else {
          throw .value("Only '.' or '[' may follow ']' in format field specifier")
        }
      }
      return value
    }

    /// A non-negative decimal number, else nil.
    func index(_ text: ArraySlice<Unicode.Scalar>) -> Int? {
      guard !text.isEmpty, text.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
      return Int(string(text))
    }

    mutating func argument(_ name: ArraySlice<Unicode.Scalar>) throws(ExceptionObject) -> Value {
      var position = index(name)
      if name.isEmpty {
        if numbering == .manual {
          throw .value("cannot switch from manual field specification to automatic field numbering")
        }
        numbering = .automatic
        position = nextIndex
        nextIndex += 1
      } else if position != nil {
        if numbering == .automatic {
          throw .value("cannot switch from automatic field numbering to manual field specification")
        }
        numbering = .manual
      }
      if let position {
        guard position < arguments.count else {
          throw .index("Replacement index \(position) out of range for positional args tuple")
        }
        return arguments[position]
      }
      let key = Str(string(name))
      guard let keywords else { throw .key(.str(key)) }
      if case .dict(let dict) = keywords {
        guard let value = dict.get(key) else { throw .key(.str(key)) }
        return value
      }
      return try vm.getItem(keywords, .str(key))
    }
  }
}
