package import ArgumentParser

/// An option that is one of a few words.
///
/// The parser would look at each case by reflection to find out that it is called what it is.
package protocol WordChoice: ExpressibleByArgument, CaseIterable, RawRepresentable where RawValue == String {}

extension WordChoice {
  package var defaultValueDescription: String { rawValue }
  package static var allValueStrings: [String] { allCases.map { $0.rawValue } }
  package static var allValueDescriptions: [String: String] { [:] }
}
