extension VM {
  // MARK: Natives

  /// Calls a native with its arguments at `base + 1`; the result replaces the callee at `base`.
  func callNative(
    _ native: Unmanaged<NativeFunction>, _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ names: Tuple?
  ) throws(ExceptionObject) {
    let window = base + 1
    var count = positional
    let (prepared, total) = native._withUnsafeGuaranteedRef { ($0.preparedFor, $0.preparedTotal) }
    if prepared == positional && names == nil {
      while count < total {
        (window + count).setUnbound()
        count &+= 1
      }
    } else {
      let native = native.takeUnretainedValue()
      if let unbound = native.unboundBody { return try callUnbound(unbound, base, positional, names) }
      count = try bindNative(native, window, positional, names)
    }
    let savedTop = stackTop
    if window + count > savedTop - VM.slack / 2 { stackTop = window + count + VM.slack }
    let body = native._withUnsafeGuaranteedRef { $0.body }
    do throws(ExceptionObject) {
      let result = try body(self, Arguments(window, count))
      stackTop = savedTop
      window.release(count: count)
      base.set(result)
    } catch {
      stackTop = savedTop
      window.release(count: count)
      throw error
    }
  }

  private func callUnbound(
    _ body: UnboundNativeBody, _ base: UnsafeMutablePointer<Value>, _ positional: Int, _ names: Tuple?
  ) throws(ExceptionObject) {
    let window = base + 1
    let count = positional + (names?.count ?? 0)
    let savedTop = stackTop
    if window + count > stackTop - VM.slack / 2 { stackTop = window + count + VM.slack }
    do throws(ExceptionObject) {
      let result = try body(self, window, positional, names)
      stackTop = savedTop
      window.release(count: count)
      base.set(result)
    } catch {
      stackTop = savedTop
      window.release(count: count)
      throw error
    }
  }

  /// Brings arguments into the order of the native's parameters, in place; absent ones become unbound. Returns their number.
  private func bindNative(
    _ native: NativeFunction, _ window: UnsafeMutablePointer<Value>, _ positional: Int, _ names: Tuple?
  ) throws(ExceptionObject) -> Int {
    let signature = native.signature
    let total = signature.parameters.count
    if names == nil && !signature.hasVariadic && !signature.hasKeywords {
      if positional == total && positional <= signature.positionalCount {
        native.preparedFor = total
        native.preparedTotal = total
        return total
      }
      if positional <= signature.positionalCount && positional >= signature.requiredPositional
        && !signature.hasRequiredKeywordOnly && total <= VM.slack / 2
      {
        var i = positional
        while i < total {
          (window + i).pointee = .unbound
          i += 1
        }
        native.preparedFor = positional
        native.preparedTotal = total
        return total
      }
    }
    if let names, placeKeywords(signature, window, positional, names) { return total }
    let (arguments, keywords) = takeArguments(window, positional, names)
    var values = [Value](repeating: .unbound, count: total)
    try signature.bind(arguments, keywords, into: &values, self, native: native)
    for i in 0..<total { (window + i).pointee = values[i] }
    return total
  }

