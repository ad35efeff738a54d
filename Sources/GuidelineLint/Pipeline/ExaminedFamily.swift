internal import SourceText

/// What was found in one family of documents, before anybody's permission is asked.
///
/// It depends on the bytes of its files, the configuration and the day alone: while these are the same, a later run of
/// the same program takes it over.
struct ExaminedFamily: Hashable, Sendable {
  /// Of its files.
  var paths: [String]
  /// The hash of all that it depends on.
  var key: UInt64
  var found: [Diagnostic] = []
  /// Nothing of it was left out.
  var isWhole = true
  /// Something in it is not known by its name: what is offered instead may stand in another family.
  var lacksNames = false
  var rules = 0
  var rulesAnalysed = 0
  /// How many choices of its guidelines were compiled.
  var choices = 0
  /// Rules, row by row, of the largest of them.
  var nodes = 0
  /// `source#statement`, sorted.
  var statements: [String] = []
  /// What was proved about all patients (`writtenAnswers`).
  var answers: [UInt8] = []
}

/// What an earlier run has found, family by family, as it stands in the file that is kept.
///
/// Whatever is cut off or changed counts for nothing, and a family whose key is another one is looked at again.
struct KeptFamilies {
  struct Record {
    var paths: [String]
    var key: UInt64
    var answers: [UInt8]
    /// What was found, unread: its places are those of files that may have changed.
    var content: [UInt8]
  }

  var records: [Record] = []
  private let files: SourceFiles

  private static let head = Array("guideline-lint families 1\n".utf8)

  init(_ bytes: [UInt8], _ files: SourceFiles) {
    self.files = files
    var reader = KeptReader(bytes, files)
    guard bytes.starts(with: Self.head), let length = KeptReader.lengthOfWhole(bytes) else { return }
    reader.limit(Self.head.count, length)
    let found = reader.records()
    if !reader.isBroken { records = found }
  }

  init(_ families: [ExaminedFamily], _ files: SourceFiles) {
    self.files = files
    records = families.map { family in
      var writer = KeptWriter(files)
      writer.content(of: family)
      return Record(paths: family.paths, key: family.key, answers: family.answers, content: writer.bytes)
    }
  }

  var bytes: [UInt8] {
    var writer = KeptWriter(files)
    writer.bytes = Self.head
    writer.records(records)
    return writer.closed
  }

  /// What was found in the family with this key; nil: it was another one.
  func family(_ key: UInt64) -> ExaminedFamily? {
    guard let record = records.first(where: { $0.key == key }) else { return nil }
    var reader = KeptReader(record.content, files)
    reader.limit(0, record.content.count)
    var family = ExaminedFamily(paths: record.paths, key: key)
    reader.read(&family)
    family.answers = record.answers
    return reader.isBroken ? nil : family
  }

  /// What was proved of families that have a file in common with one.
  func answers(near paths: [String]) -> [[UInt8]] {
    let own = Set(paths)
    let near = records.filter { !own.isDisjoint(with: $0.paths) }
    return (near.isEmpty ? records : near).map(\.answers)
  }
}

/// Writes values one behind the other, and the hash of all at the end.
private struct KeptWriter {
  var bytes: [UInt8] = []
  private let files: SourceFiles

  init(_ files: SourceFiles) { self.files = files }

  var closed: [UInt8] {
    var hash = FNV()
    hash.add(bytes)
    return bytes + Array(hash.text.utf8)
  }

  mutating func number(_ value: Int) {
    var rest = UInt64(bitPattern: Int64(value))
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

  mutating func data(_ value: [UInt8]) {
    number(value.count)
    bytes += value
  }

  mutating func text(_ value: String) { data(Array(value.utf8)) }

  mutating func texts(_ values: [String]) {
    number(values.count)
    for value in values { text(value) }
  }

  mutating func optional<Value>(_ value: Value?, _ write: (inout KeptWriter, Value) -> Void) {
    flag(value != nil)
    if let value { write(&self, value) }
  }

  mutating func list<Value>(_ values: [Value], _ write: (inout KeptWriter, Value) -> Void) {
    number(values.count)
    for value in values { write(&self, value) }
  }

  mutating func span(_ span: Span) {
    text(files[span.file].path)
    number(Int(span.start))
    number(Int(span.end))
  }

  mutating func records(_ records: [KeptFamilies.Record]) {
    list(records) { writer, record in
      writer.texts(record.paths)
      writer.number(Int(bitPattern: UInt(record.key)))
      writer.data(record.answers)
      writer.data(record.content)
    }
  }

  mutating func content(of family: ExaminedFamily) {
    list(family.found) { $0.diagnostic($1) }
    flag(family.isWhole)
    flag(family.lacksNames)
    for count in [family.rules, family.rulesAnalysed, family.choices, family.nodes] { number(count) }
    texts(family.statements)
  }

  private mutating func diagnostic(_ item: Diagnostic) {
    texts([item.code.id, item.code.name, item.code.severity.rawValue, item.message])
    optional(item.span) { $0.span($1) }
    optional(item.label) { $0.text($1) }
    list(item.related) { writer, place in
      writer.span(place.span)
      writer.text(place.label)
    }
    for lines in [item.notes, item.help, item.subjects] { texts(lines) }
    list(item.fixes) { writer, fix in
      writer.texts([fix.title, fix.safety.rawValue])
      writer.list(fix.edits) { writer, edit in
        writer.span(edit.span)
        writer.text(edit.replacement)
      }
    }
    optional(item.example) { writer, example in
      writer.texts(example.facts)
      writer.texts(example.outcome)
      writer.optional(example.test) { $0.text($1) }
      writer.flag(example.isTestMissing)
    }
  }
}

/// Reads what `KeptWriter` wrote; of anything else it says that it is broken.
private struct KeptReader {
  private(set) var isBroken = false
  private let bytes: [UInt8]
  private var end = 0
  private var place = 0
  private var files: [String: SourceFile] = [:]

