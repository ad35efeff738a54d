internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
public import SourceText

/// A line of a file that holds one patient in each line, as JSON.
public struct PatientLine: Sendable {
  /// What the patient is called by, under `@id`.
  public let id: String?
  /// Nil: something is wrong with the line, and nothing of it counts.
  public let facts: Facts?
  /// What is wrong with it, by place.
  public let diagnostics: [Diagnostic]
  /// The line as a file of its own, for the places.
  public let files: SourceFiles
}

extension GuidelineSource {
  /// Reads one patient from a line of JSON; what `facts` reads from the same bytes, or nothing.
  public func patient(line bytes: [UInt8], path: String) -> PatientLine {
    var files = SourceFiles()
    let file = files.add(path: path, bytes: bytes)
    var found = Diagnostics()
    let data: DataSyntax
    switch readJSONLine(bytes, file: file) {
    case .data(let read): data = read
    case .needsReader: data = readData(readYAML(files[file], into: &found))
    case .notJSON(let offset, let expected):
      let place = UInt32(clamping: offset)
      let isFacts = bytes.first { $0 != 0x20 } == UInt8(ascii: "{")
      found.report(
        YAMLCode.syntax, isFacts ? "the line is no JSON: here \(expected) is expected" : "the line is no JSON object",
        at: Span(file: file, start: place, end: min(place &+ 1, UInt32(clamping: bytes.count))),
        help: ["a line holds one patient, as `{\"@id\": \"17\", \"patient.age\": \"55 a\"}`"])
      data = DataSyntax(.broken, files[file].span)
    }
    let (id, given) = patient(data, &found)
    return PatientLine(
      id: id, facts: found.hasErrors ? nil : Facts(id: id, given), diagnostics: found.sorted(in: files),
      files: files)
  }

  /// The facts of a patient, and what the patient is called by.
  func patient(_ data: DataSyntax, _ found: inout Diagnostics) -> (id: String?, facts: PatientFacts) {
    guard case .mapping(var entries) = data.form, let place = entries.firstIndex(where: { $0.key.value == "@id" })
    else {
      return (nil, readFacts(data, vocabulary: vocabulary, into: &found))
    }
    let entry = entries.remove(at: place)
    let facts = readFacts(DataSyntax(.mapping(entries), data.span), vocabulary: vocabulary, into: &found)
    if case .scalar(let text, let isQuoted) = entry.value.form, isQuoted || !["null", "~", ""].contains(text) {
      return (text, facts)
    }
    if case .broken = entry.value.form { return (nil, facts) }
    found.report(
      ModelFault.typeMismatch.code, "the id of a patient is a text or a number", at: entry.value.span,
      help: ["write it as `\"@id\": \"17\"`, or leave it out"])
    return (nil, facts)
  }
}
