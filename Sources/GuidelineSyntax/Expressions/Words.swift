/// The words that the closed grammar keeps for itself (`grammar.md` §1, §2).
enum Words {
  /// Never a fact, term, definition, variable or unit.
  static let reserved = Set(Keyword.allCases.filter(\.isReserved).map(\.rawValue))

  /// What may begin the right side of a comparison.
  static let relations = ["<", "<=", ">", ">=", "between", "is", "in", "not", "includes"]

  /// What may follow a value or a condition.
  static let joints = ["and", "or", "within", "since", "where"]

  /// What other notations write, and what this language writes instead.
  static let foreignOperators: [String: String] = [
    "=": "is", "==": "is", "===": "is", "!=": "is not", "<>": "is not", "=>": ">=", "=<": "<=", "≥": ">=", "≤": "<=",
    "≠": "is not", "×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "equals": "is", "eq": "is", "ne": "is not",
    "lt": "<", "gt": ">", "lte": "<=", "gte": ">=", "contains": "includes", "has": "includes", "isnt": "is not",
    "isn't": "is not", "IS": "is", "IN": "in", "NOT": "not", "OR": "or", "BETWEEN": "between",
  ]

  /// Signs that join conditions elsewhere; here a list or a group does.
  static let foreignJoins: Set<String> = ["&&", "||", "AND", "OR", "&", ";"]
}

/// The forms a name may have.
enum NameForm {
  /// Words of lower-case letters and digits joined by `_`, with dots between the parts.
  case snake
  /// Words of lower-case letters and digits joined by `-`.
  case kebab

  /// Whether the text has this form.
  func fits(_ text: String) -> Bool { fits(text.utf8) }

  func fits(_ bytes: some Collection<UInt8>) -> Bool {
    var scan = Scan()
    for byte in bytes { scan.add(byte, to: self) }
    return scan.fits
  }

  /// Whether the bytes so far have a form.
  struct Scan {
    private var isBroken = false
    private var startsWord = true
    private var last: UInt8 = 0

    /// Whether it is a name if nothing follows.
    var fits: Bool { !isBroken && !startsWord && last != UInt8(ascii: "_") }

    mutating func add(_ byte: UInt8, to form: NameForm) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): startsWord = false
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        // The first of all is a letter.
        isBroken = isBroken || last == 0 || (startsWord && form == .snake)
        startsWord = false
      case UInt8(ascii: "_") where form == .snake: isBroken = isBroken || startsWord
      case UInt8(ascii: ".") where form == .snake, UInt8(ascii: "-") where form == .kebab:
        isBroken = isBroken || startsWord
        startsWord = true
      default: isBroken = true
      }
      last = byte
    }
  }

  /// The nearest text of this form, or nil when nothing is left of it.
  func corrected(_ text: String) -> String? {
    let joint: Character = self == .snake ? "_" : "-"
    var result = ""
    for character in text.lowercased() {
      if character.isASCII, character.isLetter || character.isNumber {
        result.append(character)
      } else if character == ".", self == .snake, let last = result.last, last != "." {
        if last == joint { result.removeLast() }
        result.append(character)
      } else if let last = result.last, last != joint, last != "." {
        result.append(joint)
      }
    }
    while let last = result.last, last == joint || last == "." { result.removeLast() }
    return fits(result) ? result : nil
  }
}