  /// Moves keyword arguments, which stand behind the positional ones, to their parameters. False where anything is out of the
  /// ordinary: then nothing was moved, and the general way does it or says what is wrong.
  private func placeKeywords(
    _ signature: Signature, _ window: UnsafeMutablePointer<Value>, _ positional: Int, _ names: Tuple
  ) -> Bool {
    let total = signature.parameters.count
    let given = names.count
    guard !signature.hasVariadic, !signature.hasKeywords, total <= VM.slack / 2, given <= 8,
      positional <= signature.positionalCount
    else { return false }
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: given) { places in
      var filled = 0 as UInt64
      for k in 0..<given {
        guard (names.base + k).tag == ValueLayout.str else { return false }
        let name = (names.base + k).reference(as: Str.self)._withUnsafeGuaranteedRef { Symbol($0) }
        guard
          let place = signature.parameters.firstIndex(where: {
            $0.name == name && ($0.kind == .positional || $0.kind == .keywordOnly)
          }), place >= positional, filled & (1 << UInt64(place)) == 0
        else { return false }
        filled |= 1 << UInt64(place)
        places[k] = place
      }
      for i in positional..<total
      where signature.parameters[i].defaultText == nil && filled & (1 << UInt64(i)) == 0 { return false }
      return withUnsafeTemporaryAllocation(of: Value.self, capacity: given) { values in
        let taken = values.baseAddress!
        for k in 0..<given { (taken + k).initialize(to: (window + positional + k).take()) }
        for i in positional..<total { (window + i).setUnbound() }
        for k in 0..<given { (window + places[k]).move(from: taken + k) }
        return true
      }
    }
  }

  // MARK: Functions of the language

  /// Brings arguments into a function's parameter registers, in place, with defaults filled in.
  func bind(
    _ function: Function, _ window: UnsafeMutablePointer<Value>, _ positional: Int, _ names: Tuple?
  ) throws(ExceptionObject) {
    let code = function.code
    let defaults = function.defaults
    if names == nil && code.isSimple && positional <= code.positionalCount
      && positional + defaults.count >= code.positionalCount
    {
      let firstDefault = code.positionalCount - defaults.count
      var i = positional
      while i < code.positionalCount {
        (window + i).pointee = defaults[i - firstDefault]
        i += 1
      }
      return
    }
    let (arguments, keywords) = takeArguments(window, positional, names)
    var values = [Value](repeating: .unbound, count: code.parameterCount)
    try bindSlowly(function, arguments, keywords, &values)
    for (i, value) in values.enumerated() { (window + i).pointee = value }
  }

  private func bindSlowly(
    _ function: Function, _ arguments: [Value], _ keywords: [(Symbol, Value)], _ values: inout [Value]
  ) throws(ExceptionObject) {
    let code = function.code
    let name = function.qualifiedName.string
    let positionalCount = code.positionalCount
    let keywordOnlyEnd = positionalCount + code.keywordOnlyCount
    for i in 0..<min(arguments.count, positionalCount) { values[i] = arguments[i] }
    if code.hasVariadic {
      values[keywordOnlyEnd] = .makeTuple(Array(arguments.dropFirst(positionalCount)))
    }
    var extra: Dict?
    if code.hasKeywords {
      let dict = Dict()
      extra = dict
      values[keywordOnlyEnd + (code.hasVariadic ? 1 : 0)] = .dict(dict)
    }
    var positionalOnlyNamed: [String] = []
    for (key, value) in keywords {
      if let i = (code.positionalOnlyCount..<keywordOnlyEnd).first(where: { code.localNames[$0] == key }) {
        if !values[i].isUnbound {
          throw .type("\(name)() got multiple values for argument '\(key.text)'")
        }
        values[i] = value
      } else if let extra {
        extra.set(key.str, value)
      } else if (0..<code.positionalOnlyCount).contains(where: { code.localNames[$0] == key }) {
        positionalOnlyNamed.append(key.text)
      } else {
        throw unexpectedKeyword(
          key.text, of: name, among: (code.positionalOnlyCount..<keywordOnlyEnd).map { code.localNames[$0].text })
      }
    }
    if !positionalOnlyNamed.isEmpty {
      throw .type(
        "\(name)() got some positional-only arguments passed as keyword arguments: '\(positionalOnlyNamed.joined(separator: ", "))'"
      )
    }
    if arguments.count > positionalCount && !code.hasVariadic {
      throw tooManyPositional(function, given: arguments.count, values)
    }
    let firstDefault = positionalCount - function.defaults.count
    var missing: [String] = []
    for i in 0..<positionalCount where values[i].isUnbound {
      if i >= firstDefault {
        values[i] = function.defaults[i - firstDefault]
      } else {
        missing.append(code.localNames[i].text)
      }
    }
    if !missing.isEmpty { throw missingArguments(name, missing, "positional") }
    for i in positionalCount..<keywordOnlyEnd where values[i].isUnbound {
      let k = i - positionalCount
      if k < function.keywordDefaults.count, !function.keywordDefaults[k].isUnbound {
        values[i] = function.keywordDefaults[k]
      } else {
        missing.append(code.localNames[i].text)
      }
    }
    if !missing.isEmpty { throw missingArguments(name, missing, "keyword-only") }
  }

  func unexpectedKeyword(_ key: String, of name: String, among known: [String]) -> ExceptionObject {
    let error = ExceptionObject.type("\(name)() got an unexpected keyword argument '\(key)'")
    error.nearNames = .init(wanted: key, candidates: known)
    return error
  }

  /// CPython's wording: `f() missing 2 required positional arguments: 'a' and 'b'`.
  fileprivate func missingArguments(_ function: String, _ names: [String], _ kind: String) -> ExceptionObject {
    let quoted = names.map { "'\($0)'" }
    let list: String
    switch quoted.count {
    case 1: list = quoted[0]
    case 2: list = "\(quoted[0]) and \(quoted[1])"
    default: list = quoted.dropLast().joined(separator: ", ") + ", and " + quoted[quoted.count - 1]
    }
    return .type(
      "\(function)() missing \(names.count) required \(kind) argument\(names.count == 1 ? "" : "s"): \(list)")
  }

  private func tooManyPositional(_ function: Function, given: Int, _ values: [Value]) -> ExceptionObject {
    let code = function.code
    let name = function.qualifiedName.string
    let defaults = function.defaults.count
    let takes =
      defaults > 0
      ? "from \(code.positionalCount - defaults) to \(code.positionalCount) positional arguments"
      : "\(code.positionalCount) positional argument\(code.positionalCount == 1 ? "" : "s")"
    let keywordOnlyGiven = (code.positionalCount..<(code.positionalCount + code.keywordOnlyCount))
      .filter { !values[$0].isUnbound }.count
    if keywordOnlyGiven > 0 {
      let s = given == 1 ? "" : "s"
      let k = keywordOnlyGiven == 1 ? "" : "s"
      return .type(
        "\(name)() takes \(takes) but \(given) positional argument\(s) (and \(keywordOnlyGiven) keyword-only argument\(k)) were given"
      )
    }
    return .type("\(name)() takes \(takes) but \(given) \(given == 1 ? "was" : "were") given")
  }
}

