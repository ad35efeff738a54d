internal import Testing

/// The walls between the rooms: SwiftPM does not hold them.
@Suite struct RoomTests {
  /// The rooms in the order in which data passes through them, with what each may import.
  static let rooms: [(name: String, imports: Set<String>)] = [
    ("SourceText", []),
    ("LocatedYAML", ["CLibYAML", "SourceText"]),
    ("ClinicalValues", ["Synchronization"]),
    ("RuleEngine", ["ClinicalValues"]),
    ("GuidelineSyntax", ["SourceText", "LocatedYAML"]),
    ("GuidelineModel", ["SourceText", "ClinicalValues", "LocatedYAML", "GuidelineSyntax"]),
    (
      "GuidelineCompiler", ["SourceText", "ClinicalValues", "RuleEngine", "GuidelineSyntax", "GuidelineModel"]
    ),
    (
      "GuidelineStore",
      ["SourceText", "ClinicalValues", "RuleEngine", "GuidelineSyntax", "GuidelineModel", "GuidelineCompiler"]
    ),
    (
      "GuidelineKit",
      [
        "SourceText", "LocatedYAML", "ClinicalValues", "RuleEngine", "GuidelineSyntax", "GuidelineModel",
        "GuidelineCompiler", "GuidelineStore", "Synchronization",
      ]
    ),
    (
      "GuidelineAnalysis", ["SourceText", "ClinicalValues", "RuleEngine", "GuidelineModel", "GuidelineCompiler"]
    ),
    (
      "GuidelineLint",
      [
        "SourceText", "LocatedYAML", "ClinicalValues", "RuleEngine", "GuidelineSyntax", "GuidelineModel",
        "GuidelineCompiler", "GuidelineKit", "GuidelineAnalysis",
      ]
    ),
    ("GuidelineJSON", ["SourceText", "ClinicalValues", "GuidelineKit"]),
    ("JSONLines", ["CSimdJSON"]),
    (
      "GuidelineCohort",
      [
        "CSimdJSON", "JSONLines", "ClinicalValues", "RuleEngine", "GuidelineSyntax", "GuidelineModel",
        "GuidelineCompiler", "GuidelineKit",
      ]
    ),
    ("FindingFormats", ["SourceText", "GuidelineLint", "GuidelineJSON"]),
  ]

  /// The doors, and what they share: the only place that asks the operating system.
  static let doors: [(name: String, imports: Set<String>)] =
    [
      (
        "CommandSupport",
        [
          "SourceText", "ClinicalValues", "ArgumentParser", "FoundationEssentials", "Synchronization", "Glibc", "Musl",
          "Darwin", "Dispatch",
        ]
      )
    ]
    + [
      (
        "guideline",
        [
          "SourceText", "ClinicalValues", "GuidelineKit", "GuidelineCohort", "GuidelineJSON", "CommandSupport",
          "ArgumentParser",
        ]
      ),
      (
        "guideline-lint",
        [
          "SourceText", "ClinicalValues", "GuidelineKit", "GuidelineLint", "GuidelineJSON", "FindingFormats",
          "CommandSupport", "ArgumentParser",
        ]
      ),
      (
        "guideline-bench",
        [
          "SourceText", "ClinicalValues", "LocatedYAML", "RuleEngine", "GuidelineSyntax", "GuidelineModel",
          "GuidelineCompiler", "GuidelineKit", "GuidelineJSON", "CommandSupport", "Glibc",
        ]
      ),
    ]

  @Test(arguments: (rooms + doors).map(\.name))
  func `a room imports only what lies before it`(room: String) throws {
    let allowed = try #require((Self.rooms + Self.doors).first { $0.name == room }?.imports)
    let files = swiftFiles(below: "Sources/\(room)")
    #expect(!files.isEmpty)
    for file in files {
      let stray = file.imports.filter { !allowed.contains($0) }
      #expect(stray.isEmpty, "\(file.path) imports \(stray)")
    }
  }

  @Test func `every folder of sources is a room or a door`() {
    let known = Set((Self.rooms + Self.doors).map(\.name))
    let found = Set(swiftFiles(below: "Sources").map(\.room))
    #expect(found == known)
  }

  @Test func `the engine knows no clinic`() {
    let words = ["patient's", "azathioprine", "guideline", "medication", "disease", "dose", "clinic"]
    for file in swiftFiles(below: "Sources/RuleEngine") {
      for (number, line) in file.lines.enumerated() where !line.trimmed.hasPrefix("//") {
        if line.hasSuffix("import ClinicalValues") { continue }
        let found = words.filter { line.lowercased().contains($0) }
        #expect(found.isEmpty, "\(file.path):\(number + 1) speaks of \(found)")
      }
    }
  }
}

extension String {
  fileprivate var trimmed: Substring { self.drop { $0 == " " } }
}
