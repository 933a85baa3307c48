import Language

extension FunctionCompiler {
  /// Elements put in consecutive registers before a container is made; what exceeds them is added one by one.
  static let chunk = 128

  func list(_ elements: [Expression], into target: Int, at span: SourceSpan) {
    // From three constants on, extending an empty list by a constant tuple is shorter.
    if elements.count >= 3, let value = constantTuple(elements) {
      return extend(.buildList, .listExtend, by: value, into: target, at: span)
    }
    collect(elements, .buildList, add: .listAppend, extend: .listExtend, into: target, at: span)
  }

  /// An empty container extended by a constant.
  private func extend(
    _ build: Opcode, _ extend: Opcode, by value: Value, into target: Int, at span: SourceSpan
  ) {
    let (result, source) = (scratch(for: target), allocate())
    emit(build, result, source, 0, at: span)
    load(value, into: source, at: span)
    emit(extend, result, source, at: span)
    if result != target { emit(.move, target, result, at: span) }
  }

  func set(_ elements: [Expression], into target: Int, at span: SourceSpan) {
    // As CPython does from three constants on: the order of iteration depends on it.
    if elements.count >= 3, let value = constantSet(elements) {
      return extend(.buildSet, .setUpdate, by: value, into: target, at: span)
    }
    collect(elements, .buildSet, add: .setAdd, extend: .setUpdate, into: target, at: span)
  }

  func tuple(_ elements: [Expression], into target: Int, at span: SourceSpan) {
    if elements.count <= FunctionCompiler.chunk && !elements.contains(where: \.isStarred) {
      return collect(elements, .buildTuple, add: .listAppend, extend: .listExtend, into: target, at: span)
    }
    let result = scratch(for: target)
    list(elements, into: result, at: span)
    emit(.listToTuple, target, result, at: span)
  }

  private func collect(
    _ elements: [Expression], _ build: Opcode, add: Opcode, extend: Opcode, into target: Int, at span: SourceSpan
  ) {
    var direct = 0
    while direct < elements.count, direct < FunctionCompiler.chunk, !elements[direct].isStarred { direct += 1 }
    let result = direct == elements.count ? target : scratch(for: target)
    let mark = top
    let first = top
    for element in elements[..<direct] { push(element) }
    emit(build, result, direct == 0 ? result : first, direct, at: span)
    top = mark
    for element in elements[direct...] {
      if case .starred(let value) = element.kind {
        emit(extend, result, operand(value), at: value.span)
      } else {
        emit(add, result, operand(element), at: element.span)
      }
      top = mark
    }
    if result != target { emit(.move, target, result, at: span) }
  }

  func dict(_ items: [(key: Expression?, value: Expression)], into target: Int, at span: SourceSpan) {
    var direct = 0
    while direct < items.count, direct < FunctionCompiler.chunk, items[direct].key != nil { direct += 1 }
    let result = direct == items.count ? target : scratch(for: target)
    let mark = top
    let first = top
    for item in items[..<direct] {
      push(item.key!)
      push(item.value)
    }
    emit(.buildDict, result, direct == 0 ? result : first, direct, at: span)
    top = mark
    for item in items[direct...] {
      if let key = item.key {
        let register = operand(key)
        emit(.dictSet, result, register, operand(item.value), at: key.span)
      } else {
        emit(.dictUpdate, result, operand(item.value), at: item.value.span)
      }
      top = mark
    }
    if result != target { emit(.move, target, result, at: span) }
  }
}

extension Expression {
  var isStarred: Bool { if case .starred = kind { true } else { false } }
}
