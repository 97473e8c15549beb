import Autograd

/// Which elements of a dimension an interpolation adds up, with which weights. Positions are computed
/// in the arithmetic of the elements, as in PyTorch.
struct TapKind {
  private let mode: InterpolationMode
  private let alignCorners, antialias: Bool

  init(_ mode: InterpolationMode, alignCorners: Bool, antialias: Bool) {
    self.mode = mode
    self.alignCorners = alignCorners
    self.antialias = antialias
  }

  /// The weighted sums that make `new` elements from `old`; `factor` is the factor of the sizes, if
  /// positions are computed from it.
  func taps<T: BinaryFloatingPoint>(
    _: T.Type, from old: Int, to new: Int, _ factor: Double?
  ) -> Taps {
    var taps = Taps(inputs: old, expecting: new)
    let scale: T = scale(old, new, factor)
    switch mode {
    case .nearest, .nearestExact, .area: addNearest(scale, old, new, to: &taps)
    case .linear, .bilinear, .trilinear:
      if antialias {
        addSmooth(scale, old, new, width: 2, to: &taps)
      } else {
        addLinear(scale, old, new, to: &taps)
      }
    case .bicubic:
      if antialias {
        addSmooth(scale, old, new, width: 4, to: &taps)
      } else {
        addCubic(scale, old, new, to: &taps)
      }
    case .lanczos: addSmooth(scale, old, new, width: 6, to: &taps)
    }
    return taps
  }

  /// The distance in the input between neighbours of the output.
  private func scale<T: BinaryFloatingPoint>(_ old: Int, _ new: Int, _ factor: Double?) -> T {
    if alignCorners { return new > 1 ? T(old - 1) / T(new - 1) : 0 }
    if let factor, factor > 0 { return T(1 / factor) }
    return T(old) / T(new)
  }

  /// The position of output i in the input.
  private func position<T: BinaryFloatingPoint>(_ i: Int, _ scale: T) -> T {
    alignCorners ? scale * T(i) : scale * (T(i) + 0.5) - 0.5
  }

  private func addNearest<T: BinaryFloatingPoint>(
    _ scale: T, _ old: Int, _ new: Int, to taps: inout Taps
  ) {
    for i in 0..<new {
      let at = mode == .nearest ? scale * T(i) : max(scale * (T(i) + 0.5) - 0.5, 0) + 0.5
      taps.add(min(Int(Float(at)), old - 1), 1)
      taps.finishSum()
    }
  }

  private func addLinear<T: BinaryFloatingPoint>(
    _ scale: T, _ old: Int, _ new: Int, to taps: inout Taps
  ) {
    for i in 0..<new {
      let at = max(position(i, scale), 0)
      let first = min(Int(at), old - 1)
      let share = min(max(at - T(first), 0), 1)
      if share != 1 { taps.add(first, Double(1 - share)) }
      if share != 0 { taps.add(min(first + 1, old - 1), Double(share)) }
      taps.finishSum()
    }
  }

  private func addCubic<T: BinaryFloatingPoint>(
    _ scale: T, _ old: Int, _ new: Int, to taps: inout Taps
  ) {
    for i in 0..<new {
      let at = position(i, scale)
      let floor = at.rounded(.down)
      for j in -1...2 {
        // The element's distance; Keys 1981, with the coefficient −¾ that PyTorch uses.
        let t = at - floor
        let distance = j < 0 ? t + 1 : j == 0 ? t : j == 1 ? 1 - t : 2 - t
        let weight = cubicWeight(distance, a: -0.75)
        if weight != 0 { taps.add(min(max(Int(floor) + j, 0), old - 1), Double(weight)) }
      }
      taps.finishSum()
    }
  }

  /// Sums over all elements that an element of the output covers.
  private func addSmooth<T: BinaryFloatingPoint>(
    _ scale: T, _ old: Int, _ new: Int, width: Int, to taps: inout Taps
  ) {
    let stretch = max(scale, 1)
    let reach = T(width) / 2 * stretch
    for i in 0..<new {
      let center = scale * (T(i) + 0.5)
      let first = max(Int(center - reach + 0.5), 0)
      let end = max(min(Int(center + reach + 0.5), old), first + 1)
      let places = (first..<end).map { (T($0) - center + 0.5) / stretch }
      let weights = filter(places, width: width)
      let total = weights.reduce(0, +)
      for (place, weight) in zip(first..<end, weights) where weight != 0 || weights.count == 1 {
        taps.add(min(place, old - 1), Double(total == 0 ? weight : weight / total))
      }
      taps.finishSum()
    }
  }

  private func filter<T: BinaryFloatingPoint>(_ places: [T], width: Int) -> [T] {
    switch width {
    case 2: return places.map { max(0, 1 - abs($0)) }
    case 4: return places.map { cubicWeight(abs($0), a: -0.5) }
    default:
      let x = Tensor(places.map { Double($0) })
      let weights = x.sinc() * (x / 3).sinc() * (x.abs() .< 3).to(.float64)
      return weights.array(of: Double.self).map { T($0) }
    }
  }
}

// MARK: - Cubic convolution

/// The weight at a distance x ≥ 0.
private func cubicWeight<T: BinaryFloatingPoint>(_ x: T, a: T) -> T {
  if x <= 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
  if x < 2 { return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
  return 0
}
