extension String {
  /// The name of a property in PyTorch's spelling: `runningMean` becomes `running_mean`.
  ///
  /// An underscore goes before a capital that begins a word: one after a small letter or a digit,
  /// or the last of several that a small letter follows (`baseURLPath`: `base_url_path`). A name
  /// that is not in camel case stays as it is: one that begins with a capital (`W`, `Wq`), or with
  /// an underscore in it (`_h`, `W_q`, `fc_A`).
  var snakeCased: String {
    guard first?.isLowercase == true, !contains("_") else { return self }
    let letters = Array(self)
    var name = ""
    for (i, letter) in letters.enumerated() {
      if letter.isUppercase, i > 0 {
        let endsWord = !letters[i - 1].isUppercase
        let beginsWord = i + 1 < letters.count && letters[i + 1].isLowercase
        if endsWord || beginsWord { name += "_" }
      }
      name += letter.lowercased()
    }
    return name
  }
}

/// The name of a value of a dictionary: its key.
func keyName(_ key: Any) -> String {
  if let name = key as? String { return name }
  if let name = (key as? any RawRepresentable)?.rawValue as? String { return name }
  return String(describing: key)
}
