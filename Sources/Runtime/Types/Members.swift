/// Collects a type's methods, one statement each.
struct Members {
  var all: [NativeFunction] = []

  mutating func add(_ signature: String, _ doc: String, _ body: @escaping NativeBody) {
    all.append(NativeFunction(signature, doc, body))
  }

  static func list(_ build: (inout Members) -> Void) -> [NativeFunction] {
    var members = Members()
    build(&members)
    return members.all
  }
}