  init(_ bytes: [UInt8], _ files: SourceFiles) {
    self.bytes = bytes
    for file in files.all where self.files[file.path] == nil { self.files[file.path] = file }
  }

  /// How many bytes stand before the hash at the end, if it is theirs.
  static func lengthOfWhole(_ bytes: [UInt8]) -> Int? {
    let length = bytes.count - 16
    guard length > 0 else { return nil }
    var hash = FNV()
    hash.add(Array(bytes[..<length]))
    return Array(hash.text.utf8) == Array(bytes[length...]) ? length : nil
  }

  /// Reads from one place on, up to another.
  mutating func limit(_ start: Int, _ end: Int) {
    place = start
    self.end = end
  }

  private mutating func byte() -> UInt8 {
    guard place < end else {
      isBroken = true
      return 0
    }
    defer { place += 1 }
    return bytes[place]
  }

  private mutating func plain() -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      let next = byte()
      value |= UInt64(next & 0x7F) << UInt64(shift)
      if next < 0x80 { return value }
    }
    isBroken = true
    return 0
  }

  /// A count, of a size that makes sense.
  private mutating func number() -> Int {
    let value = plain()
    guard value <= 1 << 32 else {
      isBroken = true
      return 0
    }
    return Int(value)
  }

  private mutating func flag() -> Bool { byte() == 1 }

  private mutating func data() -> [UInt8] {
    let count = number()
    guard count <= end - place else {
      isBroken = true
      return []
    }
    defer { place += count }
    return Array(bytes[place..<place + count])
  }

  private mutating func text() -> String { String(decoding: data(), as: UTF8.self) }

  private mutating func list<Value>(_ read: (inout KeptReader) -> Value) -> [Value] {
    var values: [Value] = []
    let count = number()
    while values.count < count, !isBroken { values.append(read(&self)) }
    return values
  }

  private mutating func texts() -> [String] { list { $0.text() } }

  private mutating func optional<Value>(_ read: (inout KeptReader) -> Value) -> Value? { flag() ? read(&self) : nil }

  private mutating func span() -> Span {
    let path = text()
    let (start, end) = (plain(), plain())
    guard let file = files[path], start <= end, end <= UInt64(file.bytes.count) else {
      isBroken = true
      return Span(file: FileID(0), start: 0, end: 0)
    }
    return Span(file: file.id, start: UInt32(start), end: UInt32(end))
  }

  mutating func records() -> [KeptFamilies.Record] {
    list { reader in
      KeptFamilies.Record(
        paths: reader.texts(), key: reader.plain(), answers: reader.data(), content: reader.data())
    }
  }

  mutating func read(_ family: inout ExaminedFamily) {
    family.found = list { $0.diagnostic() }
    family.isWhole = flag()
    family.lacksNames = flag()
    family.rules = number()
    family.rulesAnalysed = number()
    family.choices = number()
    family.nodes = number()
    family.statements = texts()
  }

  private mutating func diagnostic() -> Diagnostic {
    let words = texts()
    guard words.count == 4, let severity = Severity(rawValue: words[2]) else {
      isBroken = true
      return Diagnostic(DiagnosticCode("", ""), "", at: nil)
    }
    var item = Diagnostic(DiagnosticCode(words[0], words[1], severity), words[3], at: optional { $0.span() })
    item.label = optional { $0.text() }
    item.related = list { RelatedPlace($0.span(), $0.text()) }
    item.notes = texts()
    item.help = texts()
    item.subjects = texts()
    item.fixes = list { $0.fix() }
    item.example = optional { reader in
      var example = ExamplePatient(facts: reader.texts(), outcome: reader.texts(), test: reader.optional { $0.text() })
      example.isTestMissing = reader.flag()
      return example
    }
    return item
  }

  private mutating func fix() -> Fix {
    let words = texts()
    let edits = list { TextEdit(span: $0.span(), replacement: $0.text()) }
    guard words.count == 2, let safety = Fix.Safety(rawValue: words[1]) else {
      isBroken = true
      return Fix(title: "", edits: [], safety: .edit)
    }
    return Fix(title: words[0], edits: edits, safety: safety)
  }
}
