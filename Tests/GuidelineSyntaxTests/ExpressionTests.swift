internal import GuidelineSyntax
internal import SourceText
internal import Testing

/// One form of the grammar, the tree it gives, and its canonical text where that differs.
struct Form: CustomTestStringConvertible, Sendable {
  var line: String
  var tree: String
  var canonical: String?

  init(_ line: String, _ tree: String, prints canonical: String? = nil) {
    self.line = line
    self.tree = tree
    self.canonical = canonical
  }

  var testDescription: String { line }
}

struct ExpressionTests {
  static let conditions: [Form] = [
    Form("ild.rapidly_progressive", "(holds ild.rapidly_progressive)"),
    Form("not ild.symptomatic", "(not (holds ild.symptomatic))"),
    Form("m.active", "(holds m.active)"),
    Form("exists medication", "(exists medication)"),
    Form(
      "exists medication where agent is azathioprine and status is planned",
      "(exists medication (agent one-of [azathioprine]) (status one-of [planned]))"),
    Form("no allergy where agent is thiopurine", "(not (exists allergy (agent one-of [thiopurine])))"),
    Form("exists first-line where direction is \"for\"", "(exists first-line (direction one-of [text:for]))"),
    Form("any lab.alt within 30 d > 60 U/L", "(any lab.alt (within 30'd') > 60'U/L')"),
    Form("any lab.wbc < 2.0 10*9/L", "(any lab.wbc < 2.0'10*9/L')"),
    Form("rule sjogren-ild-maintenance applies", "(applies - sjogren-ild-maintenance -)"),
    Form("rule acr-chest/first-line applies", "(applies acr-chest first-line -)"),
    Form("rule acr-chest/warnings#P18-IM-NM applies", "(applies acr-chest warnings P18-IM-NM)"),
    Form("recommend azathioprine is concluded", "(concluded recommend [azathioprine])"),
    Form("recommend any is concluded", "(concluded recommend [*])"),
    Form(
      "recommend azathioprine in line first_line is concluded",
      "(concluded recommend [azathioprine] line=[first_line])"),
    Form("test tpmt before azathioprine is concluded", "(concluded test [tpmt] before=[azathioprine])"),
    Form("switch azathioprine to mycophenolate is concluded", "(concluded switch [azathioprine] to=[mycophenolate])"),
    Form(
      "recommend any in line [initial, first_line] is concluded",
      "(concluded recommend [*] line=[initial first_line])"),
    Form(
      "dose azathioprine low 36 mg/d high 96 mg/d is concluded",
      "(concluded dose [azathioprine] low=[36'mg/d'] high=[96'mg/d'])"),
    Form(
      "recommend rituximab rank 1 line initial is concluded",
      "(concluded recommend [rituximab] rank=[1] line=[initial])",
      prints: "recommend rituximab rank 1 in line initial is concluded"),
    Form("note \"any words\" is concluded", "(concluded note [text:any words])"),
    Form("patient.age >= 18 a", "(patient.age >= 18'a')"),
    Form("patient.age < 18 a", "(patient.age < 18'a')"),
    Form("latest pft.fvc <= 80 %", "((latest pft.fvc) <= 80'%')"),
    Form("ild.severity > mild", "(ild.severity > mild)"),
    Form(
      "azathioprine.planned_dose / patient.weight between 1 mg/kg/d and 2 mg/kg/d",
      "((/ azathioprine.planned_dose patient.weight) between 1'mg/kg/d' 2'mg/kg/d')"),
    Form("tpmt.phenotype is poor_metabolizer", "(tpmt.phenotype one-of [poor_metabolizer])"),
    Form("agent is not thiopurine", "(agent not-one-of [thiopurine])"),
    Form("patient.pregnancy is planning or pregnant", "(patient.pregnancy one-of [planning pregnant])"),
    Form("ild.present is yes", "(ild.present one-of [yes])"),
    Form("ild.present is no", "(ild.present one-of [no])"),
    Form("tpmt.phenotype is row.tpmt", "(tpmt.phenotype one-of [row.tpmt])"),
    Form("count (medication) is 2 or 3", "((count medication) one-of [2 3])"),
    Form(
      "ild.severity in [moderate, severe]", "(ild.severity one-of [moderate severe])",
      prints: "ild.severity is moderate or severe"),
    Form(
      "ild.severity is in [moderate]", "(ild.severity one-of [moderate])", prints: "ild.severity is moderate"),
    Form(
      "ild.severity not in [moderate]", "(ild.severity not-one-of [moderate])", prints: "ild.severity is not moderate"),
    Form(
      "ild.severity is not in [a, b]", "(ild.severity not-one-of [a b])", prints: "ild.severity is not a or b"),
    Form("tpmt.phenotype is known", "(tpmt.phenotype known)"),
    Form("tpmt.phenotype is unknown", "(tpmt.phenotype unknown)"),
    Form("history.red_cell_transfusion is none", "(history.red_cell_transfusion none)"),
    Form("history.hbv_screened is known to be yes", "(history.hbv_screened known-to-be [yes])"),
    Form("history.hbv_screened is not known to be yes or no", "(history.hbv_screened not-known-to-be [yes no])"),
    Form("latest lab.wbc is older than 7 d", "((latest lab.wbc) older-than 7'd')"),
    Form(
      "medication.start is after 2026-01-01", "(medication.start > date:2026-01-01)",
      prints: "medication.start > 2026-01-01"),
    Form("m.stop is before today", "(m.stop < today)", prints: "m.stop < today"),
    Form("diagnosis includes sjogren", "(diagnosis includes-any [sjogren])"),
    Form("diagnosis includes gout or vasculitis", "(diagnosis includes-any [gout vasculitis])"),
    Form(
      "diagnosis includes any of [gout, vasculitis]", "(diagnosis includes-any [gout vasculitis])",
      prints: "diagnosis includes gout or vasculitis"),
    Form("symptoms includes all of [cough, fever]", "(symptoms includes-all [cough fever])"),
    Form("symptoms includes none of [cough, fever]", "(symptoms includes-none [cough fever])"),
    Form("edition includes \"2024\"", "(edition includes-any [text:2024])"),
    Form("to is azathioprine", "(to one-of [azathioprine])"),
    Form("pft.fvc is -10 %", "(pft.fvc one-of [-10'%'])"),
    Form("change of pft.fvc over 6 mo <= -10 %", "((change pft.fvc 6'mo') <= -10'%')"),
    Form("lab.pressure < 20 mm[Hg]", "(lab.pressure < 20'mm[Hg]')"),
    Form("x is 3 [iU]/L or 4", "(x one-of [3'[iU]/L' 4])"),
    Form(
      "exists  medication   where agent is a", "(exists medication (agent one-of [a]))",
      prints: "exists medication where agent is a"),
  ]

