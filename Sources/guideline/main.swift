import ClinicalValues
import Foundation
import GuidelineKit
import SourceText
var files = SourceFiles()
let root = CommandLine.arguments[1]
let e = FileManager.default.enumerator(atPath: root)!
for case let p as String in e where p.hasSuffix(".yaml") || p.hasSuffix(".csv") {
  files.add(path: root + "/" + p, bytes: [UInt8](FileManager.default.contents(atPath: root + "/" + p)!))
}
let t0 = Date()
let library = GuidelineLibrary(files)
print("loaded in", Date().timeIntervalSince(t0))
print(DiagnosticRenderer(style: .full, color: false).render(Array(library.diagnostics.prefix(30)), in: files))
print(library.diagnostics.count)
if CommandLine.arguments.count > 2 {
  let bytes = [UInt8](FileManager.default.contents(atPath: CommandLine.arguments[2])!)
  do {
    let facts = try library.facts(path: CommandLine.arguments[2], bytes: bytes)
    let g = try library.guidelines(inForceOn: Day(iso: CommandLine.arguments[3])!)
    let t1 = Date()
    let r = g.evaluate(facts)
    print("evaluated in", Date().timeIntervalSince(t1))
    for c in r.conclusions { print(c.status.rawValue, c.kind, c.subject, c.fields.map { "\($0.name): \($0.value)" }, c.guideline, c.rule, c.strength ?? "") }
    print(r.needs.map { "\($0.fact) \($0.count)" })
    print(r.conflicts, r.due, r.validUntil?.iso ?? "-", r.outOfScope.map(\.guideline), r.undecided)
  } catch {let e = error; print(DiagnosticRenderer(style: .full, color: false).render(e.diagnostics, in: e.files)) }
}
if CommandLine.arguments.count > 4 {
    let facts = try library.facts(path: "x", bytes: [UInt8](FileManager.default.contents(atPath: CommandLine.arguments[2])!))
    let r = try library.guidelines(inForceOn: Day(iso: CommandLine.arguments[3])!).evaluate(facts)
    for d in r.derived { print(d.name, d.text) }
    for c in r.conclusions where c.kind == "inform" { print(c.because, c.overriddenBy, c.settledBy); break }
}
