internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

/// A type as it was written, settled.
struct ResolvedType: Hashable {
  var shape: FactShape
  var type: ValueType

  init(_ type: ValueType, _ shape: FactShape = .scalar) {
    self.type = type
    self.shape = shape
  }
}

extension Vocabulary {
  /// Settles a type; nil when it is broken, which has been reported.
  ///
  /// A union (`one of agent or test`) becomes a group of its own when it is met first.
  mutating func type(_ syntax: TypeSyntax, seen: Visibility, into diagnostics: inout Diagnostics) -> ResolvedType? {
    switch syntax.form {
    case .broken: return nil
    case .yesNo: return ResolvedType(.term(.yesNo))
    case .oneOf(let names):
      return union(names, at: syntax.span, seen: seen, into: &diagnostics).map { ResolvedType(.term($0)) }
    case .setOf(let name):
      return group(name, seen: seen, into: &diagnostics).map { ResolvedType(.term($0), .set) }
    case .quantity(let unit):
      return unit.flatMap { readUnit($0, into: &diagnostics) }.map { ResolvedType(.quantity($0)) }
        ?? missingUnit(unit, at: syntax.span, into: &diagnostics)
    case .wholeNumber: return ResolvedType(.number)
    case .text: return ResolvedType(.text)
    case .date: return ResolvedType(.date)
    case .duration: return ResolvedType(.duration)
    case .setOfText: return ResolvedType(.text, .set)
    case .series(let inner): return series(of: inner, seen: seen, into: &diagnostics)
    }
  }

  private func missingUnit(_ unit: LocatedText?, at span: Span, into diagnostics: inout Diagnostics) -> ResolvedType? {
    guard unit == nil else { return nil }
    diagnostics.report(
      .missingUnit, "a quantity without a unit could mean anything", at: span,
      help: "add its unit in UCUM, such as `unit: mg/d`")
    return nil
  }

  private mutating func series(
    of inner: TypeSyntax, seen: Visibility, into diagnostics: inout Diagnostics
  ) -> ResolvedType? {
    guard let type = type(inner, seen: seen, into: &diagnostics) else { return nil }
    guard type.shape == .scalar, type.type.unit != nil else {
      diagnostics.report(
        .typeMismatch, "a series holds quantities with a date each", at: inner.span,
        help: "for anything else declare a record with a date among its fields")
      return nil
    }
    return ResolvedType(type.type, .series)
  }

  private func group(_ name: LocatedText, seen: Visibility, into diagnostics: inout Diagnostics) -> GroupID? {
    guard let id = groupNamed[name.value] else {
      diagnostics.report(
        .unknownGroup, "there is no list of terms named `\(name.value)`", at: name.span,
        help: meantOrKnown(name.value, groupNamed.keys, "the lists"))
      return nil
    }
    guard let declared = self[id].documents.first, !seen.seesAny(of: self[id].documents) else { return id }
    diagnostics.report(
      .nameNotVisible, "`\(name.value)` is declared in `\(declared)`, which is not used here", at: name.span,
      help: seen.help(toSee: declared))
    return nil
  }

  private mutating func union(
    _ names: [LocatedText], at span: Span, seen: Visibility, into diagnostics: inout Diagnostics
  ) -> GroupID? {
    let groups = names.compactMap { group($0, seen: seen, into: &diagnostics) }
    guard groups.count == names.count, let first = groups.first else { return nil }
    guard groups.count > 1 else { return first }
    let name = groups.map { self[$0].name }.joined(separator: " or ")
    if let known = self.groups.firstIndex(where: { $0.name == name && !$0.origins.isEmpty }) { return GroupID(known) }
    var union = TermGroup(name: name)
    for id in groups {
      let offset = union.terms.count
      for (index, term) in self[id].terms.enumerated() {
        if let other = union.termNamed[term.name] {
          diagnostics.report(
            .ambiguousName, "`\(term.name)` is a term of several of the lists `\(name)`", at: span,
            help: "rename one of the two terms",
            also: [(union.terms[other].span, "declared here"), (term.span, "and here")])
          return nil
        }
        var copy = term
        copy.parent = term.parent.map { $0 + offset }
        union.termNamed[term.name] = offset + index
        union.terms.append(copy)
        union.origins.append(TermOrigin(group: id, term: index))
      }
      for document in self[id].documents where !union.documents.contains(document) { union.documents.append(document) }
    }
    self.groups.append(union)
    return GroupID(self.groups.count - 1)
  }

  // MARK: Comparing types

  /// Whether values of the two types can be compared, assigned and added.
  func areComparable(_ first: ValueType, _ second: ValueType) -> Bool {
    switch (first, second) {
    case (.term(let left), .term(let right)): left == right || translation(from: left, to: right) != nil
    case (.date, .date), (.text, .text): true
    default:
      if let left = first.unit, let right = second.unit { left.isComparable(with: right) } else { false }
    }
  }

  /// Where each term of a group is in another; nil when the two have nothing in common.
  func translation(from source: GroupID, to target: GroupID) -> [Int?]? {
    var places: [TermOrigin: Int] = [:]
    for term in self[target].terms.indices { places[origin(of: term, in: target)] = term }
    let map = self[source].terms.indices.map { places[origin(of: $0, in: source)] }
    return map.contains { $0 != nil } ? map : nil
  }

  private func origin(of term: Int, in group: GroupID) -> TermOrigin {
    let origins = self[group].origins
    return origins.indices.contains(term) ? origins[term] : TermOrigin(group: group, term: term)
  }
}

/// Reads a unit of content; nil when it is none, which has been reported.
func readUnit(_ text: LocatedText, into diagnostics: inout Diagnostics) -> Unit? {
  do throws(UnitError) {
    return try Unit.parse(text.value)
  } catch {
    let meant = unitMeant(error)
    diagnostics.report(
      .unitNotUCUM, unitMessage(text.value, error), at: text.span,
      help: meant ?? "write the unit in UCUM, such as `mg/kg/d`")
    return nil
  }
}

/// "did you mean `U/L`?", with the second guess where two are likely.
func unitMeant(_ error: UnitError) -> String? {
  guard let first = error.suggestions.first else { return nil }
  guard first.hasPrefix("[iU]/"), let second = error.suggestions.dropFirst().first else {
    return "did you mean `\(first)`?"
  }
  return "did you mean `\(second)` (of an enzyme) or `\(first)` (international units)?"
}

/// What is wrong with a unit, without saying twice that nobody knows it.
func unitMessage(_ text: String, _ error: UnitError) -> String {
  if case .unknownAtom(text, _) = error { return "`\(text)` is no unit of UCUM" }
  return "`\(text)` is no unit of UCUM: \(error.message)"
}
