internal import ClinicalValues
internal import GuidelineCompiler

/// Writes stored values as bytes, the same values always as the same bytes.
struct ProgramWriter {
  private(set) var bytes: [UInt8] = []
  /// What is referred to by number; each once.
  var strings = Numbered<String>()
  var units = Numbered<Unit>()
  var citations = Numbered<[ResolvedCitation]>()
  /// Conditions, values and traces by their bytes, in which their own parts are numbers.
  private var parts = [[UInt8]: Int]()
  private var partCounts = [0, 0, 0]
  private var partBytes: [UInt8] = []
  /// The pieces of the source that reports quote.
  var quotations: QuotationWriter

  init(quoting quotations: QuotationWriter) { self.quotations = quotations }

  mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  mutating func word(_ word: UInt64) {
    var rest = word
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// A number that is not negative.
  mutating func number(_ number: Int) { word(UInt64(clamping: number)) }

  mutating func string(_ text: String) { number(strings.number(of: text)) }

  mutating func raw(_ more: [UInt8]) { bytes += more }

  /// What is written meanwhile, apart from the rest.
  mutating func apart(_ write: (inout ProgramWriter) -> Void) -> [UInt8] {
    let outer = bytes
    bytes = []
    write(&self)
    defer { bytes = outer }
    return bytes
  }
}

/// What is stored once and referred to by number.
enum PartKind: Int {
  case condition, value, trace
}

extension ProgramWriter {
  /// The number of a part, which is written before whatever is made of it.
  mutating func part(_ kind: PartKind, _ write: (inout ProgramWriter) -> Void) {
    let own = [UInt8(kind.rawValue)] + apart(write)
    if let known = parts[own] { return number(known) }
    let place = partCounts[kind.rawValue]
    partCounts[kind.rawValue] += 1
    parts[own] = place
    partBytes += own
    number(place)
  }

  /// Everything that `write` writes, behind the parts that it is made of.
  mutating func withParts(_ write: (inout ProgramWriter) -> Void) {
    parts = [:]
    partCounts = [0, 0, 0]
    partBytes = []
    let body = apart(write)
    number(partCounts.reduce(0, +))
    raw(partBytes)
    raw(body)
  }
}

/// Values with a number each, in the order of their first use.
struct Numbered<Value: Hashable> {
  private(set) var all: [Value] = []
  private var numbers: [Value: Int] = [:]

  mutating func number(of value: Value) -> Int {
    if let known = numbers[value] { return known }
    numbers[value] = all.count
    all.append(value)
    return all.count - 1
  }
}