  static let values: [Form] = [
    Form("2.0 10*9/L", "2.0'10*9/L'"),
    Form("60 %", "60'%'"),
    Form("-10 %", "-10'%'"),
    Form("3", "3"),
    Form("2026-06-01", "date:2026-06-01"),
    Form("\"some words, [even] these\"", "text:some words, [even] these"),
    Form("today", "today"),
    Form("azathioprine.planned_dose", "azathioprine.planned_dose"),
    Form("a - b - c", "(- (- a b) c)"),
    Form("a - (b - c)", "(- a (- b c))"),
    Form("a + b * c", "(+ a (* b c))"),
    Form("(a + b) * c", "(* (+ a b) c)"),
    Form("a / (b * c)", "(/ a (* b c))"),
    Form("(a)", "a", prints: "a"),
    Form("row.low * azathioprine.planned_dose", "(* row.low azathioprine.planned_dose)"),
    Form("30 % * 120 mg/d", "(* 30'%' 120'mg/d')"),
    Form("latest lab.wbc", "(latest lab.wbc)"),
    Form("earliest lab.wbc within 14 d", "(earliest lab.wbc (within 14'd'))"),
    Form("highest lab.alt since azathioprine.start", "(highest lab.alt (since azathioprine.start))"),
    Form("lowest lab.alt since (today - 30 d)", "(lowest lab.alt (since (- today 30'd')))"),
    Form("date of latest lab.wbc", "(date-of-latest lab.wbc)"),
    Form("date of latest pft.fvc + 182 d", "(+ (date-of-latest pft.fvc) 182'd')"),
    Form("date of earliest lab.wbc within 1 a", "(date-of-earliest lab.wbc (within 1'a'))"),
    Form("change of pft.fvc over 6 mo", "(change pft.fvc 6'mo')"),
    Form("relative change of pft.fvc over 6 mo", "(relative-change pft.fvc 6'mo')"),
    Form(
      "only (medication.dose where agent is azathioprine and status is planned)",
      "(only medication dose (agent one-of [azathioprine]) (status one-of [planned]))"),
    Form("total (medication.dose)", "(total medication dose)"),
    Form("highest (medication.dose where agent is a)", "(highest medication dose (agent one-of [a]))"),
    Form("lowest (medication.dose)", "(lowest medication dose)"),
    Form("earliest (medication.start)", "(earliest medication start)"),
    Form("latest (medication.stop)", "(latest medication stop)"),
    Form("count (medication where agent is a)", "(count medication (agent one-of [a]))"),
    Form("count (lab.wbc since azathioprine.start)", "(count lab.wbc (since azathioprine.start))"),
    Form("count (lab.wbc within 30 d)", "(count lab.wbc (within 30'd'))"),
    Form("count (medication)", "(count medication)"),
    Form("min of (a and b)", "(min a b)"),
    Form("max of (a and b and 2 mg)", "(max a b 2'mg')"),
    Form(
      "later of (date of latest lab.wbc and azathioprine.start) + 7 d",
      "(+ (later (date-of-latest lab.wbc) azathioprine.start) 7'd')"),
    Form("earlier of (a)", "(earlier a)"),
    Form("round dose to 0.5 mg/d", "(round dose 0.5'mg/d')"),
    Form("round (a * b) to 25 mg/d", "(round (* a b) 25'mg/d')"),
    Form("count(medication)", "(count medication)", prints: "count (medication)"),
  ]

