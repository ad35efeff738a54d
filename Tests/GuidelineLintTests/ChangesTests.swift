internal import GuidelineLint
internal import SourceText
internal import TestSupport
internal import Testing

/// For whom the advice changes, and what that demands.
@Suite struct ChangesTests {
  /// Changes of a small library; none that is not listed.
  private func changes(_ edit: (Sample) -> Sample) throws -> LibraryChanges {
    let before = Self.library
    let after = edit(before)
    var settings = after.settings
    settings.against = before.sources
    return try #require(lint(after.sources, settings).changes)
  }

  private static let library = Sample(files: [
    (
      "words.yaml",
      """
      vocabulary: words
      version: 1.0.0
      terms:
        drug: {amoxicillin: {}, doxycycline: {}}
      facts:
        patient.age: {type: quantity, unit: a, range: 0 .. 125}
        allergic: {type: yes_no}
        days: {type: whole_number}
      conclusions:
        recommend: {subject: one of drug, graded: yes}
        against: {subject: one of drug, graded: yes}

      """
    ),
    (
      "rules.yaml",
      """
      guideline: tick-bite
      title: After a tick bite
      version: 1.0.0
      edition: "1"
      uses: [words]
      sources:
        house:
          title: Rules of our house
          statements:
            R1: {says: Adults get amoxicillin.}
      rules:
        adults:
          when: [patient.age >= 18 a]
          unless: [allergic]
          then:
            - {recommend: amoxicillin}
          strength: strong
          source: house#R1
        late:
          when: [days > 3]
          then:
            - {against: doxycycline}
          source: house#R1

      """
    ),
  ])

  private func demand(_ changes: LibraryChanges) -> String? {
    changes.documents.first { $0.id == "tick-bite" }?.demanded.map { "\($0.step.word) \($0.version)" }
  }

  @Test func `a threshold that changes is shown with a patient between the two`() throws {
    let found = try changes { $0.replacing("18 a", "16 a") }
    #expect(found.changedConclusions.map(\.text) == ["recommend amoxicillin"])
    let change = try #require(found.changedConclusions.first)
    #expect(change.change == .gained)
    #expect(change.patient.contains { $0.hasPrefix("patient.age: 16") })
    #expect(change.before.isEmpty && change.after.count == 1)
    #expect(found.isDecided && !found.isProvedTheSame)
    #expect(demand(found) == "major 2.0.0")
  }

  @Test func `an exception that is dropped concerns those whom it kept out`() throws {
    let found = try changes { $0.replacing("    unless: [allergic]\n", "") }
    let kinds = Set(found.changedConclusions.map(\.change))
    #expect(kinds == [.gained, .surer])
    let gained = try #require(found.changedConclusions.first { $0.change == .gained })
    #expect(gained.patient.contains("allergic: yes"))
    #expect(found.companies.first?.formerFacts == ["allergic"])
    #expect(demand(found) == "major 2.0.0")
  }

  @Test func `a rule that is gone is no longer said`() throws {
    let found = try changes { sample in
      var sample = sample
      sample.files[1].text = String(sample.files[1].text.prefix { _ in true }.split(separator: "  late:")[0])
      return sample
    }
    #expect(found.changedConclusions.map(\.change) == [.lost])
    #expect(found.documents.flatMap(\.parts).contains { $0.name == "late" && $0.change == .removed })
    #expect(demand(found) == "major 2.0.0")
  }

  @Test(arguments: [("After a tick bite", "After a bite"), ("title: Rules of our house", "title: Our rules")])
  func `words alone are proved to change nobody's advice`(old: String, new: String) throws {
    let found = try changes { $0.replacing(old, new) }
    #expect(found.isProvedTheSame)
    #expect(demand(found) == "patch 1.0.1")
  }

  @Test func `the same condition in other words is proved to be the same`() throws {
    let found = try changes { $0.replacing("[patient.age >= 18 a]", "[not patient.age < 18 a]") }
    #expect(found.isProvedTheSame)
    #expect(demand(found) == "patch 1.0.1")
  }

  @Test func `another strength is a change, though every conclusion stands for the same patients`() throws {
    let found = try changes { $0.replacing("strength: strong", "strength: conditional") }
    #expect(found.changedConclusions.isEmpty && !found.isProvedTheSame)
    #expect(found.companies.flatMap(\.strengths).map(\.after) == ["conditional"])
    #expect(demand(found) == "major 2.0.0")
    #expect(ChangesText(found).text.contains("`recommend amoxicillin` was strong and is conditional"))
    #expect(!ChangesMarkdown(found).text.contains("Nobody"))
  }

  @Test func `a conclusion that nobody had before is an addition`() throws {
    let found = try changes { sample in
      var sample = sample
      sample.files[1].text += """
          children:
            when: [patient.age < 8 a]
            then:
              - {against: amoxicillin}
            source: house#R1

        """
      return sample
    }
    #expect(found.changedConclusions.map(\.isNewKind) == [true])
    #expect(demand(found) == "minor 1.1.0")
  }

  @Test func `nothing changes when nothing is changed`() throws {
    let found = try changes { $0 }
    #expect(found.isProvedTheSame && found.documents.allSatisfy(\.parts.isEmpty))
    #expect(ChangesText(found).text == "Nothing has changed.\n")
  }
}
