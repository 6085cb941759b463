// swift-tools-version: 6.2
import PackageDescription

/// One set of settings for every Swift target: Swift 6 language mode and the upcoming features
/// that make existentials and imports explicit.
let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
  // CI sets this; a new compiler's warnings must not keep a user from building.
  + (Context.environment["MATERIA_STRICT"] != nil ? [.treatAllWarnings(as: .error)] : [])

/// A library target of the product, with its test target of the same name.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: settings),
    .testTarget(
      name: "\(name)Tests",
      dependencies: [.target(name: name), "TestSupport"] + dependencies,
      exclude: exclusions["\(name)Tests"] ?? [],
      swiftSettings: settings),
  ]
}

/// Folders of test data that the build must not look into.
let exclusions: [String: [String]] = [
  "CorporaTests": ["Fixtures"], "DeidentificationTests": ["Fixtures"],
  "EmittersTests": ["Fixtures"], "FormatsTests": ["Fixtures"],
  "PipelineTests": ["Fixtures"], "RecipesTests": ["Fixtures"],
  "TemplatesTests": ["Fixtures"], "TokenizersTests": ["Fixtures", "golden.py"],
]

let package = Package(
  name: "materia",
  products: [.executable(name: "materia", targets: ["materia"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2"))
  ],
  targets: [
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSnappy", providers: [.apt(["libsnappy-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "CMinHash"),
    .target(name: "CEmbedded"),
    .target(
      name: "CNameLists",
      exclude: [
        "README.md", "classes.txt", "compile.py", "fold.txt", "lexicon.index", "lexicon.txt",
        "surrogates.txt",
      ]),
    .target(name: "CSystem"),
    .target(
      name: "TestSupport", dependencies: ["Records", "Formats", "CArchive"],
      path: "Tests/TestSupport", swiftSettings: settings),
    .executableTarget(
      name: "materia",
      dependencies: [
        "Pipeline", "Recipes", "Corpora", "Stages", "Templates", "Emitters", "Schemas", "Archives",
        "Formats", "Records", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "measure-copies", dependencies: ["Stages", "Formats", "Records"],
      path: "Tests/Benchmarks/Engine", swiftSettings: settings),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Pipeline", "Recipes", "Schemas", "Archives", "Formats", "Records", "TestSupport",
      ],
      swiftSettings: settings),
  ]
    + module("Records", [])
    + module("Formats", ["Records", "CXML", "CUTF8Proc", "CZlib", "CSnappy", "CZstd"])
    + module("Archives", ["Records", "CArchive", "CZlib", "CCrypto"])
    + module("Schemas", ["Records", "Formats", "CEmbedded"])
    + module("Recipes", ["Records", "Formats", "Schemas", "CYAML"])
    + module("Corpora", ["Records", "Formats"])
    + module("Deidentification", ["Records", "Formats", "CNameLists", "CCrypto", "CUTF8Proc"])
    + module("Stages", ["Records", "Formats", "Deidentification", "CMinHash"])
    + module("Tokenizers", ["Records", "Formats", "CUTF8Proc", "CPCRE2"])
    + module("Templates", ["Records", "Formats"])
    + module("Emitters", ["Records", "Formats"])
    + module(
      "Pipeline",
      [
        "Records", "Formats", "Archives", "Schemas", "Recipes", "Corpora", "Deidentification",
        "Stages", "Templates", "Tokenizers", "Emitters", "CSystem",
      ]),
  cLanguageStandard: .gnu2x,
  cxxLanguageStandard: .cxx17
)
