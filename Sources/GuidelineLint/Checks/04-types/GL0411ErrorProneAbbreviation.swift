internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let errorProneAbbreviation = Check(
    DiagnosticCode("GL0411", "error-prone-abbreviation", .warning), .syntax,
    CheckPage(
      summary: "A text that people read writes a dose or a drug in a way that has been misread before.",
      why: """
        1.0 mg has been given as 10 mg, .5 mg as 5 mg, µg as mg, and a U for units as a zero. AZT is zidovudine to one \
        reader and azathioprine to another.
        """,
      example: """
        rules:
          start:
            title: Start with 1.0 mg for each kilogram
            when: [azathioprine.considered]
            then: [{test: cbc}]
            source: handbook#H1
        """,
      mended: """
        rules:
          start:
            title: Start with 1 mg for each kilogram
            when: [azathioprine.considered]
            then: [{test: cbc}]
            source: handbook#H1
        """,
      notes: """
        From the list of error-prone abbreviations of the Institute for Safe Medication Practices: zeros behind the \
        point of a dose, a point without a zero before it, µg, U and IU as units of a dose, QD, QOD, MSO4, MgSO4, AZT, \
        MTX. Results of laboratories (2.0 10*9/L, U/L) and words that are quoted from a source are not judged.
        """)
  ) { context, found in
    for document in context.syntax.documents {
      for shown in context.shownTexts(of: document) {
        guard let (piece, better) = ErrorProneAbbreviation.first(in: shown.text.value) else { continue }
        found.report(
          "`\(piece)` in \(shown.what) can be misread", at: shown.text.span, help: ["write `\(better)`"])
      }
    }
  }
}

/// Ways of writing that have led to wrong doses.
private enum ErrorProneAbbreviation {
  /// The first one in a text, and what to write.
  static func first(in text: String) -> (piece: String, better: String)? {
    let words = text.split { $0.isWhitespace || "()–,;:[]\"".contains($0) }.map(String.init)
    for (index, word) in words.enumerated() {
      let next = words.indices.contains(index + 1) ? words[index + 1] : ""
      if let better = names[word] { return (word, better) }
      if word == "µg" || word == "μg" { return (word, "mcg") }
      if word == "IU" || word == "U", index > 0, isNumber(words[index - 1]) {
        return ("\(words[index - 1]) \(word)", "\(words[index - 1]) units")
      }
      guard isDose(next), isNumber(word) else { continue }
      if word.hasPrefix(".") { return ("\(word) \(next)", "0\(word) \(next)") }
      if let short = withoutZeros(word) { return ("\(word) \(next)", "\(short) \(next)") }
    }
    return nil
  }

  private static let names = [
    "QD": "daily", "qd": "daily", "q.d.": "daily", "QOD": "every other day", "qod": "every other day",
    "MSO4": "morphine sulfate", "MgSO4": "magnesium sulfate", "AZT": "azathioprine", "MTX": "methotrexate",
  ]
  private static let doseUnits: Set = ["mg", "g", "mcg", "ug", "mL", "ml", "units"]

  /// `mg`, `mg/kg`; a concentration is a result of a laboratory.
  private static func isDose(_ unit: String) -> Bool {
    let parts = unit.split(separator: "/").map { String($0.prefix { $0 != "." }) }
    guard let amount = parts.first, doseUnits.contains(amount) else { return false }
    return parts.count == 1 || !["dL", "L", "mL", "dl", "l", "ml"].contains(parts[1])
  }

  private static func isNumber(_ word: String) -> Bool {
    word.contains { $0.isASCII && $0.isNumber } && word.allSatisfy { $0 == "." || ($0.isASCII && $0.isNumber) }
  }

  private static func withoutZeros(_ word: String) -> String? {
    guard word.contains("."), word.hasSuffix("0") else { return nil }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].allSatisfy({ $0 == "0" }) else { return nil }
    return String(parts[0])
  }
}
