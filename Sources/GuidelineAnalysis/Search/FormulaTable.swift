/// The flat tables behind a store: what the search walks, without a dictionary or a nested array in sight.
struct FormulaTable: Sendable {
  enum Kind: Sendable { case impossible, certain, literal, all, any }

  /// One formula: `first ..< end` are its members in `members`, or, of a literal, `first` is where its set lies in
  /// `words`.
  struct Node: Sendable {
    let kind: Kind
    let variable: Int
    let first: Int
    let end: Int
  }

  /// Where the words of each variable's sets begin if all variables are laid out one after the other; one more at the
  /// end.
  private(set) var offsets = [0]
  /// The number of values of each variable.
  private(set) var sizes: [Int] = []
  private(set) var nodes = [Node(kind: .impossible, variable: -1, first: 0, end: 0)]
  /// The members of all groups, one group after the other.
  private(set) var members: [Int] = []
  /// The sets of all literals, one after the other.
  private(set) var words: [UInt64] = []
  /// The variables of all groups in ascending order, one group after the other, and where those of each formula lie.
  private(set) var mentioned: [Int] = []
  private(set) var mentions: [Range<Int>] = [0..<0]

  init() { append(Node(kind: .certain, variable: -1, first: 0, end: 0), mentioning: []) }

  /// The number of words in a set of values of this variable.
  func width(_ variable: Int) -> Int { offsets[variable + 1] - offsets[variable] }

  /// Every value of a variable with that many.
  static func everything(_ size: Int) -> [UInt64] {
    var words = Array(repeating: UInt64.max, count: (size + 63) / 64)
    if size % 64 != 0 { words[words.count - 1] = (1 << UInt64(size % 64)) - 1 }
    return words
  }

  mutating func addVariable(size: Int) -> Int {
    sizes.append(size)
    offsets.append(offsets[sizes.count - 1] + (size + 63) / 64)
    return sizes.count - 1
  }

  mutating func addLiteral(_ variable: Int, _ set: [UInt64]) -> Int {
    let first = words.count
    words += set
    return append(Node(kind: .literal, variable: variable, first: first, end: words.count), mentioning: [variable])
  }

  mutating func addGroup(_ kind: Kind, _ group: [Int]) -> Int {
    let first = members.count
    members += group
    var variables: Set<Int> = []
    for member in group { variables.formUnion(mentioned[mentions[member]]) }
    return append(Node(kind: kind, variable: -1, first: first, end: members.count), mentioning: variables.sorted())
  }

  @discardableResult
  private mutating func append(_ node: Node, mentioning variables: [Int]) -> Int {
    nodes.append(node)
    mentions.append(mentioned.count..<mentioned.count + variables.count)
    mentioned += variables
    return nodes.count - 1
  }
}