extension Signature {
  /// Sorts arguments by parameter; raises CPython's TypeErrors for what does not fit.
  func bind(
    _ arguments: [Value], _ keywords: [(Symbol, Value)], into values: inout [Value], _ vm: VM, native: NativeFunction
  ) throws(ExceptionObject) {
    lazy var shown = native.qualifiedName.map { String($0.split(separator: ".").last ?? "") } ?? name
    for i in 0..<min(arguments.count, positionalCount) { values[i] = arguments[i] }
    var extra: Dict?
    for (i, parameter) in parameters.enumerated() {
      if parameter.kind == .variadic { values[i] = .makeTuple(Array(arguments.dropFirst(positionalCount))) }
      if parameter.kind == .keywords {
        let dict = Dict()
        extra = dict
        values[i] = .dict(dict)
      }
    }
    if arguments.count > positionalCount && !hasVariadic {
      if native.isPythonFunction { throw pythonTooMany(arguments.count) }
      throw wrongCount(arguments.count, shown, native.fullName)
    }
    for (key, value) in keywords {
      if let i = parameters.firstIndex(where: { $0.name == key && ($0.kind == .positional || $0.kind == .keywordOnly) })
      {
        if !values[i].isUnbound {
          if native.isPythonFunction { throw .type("\(name)() got multiple values for argument '\(key.text)'") }
          throw .type("argument for \(shown)() given by name ('\(key.text)') and position (\(i + 1))")
        }
        values[i] = value
      } else if let extra {
        extra.set(key.str, value)
      } else if parameters.allSatisfy({ $0.kind == .positionalOnly }) {
        throw .type("\(shown)() takes no keyword arguments")
      } else {
        let error = ExceptionObject.type(
          native.isPythonFunction
            ? "\(name)() got an unexpected keyword argument '\(key.text)'"
            : "'\(key.text)' is an invalid keyword argument for \(native.keywordOwner ?? shown)()")
        error.nearNames = .init(
          wanted: key.text, candidates: parameters.filter { $0.kind != .positionalOnly }.map { $0.name.text })
        throw error
      }
    }
    if native.isPythonFunction {
      let missing = parameters.indices.filter { values[$0].isUnbound && parameters[$0].defaultText == nil }
      let names = missing.filter { [.positional, .positionalOnly].contains(parameters[$0].kind) }
      if !names.isEmpty { throw vm.missingArguments(name, names.map { parameters[$0].name.text }, "positional") }
    }
    for (i, parameter) in parameters.enumerated() where values[i].isUnbound && parameter.defaultText == nil {
      switch parameter.kind {
      case .positionalOnly:
        throw wrongCount(arguments.count, shown, native.fullName)
      case .positional:
        throw .type("\(shown)() missing required argument '\(parameter.name.text)' (pos \(i + (isMethod ? 0 : 1)))")
      case .keywordOnly:
        throw .type("\(shown)() missing required keyword-only argument: '\(parameter.name.text)'")
      case .variadic, .keywords:
        break
      }
    }
  }

