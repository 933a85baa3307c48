import Runtime

/// `np.random`.
enum NumPyRandomModule {
  static func make() -> Module { NumPyLibrary.table("random") { _ in } }
}
