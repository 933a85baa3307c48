extension OperationDeclaration {
  /// Every name under which a cell can call it: `torch.exp`, `Tensor.exp`, `F.softmax`.
  package var places: [String] {
    var places: [String] = []
    if faces.contains(.function) { places.append("torch.\(name)") }
    if faces.contains(.method) { places.append("Tensor.\(name)") }
    if faces.contains(.functional) { places.append("F.\(name)") }
    if faces.contains(.linalg) { places.append("torch.linalg.\(name.dropping(prefix: "linalg_"))") }
    if faces.contains(.special) { places.append("torch.special.\(name.dropping(prefix: "special_"))") }
    return places
  }
}

extension String {
  fileprivate func dropping(prefix: String) -> Substring { hasPrefix(prefix) ? dropFirst(prefix.count) : self[...] }
}