  private func pythonTooMany(_ given: Int) -> ExceptionObject {
    let takes =
      requiredPositional < positionalCount ? "from \(requiredPositional) to \(positionalCount)" : "\(positionalCount)"
    let plural = requiredPositional < positionalCount || positionalCount != 1
    return .type(
      "\(name)() takes \(takes) positional argument\(plural ? "s" : "") but \(given) \(given == 1 ? "was" : "were") given"
    )
  }

  /// `f expected at least 1 argument, got 0`; a method's receiver does not count.
  private func wrongCount(_ given: Int, _ shown: String, _ qualified: String) -> ExceptionObject {
    let hidden = isMethod ? 1 : 0
    let most = positionalCount - hidden
    let least = requiredPositional - hidden
    let got = given - hidden
    if got < 0 { return .type("unbound method \(qualified)() needs an argument") }
    if most == 0 && parameters.count > hidden { return .type("\(shown)() takes no positional arguments") }
    // Where arguments may be named, CPython counts in other words.
    if parameters.contains(where: { $0.kind == .positional && $0.name != Names.selfName }) {
      if got < least {
        let limit = least == most ? "exactly" : "at least"
        return .type(
          "\(shown)() takes \(limit) \(least) positional argument\(least == 1 ? "" : "s") (\(got) given)")
      }
      let total = parameters.count - hidden
      if got > total {
        let limit = least == total ? "exactly" : "at most"
        return .type("\(shown)() takes \(limit) \(total) argument\(total == 1 ? "" : "s") (\(got) given)")
      }
      return .type(
        "\(shown)() takes \(least == most ? "exactly" : "at most") \(most) positional argument\(most == 1 ? "" : "s") "
          + "(\(got) given)")
    }
    if most == 0 && parameters.count == hidden {
      return .type("\(qualified)() takes no arguments (\(got) given)")
    }
    if least == most {
      if most == 1 && parameters.count == hidden + 1 {
        return .type("\(qualified)() takes exactly one argument (\(got) given)")
      }
      return .type("\(shown) expected \(most) argument\(most == 1 ? "" : "s"), got \(got)")
    }
    if got < least { return .type("\(shown) expected at least \(least) argument\(least == 1 ? "" : "s"), got \(got)") }
    return .type("\(shown) expected at most \(most) argument\(most == 1 ? "" : "s"), got \(got)")
  }
}
