/// The documents whose names one document may use: itself and those that it names under `uses`, and so on.
struct Visibility: Sendable {
  var document: String
  let seen: Set<String>
  /// The same, while they are so few that comparing is quicker than hashing; every name of a rule is asked for.
  private let few: [String]

  init(document: String, seen: Set<String>) {
    self.document = document
    self.seen = seen
    few = seen.count <= 4 ? Array(seen) : []
  }

  func sees(_ other: String) -> Bool { few.contains(other) || (few.isEmpty && seen.contains(other)) }

  func seesAny(of others: [String]) -> Bool { others.contains { seen.contains($0) } }

  /// What to do about a name that another document declares.
  func help(toSee other: String) -> String { "add `\(other)` under `uses` of `\(document)`" }
}

/// Which document names which under `uses`, without versions.
struct UsesGraph: Sendable {
  private var uses: [String: [String]] = [:]

  mutating func add(_ document: String, uses others: [String]) {
    uses[document, default: []] += others
  }

  func visibility(of document: String, naming others: [String]) -> Visibility {
    var seen: Set<String> = [document]
    var open = others
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      open += uses[next, default: []]
    }
    return Visibility(document: document, seen: seen)
  }

  /// The shortest way back from a document to itself, if there is one.
  func circle(through document: String) -> [String]? {
    var ways: [[String]] = [[document]]
    var seen: Set<String> = []
    var place = 0
    while place < ways.count {
      let way = ways[place]
      place += 1
      for next in uses[way.last ?? document, default: []].sorted() {
        if next == document { return way + [next] }
        if seen.insert(next).inserted { ways.append(way + [next]) }
      }
    }
    return nil
  }
}

/// A name of a document with the version or edition that is asked for: `id@2018`.
package struct DocumentName {
  package var id: String
  package var edition: String?

  package init(_ text: String) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    id = parts[0]
    edition = parts.count > 1 ? parts[1] : nil
  }
}
