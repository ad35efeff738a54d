/// The keys of one mapping, to find one that stands there twice.
///
/// Most mappings have a handful of keys: these are compared with each other. Only then are keys hashed.
struct KeyTable {
  private var few: [UInt32] = []
  /// By hash a key, and those others that have the same.
  private var many: [Int: UInt32] = [:]
  private var others: [Int: [UInt32]] = [:]

  private static let limit = 8

  /// Whether a key stands twice among those of a mapping.
  static func hasDuplicate(_ mapping: Int, _ nodes: ContiguousArray<YAMLNode>, _ texts: [UInt8]) -> Bool {
    let first = nodes[mapping].firstChild
    var count = 0
    var place = first
    while place != YAMLNode.none, count <= limit {
      var earlier = first
      while earlier != place {
        if areEqual(earlier, place, nodes, texts) { return true }
        earlier = nodes[Int(nodes[Int(earlier)].next)].next
      }
      count += 1
      place = nodes[Int(nodes[Int(place)].next)].next
    }
    guard place != YAMLNode.none else { return false }
    var table = KeyTable()
    place = first
    while place != YAMLNode.none {
      if table.insert(place, nodes, texts) != nil { return true }
      place = nodes[Int(nodes[Int(place)].next)].next
    }
    return false
  }

  /// Takes in the key of a node; the answer is the node that had the same key before.
  mutating func insert(
    _ key: UInt32, _ nodes: ContiguousArray<YAMLNode>, _ texts: [UInt8]
  ) -> UInt32? {
    if many.isEmpty, few.count < Self.limit {
      if few.isEmpty { few.reserveCapacity(Self.limit) }
      for old in few where Self.areEqual(old, key, nodes, texts) { return old }
      few.append(key)
      return nil
    }
    if many.isEmpty {
      for old in few { _ = add(old, nodes, texts) }
    }
    return add(key, nodes, texts)
  }

  private mutating func add(_ key: UInt32, _ nodes: ContiguousArray<YAMLNode>, _ texts: [UInt8]) -> UInt32? {
    let hash = Self.hash(key, nodes, texts)
    guard let first = many[hash] else {
      many[hash] = key
      return nil
    }
    if Self.areEqual(first, key, nodes, texts) { return first }
    if let other = others[hash]?.first(where: { Self.areEqual($0, key, nodes, texts) }) { return other }
    others[hash, default: []].append(key)
    return nil
  }

  private static func range(_ key: UInt32, _ nodes: ContiguousArray<YAMLNode>) -> Range<Int> {
    Int(nodes[Int(key)].textStart)..<Int(nodes[Int(key)].textEnd)
  }

  private static func areEqual(
    _ first: UInt32, _ second: UInt32, _ nodes: ContiguousArray<YAMLNode>, _ texts: [UInt8]
  ) -> Bool {
    let (left, right) = (range(first, nodes), range(second, nodes))
    guard left.count == right.count else { return false }
    for offset in 0..<left.count where texts[left.lowerBound + offset] != texts[right.lowerBound + offset] {
      return false
    }
    return true
  }

  private static func hash(_ key: UInt32, _ nodes: ContiguousArray<YAMLNode>, _ texts: [UInt8]) -> Int {
    var hasher = Hasher()
    unsafe texts.withUnsafeBytes { bytes in
      unsafe hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[range(key, nodes)]))
    }
    return hasher.finalize()
  }
}
