import GuidelineCompiler

/// What is asked for, by numbers of `Askable`: they stand in the order of the names.
struct NeedSet {
  /// A bit for each number; without a member there are no words.
  private var words: [UInt64] = []

  var isEmpty: Bool { words.isEmpty }

  mutating func insert(_ number: Int) {
    let word = number / 64
    if words.count <= word { words += [UInt64](repeating: 0, count: word + 1 - words.count) }
    words[word] |= 1 << UInt64(number % 64)
  }

  mutating func formUnion(_ other: NeedSet) {
    guard !words.isEmpty else {
      words = other.words
      return
    }
    if words.count < other.words.count {
      words += [UInt64](repeating: 0, count: other.words.count - words.count)
    }
    for index in other.words.indices { words[index] |= other.words[index] }
  }

  /// In rising order.
  func forEach(_ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(index * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  /// By code points.
  func names(in askable: Askable) -> [String] {
    var names: [String] = []
    forEach { names.append(askable.names[$0]) }
    return names
  }
}

/// How many conclusions ask for each fact or record.
struct NeedCounts {
  private struct Count {
    var all = 0
    var provisional = 0
  }

  private var counts: [Count]
  private let askable: Askable

  init(_ askable: Askable) {
    self.askable = askable
    counts = Array(repeating: Count(), count: askable.names.count)
  }

  mutating func add(_ needs: NeedSet, _ status: Status) {
    needs.forEach { number in
      counts[number].all += 1
      if status == .provisional { counts[number].provisional += 1 }
    }
  }

  /// What most conclusions ask for stands first.
  var needs: [Need] {
    let asked = counts.indices.filter { counts[$0].all > 0 }.sorted { left, right in
      let (one, other) = (counts[left], counts[right])
      if one.all != other.all { return one.all > other.all }
      if one.provisional != other.provisional { return one.provisional > other.provisional }
      return left < right
    }
    return asked.map { Need(fact: askable.names[$0], ask: askable.questions[$0], count: counts[$0].all) }
  }
}
