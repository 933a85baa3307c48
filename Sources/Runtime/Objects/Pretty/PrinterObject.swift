/// The printer that a class's `_repr_pretty_(self, p, cycle)` is given, with the methods of IPython's.
final class PrinterObject: Object {
  let printer: PrettyPrinter
  /// Groups that are not the method's to end.
  private let outer: Int

  init(_ printer: PrettyPrinter) {
    self.printer = printer
    outer = printer.openGroups
  }

  /// Lays out a value by its own method; groups that it leaves open end with it.
  static func layOut(_ value: Value, _ method: Value, _ printer: PrettyPrinter, isCycle: Bool, _ vm: VM)
    throws(ExceptionObject)
  {
    let object = PrinterObject(printer)
    let indentation = printer.indentation
    _ = try vm.call(method, [value, .object(object), .bool(isCycle)])
    while printer.openGroups > object.outer { printer.endGroup() }
    printer.indentation = indentation
  }

  override var builtinType: TypeObject { PrinterObject.type }

  private static let type: TypeObject = {
    let type = TypeObject(
      "RepresentationPrinter", module: "IPython.lib.pretty", bases: [Types.object], layout: .other)
    for method in methods() { type.set(method.name, .object(method)) }
    return type
  }()

  private static func methods() -> [NativeFunction] {
    Members.list { m in
      m.add("text(self, obj)", "Writes text.") { (vm, args) throws(ExceptionObject) in
        try receiver(args, vm).text(text(args, 1, vm))
        return .none
      }
      m.add("breakable(self, sep=' ')", "A separator, or a line break where the group does not fit.") {
        (vm, args) throws(ExceptionObject) in
        try receiver(args, vm).breakable(args.has(1) ? text(args, 1, vm) : " ")
        return .none
      }
      m.add("break_(self)", "A line break.") { (vm, args) throws(ExceptionObject) in
        try receiver(args, vm).breakLine()
        return .none
      }
      m.add("pretty(self, obj)", "Writes a value as a cell displays it.") { (vm, args) throws(ExceptionObject) in
        try receiver(args, vm).show(args[1], vm)
        return .none
      }
      m.add("begin_group(self, indent=0, open='')", "Opens a group, which breaks as a whole.") {
        (vm, args) throws(ExceptionObject) in
        try receiver(args, vm).beginGroup(columns(args, 1, vm), text(args, 2, vm))
        return .none
      }
      m.add("end_group(self, dedent=0, close='')", "Ends the group that was opened last.") {
        (vm, args) throws(ExceptionObject) in
        try object(args, vm).end(columns(args, 1, vm), text(args, 2, vm))
        return .none
      }
      m.add("group(self, indent=0, open='', close='')", "A with block around the parts of a group.") {
        (vm, args) throws(ExceptionObject) in
        .object(
          PrinterGroup(
            try object(args, vm), try columns(args, 1, vm), try text(args, 2, vm), try text(args, 3, vm),
            isGroup: true))
      }
      m.add("indent(self, indent)", "A with block whose new lines are indented further.") {
        (vm, args) throws(ExceptionObject) in
        .object(PrinterGroup(try object(args, vm), try columns(args, 1, vm), "", "", isGroup: false))
      }
      m.add("flush(self)", "Has no effect: the text is shown when it is complete.") {
        (vm, args) throws(ExceptionObject) in .none
      }
    }
  }

  private static func object(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> PrinterObject {
    guard let object = args[0].object as? PrinterObject else {
      throw .type("a RepresentationPrinter is needed, not '\(vm.typeName(args[0]))'")
    }
    return object
  }

  private static func receiver(_ args: Arguments, _ vm: VM) throws(ExceptionObject) -> PrettyPrinter {
    try object(args, vm).printer
  }

  private static func text(_ args: Arguments, _ i: Int, _ vm: VM) throws(ExceptionObject) -> String {
    guard args.has(i) else { return "" }
    guard let text = args[i].string else { throw .type("object of type '\(vm.typeName(args[i]))' has no len()") }
    return text
  }

  private static func columns(_ args: Arguments, _ i: Int, _ vm: VM) throws(ExceptionObject) -> Int {
    args.has(i) ? try vm.int(args[i]) : 0
  }

  func end(_ dedent: Int, _ close: String) throws(ExceptionObject) {
    guard printer.openGroups > outer else { throw .index("pop from empty list") }
    printer.endGroup(dedent, close)
  }
}

/// What `p.group(…)` and `p.indent(…)` give to a `with` statement.
private final class PrinterGroup: Object {
  private let object: PrinterObject
  private let indentation: Int
  private let open: String
  private let close: String
  private let isGroup: Bool

  init(_ object: PrinterObject, _ indentation: Int, _ open: String, _ close: String, isGroup: Bool) {
    self.object = object
    self.indentation = indentation
    self.open = open
    self.close = close
    self.isGroup = isGroup
  }

  override var builtinType: TypeObject { PrinterGroup.type }

  private static let type: TypeObject = {
    let type = TypeObject("_GeneratorContextManager", module: "contextlib", bases: [Types.object], layout: .other)
    let methods = Members.list { m in
      m.add("__enter__(self, /)", "Opens the group.") { (vm, args) throws(ExceptionObject) in
        guard let group = args[0].object as? PrinterGroup else { return .none }
        if group.isGroup {
          group.object.printer.beginGroup(group.indentation, group.open)
        } else {
          group.object.printer.indentation &+= group.indentation
        }
        return .none
      }
      m.add("__exit__(self, exc_type, exc_value, traceback, /)", "Ends the group.") {
        (vm, args) throws(ExceptionObject) in
        guard let group = args[0].object as? PrinterGroup else { return .none }
        if group.isGroup {
          try group.object.end(group.indentation, group.close)
        } else {
          group.object.printer.indentation &-= group.indentation
        }
        return .bool(false)
      }
    }
    for method in methods { type.set(method.name, .object(method)) }
    return type
  }()
}
