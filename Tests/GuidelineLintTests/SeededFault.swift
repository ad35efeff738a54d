internal import SourceText

/// One change of the content of this repository that nobody should make, and what must be said of it.
///
/// `Tests/Fixtures/seeded/<family>.txt` holds them, written like this (a line that begins with `-` was there, one that
/// begins with `+` takes its place; without `-` lines the file grows at its end):
///
///     == a wrong unit
///     in definitions/azathioprine-criteria.yaml
///     -        - latest lab.wbc < 3.5 10*9/L
///     +        - latest lab.wbc < 3.5 mg/dL
///     finds GL0402
///     at 3.5 mg/dL
///     help 10*9/L
///
/// Read are the folders of the files that change, and besides them the vocabularies and definitions: `only` names other
/// folders. `also` names another finding that is true and belongs to the fault; `select` asks one check instead of its whole family; `against unchanged` compares the
/// changed content with the present one.
struct SeededFault {
  struct Edit {
    var path: String
    var old: [String] = []
    var new: [String] = []
  }

  var title: String
  var edits: [Edit] = []
  /// The id of the check.
  var finds = ""
  /// The words that are marked.
  var at = ""
  /// The file of the finding, if it is not the last one that was changed.
  var file: String?
  /// Words of the help, each of which has to be there.
  var help: [String] = []
  /// Other findings that are true as well.
  var also: Set<String> = []
  var only: [String] = []
  var select: String?
  var without: Set<String> = []
  var isCompared = false

  static func faults(in text: String) -> [SeededFault] {
    var faults: [SeededFault] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("== ") {
        faults.append(SeededFault(title: String(line.dropFirst(3))))
      } else if !faults.isEmpty {
        faults[faults.count - 1].add(line)
      }
    }
    return faults
  }

  private mutating func add(_ line: Substring) {
    if line.hasPrefix("-") || line.hasPrefix("+") { return addText(line) }
    let word = String(line.prefix { $0 != " " })
    let rest = String(line.dropFirst(word.count + 1))
    switch word {
    case "in": edits.append(Edit(path: rest))
    case "finds": finds = rest
    case "at": at = Self.plain(rest[...])
    case "file": file = rest
    case "help": help.append(rest)
    case "also": also.insert(rest)
    case "only": only = rest.split(separator: " ").map(String.init)
    case "select": select = rest
    case "without": without.insert(rest)
    case "against": isCompared = true
    default: title += " (not understood: \(line))"
    }
  }

  private mutating func addText(_ line: Substring) {
    let text = Self.plain(line.dropFirst())
    guard let last = edits.last else { return }
    if line.hasPrefix("-") {
      if !last.new.isEmpty { edits.append(Edit(path: last.path)) }
      edits[edits.count - 1].old.append(text)
    } else {
      edits[edits.count - 1].new.append(text)
    }
  }

  /// `\t` is a tab and `\u{200B}` a character that nobody would see here.
  private static func plain(_ text: Substring) -> String {
    var result = ""
    var rest = text
    while let first = rest.first {
      if rest.hasPrefix("\\t") {
        result += "\t"
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("\\u{"), let end = rest.firstIndex(of: "}"),
        let scalar = UInt32(rest[..<end].dropFirst(3), radix: 16).flatMap(Unicode.Scalar.init)
      {
        result.unicodeScalars.append(scalar)
        rest = rest[end...].dropFirst()
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
