internal import ClinicalValues
package import GuidelineCompiler
package import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

/// What answers need of a library, as it goes into a program file.
package struct LibraryContent: Sendable {
  /// A choice of documents, by their places in the library, and its program.
  package struct Company: Sendable {
    package var selected: [Int]
    package var program: Program

    package init(selected: [Int], program: Program) {
      self.selected = selected
      self.program = program
    }
  }

  /// Of all files of the library.
  package var fingerprint: String
  /// Where the library was, as it was named: reports name its files below it.
  package var folder: String
  package var headers: [DocumentFacts]
  /// Fingerprints of the documents, in the order of the headers.
  package var hashes: [String]
  package var vocabulary: Vocabulary
  package var companies: [Company]

  package init(
    fingerprint: String, folder: String, headers: [DocumentFacts], hashes: [String], vocabulary: Vocabulary,
    companies: [Company]
  ) {
    self.fingerprint = fingerprint
    self.folder = folder
    self.headers = headers
    self.hashes = hashes
    self.vocabulary = vocabulary
    self.companies = companies
  }

  /// The bytes of a program file; equal content gives equal bytes.
  package func bytes(quoting source: Quotations, engine: String) -> [UInt8] {
    var writer = ProgramWriter(quoting: QuotationWriter(source))
    var programs: [[UInt8]] = []
    for company in companies { programs.append(writer.apart { company.program.store(in: &$0) }) }
    let main = writer.apart { writer in
      fingerprint.store(in: &writer)
      folder.store(in: &writer)
      vocabulary.store(in: &writer)
      headers.store(in: &writer)
      hashes.store(in: &writer)
    }
    let quotations = writer.quotations
    let quoted = writer.apart { writer in
      quotations.paths.store(in: &writer)
      writer.number(quotations.items.count)
      for item in quotations.items {
        writer.number(item.path)
        writer.number(item.line)
        item.text.store(in: &writer)
      }
    }
    // The numbers of units and strings are settled once all else is written.
    let units = writer.units.all
    let unitBytes = writer.apart { units.map(\.parts).store(in: &$0) }
    writer.storeStrings()
    writer.raw(unitBytes)
    writer.raw(quoted)
    writer.raw(main)
    writer.number(companies.count)
    for (company, program) in zip(companies, programs) {
      company.selected.store(in: &writer)
      writer.number(program.count)
    }
    for program in programs { writer.raw(program) }
    return ProgramFile.wrap(writer.bytes, engine: engine)
  }
}

/// A library as a program file holds it; the programs are read when they are asked for.
package struct StoredLibrary: Sendable {
  package let fingerprint: String
  package let folder: String
  package let headers: [DocumentFacts]
  package let hashes: [String]
  package let vocabulary: Vocabulary
  package let quotations: Quotations
  /// The choices of documents that have a program, by their places in the library.
  package var choices: [[Int]] { companies.map(\.selected) }

  private let companies: [Place]
  private let tables: ProgramReader

  private struct Place: Sendable {
    var selected: [Int]
    var range: Range<Int>
  }

  /// Refuses what is no program, or one that this engine cannot run.
  package init(_ bytes: [UInt8], engine: String) throws(ProgramRefusal) {
    let body = try ProgramFile.unwrap(bytes, engine: engine)
    do throws(Damage) {
      var reader = ProgramReader(bytes, from: body.lowerBound, to: body.upperBound)
      try reader.readStrings()
      for parts in try [UnitParts](from: &reader) {
        guard let unit = Unit(parts) else { throw reader.damage("a unit is none") }
        reader.units.append(unit)
      }
      quotations = try reader.readQuotations()
      fingerprint = try String(from: &reader)
      folder = try String(from: &reader)
      vocabulary = try Vocabulary(from: &reader)
      headers = try [DocumentFacts](from: &reader)
      hashes = try [String](from: &reader)
      guard headers.count == hashes.count else { throw reader.damage("documents and their fingerprints are uneven") }
      companies = try Self.places(&reader)
      tables = reader
    } catch {
      throw .damaged(error)
    }
  }

  private static func places(_ reader: inout ProgramReader) throws(Damage) -> [Place] {
    var found: [(selected: [Int], length: Int)] = []
    for _ in 0..<(try reader.count()) { found.append((try [Int](from: &reader), try reader.count())) }
    var start = reader.offset
    var places: [Place] = []
    for item in found {
      guard item.length <= reader.end - start else { throw reader.damage("a program lies outside of the file") }
      places.append(Place(selected: item.selected, range: start..<start + item.length))
      start += item.length
    }
    guard start == reader.end else { throw reader.damage("something follows the last program") }
    return places
  }

  /// The program of a choice of documents; nil: the file has none.
  package func program(of selected: [Int]) throws(ProgramRefusal) -> Program? {
    guard let place = companies.first(where: { $0.selected == selected }) else { return nil }
    do throws(Damage) {
      var reader = tables.at(place.range)
      let program = try Program(from: &reader, vocabulary: vocabulary)
      guard reader.isAtEnd else { throw reader.damage("something follows a program") }
      return program
    } catch {
      throw .damaged(error)
    }
  }
}

extension ProgramWriter {
  /// All texts, each with its length.
  fileprivate mutating func storeStrings() {
    let all = strings.all
    number(all.count)
    for text in all {
      let utf8 = Array(text.utf8)
      number(utf8.count)
      raw(utf8)
    }
  }
}

extension ProgramReader {
  fileprivate mutating func readStrings() throws(Damage) {
    let count = try count()
    strings.reserveCapacity(min(count, 4_096))
    for _ in 0..<count { strings.append(try text(ofLength: try self.count())) }
  }

  fileprivate mutating func readQuotations() throws(Damage) -> Quotations {
    let paths = try [String](from: &self)
    let count = try count()
    var items: [Quotations.Item] = []
    items.reserveCapacity(min(count, 4_096))
    for _ in 0..<count {
      items.append(
        Quotations.Item(
          path: try number(below: paths.count), line: try number(), text: try String(from: &self)))
    }
    limits[StoredTable.quotations.rawValue] = items.count
    return Quotations(items, paths: paths)
  }
}
