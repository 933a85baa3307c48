import Runtime
import Tensor

/// The members of a module, collected by family files.
final class MemberTable {
  private(set) var values: [String: Value] = [:]
  private var makers: [String: () -> Value] = [:]

  /// A finished value.
  func set(_ name: String, _ value: Value) { values[name] = value }

  /// A value made when it is first asked for.
  func lazy(_ name: String, _ make: @escaping () -> Value) { makers[name] = make }

  /// A function with a plain Python signature.
  func native(_ text: String, _ doc: String, _ body: @escaping NativeBody) {
    values[MemberTable.name(of: text)] = .object(NativeFunction(text, doc, body))
  }

  /// A function bound and complaining as torch's own: the signature is in PyTorch's notation.
  func function(
    _ name: String, _ signature: String, _ doc: String, isPython: Bool = false,
    _ body: @escaping (VM, OperationArguments) throws(ExceptionObject) -> Value
  ) {
    values[name] = .object(
      OperationBinder(library: name, isMethod: false, isPython: isPython) {
        [OperationSchema(signature, .library(body))]
      }.native(doc: doc))
  }

  /// The same function under further names.
  func alias(_ name: String, _ others: String...) {
    for other in others { values[other] = values[name] }
  }

  /// Has mistakes in calls of these functions worded as for Python functions.
  func wordAsPython(_ names: [String]) {
    for name in names {
      if case .object(let o)? = values[name] { (o as? NativeFunction)?.isPythonFunction = true }
    }
  }

  func find(_ name: String) -> Value? {
    if let value = values[name] { return value }
    guard let make = makers[name] else { return nil }
    let value = make()
    values[name] = value
    return value
  }

  var names: [String] { Array(values.keys) + Array(makers.keys) }

  static func name(of text: String) -> String {
    guard let end = text.utf8.firstIndex(of: UInt8(ascii: "(")) else { return text }
    return String(text[..<end])
  }
}

extension OperationArguments {
  /// An `Any` argument, or nil when it was left out or is None.
  func value(_ i: Int) -> Value? {
    if case .any(let box) = self[i], let value = (box as? ValueBox)?.value { return value.isNone ? nil : value }
    return nil
  }
}

/// What PyTorch has and tnb has not: asked for, it is there; used, it says so by name.
enum Unavailable {
  static func value(_ name: String) -> Value {
    .object(
      NativeFunction(unbound: name + "(*args, **kwargs)", "") { (_, _, _, _) throws(ExceptionObject) in
        throw .notImplemented("\(name) is not available in tnb")
      })
  }
}
