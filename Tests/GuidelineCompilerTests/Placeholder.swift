import Testing
@Suite struct CompilerPlaceholder {}
