/// Every declared operation, found by the name it has on one of its faces.
///
/// Built when the first name is asked for: start-up does not pay for it.
package enum OperationTable {
  /// A function that makes the declarations of one family.
  typealias Family = () -> [OperationDeclaration]

  package static let all: [OperationDeclaration] = {
    var list: [OperationDeclaration] = []
    list.reserveCapacity(800)
    for family in numericFamilies { list += family() }
    for family in structuralFamilies { list += family() }
    return list
  }()

  /// `torch.exp`.
  package static func function(_ name: String) -> OperationDeclaration? { functions[name] }
  /// `x.exp`.
  package static func method(_ name: String) -> OperationDeclaration? { methods[name] }
  /// `F.softmax`.
  package static func functional(_ name: String) -> OperationDeclaration? { functionals[name] }
  /// `torch.linalg.norm`; the declaration may be named `linalg_norm` or `norm`.
  package static func linalg(_ name: String) -> OperationDeclaration? { linalgs["linalg_" + name] ?? linalgs[name] }
  /// `torch.special.expit`; the declaration may be named `special_expit` or `expit`.
  package static func special(_ name: String) -> OperationDeclaration? {
    specials["special_" + name] ?? specials[name]
  }

  package static func names(_ face: OperationDeclaration.Faces) -> [String] {
    all.filter { $0.faces.contains(face) }.map(\.name)
  }

  private static let functions = index(.function)
  private static let methods = index(.method)
  private static let functionals = index(.functional)
  private static let linalgs = index(.linalg)
  private static let specials = index(.special)

  private static func index(_ face: OperationDeclaration.Faces) -> [String: OperationDeclaration] {
    var table: [String: OperationDeclaration] = [:]
    for declaration in all where declaration.faces.contains(face) { table[declaration.name] = declaration }
    return table
  }
}
