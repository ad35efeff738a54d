internal import ArgumentParser

/// What `--fix` carries out.
enum FixChoice: String, EnumerableFlag {
  case safe
  case suggested

  static func name(for choice: FixChoice) -> NameSpecification {
    switch choice {
    case .safe: .customLong("fix")
    case .suggested: .customLong("fix-suggested")
    }
  }

  static func help(for choice: FixChoice) -> ArgumentHelp? {
    switch choice {
    case .safe: "Mend what is proved to change no patient's result, and show what is left."
    case .suggested: "Carry out the fixes that may change results too; also written `--fix=suggested`."
    }
  }

  /// The parser knows no option with a value that may be left out: `--fix=suggested` is a flag of its own.
  static func spelledOut(_ arguments: [String]) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    let spelled = arguments[..<end].map { word in
      switch word {
      case "--fix=suggested": "--fix-suggested"
      case "--fix=safe": "--fix"
      default: word
      }
    }
    return spelled + arguments[end...]
  }
}
