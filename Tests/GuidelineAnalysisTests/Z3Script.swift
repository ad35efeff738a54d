internal import Foundation
internal import TestSupport

/// Questions to Z3, an SMT solver that shares nothing with the search: facts are Booleans, integers and reals, numbers
/// are not cut, and whether a fact is known is a Boolean of its own.
struct Z3Script {
  private var lines: [String] = []
  private(set) var questions = 0

  /// Begins anew with the facts and rules of a world; `t0`, `t1`… say that a rule is true, `f0`… that it is false.
  mutating func begin(_ world: RuleWorld) {
    lines.append("(reset)")
    for (fact, kind) in world.kinds.enumerated() {
      lines.append("(declare-const known\(fact) Bool)")
      switch kind {
      case .choice(2): lines.append("(declare-const x\(fact) Bool)")
      case .choice(let count):
        let names = (0..<count).map { "v\(fact)_\($0)" }.joined(separator: " ")
        lines.append("(declare-datatypes ((E\(fact) 0)) ((\(names.split(separator: " ").map { "(\($0))" }.joined()))))")
        lines.append("(declare-const x\(fact) E\(fact))")
      case .integer(let range):
        lines.append("(declare-const x\(fact) Int)")
        lines.append("(assert (<= \(range.lowerBound / 10) x\(fact) \(range.upperBound / 10)))")
      case .real(let range):
        lines.append("(declare-const x\(fact) Real)")
        lines.append("(assert (<= \(Self.number(range.lowerBound)) x\(fact) \(Self.number(range.upperBound))))")
      }
    }
    for (place, rule) in world.rules.enumerated() {
      lines.append("(define-fun t\(place) () Bool \(Self.text(rule, true, world.kinds)))")
      lines.append("(define-fun f\(place) () Bool \(Self.text(rule, false, world.kinds)))")
    }
  }

  /// Asks whether there is a patient of whom all these hold.
  mutating func ask(_ terms: [String]) {
    lines.append("(push)" + terms.map { "(assert \($0))" }.joined() + "(check-sat)(pop)")
    questions += 1
  }

  /// The answers in the order of the questions: whether there is a patient; nil where Z3 does not know.
  func answers(python: String) throws -> [Bool?] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("guideline-\(UUID().uuidString).smt2")
    try lines.joined(separator: "\n").write(to: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: path) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [Repository.root + "/tools/z3/answer.py", path.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
      line == "sat" ? true : line == "unsat" ? false : nil
    }
  }
}

/// The rule tree as Z3 reads it.
extension Z3Script {
  private static func number(_ tenths: Int) -> String {
    let magnitude = "\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    return tenths < 0 ? "(- \(magnitude))" : magnitude
  }

  private static func text(_ rule: RuleTree, _ wanted: Bool, _ kinds: [FactKind]) -> String {
    switch rule {
    case .not(let member): text(member, !wanted, kinds)
    case .all(let members):
      "(\(wanted ? "and" : "or") \(members.map { text($0, wanted, kinds) }.joined(separator: " ")))"
    case .any(let members):
      "(\(wanted ? "or" : "and") \(members.map { text($0, wanted, kinds) }.joined(separator: " ")))"
    case .isOneOf(let fact, let values):
      "(and known\(fact) \(signed(wanted, "(or \(values.map { value($0, of: fact, kinds) }.joined(separator: " ")))")))"
    case .compare(let fact, let comparison, let tenths):
      "(and known\(fact) \(signed(wanted, "(\(sign(comparison)) \(term(fact, kinds)) \(number(tenths)))")))"
    }
  }

  private static func signed(_ wanted: Bool, _ text: String) -> String { wanted ? text : "(not \(text))" }

  private static func value(_ value: Int, of fact: Int, _ kinds: [FactKind]) -> String {
    if case .choice(2) = kinds[fact] { return value == 1 ? "x\(fact)" : "(not x\(fact))" }
    return "(= x\(fact) v\(fact)_\(value))"
  }

  private static func term(_ fact: Int, _ kinds: [FactKind]) -> String {
    if case .integer = kinds[fact] { return "(to_real x\(fact))" }
    return "x\(fact)"
  }

  private static func sign(_ comparison: RuleTree.Comparison) -> String {
    switch comparison {
    case .less: "<"
    case .atMost: "<="
    case .equal: "="
    case .atLeast: ">="
    case .more: ">"
    }
  }
}
