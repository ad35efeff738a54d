// swift-tools-version: 6.2
import PackageDescription

// Every target lives under the same rules: Swift 6 mode, warnings are errors, unsafe code is marked, existentials are
// spelled `any`, and imports say how far they reach.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: settings)
}

// Elsewhere it lies where compilers look, and what its package says of flags is only warned about.
#if os(macOS)
let simdjsonConfig: String? = "simdjson"
#else
let simdjsonConfig: String? = nil
#endif

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "guideline",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "GuidelineKit", targets: ["GuidelineKit", "SourceText", "ClinicalValues"]),
    .library(name: "GuidelineJSON", targets: ["GuidelineJSON"]),
    .executable(name: "guideline", targets: ["guideline"]),
    .executable(name: "guideline-lint", targets: ["guideline-lint"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // The rooms, in the order in which data passes through them. A target imports only targets above it.
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(
      name: "SimdJSONLibrary", pkgConfig: simdjsonConfig,
      providers: [.apt(["libsimdjson-dev"]), .brew(["simdjson"])]),
    .target(
      name: "CSimdJSON", dependencies: ["SimdJSONLibrary"], linkerSettings: [.linkedLibrary("simdjson")]),
    room("SourceText"),
    room("LocatedYAML", ["CLibYAML", "SourceText"]),
    room("ClinicalValues"),
    room("RuleEngine", ["ClinicalValues"]),
    room("GuidelineSyntax", ["SourceText", "LocatedYAML"]),
    room("GuidelineModel", ["SourceText", "ClinicalValues", "LocatedYAML", "GuidelineSyntax"]),
    room(
      "GuidelineCompiler", ["SourceText", "ClinicalValues", "RuleEngine", "GuidelineSyntax", "GuidelineModel"]),
    room(
      "GuidelineStore",
      ["SourceText", "ClinicalValues", "RuleEngine", "GuidelineSyntax", "GuidelineModel", "GuidelineCompiler"]),
    room(
      "GuidelineKit",
      [
        "SourceText", "LocatedYAML", "ClinicalValues", "RuleEngine", "GuidelineSyntax", "GuidelineModel",
        "GuidelineCompiler", "GuidelineStore",
      ]),
    room(
      "GuidelineAnalysis", ["SourceText", "ClinicalValues", "RuleEngine", "GuidelineModel", "GuidelineCompiler"]),
    room(
      "GuidelineLint",
      [
        "SourceText", "LocatedYAML", "ClinicalValues", "RuleEngine", "GuidelineSyntax", "GuidelineModel",
        "GuidelineCompiler", "GuidelineKit", "GuidelineAnalysis",
      ]),
    room("GuidelineJSON", ["GuidelineKit", "SourceText", "ClinicalValues"]),
    room("FindingFormats", ["SourceText", "GuidelineLint", "GuidelineJSON"]),

    // Batches; only the command links them, and simdjson with them.
    room("JSONLines", ["CSimdJSON"]),
    room(
      "GuidelineCohort",
      [
        "CSimdJSON", "JSONLines", "ClinicalValues", "RuleEngine", "GuidelineSyntax", "GuidelineModel",
        "GuidelineCompiler", "GuidelineKit",
      ]),

    // The doors, and what they share: files, the terminal, the clock.
    room("CommandSupport", ["SourceText", "ClinicalValues", argumentParser]),
    .executableTarget(
      name: "guideline",
      dependencies: [
        "GuidelineKit", "GuidelineCohort", "GuidelineJSON", "CommandSupport", "SourceText", "ClinicalValues",
        argumentParser,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "guideline-lint",
      dependencies: [
        "GuidelineKit", "GuidelineLint", "GuidelineJSON", "FindingFormats", "CommandSupport", "SourceText",
        "ClinicalValues", argumentParser,
      ],
      swiftSettings: settings),
    // Times the engine; no product, for nobody embeds it.
    .executableTarget(
      name: "guideline-bench",
      dependencies: [
        "GuidelineKit", "GuidelineJSON", "GuidelineCompiler", "GuidelineModel", "GuidelineSyntax", "LocatedYAML",
        "RuleEngine", "CommandSupport", "SourceText", "ClinicalValues",
      ],
      swiftSettings: settings),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    tests("SourceTextTests", ["SourceText"]),
    tests("LocatedYAMLTests", ["CLibYAML", "SourceText", "LocatedYAML"]),
    tests("ClinicalValuesTests", ["ClinicalValues"]),
    tests("RuleEngineTests", ["ClinicalValues", "RuleEngine"]),
    tests("GuidelineSyntaxTests", ["SourceText", "LocatedYAML", "GuidelineSyntax"]),
    tests("GuidelineModelTests", ["SourceText", "LocatedYAML", "ClinicalValues", "GuidelineSyntax", "GuidelineModel"]),
    tests(
      "GuidelineCompilerTests",
      ["SourceText", "ClinicalValues", "RuleEngine", "GuidelineModel", "GuidelineCompiler"]),
    tests(
      "GuidelineStoreTests",
      [
        "SourceText", "ClinicalValues", "GuidelineSyntax", "GuidelineModel", "GuidelineCompiler", "GuidelineStore",
        "GuidelineKit",
      ]),
    tests(
      "GuidelineKitTests",
      [
        "SourceText", "ClinicalValues", "RuleEngine", "GuidelineModel", "GuidelineCompiler", "GuidelineStore",
        "GuidelineKit", "GuidelineJSON",
      ]),
    tests(
      "GuidelineJSONTests",
      [
        "SourceText", "LocatedYAML", "ClinicalValues", "GuidelineSyntax", "GuidelineModel", "GuidelineKit",
        "GuidelineJSON", "GuidelineCohort", "CommandSupport", "guideline", "guideline-lint",
      ]),
    tests(
      "ConformanceTests",
      [
        "SourceText", "LocatedYAML", "ClinicalValues", "GuidelineSyntax", "GuidelineModel", "GuidelineKit",
        "GuidelineJSON",
      ]),
    tests(
      "PropertyTests",
      [
        "SourceText", "LocatedYAML", "ClinicalValues", "RuleEngine", "GuidelineSyntax", "GuidelineModel",
        "GuidelineCompiler", "GuidelineKit", "GuidelineCohort", "GuidelineAnalysis",
      ]),
    tests(
      "GuidelineAnalysisTests",
      [
        "SourceText", "ClinicalValues", "RuleEngine", "GuidelineModel", "GuidelineCompiler", "GuidelineAnalysis",
      ]),
    tests(
      "GuidelineLintTests",
      [
        "SourceText", "LocatedYAML", "ClinicalValues", "GuidelineSyntax", "GuidelineModel", "GuidelineKit",
        "GuidelineAnalysis", "GuidelineLint", "GuidelineJSON", "FindingFormats", "guideline-lint",
      ]),
    tests("JSONLinesTests", ["CSimdJSON", "JSONLines"]),
    tests("ArchitectureTests", []),
  ],
  cxxLanguageStandard: .cxx17
)
