internal import GuidelineAnalysis
internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText

/// Answers about all patients as a later run of the same program can read them.
///
/// A line each, by key: the hash of what a question means, the answer, and the facts of the patient, parted by tabulators.
/// The last line is the hash of all before it: what was cut off or changed counts for nothing. Nobody is warned of that,
/// for all that is lost is time.
func writtenAnswers(_ answers: KnownAnswers, _ vocabulary: Vocabulary) -> [UInt8] {
  let facts = FactText(vocabulary)
  var text = AnswerFile.head + "\n"
  for (key, answer) in answers.answers.sorted(by: { $0.key < $1.key }) {
    guard let words = AnswerFile.words(answer, facts) else { continue }
    text += "\(String(key, radix: 16)) \(words)\n"
  }
  return Array((text + AnswerFile.tail(text)).utf8)
}

extension KnownAnswers {
  /// What was written by `writtenAnswers`; of anything else nothing is believed.
  init(_ bytes: [UInt8], _ vocabulary: Vocabulary) {
    self.init()
    guard let content = AnswerFile.content(bytes) else { return }
    for line in content.split(separator: "\n").dropFirst() {
      let parts = line.split(separator: " ", maxSplits: 2)
      guard parts.count >= 2, let key = Int(parts[0], radix: 16) else { continue }
      self[key] = AnswerFile.answer(parts[1], parts.count > 2 ? parts[2] : "", vocabulary)
    }
  }
}

private enum AnswerFile {
  static let head = "guideline-lint answers 1"

  static func tail(_ text: String) -> String {
    var hash = FNV()
    hash.add(text)
    return hash.text + "\n"
  }

  /// What stands before the last line, if that is its hash.
  static func content(_ bytes: [UInt8]) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self), text.hasPrefix(head + "\n") else { return nil }
    let tail = text.suffix(17)
    let content = String(text.dropLast(tail.count))
    return Self.tail(content) == tail ? content : nil
  }

  /// Nil: it cannot be written in one line.
  static func words(_ answer: KnownAnswers.Answer, _ facts: FactText) -> String? {
    let words =
      switch answer {
      case .nobody: "nobody"
      case .possible: "possible"
      case .undecided(let reason): "undecided \(reason)"
      case .patient(let patient): "patient \(facts.lines(patient).joined(separator: "\t"))"
      }
    return words.contains(where: \.isNewline) ? nil : words
  }

  static func answer(_ word: Substring, _ rest: Substring, _ vocabulary: Vocabulary) -> KnownAnswers.Answer? {
    switch word {
    case "nobody": .nobody
    case "possible": .possible
    case "undecided": .undecided(String(rest))
    case "patient": patient(rest, vocabulary).map { .patient($0) }
    default: nil
    }
  }

  private static func patient(_ lines: Substring, _ vocabulary: Vocabulary) -> PatientFacts? {
    guard !lines.isEmpty else { return PatientFacts() }
    let text = lines.split(separator: "\t").joined(separator: "\n") + "\n"
    var found = Diagnostics()
    var files = SourceFiles()
    let file = files.add(path: "", bytes: Array(text.utf8))
    let facts = readFacts(readData(readYAML(files[file], into: &found)), vocabulary: vocabulary, into: &found)
    return found.hasErrors ? nil : facts
  }
}
