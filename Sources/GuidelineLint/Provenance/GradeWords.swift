/// The strengths and certainties that a statement gives, in the words of GRADE.
enum GradeWords {
  /// Strong, conditional; weak counts as conditional.
  static func strengths(_ text: String) -> Set<String> {
    let words = self.words(of: text)
    var found: Set<String> = []
    for (index, word) in words.enumerated() {
      let next = words.indices.contains(index + 1) ? words[index + 1] : ""
      switch word {
      case "strongly": found.insert("strong")
      case "conditionally", "conditional", "weakly": found.insert("conditional")
      // Anything may be strong or weak: an inhibitor, a cough.
      case "strong" where isOfAdvice(next): found.insert("strong")
      case "weak" where isOfAdvice(next): found.insert("conditional")
      default: break
      }
    }
    return found
  }

  /// High, moderate, low, very_low: only where certainty or quality of evidence is named.
  static func certainties(_ text: String) -> Set<String> {
    let words = self.words(of: text)
    var found: Set<String> = []
    for (index, word) in words.enumerated() where word == "certainty" || word == "quality" {
      let before = index > 0 ? words[index - 1] : ""
      let twoBefore = index > 1 ? words[index - 2] : ""
      if before == "low" {
        found.insert(twoBefore == "very" ? "very_low" : "low")
      } else if ["high", "moderate"].contains(before) {
        found.insert(before)
      }
    }
    return found
  }

  private static func isOfAdvice(_ word: String) -> Bool {
    word.hasPrefix("recommend") || ["for", "against", "advice", ";", ".", ")", ""].contains(word)
  }

  /// Words in lower case; what ends a piece of a sentence stands for itself.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for letter in text.lowercased() {
      if letter.isLetter {
        word.append(letter)
        continue
      }
      if !word.isEmpty { words.append(word) }
      word = ""
      if ";.)".contains(letter) { words.append(String(letter)) }
    }
    return word.isEmpty ? words : words + [word]
  }
}
