/// A line on a terminal that says how far work has come, how fast it is, and how long it will take.
///
/// It is shown after a second; where there is no terminal, never.
package struct ProgressMeter {
  private let unit: String
  private let isTerminal = OutputStream.errors.isTerminal
  private let begun = ContinuousClock.now
  private var shown: ContinuousClock.Instant?
  /// Where the work began: what an earlier run did takes no time now.
  private let from: Int

  package init(unit: String, from: Int) {
    self.unit = unit
    self.from = from
  }

  /// `done` of `total` is what the bar shows; `count` is counted in words.
  package mutating func update(done: Int, of total: Int?, count: Int) {
    let now = ContinuousClock.now
    guard isTerminal, begun.duration(to: now) > .seconds(1) else { return }
    if let shown, shown.duration(to: now) < .milliseconds(200) { return }
    shown = now
    let seconds = begun.duration(to: now) / .seconds(1)
    let line = Self.line(done: done, from: from, of: total, count: count, unit: unit, seconds: seconds)
    let width = max(20, (OutputStream.errors.columns ?? 80) - 1)
    OutputStream.errors.tell("\r\u{1B}[K" + line.prefix(width))
  }

  /// Takes the line away, so that something else can be said; the next update shows it again.
  package mutating func clear() {
    guard shown != nil else { return }
    shown = nil
    OutputStream.errors.tell("\r\u{1B}[K")
  }

  static func line(done: Int, from: Int, of total: Int?, count: Int, unit: String, seconds: Double) -> String {
    let rate = seconds > 0 ? Double(count) / seconds : 0
    let speed = "\(grouped(count)) \(unit), \(grouped(Int(rate.rounded()))) a second"
    guard let total, total > 0 else { return speed }
    let share = min(1, Double(done) / Double(total))
    let filled = Int((share * 20).rounded(.down))
    let bar = "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled) + "]"
    let fresh = done - from
    let left = fresh > 0 ? seconds * Double(max(0, total - done)) / Double(fresh) : nil
    return "\(bar) \(Int((share * 100).rounded(.down))) %  \(speed)" + (left.map { ", \(time($0)) left" } ?? "")
  }

  /// `1 234 567`.
  static func grouped(_ number: Int) -> String {
    var digits = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place % 3 == 0 { digits.append(" ") }
      digits.append(digit)
    }
    return String(digits.reversed())
  }

  /// `1:02:03`, `4:05`.
  static func time(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 3_600_000))
    let parts = [whole / 3600, whole / 60 % 60, whole % 60]
    let shown = parts[0] > 0 ? parts[...] : parts.dropFirst()
    return shown.enumerated().map { place, part in place > 0 && part < 10 ? "0\(part)" : "\(part)" }
      .joined(separator: ":")
  }
}
