/// The spellings of laboratories, put into UCUM.
///
/// A spelling is accepted only if it has one meaning: `MG/DL` stays refused, for `M` may be mega or milli. Where a
/// spelling happens to be valid UCUM for something absurd (`K/uL`: kelvin per microlitre), the laboratory's meaning wins.
enum LaboratoryUnits {
  /// The UCUM of a text if all of it is understood, else the text with what is understood put right.
  static func ucum(of text: String) -> String {
    let parts = parts(of: trimmed(spelledInASCII(text)))
    var result: [String] = []
    for (place, part) in parts.enumerated() {
      let divisor = place + 1 < parts.count ? parts[place + 1] : ""
      result.append(place == 0 ? count(part, per: divisor) ?? segment(part) : segment(part))
    }
    return result.joined(separator: "/")
  }

  /// A letter that stands for thousands or millions before a volume.
  private static func count(_ part: String, per divisor: String) -> String? {
    guard ["uL", "mm3"].contains(volume(divisor)) else { return nil }
    return switch part.lowercased() {
    case "k", "thou", "thous", "thousand": "10*3"
    case "m", "mil", "mill", "million": "10*6"
    default: nil
    }
  }

  private static func volume(_ part: String) -> String {
    let ucum = segment(part)
    return ucum == "ul" ? "uL" : ucum
  }

  private static func segment(_ part: String) -> String {
    powerOfTen(part) ?? LaboratorySpelling.exact[part] ?? LaboratorySpelling.anyCase[part.lowercased()]
      ?? withoutCaret(part)
  }

  /// `x10^9`, `10E9` and the like: laboratories mean the ninth power by each.
  private static func powerOfTen(_ part: String) -> String? {
    var digits = Substring(part)
    if digits.first == "x" || digits.first == "X" { digits.removeFirst() }
    digits = digits.drop { $0 == " " }
    guard digits.hasPrefix("10") else { return nil }
    digits = digits.dropFirst(2)
    guard let sign = ["**", "*", "^", "e", "E", "exp"].first(where: { digits.hasPrefix($0) }) else { return nil }
    digits = digits.dropFirst(sign.count)
    guard (1...2).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return "10*" + digits
  }

  /// `mm^3` as `mm3`.
  private static func withoutCaret(_ part: String) -> String {
    let pieces = part.split(separator: "^", omittingEmptySubsequences: false)
    guard pieces.count == 2, let last = pieces[0].last, last.isLetter, ["2", "3"].contains(pieces[1]) else {
      return part
    }
    return pieces.joined()
  }

  /// What stands between the strokes, without blanks around it.
  private static func parts(of text: String) -> [String] {
    var parts = [""]
    var isInBraces = false
    for character in text {
      if character == "{" { isInBraces = true }
      if character == "}" { isInBraces = false }
      if character == "/" && !isInBraces { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts.map(trimmed)
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop { $0 == " " }
    var end = start
    while end.last == " " { end.removeLast() }
    return String(end)
  }

  private static func spelledInASCII(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "µ", "μ": result.append("u")
      case "×": result.append("x")
      case "²": result.append("2")
      case "³": result.append("3")
      case "°": result.append("deg")
      case "·": result.append(".")
      default: result.append(character)
      }
    }
    return result
  }
}

/// Words of laboratories and their UCUM.
private enum LaboratorySpelling {
  /// Spellings whose case carries meaning.
  static let exact: [String: String] = [
    "IU": "[iU]", "mIU": "m[iU]", "uIU": "u[iU]", "kIU": "k[iU]", "mEq": "meq", "uEq": "ueq", "mOsm": "mosm",
    "mOsmol": "mosm", "mosmol": "mosm", "mcmol": "umol", "Units": "U", "units": "U", "unit": "U", "y": "a",
    "mm[HG]": "mm[Hg]", "ft": "[ft_i]",
  ]

  /// Words that mean the same in capitals.
  static let anyCase: [String: String] = [
    "mcg": "ug", "gm": "g", "gms": "g", "gram": "g", "grams": "g", "mgs": "mg", "kgs": "kg", "kilogram": "kg",
    "kilograms": "kg", "mcl": "uL", "cc": "mL", "cumm": "mm3", "cu mm": "mm3", "liter": "L", "litre": "L",
    "liters": "L", "litres": "L", "lb": "[lb_av]", "lbs": "[lb_av]", "pound": "[lb_av]", "pounds": "[lb_av]",
    "oz": "[oz_av]", "ounces": "[oz_av]", "in": "[in_i]", "inch": "[in_i]", "inches": "[in_i]", "feet": "[ft_i]",
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "mins": "min", "minute": "min", "minutes": "min",
    "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d", "wks": "wk", "week": "wk",
    "weeks": "wk", "mos": "mo", "mth": "mo", "month": "mo", "months": "mo", "yr": "a", "yrs": "a", "year": "a",
    "years": "a", "percent": "%", "pct": "%", "mmhg": "mm[Hg]", "mm hg": "mm[Hg]", "torr": "mm[Hg]",
    "cmh2o": "cm[H2O]", "cm h2o": "cm[H2O]", "degc": "Cel", "deg c": "Cel", "celsius": "Cel", "degf": "[degF]",
    "deg f": "[degF]", "bpm": "{beats}/min", "beats": "{beats}", "breaths": "{breaths}", "cells": "{cells}",
    "cell": "{cells}", "copies": "{copies}", "cfu": "[CFU]", "hpf": "[HPF]", "lpf": "[LPF]", "ratio": "{ratio}",
    "1.73m2": "{1.73_m2}", "1.73 m2": "{1.73_m2}", "1.73m^2": "{1.73_m2}", "1.73 m^2": "{1.73_m2}",
    "1.73_m2": "{1.73_m2}",
  ]
}
