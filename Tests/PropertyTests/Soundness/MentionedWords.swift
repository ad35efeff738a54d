internal import ClinicalValues

/// What the text of a library names: the facts that matter, and the numbers at which something may turn.
struct MentionedWords {
  private var words: Set<String> = []
  /// Numbers without a sign, but for those of days and shares.
  private(set) var numbers: Set<Int64> = []
  private(set) var shares: Set<Int64> = []

  init(_ library: GeneratedLibrary) {
    for document in library.documents { read(document) }
  }

  func names(_ name: String) -> Bool { words.contains(name) }

  /// Numbers that are given of a patient are compared with too.
  mutating func readNumbers(_ patient: YAMLValue) {
    let known = words
    read(patient)
    words = known
  }

  private mutating func read(_ value: YAMLValue) {
    switch value {
    case .scalar(let text): read(text)
    case .list(let items): for item in items { read(item) }
    case .map(let entries):
      for entry in entries {
        read(entry.key)
        read(entry.value)
      }
    }
  }

  private mutating func read(_ text: String) {
    let tokens = text.split { !($0.isLetter || $0.isNumber || "_.%-".contains($0)) }.map(String.init)
    for (index, token) in tokens.enumerated() {
      words.insert(token)
      for part in token.split(separator: ".") { words.insert(String(part)) }
      guard let number = Int64(token), number.magnitude < 1000 else { continue }
      switch tokens.indices.contains(index + 1) ? tokens[index + 1] : "" {
      case "d": break
      case "%": shares.insert(number)
      default: numbers.insert(number)
      }
    }
  }
}
