import Runtime

/// PyTorch's message for arguments that fit none of several overloads (torch/csrc/utils/invalid_arguments.cpp).
enum InvalidCombination {
  static func error(
    _ name: String, _ schemas: [OperationSchema], _ call: OperationBinder.Call, isMethod: Bool
  ) -> ExceptionObject {
    let skip = isMethod ? 1 : 0
    let arguments = (skip..<max(call.positional, skip)).map { call.base[$0] }
    // PyTorch's hash table gives them back from the last to the first.
    let keywords = (0..<call.keywordCount).reversed().map { (call.keyword($0).text, call.value($0)) }
    let options = schemas.flatMap { $0.descriptions(asMethod: isMethod) }
    var text = "\(name)() received an invalid combination of arguments - got "
    if options.count == 1 {
      let parts = Option(options[0])
      text +=
        parts.matchesCount(arguments.count + keywords.count)
        ? detailed(parts, arguments, keywords) : brief(arguments, keywords)
      text += ", but expected " + options[0]
      return .type(text)
    }
    text += brief(arguments, keywords) + ", but expected one of:\n"
    for option in options {
      text += " * \(option)\n"
      let parts = Option(option)
      guard parts.matchesCount(arguments.count + keywords.count) else { continue }
      let unmatched = parts.unmatched(keywords.map(\.0), after: arguments.count)
      if unmatched.isEmpty {
        text +=
          "      didn't match because some of the arguments have invalid types: "
          + detailed(parts, arguments, keywords) + "\n"
      } else {
        text +=
          "      didn't match because some of the keywords were incorrect: "
          + unmatched.joined(separator: ", ") + "\n"
      }
    }
    return .type(text)
  }

  /// A printed overload, cut at its commas. `*` counts as a part, and what follows the last blank is taken for the name, as
  /// PyTorch does it.
  private struct Option {
    var types: [String] = []
    var names: [String] = []

    init(_ text: String) {
      let inner = String(text.dropFirst().dropLast())
      for piece in inner.isEmpty ? [""] : pieces(inner) {
        if let blank = piece.lastIndex(of: " ") {
          types.append(String(piece[..<blank]))
          names.append(String(piece[piece.index(after: blank)...]))
        } else {
          types.append("")
          names.append(piece)
        }
      }
    }

    private func pieces(_ text: String) -> [String] {
      var result: [String] = []
      var current = ""
      for ch in text {
        if ch == "," {
          result.append(current)
          current = ""
        } else if ch != " " || !current.isEmpty {
          current.append(ch)
        }
      }
      result.append(current)
      return result
    }

    func matchesCount(_ count: Int) -> Bool { count == names.count }

    func unmatched(_ keywords: [String], after positional: Int) -> [String] {
      keywords.filter { !names.dropFirst(positional).contains($0) }
    }
  }

  private static func brief(_ arguments: [Value], _ keywords: [(String, Value)]) -> String {
    var text = "("
    for a in arguments { text += ArgumentConversion.typeName(a) + ", " }
    for (k, v) in keywords { text += k + "=" + ArgumentConversion.typeName(v) + ", " }
    if !arguments.isEmpty { text.removeLast(2) }
    return text + ")"
  }

  private static func detailed(_ option: Option, _ arguments: [Value], _ keywords: [(String, Value)]) -> String {
    var text = "("
    for i in 0..<option.names.count where i < arguments.count + keywords.count {
      let isKeyword = i >= arguments.count
      let value: Value
      if isKeyword {
        guard let found = keywords.first(where: { $0.0 == option.names[i] }) else { continue }
        value = found.1
      } else {
        value = arguments[i]
      }
      let mark = matches(option.types[i], value) ? "" : "!"
      text += mark + (isKeyword ? option.names[i] + "=" : "") + described(value) + mark + ", "
    }
    if !arguments.isEmpty { text.removeLast(2) }
    return text + ")"
  }

  private static func described(_ value: Value) -> String {
    guard let items = ArgumentConversion.sequence(value) else { return ArgumentConversion.typeName(value) }
    let names = items.map { ArgumentConversion.typeName($0) }.joined(separator: ", ")
    let isTuple = value.asTuple != nil
    return ArgumentConversion.typeName(value) + " of "
      + (isTuple ? "(\(names)\(items.count == 1 ? "," : ""))" : "[\(names)]")
  }

  private static func matches(_ type: String, _ value: Value) -> Bool {
    let name = ArgumentConversion.typeName(value)
    switch type {
    case "float": return name == "float" || name == "int"
    case "tuple of ints":
      return ArgumentConversion.sequence(value)?.allSatisfy { ArgumentConversion.typeName($0) == "int" } ?? false
    case "tuple of Tensors":
      return ArgumentConversion.sequence(value)?.allSatisfy { ArgumentConversion.typeName($0) == "Tensor" } ?? false
    default: return type == name
    }
  }
}
