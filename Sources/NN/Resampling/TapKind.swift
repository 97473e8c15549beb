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
    let rows: [[(index: Int, weight: Double)]] =
      switch mode {
      case .nearest, .nearestExact, .area: nearest(scale(old, new, factor) as T, old, new)
      case .linear, .bilinear, .trilinear:
        antialias
          ? smooth(scale(old, new, factor) as T, old, new, width: 2)
          : linear(scale(old, new, factor) as T, old, new)
      case .bicubic:
        antialias
          ? smooth(scale(old, new, factor) as T, old, new, width: 4)
          : cubic(scale(old, new, factor) as T, old, new)
      case .lanczos: smooth(scale(old, new, factor) as T, old, new, width: 6)
      }
    return Taps(
      inputs: old, rows: rows.map { row in row.count == 1 ? row : row.filter { $0.weight != 0 } })
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

  private func nearest<T: BinaryFloatingPoint>(
    _ scale: T, _ old: Int, _ new: Int
  ) -> [[(index: Int, weight: Double)]] {
    (0..<new).map { i in
      let at = mode == .nearest ? scale * T(i) : max(scale * (T(i) + 0.5) - 0.5, 0) + 0.5
      return [(min(Int(Float(at)), old - 1), 1)]
    }
  }

  private func linear<T: BinaryFloatingPoint>(
    _ scale: T, _ old: Int, _ new: Int
  ) -> [[(index: Int, weight: Double)]] {
    (0..<new).map { i in
      let at = max(position(i, scale), 0)
      let first = min(Int(at), old - 1)
      let share = min(max(at - T(first), 0), 1)
      return [(first, Double(1 - share)), (min(first + 1, old - 1), Double(share))]
    }
  }

  private func cubic<T: BinaryFloatingPoint>(
    _ scale: T, _ old: Int, _ new: Int
  ) -> [[(index: Int, weight: Double)]] {
    (0..<new).map { i in
      let at = position(i, scale)
      let floor = at.rounded(.down)
      let t = at - floor
      return zip(-1...2, cubicWeights(t)).map { j, weight in
        (min(max(Int(floor) + j, 0), old - 1), Double(weight))
      }
    }
  }

  /// Sums over all elements that an element of the output covers.
  private func smooth<T: BinaryFloatingPoint>(
    _ scale: T, _ old: Int, _ new: Int, width: Int
  ) -> [[(index: Int, weight: Double)]] {
    let stretch = max(scale, 1)
    let reach = T(width) / 2 * stretch
    return (0..<new).map { i in
      let center = scale * (T(i) + 0.5)
      let first = max(Int(center - reach + 0.5), 0)
      let end = max(min(Int(center + reach + 0.5), old), first + 1)
      let places = (first..<end).map { (T($0) - center + 0.5) / stretch }
      let weights = filter(places, width: width)
      let total = weights.reduce(0, +)
      return zip(first..<end, weights).map {
        (min($0, old - 1), Double(total == 0 ? $1 : $1 / total))
      }
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

/// The weights of the elements at −1, 0, 1 and 2 for a position `t` between 0 and 1 (Keys 1981, with
/// the coefficient −¾ that PyTorch uses).
private func cubicWeights<T: BinaryFloatingPoint>(_ t: T) -> [T] {
  [t + 1, t, 1 - t, 2 - t].map { cubicWeight($0, a: -0.75) }
}

/// The weight at a distance x ≥ 0.
private func cubicWeight<T: BinaryFloatingPoint>(_ x: T, a: T) -> T {
  if x <= 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
  if x < 2 { return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
  return 0
}
