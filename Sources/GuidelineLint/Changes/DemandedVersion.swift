/// By how much a version has to rise.
///
/// *Major*: for some patient, something that the earlier version said of somebody is said of him now and was not, is no
/// longer said, or is said otherwise (certain or provisional, strong or conditional, another value); or that cannot be
/// excluded. *Minor*: nothing that could be said before has changed for anybody, but something is said that was said of
/// nobody. *Patch*: something is written otherwise, and it is proved that nobody's advice changes.
package enum VersionStep: Int, Hashable, Sendable, Comparable {
  case patch
  case minor
  case major

  package static func < (left: VersionStep, right: VersionStep) -> Bool { left.rawValue < right.rawValue }

  package var word: String {
    switch self {
    case .patch: "patch"
    case .minor: "minor"
    case .major: "major"
    }
  }
}

/// The least version that a change demands.
package struct DemandedVersion: Hashable, Sendable {
  package var step: VersionStep
  /// `2.0.0`.
  package var version: String
  /// Whether the version that is written is at least that.
  package var isMet: Bool
  /// It is demanded because it was not decided whether somebody's advice changes.
  package var isForDoubt: Bool
}

/// A version as its three numbers.
struct VersionNumber: Comparable {
  var parts: [Int]

  /// Nil: it is no version.
  init?(_ text: String) {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    let parts = numbers.compactMap { $0 }
    guard parts.count == 3, numbers.count == 3, parts.allSatisfy({ $0 >= 0 && $0 < Int.max }) else { return nil }
    self.parts = parts
  }

  static func < (left: VersionNumber, right: VersionNumber) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }

  func raised(by step: VersionStep) -> VersionNumber {
    var raised = self
    switch step {
    case .major: raised.parts = [parts[0] + 1, 0, 0]
    case .minor: raised.parts = [parts[0], parts[1] + 1, 0]
    case .patch: raised.parts = [parts[0], parts[1], parts[2] + 1]
    }
    return raised
  }

  var text: String { parts.map(String.init).joined(separator: ".") }
}

extension DemandedVersion {
  /// What a step demands after one version, and whether the next is that; nil: one of them is no version.
  init?(_ step: VersionStep, after before: String, is next: String, isForDoubt: Bool) {
    guard let old = VersionNumber(before), let new = VersionNumber(next) else { return nil }
    let least = old.raised(by: step)
    self.init(step: step, version: least.text, isMet: new >= least, isForDoubt: isForDoubt)
  }
}
