/// How much of a file is read before it is refused.
package struct YAMLLimits: Sendable {
  package var bytes: Int
  package var depth: Int
  package var nodes: Int

  package init(bytes: Int = 5 * 1024 * 1024, depth: Int = 64, nodes: Int = 1_000_000) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
  }

  package static let standard = YAMLLimits()
}
