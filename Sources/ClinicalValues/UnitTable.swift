// The atoms, sorted by how they come about. The numbers are facts of UCUM 2.2; what is missing are the units that neither
// patients nor laboratories use, and those whose factor our numbers cannot hold.

extension UnitDefinition {
  /// The base units (UCUM §28), and the mole, which is one here.
  static let base: [UnitDefinition] = [
    base("m", .length, Rational(10)),
    base("s", .time, fraction(86400)),
    base("g", .mass, fraction(10000)),
    base("rad", .planeAngle, .one),
    base("K", .temperature, .one),
    base("C", .charge, .one),
    base("cd", .luminousIntensity, .one),
    base("mol", .amount, .one),
  ]

  /// Pure numbers (UCUM §29).
  static let number: [UnitDefinition] = [
    plain("10*", "10", "1"), plain("10^", "10", "1"),
    UnitDefinition(symbol: "%", isMetric: false, meaning: .percent),
    plain("[ppth]", "1", "10*-3"), plain("[ppm]", "1", "10*-6"), plain("[ppb]", "1", "10*-9"),
    plain("[pptr]", "1", "10*-12"),
  ]

  /// SI and CGS units and those used beside them (UCUM §30–33).
  static let si: [UnitDefinition] = [
    metric("sr", "1", "rad2"), metric("Hz", "1", "s-1"), metric("N", "1", "kg.m/s2"), metric("Pa", "1", "N/m2"),
    metric("J", "1", "N.m"), metric("W", "1", "J/s"), metric("A", "1", "C/s"), metric("V", "1", "J/C"),
    metric("F", "1", "C/V"), metric("Ohm", "1", "V/A"), metric("S", "1", "Ohm-1"), metric("Wb", "1", "V.s"),
    UnitDefinition(symbol: "Cel", isMetric: true, meaning: .scale),
    metric("T", "1", "Wb/m2"), metric("H", "1", "Wb/A"), metric("lm", "1", "cd.sr"), metric("lx", "1", "lm/m2"),
    metric("Bq", "1", "s-1"), metric("Gy", "1", "J/kg"), metric("Sv", "1", "J/kg"),
    metric("l", "1", "dm3"), metric("L", "1", "l"), metric("ar", "100", "m2"), metric("t", "1000", "kg"),
    metric("bar", "100000", "Pa"), metric("st", "1", "m3"), plain("Ao", "0.1", "nm"),
    metric("dyn", "1", "g.cm/s2"), metric("erg", "1", "dyn.cm"), metric("P", "1", "dyn.s/cm2"),
    metric("St", "1", "cm2/s"), metric("G", "0.0001", "T"), metric("ph", "0.0001", "lx"),
    metric("sb", "1", "cd/cm2"), metric("Gal", "1", "cm/s2"), metric("Ky", "1", "cm-1"),
    metric("Mx", "0.00000001", "Wb"),
    metric("Bi", "10", "A"), metric("mho", "1", "S"), plain("atm", "101325", "Pa"),
    metric("g%", "1", "g/dl"), metric("[g]", "9.80665", "m/s2"), metric("gf", "1", "g.[g]"),
    plain("att", "1", "kgf/cm2"), plain("[S]", "1", "10*-13.s"),
    metric("Ci", "37000000000", "Bq"), metric("R", "0.000258", "C/kg"), metric("RAD", "100", "erg/g"),
    metric("REM", "1", "RAD"), metric("bit", "1", "1"), metric("By", "8", "bit"), metric("Bd", "1", "/s"),
  ]

  /// Times (UCUM §31).
  ///
  /// The year is the Julian one and the month its twelfth part.
  static let time: [UnitDefinition] = [
    plain("min", "60", "s"), plain("h", "60", "min"), plain("d", "24", "h"), plain("wk", "7", "d"),
    plain("a_t", "365.24219", "d"), plain("a_j", "365.25", "d"), plain("a_g", "365.2425", "d"), plain("a", "1", "a_j"),
    plain("mo_s", "29.53059", "d"), plain("mo_j", "1", "a_j/12"), plain("mo_g", "1", "a_g/12"),
    plain("mo", "1", "mo_j"),
  ]

  /// Units of laboratories and wards (UCUM §43–44).
  static let clinical: [UnitDefinition] = [
    metric("eq", "1", "mol"), metric("osm", "1", "mol"), metric("kat", "1", "mol/s"), metric("U", "1", "umol/min"),
    metric("m[H2O]", "9.80665", "kPa"), metric("m[Hg]", "133.322", "kPa"), plain("[PRU]", "1", "mm[Hg].s/ml"),
    plain("[wood'U]", "1", "mm[Hg].min/L"), plain("[diop]", "1", "/m"), plain("[MET]", "3.5", "mL/min/kg"),
    metric("cal_[15]", "4.1858", "J"), metric("cal_[20]", "4.1819", "J"), metric("cal_m", "4.19002", "J"),
    metric("cal_IT", "4.1868", "J"), metric("cal_th", "4.184", "J"), metric("cal", "1", "cal_th"),
    plain("[Cal]", "1", "kcal_th"), plain("[drp]", "1", "ml/20"), plain("[Ch]", "1", "mm/3"), plain("[HPF]", "1", "1"),
    plain("[LPF]", "100", "1"),
    plain("[car_m]", "0.2", "g"), plain("[in_i'H2O]", "1", "m[H2O].[in_i]/m"),
    plain("[in_i'Hg]", "1", "m[Hg].[in_i]/m"), plain("[hnsf'U]", "1", "1"), plain("[NTU]", "1", "1"),
    plain("[FNU]", "1", "1"), UnitDefinition(symbol: "[pH]", isMetric: false, meaning: .scale),
  ]

