internal import GuidelineModel

extension Check {
  static let effectiveWindowOverlap = Check(
    ModelFault.editionsOverlap.code, .library,
    CheckPage(
      summary: "Two active documents of one name come into force on the same day.",
      why: "From that day on nobody could say which of the two answered.",
      example: """
        # file: thiopurines-2025.yaml
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2025"
        in_force: {from: 2026-01-01}
        # file: thiopurines-2026.yaml
        guideline: thiopurines
        title: Thiopurines
        version: 2.0.0
        edition: "2026"
        in_force: {from: 2026-01-01}
        """,
      mended: """
        # file: thiopurines-2025.yaml
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2025"
        in_force: {from: 2025-01-01}
        # file: thiopurines-2026.yaml
        guideline: thiopurines
        title: Thiopurines
        version: 2.0.0
        edition: "2026"
        in_force: {from: 2026-01-01}
        """,
      notes: """
        Of several active documents with one name the one that came into force last speaks; `status: retired` takes \
        one out.
        """))
}
