// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// The dynamic exclusivity checks cost the VM's loop half its time (a range step went through swift_beginAccess: 50 ns an
/// iteration of `s = (s + i*3) % 1000003` against 20 without); debug builds and tests keep them.
let release: [SwiftSetting] = [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

/// Lets every instruction of the interpreter's loop end in a jump of its own to the next.
let threadedCode: [SwiftSetting] = [
  .unsafeFlags(
    ["-Xllvm", "-tail-dup-pred-size=4096", "-Xllvm", "-tail-dup-succ-size=4096", "-Xllvm", "-tail-dup-size=24"],
    .when(configuration: .release))
]

/// A member counts where its module is imported. Without this the Foundation that a dependency imports would lend its `contains` to
/// strings here, and one such call links CoreFoundation and 30 MB of Unicode tables.
let imports: SwiftSetting = .enableUpcomingFeature("MemberImportVisibility")

/// libedit and what it needs. The archives by name where they are, as on Debian: four shared libraries more would cost every
/// start of the program 0.7 ms.
let editline = hasArchive("libedit") ? [":libedit.a", ":libtinfo.a", ":libbsd.a", ":libmd.a"] : ["edit"]

/// zlib, from its archive for the same reason.
let zlib = hasArchive("libz") ? ":libz.a" : "z"

func hasArchive(_ library: String) -> Bool {
  ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"].contains {
    FileManager.default.fileExists(atPath: "\($0)/\(library).a")
  }
}

/// The C++ library that Swift's own runtime needs, from its archive where there is one, as g++ brings it: 1.3 MB less in memory, and
/// half a millisecond less at every start. The toolchain itself asks for the shared one; scripts/link has a linker script of that
/// name, which is found first and names nothing.
let cxx: [String] = {
  let folders = ["x86_64-linux-gnu", "aarch64-linux-gnu"].flatMap { machine in
    let folder = "/usr/lib/gcc/\(machine)"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return versions.compactMap(Int.init).sorted(by: >).map { "\(folder)/\($0)" }
  }
  guard let archive = folders.map({ "\($0)/libstdc++.a" }).first(where: FileManager.default.fileExists) else {
    return []
  }
  let arguments = ["--whole-archive", archive, "--no-whole-archive", "--gc-sections"]
  return ["-L\(Context.packageDirectory)/scripts/link"] + arguments.flatMap { ["-Xlinker", $0] }
}()

/// The interpreter runs on one thread, and no worker touches a Swift object (docs/design/threads.md), so reference counts need no
/// locked instructions: the linker points their entry points at the runtime's non-atomic twins. Whole programs got 1.3 to 2
/// times as fast; `-assume-single-threaded` reaches too few of the counts to be felt.
let singleThreaded = ["retain", "release", "retain_n", "release_n", "bridgeObjectRetain", "bridgeObjectRelease"].flatMap
{
  redirect("swift_\($0)", to: "swift_nonatomic_\($0)")
}

/// Objects come from lists of free blocks (slabs.h) in place of malloc: a fifth off a program that works with strings. An array
/// asks malloc how large its block is, so that question is redirected as well.
let slabs =
  redirect("swift_slowAlloc", to: "tnb_object_alloc") + redirect("swift_slowDealloc", to: "tnb_object_free")
  + redirect("malloc_usable_size", to: "tnb_usable_size")

/// Lets every call of a function, the Swift library's among them, go to another one.
func redirect(_ name: String, to other: String) -> [String] {
  ["-Xlinker", "--wrap=\(name)", "-Xlinker", "--defsym=__wrap_\(name)=\(other)"]
}

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
      cSettings: [
        .unsafeFlags(["-O3", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=off", "-mprefer-vector-width=512"])
      ],
      linkerSettings: [.linkedLibrary("m"), .linkedLibrary("dl"), .linkedLibrary("pthread")]),
    .target(name: "Language"),
    .target(name: "Tensor", dependencies: ["CKernels"], swiftSettings: release),
    .target(name: "CFiles", linkerSettings: [.linkedLibrary(zlib)]),
    .target(name: "Files", dependencies: ["CFiles"]),
    .target(
      name: "Runtime",
      dependencies: ["Language", "Tensor", "Files", "CKernels", .product(name: "BigInt", package: "BigInt")],
      swiftSettings: release + threadedCode),
    .target(
      name: "Library",
      dependencies: [
        "Runtime", "Language", "Tensor", "Files", "CKernels", .product(name: "BigInt", package: "BigInt"),
      ],
      resources: [.embedInCode("Standard/Python")], swiftSettings: release),
    .target(name: "CDigest"),
    .target(
      name: "Notebook", dependencies: ["Library", "Files", "Runtime", "Language", "Tensor", "CKernels", "CDigest"]),
    .target(name: "CJansson", linkerSettings: [.linkedLibrary(":libjansson.a")]),
    .target(name: "CMarkdown", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "Convert", dependencies: ["Notebook", "Library", "Runtime", "Language", "CJansson", "CMarkdown"]),
    .target(name: "CEditline", linkerSettings: editline.map { .linkedLibrary($0) }),
    .target(
      name: "Shell", dependencies: ["Notebook", "Files", "Library", "Runtime", "Language", "Tensor", "CKernels"]),
    .target(name: "Terminal", dependencies: ["Shell", "Notebook", "CEditline", "CKernels"]),
    .target(
      name: "Lessons", dependencies: ["Shell", "Notebook", "Files", "Runtime", "Language", "Tensor"],
      // A link to docs/lessons, where people look for them.
      resources: [.embedInCode("Notebooks")]),
    .executableTarget(
      name: "tnb",
      dependencies: [
        "Notebook", "Convert", "Shell", "Lessons", "Terminal", "Files",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // A fixed address spares 80,000 relocations at every start: 1.5 of 5 ms.
      linkerSettings: [
        .unsafeFlags(["-Xclang-linker", "-no-pie"] + cxx + singleThreaded + slabs, .when(configuration: .release))
      ]),
    .testTarget(name: "LanguageTests", dependencies: ["Language"]),
    .testTarget(name: "TensorTests", dependencies: ["Tensor"]),
    .testTarget(name: "FilesTests", dependencies: ["Files"]),
    .testTarget(name: "RuntimeTests", dependencies: ["Runtime", "Language"]),
    .testTarget(name: "LibraryTests", dependencies: ["Library", "Runtime", "Language", "Files", "Tensor"]),
    .testTarget(name: "NotebookTests", dependencies: ["Notebook", "Runtime", "Files", "Tensor"]),
    .testTarget(name: "ConvertTests", dependencies: ["Convert", "Notebook"]),
    .testTarget(name: "ShellTests", dependencies: ["Shell", "Notebook", "Library", "Runtime", "Tensor"]),
    .testTarget(name: "LessonsTests", dependencies: ["Lessons", "Shell", "Notebook"]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal", "Shell"]),
    .testTarget(name: "CommandTests", dependencies: ["Notebook"]),
  ],
  swiftLanguageModes: [.v5]
)

for target in package.targets { target.swiftSettings = (target.swiftSettings ?? []) + [imports] }
