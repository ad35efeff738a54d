import CommandSupport
import Foundation
import TestSupport
import Testing

@Suite struct `Lines of a file` {
  private func read(_ bytes: [UInt8], _ check: (borrowing String) throws -> Void) throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(bytes).write(to: place)
    defer { try? FileManager.default.removeItem(at: place) }
    try check(place.path)
  }

  /// The plain way: split where a line ends.
  private func split(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    if lines.last == [] { lines.removeLast() }
    return lines.map { $0.last == 0x0D ? $0.dropLast() : $0 }
  }

  @Test func `come in blocks, each with its place`() throws {
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "lines of a file"))
    for _ in 0..<60 {
      var bytes: [UInt8] = []
      for _ in 0..<random.below(40) {
        let length = random.pick([0, 1, 5, 300, 70_000, 140_000])
        bytes += [UInt8](repeating: UInt8(97 + random.below(26)), count: random.below(length + 1))
        bytes += random.pick([[0x0A], [0x0D, 0x0A], [0x0A, 0x0A]])
      }
      if random.below(2) == 0 { bytes += Array("end".utf8) }
      let most = random.pick([1, 2, 7, 1_000])
      try read(bytes) { path in
        var source = try LineSource(path)
        #expect(source.size == bytes.count)
        var lines: [[UInt8]] = []
        var places: [InputPlace] = []
        while let block = try source.next(lines: most) {
          #expect(block.lines.count <= most && !block.isTooLong)
          #expect(block.start.lines == lines.count)
          for index in block.lines.indices { places.append(block.place(before: index)) }
          lines += block.lines.map { Array(block.bytes[$0]) }
          #expect(block.place(before: block.lines.count) == block.end)
        }
        #expect(lines == split(bytes))
        #expect(source.place.offset == bytes.count)
        // From any place it goes on as before.
        guard !places.isEmpty else { return }
        let number = random.below(places.count)
        var later = try LineSource(path)
        #expect(try later.skip(to: places[number]))
        let next = try #require(try later.next(lines: 1))
        #expect(Array(next.bytes[next.lines[0]]) == lines[number])
        #expect(next.start == places[number])
      }
    }
  }

  @Test func `that are too long are passed over`() throws {
    let long = [UInt8](repeating: 0x61, count: LineSource.longestLine + 200_000)
    try read(Array("a\n".utf8) + long + Array("\nb\n".utf8)) { path in
      var source = try LineSource(path)
      var seen: [String] = []
      while let block = try source.next(lines: 10) {
        seen += block.isTooLong ? ["too long"] : block.lines.map { String(decoding: block.bytes[$0], as: UTF8.self) }
      }
      #expect(seen == ["a", "too long", "b"])
      #expect(source.place.lines == 3)
    }
  }

  @Test func `are not those that were read before, if one byte differs`() throws {
    var known = InputPlace()
    try read(Array("one\ntwo\nthree\n".utf8)) { path in
      var source = try LineSource(path)
      known = try #require(try source.next(lines: 2)).end
    }
    for other in ["one\ntwO\nthree\n", "one\ntw", ""] {
      try read(Array(other.utf8)) { path in
        var source = try LineSource(path)
        #expect(try !source.skip(to: known))
      }
    }
  }
}
