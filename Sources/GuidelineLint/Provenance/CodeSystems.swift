/// Systems whose codes tell by themselves when a digit is wrong.
enum CodeSystem: String {
  case snomed
  case loinc
  case rxnorm
  case icd10cm

  /// By the name that content gives it, with or without strokes.
  init?(named name: String) {
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    switch plain {
    case "snomed", "snomedct", "sct": self = .snomed
    case "loinc": self = .loinc
    case "rxnorm", "rxcui": self = .rxnorm
    case "icd10cm": self = .icd10cm
    default: return nil
    }
  }

  var title: String {
    switch self {
    case .snomed: "SNOMED CT"
    case .loinc: "LOINC"
    case .rxnorm: "RxNorm"
    case .icd10cm: "ICD-10-CM"
    }
  }

  /// What a code of the system looks like.
  var form: String {
    switch self {
    case .snomed: "6 to 18 digits, as in 83901003"
    case .loinc: "up to 7 digits, a hyphen and a check digit, as in 6690-2"
    case .rxnorm: "digits alone, as in 1256"
    case .icd10cm: "a letter, two signs, and a dot before the rest, as in M35.00"
    }
  }

  func hasForm(_ code: String) -> Bool {
    switch self {
    case .snomed: return (6...18).contains(code.count) && code.isDigits && code.first != "0"
    case .rxnorm: return (1...8).contains(code.count) && code.isDigits && code.first != "0"
    case .loinc:
      // Parts, answers, lists and groups have two letters in front.
      let isNamed = ["LP", "LA", "LL", "LG"].contains(code.prefix(2))
      let parts = (isNamed ? code.dropFirst(2) : code[...]).split(separator: "-", omittingEmptySubsequences: false)
      return parts.count == 2 && (1...7).contains(parts[0].count) && parts[1].count == 1
        && parts.allSatisfy { String($0).isDigits } && parts[0].first != "0"
    case .icd10cm:
      let parts = code.split(separator: ".", omittingEmptySubsequences: false)
      guard let head = parts.first, parts.count <= 2, head.count == 3, let letter = head.first,
        letter.isASCII, letter.isUppercase, head.dropFirst().first?.isNumber ?? false
      else { return false }
      let rest = parts.count == 2 ? parts[1] : "0"
      return (1...4).contains(rest.count) && (head + rest).allSatisfy { $0.isASCII && ($0.isNumber || $0.isUppercase) }
    }
  }

  /// Whether the check digit fits; true for systems without one.
  func hasValidCheckDigit(_ code: String) -> Bool {
    switch self {
    case .snomed: Self.verhoeff(code.compactMap(\.wholeNumberValue)) == 0
    case .loinc: Self.luhn(code.compactMap(\.wholeNumberValue))
    case .rxnorm, .icd10cm: true
    }
  }

  /// Every second digit from the right doubled, cross sums added up to a multiple of ten.
  private static func luhn(_ digits: [Int]) -> Bool {
    let sum = digits.reversed().enumerated().reduce(0) { sum, item in
      let digit = item.offset % 2 == 1 ? item.element * 2 : item.element
      return sum + digit / 10 + digit % 10
    }
    return sum % 10 == 0
  }

  /// The check of Verhoeff (1969) over the group of the pentagon: 0 when the last digit fits.
  private static func verhoeff(_ digits: [Int]) -> Int {
    var check = 0
    for (position, digit) in digits.reversed().enumerated() {
      var moved = digit
      for _ in 0..<(position % 8) { moved = permutation[moved % 10] }
      check = product(check, moved)
    }
    return check
  }

  private static let permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

  /// Turns are 0 to 4, reflections 5 to 9.
  private static func product(_ first: Int, _ second: Int) -> Int {
    switch (first < 5, second < 5) {
    case (true, true): (first + second) % 5
    case (true, false): (first + second) % 5 + 5
    case (false, true): (first - second) % 5 + 5
    case (false, false): (first - second + 5) % 5
    }
  }
}

extension String {
  fileprivate var isDigits: Bool { !isEmpty && allSatisfy { $0.isASCII && $0.isNumber } }
}