  static let cells: [Form] = [
    Form("any", "*"),
    Form("unknown", "unknown"),
    Form("poor_metabolizer", "poor_metabolizer"),
    Form("poor_metabolizer | unknown", "poor_metabolizer | unknown"),
    Form("1 .. 2 mg/kg/d", "1..2'mg/kg/d'"),
    Form("1 mg .. 2 mg", "1'mg'..2'mg'"),
    Form(">= 2 mg/kg/d", ">= 2'mg/kg/d'"),
    Form("< 1 mg/d | > 2 mg/d", "< 1'mg/d' | > 2'mg/d'"),
    Form("yes", "yes"),
    Form("no", "no"),
    Form("2018 | 2024", "2018 | 2024"),
    Form("\"*1/*3A\"", "text:*1/*3A"),
  ]

  static let types: [Form] = [
    Form("yes_no", "yes-no"),
    Form("one of agent", "(one-of agent)"),
    Form("one of agent or test", "(one-of agent test)"),
    Form("set of disease", "(set-of disease)"),
    Form("set of text", "(set-of-text)"),
    Form("quantity mg/d", "(quantity mg/d)"),
    Form("quantity %", "(quantity %)"),
    Form("quantity", "(quantity -)"),
    Form("series of quantity 10*9/L", "(series (quantity 10*9/L))"),
    Form("series of quantity", "(series (quantity -))"),
    Form("whole_number", "whole-number"),
    Form("text", "text"),
    Form("date", "date"),
    Form("duration", "duration"),
  ]

  @Test(arguments: conditions)
  func `a condition reads as its tree and prints as it was written`(form: Form) {
    var diagnostics = Diagnostics()
    let condition = parseCondition(located(form.line), into: &diagnostics)
    #expect(messages(diagnostics).isEmpty)
    #expect(dump(condition) == form.tree)
    #expect(print(condition) == form.canonical ?? form.line)
    #expect(dump(parseCondition(located(print(condition)), into: &diagnostics)) == form.tree)
  }

  @Test(arguments: values)
  func `a value reads as its tree and prints as it was written`(form: Form) {
    var diagnostics = Diagnostics()
    let value = parseValue(located(form.line), into: &diagnostics)
    #expect(messages(diagnostics).isEmpty)
    #expect(dump(value) == form.tree)
    #expect(print(value) == form.canonical ?? form.line)
  }

  @Test(arguments: cells)
  func `a cell reads as its alternatives and prints as it was written`(form: Form) {
    var diagnostics = Diagnostics()
    let cell = parseCell(located(form.line), into: &diagnostics)
    #expect(messages(diagnostics).isEmpty)
    #expect(dump(cell) == form.tree)
    #expect(print(cell) == form.canonical ?? form.line)
  }

  @Test(arguments: types)
  func `a type reads as its tree and prints as it was written`(form: Form) {
    var diagnostics = Diagnostics()
    let type = parseType(located(form.line), into: &diagnostics)
    #expect(messages(diagnostics).isEmpty)
    #expect(dump(type) == form.tree)
    #expect(print(type) == form.canonical ?? form.line)
  }

  @Test func `a text is taken apart at its braces`() {
    var diagnostics = Diagnostics()
    let parts = parseTemplate(located("{m.agent} raises {row.x}, see label"), into: &diagnostics)
    #expect(parts?.map { dump($0) } == ["m.agent", "< raises >", "row.x", "<, see label>"])
    #expect(messages(diagnostics).isEmpty)
  }

  @Test func `a citation names document, source and statements`() {
    var diagnostics = Diagnostics()
    let citation = parseCitation(located("acr-chest/acr-2023#S0-07 row.id G1-SJD-AZA"), into: &diagnostics)
    #expect(citation?.document?.value == "acr-chest")
    #expect(citation?.source.value == "acr-2023")
    #expect(citation?.statements.map(\.value) == ["S0-07", "row.id", "G1-SJD-AZA"])
    #expect(citation.map { print($0) } == "acr-chest/acr-2023#S0-07 row.id G1-SJD-AZA")
  }

  @Test func `a line nested too deep is refused`() {
    var diagnostics = Diagnostics()
    let deep = String(repeating: "(", count: 3000) + "a" + String(repeating: ")", count: 3000)
    #expect(dump(parseValue(located(deep), into: &diagnostics)) == "broken")
    let long = Array(repeating: "a", count: 5000).joined(separator: " + ")
    #expect(dump(parseValue(located(long), into: &diagnostics)) == "broken")
    let rows = String(repeating: "exists m where ", count: 3000) + "a"
    #expect(dump(parseCondition(located(rows), into: &diagnostics)) == "broken")
    let since = String(repeating: "latest a since ", count: 3000) + "b"
    #expect(dump(parseValue(located(since), into: &diagnostics)) == "broken")
    #expect(messages(diagnostics).count == 4)
  }
}