  /// Customary units of length, volume and mass (UCUM §34–40), as far as patients and kitchens use them.
  static let customary: [UnitDefinition] = [
    plain("[in_i]", "2.54", "cm"), plain("[ft_i]", "12", "[in_i]"), plain("[yd_i]", "3", "[ft_i]"),
    plain("[mi_i]", "5280", "[ft_i]"), plain("[fth_i]", "6", "[ft_i]"), plain("[nmi_i]", "1852", "m"),
    plain("[kn_i]", "1", "[nmi_i]/h"), plain("[sin_i]", "1", "[in_i]2"), plain("[sft_i]", "1", "[ft_i]2"),
    plain("[syd_i]", "1", "[yd_i]2"), plain("[cin_i]", "1", "[in_i]3"), plain("[cft_i]", "1", "[ft_i]3"),
    plain("[cyd_i]", "1", "[yd_i]3"), plain("[ft_us]", "1200", "m/3937"), plain("[yd_us]", "3", "[ft_us]"),
    plain("[in_us]", "1", "[ft_us]/12"), plain("[rd_us]", "16.5", "[ft_us]"), plain("[fur_us]", "40", "[rd_us]"),
    plain("[mi_us]", "8", "[fur_us]"),
    plain("[gal_us]", "231", "[in_i]3"), plain("[qt_us]", "1", "[gal_us]/4"), plain("[pt_us]", "1", "[qt_us]/2"),
    plain("[gil_us]", "1", "[pt_us]/4"), plain("[foz_us]", "1", "[gil_us]/4"), plain("[fdr_us]", "1", "[foz_us]/8"),
    plain("[min_us]", "1", "[fdr_us]/60"), plain("[tbs_us]", "1", "[foz_us]/2"), plain("[tsp_us]", "1", "[tbs_us]/3"),
    plain("[cup_us]", "16", "[tbs_us]"), plain("[foz_m]", "30", "mL"), plain("[cup_m]", "240", "mL"),
    plain("[tsp_m]", "5", "mL"), plain("[tbs_m]", "15", "mL"),
    plain("[gal_br]", "4.54609", "l"), plain("[qt_br]", "1", "[gal_br]/4"), plain("[pt_br]", "1", "[qt_br]/2"),
    plain("[gil_br]", "1", "[pt_br]/4"), plain("[foz_br]", "1", "[gil_br]/5"), plain("[fdr_br]", "1", "[foz_br]/8"),
    plain("[min_br]", "1", "[fdr_br]/60"),
    plain("[gr]", "64.79891", "mg"), plain("[lb_av]", "7000", "[gr]"), plain("[oz_av]", "1", "[lb_av]/16"),
    plain("[dr_av]", "1", "[oz_av]/16"), plain("[stone_av]", "14", "[lb_av]"), plain("[pwt_tr]", "24", "[gr]"),
    plain("[oz_tr]", "20", "[pwt_tr]"), plain("[lb_tr]", "12", "[oz_tr]"), plain("[sc_ap]", "20", "[gr]"),
    plain("[dr_ap]", "3", "[sc_ap]"), plain("[oz_ap]", "8", "[dr_ap]"), plain("[oz_m]", "28", "g"),
    plain("[lbf_av]", "1", "[lb_av].[g]"), plain("[psi]", "1", "[lbf_av]/[in_i]2"), plain("[degR]", "5", "K/9"),
    plain("[hd_i]", "4", "[in_i]"),
  ]

  /// Units that are defined by a procedure, each comparable with itself only (UCUM §24).
  static let arbitrary: [UnitDefinition] =
    [arbitrary("[iU]", isMetric: true), metric("[IU]", "1", "[iU]")]
    + [
      "[arb'U]", "[USP'U]", "[GPL'U]", "[MPL'U]", "[APL'U]", "[beth'U]", "[anti'Xa'U]", "[todd'U]", "[dye'U]",
      "[smgy'U]", "[bdsk'U]", "[ka'U]", "[knk'U]", "[mclg'U]", "[tb'U]", "[CCID_50]", "[TCID_50]", "[EID_50]", "[PFU]",
      "[FFU]", "[CFU]", "[IR]", "[BAU]", "[AU]", "[Amb'a'1'U]", "[PNU]", "[Lf]", "[D'ag'U]", "[FEU]", "[ELU]", "[EU]",
      "[hp_X]", "[hp_C]", "[hp_M]", "[hp_Q]", "[kp_X]", "[kp_C]", "[kp_M]", "[kp_Q]",
    ].map { arbitrary($0) }

  /// Angles by π, and the logarithmic, shifted and other special scales (UCUM §21–22).
  static let refused: [UnitDefinition] =
    [
      "[pi]", "gon", "deg", "'", "''", "circ", "sph", "[degF]", "[degRe]", "[p'diop]", "%[slope]", "[hp'_X]", "[hp'_C]",
      "[hp'_M]", "[hp'_Q]", "bit_s", "[m/s2/Hz^(1/2)]",
    ].map { refused($0) }
    + [
      "Oe", "Gb", "Lmb", "[mu_0]", "Np", "B", "B[SPL]", "B[V]", "B[mV]", "B[uV]", "B[10.nV]", "B[W]", "B[kW]",
    ].map { refused($0, isMetric: true) }
}
