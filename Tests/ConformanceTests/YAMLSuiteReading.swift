import Foundation
import LocatedYAML
import SourceText

/// A case of the suite, as we read it.
struct YAMLSuiteReading {
  let codes: [String]
  private let file: SourceFile
  private let yaml: YAMLTree
  private let places: [Span]

  init(_ example: YAMLSuiteCase) {
    file = SourceFile(id: FileID(0), path: example.id, bytes: Array(example.yaml.utf8))
    var found = Diagnostics()
    yaml = readYAML(file, into: &found)
    codes = found.items.map(\.code.id)
    places = found.items.flatMap { [$0.span].compactMap { $0 } + $0.related.map(\.span) }
  }

  var isAccepted: Bool { codes.isEmpty && yaml.root != nil }

  /// Places outside of the file.
  var strayPlaces: [Span] {
    let all = places + yaml.comments.map(\.span) + (yaml.root.map(spans) ?? [])
    return all.filter { $0.file != file.id || $0.start > $0.end || $0.end > file.span.end }
  }

  private func spans(_ id: NodeID) -> [Span] {
    let below = yaml.items(id) + yaml.entries(id).flatMap { [$0.key, $0.value] }
    return [yaml.span(id)] + below.flatMap(spans)
  }

  var tree: PlainTree { yaml.root.map(tree) ?? .refused }

  private func tree(_ id: NodeID) -> PlainTree {
    switch yaml[id].kind {
    case .scalar(let style): .scalar(Self.sign(style), yaml.text(id))
    case .sequence: .list(yaml.items(id).map(tree))
    case .mapping: .map(yaml.entries(id).map { [tree($0.key), tree($0.value)] })
    case .broken: .refused
    }
  }

  private static func sign(_ style: ScalarStyle) -> String {
    switch style {
    case .plain: ":"
    case .singleQuoted: "'"
    case .doubleQuoted: "\""
    case .literal: "|"
    case .folded: ">"
    }
  }

  /// Whether the tree says what a JSON text says; numbers and words are compared by their value.
  func equals(_ json: String) -> Bool {
    guard let root = yaml.root else { return false }
    let value = try? JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
    return value.map { equals(root, $0) } ?? false
  }

  private func equals(_ id: NodeID, _ value: Any) -> Bool {
    switch value {
    case let list as [Any]:
      let items = yaml.items(id)
      return yaml[id].isSequence && items.count == list.count && zip(items, list).allSatisfy { equals($0, $1) }
    case let object as [String: Any]:
      guard yaml[id].isMapping, yaml.entries(id).count == object.count else { return false }
      return object.allSatisfy { key, member in
        yaml.value(of: key, in: id).map { equals($0, member) } ?? false
      }
    case let text as String: return yaml.text(id) == text
    case is NSNull: return ["null", "~"].contains(yaml.text(id))
    case let number as NSNumber:
      return [number.stringValue, number.boolValue ? "true" : "false"].contains(yaml.text(id))
        || Double(yaml.text(id)) == number.doubleValue
    default: return false
    }
  }
}
