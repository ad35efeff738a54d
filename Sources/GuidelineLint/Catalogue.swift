internal import SourceText

/// All checks, by id.
///
/// A new check is one file in `Checks` and one line here.
package enum Catalogue {
  package static let checks: [Check] =
    tool + yaml + schema + names + types + terminology + provenance + versions + logic + safety + tests + changes
    + style

  /// `00xx`: the tool itself, suppressions, the configuration.
  static let tool: [Check] = [
    .suppressionWithoutReason,
    .suppressionUnused,
    .suppressionUnknownCheck,
    .suppressionExpired,
    .suppressionTooWide,
    .baselineEntryStale,
    .configUnknownKey,
    .configDowngradesSafety,
    .suppressionNotPossible,
    .analysisBudgetReached,
    .analysisIncomplete,
    .suppressionNotUnderstood,
    .configInvalid,
  ]
  /// `01xx`: the YAML of a file.
  static let yaml: [Check] = [
    .yamlSyntax,
    .duplicateKey,
    .tabIndentation,
    .mergeKey,
    .yamlAlias,
    .nestingTooDeep,
    .fileTooLarge,
    .notUTF8,
    .invisibleCharacter,
    .confusableLetters,
    .multipleDocuments,
    .yamlTag,
    .yamlAnchor,
    .implicitNull,
    .complexKey,
    .yamlDirective,
    .multiLinePlainText,
    .emptyFile,
  ]
  /// `02xx`: keys and the lines of the language.
  static let schema: [Check] = [
    .unknownKey,
    .keyAtWrongLevel,
    .missingKey,
    .wrongKind,
    .valueNotInList,
    .emptyList,
    .idFormat,
    .conditionNotUnderstood,
    .valueNotUnderstood,
    .cellNotUnderstood,
    .typeNotUnderstood,
    .referenceNotUnderstood,
    .templateNotUnderstood,
    .missingBlank,
    .foreignOperator,
    .numberForm,
    .dateForm,
    .reservedWord,
    .expressionTooDeep,
    .documentKindUnclear,
    .rowLength,
    .csvForm,
    .csvRowLength,
    .csvHeader,
  ]
  /// `03xx`: names and references.
  static let names: [Check] = [
    .unknownFact,
    .unknownCitation,
    .unknownRule,
    .duplicateId,
    .unusedFact,
    .unusedSource,
    .unusedDefinition,
    .importCycle,
    .nearDuplicateNames,
    .unknownTerm,
    .unknownField,
    .unknownCollection,
    .unknownGroup,
    .unknownKind,
    .unknownDocument,
    .nameNotVisible,
    .nameTaken,
    .classCycle,
    .unknownCase,
    .unknownStatement,
    .unknownColumn,
    .missingColumn,
    .unknownFile,
    .ambiguousName,
    .missingField,
    .tooManyRules,
    .tooManyVariables,
    .unknownGrade,
    .caseCycle,
  ]
  /// `04xx`: types and units.
  static let types: [Check] = [
    .typeMismatch,
    .unitDimensionMismatch,
    .missingUnit,
    .unitNotUCUM,
    .percentOrFraction,
    .outsidePlausibleRange,
    .rangeReversed,
    .boundaryOverlap,
    .boundaryGap,
    .errorProneAbbreviation,
    .calendarArithmetic,
    .misplacedToday,
    .numberTooLarge,
    .fractionOfWhole,
    .unorderedComparison,
    .shapeMismatch,
    .knownnessOfDerivedRow,
    .openConclusion,
    .misplacedWord,
  ]
  /// `05xx`: terms and codes.
  static let terminology: [Check] = [
    .codeChecksum,
    .codeFormat,
    .codeUsedTwice,
  ]
  /// `06xx`: sources and citations.
  static let provenance: [Check] = [
    .ruleWithoutCitation,
    .citationWithoutStatement,
    .strengthDiffersFromSource,
    .strongOnVeryLow,
    .doiFormat,
    .citationYearMismatch,
    .secondarySourceOnly,
    .supersededSource,
    .quoteNotInSource,
    .numberNotInSource,
    .numberNotInQuote,
    .statementNotCovered,
    .citedButNotEncoded,
    .reviewStale,
  ]
  /// `07xx`: versions and dates.
  static let versions: [Check] = [
    .versionFormat,
    .versionNotRaised,
    .reviewOverdue,
    .impossibleDate,
    .effectiveWindowOverlap,
    .publishedAfterEffective,
    .unknownEdition,
    .periodReversed,
    .notInForce,
    .draftLeftOut,
    .conflictingPins,
  ]
  /// `08xx`: what rules say of all patients.
  static let logic: [Check] = [
    .contradiction,
    .identicalRules,
    .subsumedRule,
    .deadRule,
    .neverTrue,
    .alwaysTrue,
    .gap,
    .definitionCycle,
    .unstratifiedNegation,
    .unreachableDerived,
    .redundantCondition,
    .overrideWithoutConflict,
    .computedInRecursion,
    .tooManyUnrolledRules,
    .rowsOverlap,
    .exceptionNeverApplies,
    .invariantViolated,
    .contradictionByClass,
  ]
  /// `09xx`: clinical safety.
  static let safety: [Check] = [
    .agentWithoutMonitoring,
    .agentWithoutPrerequisite,
    .agentWithoutToxicities,
    .agentWithoutContraindications,
    .interactionNotHandled,
    .contraindicationFailsOpen,
    .doseOutsideLabel,
    .doseWithoutAdjustment,
    .monitoringWithoutAction,
    .noStopRule,
    .pregnancyNotAddressed,
    .harmEvidenceUncited,
    .alternativeMissing,
  ]
  /// `10xx`: the test cases.
  static let tests: [Check] = [
    .ruleWithoutTest,
    .boundaryUntested,
    .testExpectationUnreachable,
    .conditionNeverDecisive,
    .testUsesImpossiblePatient,
    .duplicateTest,
    .negativeTestMissing,
  ]
  /// `11xx`: another version of the same library.
  static let changes: [Check] = [
    .recommendationChanges,
    .contraindicationWeakened,
    .strengthChanged,
    .ruleRemoved,
    .editorialOnly,
    .factBecameRequired,
    .changeNotAcknowledged,
  ]
  /// `12xx`: style.
  static let style: [Check] = [
    .notFormatted,
    .titleMissing,
    .ruleTooComplex,
    .doubleNegation,
    .vagueWord,
    .todoLeft,
    .magicNumber,
    .fileNameMismatch,
  ]

  /// The check that is called so, by id (`GL0801`) or by name (`contradiction`).
  package static func check(named name: String) -> Check? { byName[name] }

  /// Ids and names, for those who look for what somebody may have meant.
  package static let allNames: [String] = checks.flatMap { [$0.code.id, $0.code.name] }

  private static let byName: [String: Check] = {
    var found: [String: Check] = [:]
    for check in checks {
      found[check.code.id] = check
      found[check.code.name] = check
    }
    return found
  }()
}
