/// How much of a file is read before it is refused.
package struct YAMLLimits: Sendable {
  package var bytes: Int
  package var depth: Int
  package var nodes: Int
  /// After so many problems the rest of the file is left unread.
  package var problems: Int

  package init(bytes: Int = 5 * 1024 * 1024, depth: Int = 64, nodes: Int = 1_000_000, problems: Int = 1_000) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
    self.problems = problems
  }

  package static let standard = YAMLLimits()
}
