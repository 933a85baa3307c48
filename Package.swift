// swift-tools-version: 6.2
import PackageDescription

/// The dynamic exclusivity checks cost the VM's loop half its time (a range step went through swift_beginAccess: 50 ns an
/// iteration of `s = (s + i*3) % 1000003` against 20 without); debug builds and tests keep them.
let release: [SwiftSetting] = [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

/// The interpreter runs on one thread, and no worker touches a Swift object (docs/design/threads.md), so reference counts need no
/// locked instructions: the linker points their entry points at the runtime's non-atomic twins. Whole programs got 1.3 to 2
/// times as fast; `-assume-single-threaded` reaches too few of the counts to be felt.
let singleThreaded: [LinkerSetting] = [
  .unsafeFlags(
    ["retain", "release", "retain_n", "release_n", "bridgeObjectRetain", "bridgeObjectRelease"].flatMap {
      ["-Xlinker", "--wrap=swift_\($0)", "-Xlinker", "--defsym=__wrap_swift_\($0)=swift_nonatomic_\($0)"]
    }, .when(configuration: .release))
]

let package = Package(
  name: "tnb",
  products: [
    .executable(name: "tnb", targets: ["tnb"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
  ],
  targets: [
    .target(
      name: "CKernels",
      cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=off", "-mprefer-vector-width=512"])],
      linkerSettings: [.linkedLibrary("m"), .linkedLibrary("dl"), .linkedLibrary("pthread")]),
    .target(name: "Language"),
    .target(name: "Tensor", dependencies: ["CKernels"], swiftSettings: release),
    .target(
      name: "Runtime",
      dependencies: ["Language", "Tensor", "CKernels", .product(name: "BigInt", package: "BigInt")],
      swiftSettings: release),
    .target(
      name: "Library",
      dependencies: ["Runtime", "Language", "Tensor", "CKernels", .product(name: "BigInt", package: "BigInt")],
      resources: [.embedInCode("Standard/Python")], swiftSettings: release),
    .target(name: "Notebook", dependencies: ["Library", "CKernels"]),
    .executableTarget(
      name: "tnb",
      dependencies: ["Notebook", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      // A fixed address spares 80,000 relocations at every start: 1.5 of 5 ms.
      linkerSettings: singleThreaded + [.unsafeFlags(["-Xclang-linker", "-no-pie"], .when(configuration: .release))]),
    .testTarget(name: "LanguageTests", dependencies: ["Language"]),
    .testTarget(name: "TensorTests", dependencies: ["Tensor"]),
    .testTarget(name: "RuntimeTests", dependencies: ["Runtime"]),
    .testTarget(name: "LibraryTests", dependencies: ["Library"]),
    .testTarget(name: "NotebookTests", dependencies: ["Notebook", "Tensor"]),
    .testTarget(name: "CommandTests", dependencies: ["Notebook"]),
  ],
  swiftLanguageModes: [.v5]
)
