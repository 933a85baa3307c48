/// What the names of TeX's symbols stand for.
enum TeXSymbols {
  /// Letters: set as identifiers.
  static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ",
    "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "hbar": "ℏ", "imath": "ı", "jmath": "ȷ",
    "Re": "ℜ",
    "Im": "ℑ", "aleph": "ℵ", "infty": "∞", "emptyset": "∅", "varnothing": "∅", "partial": "∂", "nabla": "∇", "top": "⊤",
    "bot": "⊥", "ldots": "…", "cdots": "⋯", "dots": "…", "vdots": "⋮", "ddots": "⋱", "R": "ℝ", "prime": "′",
    "degree": "°",
  ]

  static let operators: [String: String] = [
    "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆", "circ": "∘", "bullet": "∙",
    "odot": "⊙", "otimes": "⊗", "oplus": "⊕", "ominus": "⊖", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠",
    "neq": "≠",
    "ll": "≪", "gg": "≫", "approx": "≈", "equiv": "≡", "sim": "∼", "simeq": "≃", "cong": "≅", "propto": "∝", "to": "→",
    "rightarrow": "→", "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "Leftarrow": "⇐",
    "implies": "⟹",
    "iff": "⟺", "Leftrightarrow": "⇔", "longrightarrow": "⟶", "mapsto": "↦", "uparrow": "↑", "downarrow": "↓",
    "in": "∈",
    "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇", "cup": "∪", "cap": "∩",
    "setminus": "∖", "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨", "neg": "¬", "lnot": "¬", "forall": "∀",
    "exists": "∃",
    "mid": "∣", "parallel": "∥", "perp": "⟂", "colon": ":", "coloneqq": "≔", "triangleq": "≜", "doteq": "≐",
    "succ": "≻",
    "prec": "≺", "models": "⊨", "vdash": "⊢", "angle": "∠", "backslash": "\\",
  ]

  /// Fences and their kin.
  static let fences: [String: String] = [
    "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "lvert": "|", "rvert": "|",
    "vert": "|", "lVert": "‖", "rVert": "‖", "Vert": "‖", "|": "‖", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}",
    "lbrack": "[", "rbrack": "]",
  ]

  /// Operators whose limits stand below and above.
  static let large: [String: String] = [
    "sum": "∑", "prod": "∏", "coprod": "∐", "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂",
    "bigodot": "⨀",
  ]

  static let integrals: [String: String] = ["int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮"]

  /// Functions that are written in upright letters; true for those whose limits stand below.
  static let functions: [String: Bool] = [
    "sin": false, "cos": false, "tan": false, "cot": false, "sec": false, "csc": false, "arcsin": false,
    "arccos": false,
    "arctan": false, "sinh": false, "cosh": false, "tanh": false, "exp": false, "log": false, "ln": false, "lg": false,
    "det": true, "dim": false, "ker": false, "rank": false, "deg": false, "arg": false, "gcd": true, "Pr": true,
    "max": true,
    "min": true, "sup": true, "inf": true, "lim": true, "limsup": true, "liminf": true, "argmax": true, "argmin": true,
    "softmax": false, "tr": false,
  ]

  static let accents: [String: String] = [
    "hat": "^", "widehat": "^", "bar": "¯", "overline": "‾", "vec": "→", "tilde": "~", "widetilde": "~", "dot": "˙",
    "ddot": "¨",
    "check": "ˇ", "breve": "˘", "overrightarrow": "→", "overleftarrow": "←", "mathring": "˚",
  ]

  /// Widths of spaces, in em.
  static let spaces: [String: String] = [
    ",": "0.1667", ":": "0.2222", ">": "0.2222", ";": "0.2778", "!": "-0.1667", " ": "0.3333", "quad": "1",
    "qquad": "2",
    "enspace": "0.5", "thinspace": "0.1667",
  ]

  /// Commands that change nothing that is shown here.
  static let ignored: Set<String> = [
    "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber", "notag", "hline", "big", "Big",
    "bigg", "Bigg",
    "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "bigm", "Bigm",
  ]

  /// A letter in another style, from Unicode's mathematical alphabets: browsers know no other way.
  static func styled(_ character: Character, _ style: String) -> String {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
      return String(character)
    }
    switch style {
    case "mathbf", "boldsymbol", "bm", "textbf", "mathbfit":
      if let bold = shifted(scalar, upper: 0x1D400, lower: 0x1D41A, digit: 0x1D7CE) { return bold }
      switch scalar.value {
      case 0x391...0x3A9: return text(0x1D6A8 + scalar.value - 0x391)
      case 0x3B1...0x3C9: return text(0x1D6C2 + scalar.value - 0x3B1)
      case 0x2207: return text(0x1D6C1)
      case 0x2202: return text(0x1D6DB)
      default: return String(character)
      }
    case "mathbb":
      let exceptions: [Character: String] = ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
      return exceptions[character] ?? shifted(scalar, upper: 0x1D538, lower: 0x1D552, digit: 0x1D7D8)
        ?? String(character)
    case "mathcal", "mathscr":
      let exceptions: [Character: String] = [
        "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ", "g": "ℊ", "o": "ℴ",
      ]
      return exceptions[character] ?? shifted(scalar, upper: 0x1D49C, lower: 0x1D4B6, digit: nil) ?? String(character)
    default: return String(character)
    }
  }

  private static func shifted(_ scalar: Unicode.Scalar, upper: UInt32, lower: UInt32, digit: UInt32?) -> String? {
    switch scalar.value {
    case 0x41...0x5A: text(upper + scalar.value - 0x41)
    case 0x61...0x7A: text(lower + scalar.value - 0x61)
    case 0x30...0x39: digit.map { text($0 + scalar.value - 0x30) }
    default: nil
    }
  }

  private static func text(_ value: UInt32) -> String { Unicode.Scalar(value).map { String(Character($0)) } ?? "" }
}
