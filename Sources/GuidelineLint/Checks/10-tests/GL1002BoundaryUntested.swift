internal import GuidelineCompiler
internal import GuidelineKit
internal import GuidelineModel
internal import SourceText

extension Check {
  static let boundaryUntested = Check(
    DiagnosticCode("GL1002", "boundary-untested", .info),
    CheckPage(
      summary: "A limit has a side on which no test case lies, or none lies exactly on it.",
      why: "Whether a limit itself belongs to it is the commonest slip of all, and only a patient on it shows it.",
      example: """
        # file: rules.yaml
        rules:
          old-age:
            when: [patient.age >= 65 a]
            then: [{warn: interaction}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          old: {given: {patient.age: 90 a}, expect: [{warn: interaction}]}
          young: {given: {patient.age: 40 a}, never: [{warn: interaction}]}
        """,
      mended: """
        # file: rules.yaml
        rules:
          old-age:
            when: [patient.age >= 65 a]
            then: [{warn: interaction}]
        # file: cases.yaml
        use: [rules@2026]
        cases:
          old: {given: {patient.age: 90 a}, expect: [{warn: interaction}]}
          exactly: {given: {patient.age: 65 a}, expect: [{warn: interaction}]}
          young: {given: {patient.age: 40 a}, never: [{warn: interaction}]}
        """,
      notes: """
        Limits on the rows of a record are not judged. Nothing is said of a guideline that no case reaches: that is \
        rule-without-test.
        """)
  ) { evidence, found in
    let programs = evidence.context.companies.compactMap(\.program)
    let untested = Set(
      evidence.guidelines.filter { !$0.rules.contains(where: \.wasTrue) }.map(\.document.span.file))
    for boundary in evidence.context.library.coverage(of: evidence.reach.reached, in: programs).boundaries {
      guard !untested.contains(boundary.place.file), !evidence.reach.cases.isEmpty else { continue }
      var sides: [String] = []
      if !boundary.hasBelow { sides.append("below") }
      if !boundary.hasEqual { sides.append("exactly on") }
      if !boundary.hasAbove { sides.append("above") }
      let missing = sides.count == 3 ? "near" : sides.joined(separator: " or ")
      found.report(
        "no test case lies \(missing) the limit \(boundary.limit) of `\(boundary.text)`", at: boundary.place,
        help: ["add a patient \(missing) it, with what must be concluded there"])
    }
  }
}
