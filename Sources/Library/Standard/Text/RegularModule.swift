import Runtime

/// `_re`: patterns read into programs, and those run; `re` has the rest.
enum RegularModule {
  final class Compiled: Object {
    let program: RegularProgram
    /// The text of the last call and its code points: a loop asks for one match after the other.
    var text: Str?
    var points: [UInt32] = []

    init(_ program: RegularProgram) { self.program = program }
    nonisolated(unsafe) static let type = TypeObject("Program", module: "_re", bases: [Types.object], layout: .other)
    override var builtinType: TypeObject { Compiled.type }

    func points(of text: Str) -> [UInt32] {
      if self.text !== text {
        self.text = text
        points = text.string.unicodeScalars.map(\.value)
      }
      return points
    }
  }

  static func make(_ vm: VM) -> Module {
    let m = ModuleBuilder("_re", "Regular expressions, read and run.")
    m.add("parse(pattern, flags, /)", "(program, groups, names, flags), or (message, position).") {
      (vm, args) throws(ExceptionObject) in
      let points = args[0].asStr?.string.unicodeScalars.map(\.value) ?? []
      var parser = RegularParser(points, flags: try vm.int(args[1]))
      do throws(RegularParser.Failure) {
        let program = try parser.parse()
        let names = Dict()
        for (name, number) in program.groupNames { names.set(Str(name), .int(number)) }
        return .makeTuple([
          .object(Compiled(program)), .int(program.groupCount), .dict(names), .int(parser.flags),
        ])
      } catch {
        return .makeTuple([.text(error.message), .int(error.position)])
      }
    }
    m.add(
      "run(program, text, pos, endpos, mode, limit, /)",
      "The spans of matches: mode 0 at pos, 1 up to endpos, 2 anywhere, at most limit of them."
    ) { (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let compiled = o as? Compiled, let text = args[1].asStr else {
        throw .type("expected string or bytes-like object, got '\(vm.typeName(args[1]))'")
      }
      let points = compiled.points(of: text)
      let end = min(max(try vm.int(args[3]), 0), points.count)
      var start = max(try vm.int(args[2]), 0)
      let (mode, limit) = (try vm.int(args[4]), try vm.int(args[5]))
      var matcher = RegularMatcher(compiled.program, points, end: end)
      var found: [Value] = []
      // After a match that is empty the next one may begin at its place, if it is not empty too.
      var mustAdvance = false
      while start <= end && found.count < limit {
        if let spans = try matcher.match(at: start, whole: mode == 1, mustAdvance: mustAdvance, vm) {
          found.append(.makeTuple(spans.map { .int($0) }))
          mustAdvance = spans[1] == spans[0]
          start = spans[1]
        } else {
          mustAdvance = false
          start += 1
        }
        if mode < 2 { break }
      }
      return .makeList(found)
    }
    m.add("show_as(type, text, /)", "Cells show the type's values as the function says.") {
      (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let type = o as? TypeObject else { throw .type("a type is needed") }
      let function = args[1]
      type.prettyHook = { (printer, vm, value) throws(ExceptionObject) in
        printer.lines(try vm.call(function, with: value).string ?? "")
      }
      return .none
    }
    return m.module
  }
}
