import Autograd

/// Returns its input: a placeholder where a module is expected.
public final class Identity: Module {
  public override func forward(_ x: Tensor) -> Tensor { x }
}

/// Merges the dimensions from `startDim` to `endDim` into one; by default all but the first, the
/// batch.
public final class Flatten: Module {
  let startDim: Int
  let endDim: Int

  /// Dimensions are counted from the end if negative.
  public init(startDim: Int = 1, endDim: Int = -1) {
    self.startDim = startDim
    self.endDim = endDim
  }

  public override var extraRepr: String { "startDim: \(startDim), endDim: \(endDim)" }

  public override func forward(_ x: Tensor) -> Tensor {
    x.flatten(startDim: startDim, endDim: endDim)
  }
}

/// Splits dimension `dim` into several of the sizes `sizes`; one of them may be -1.
public final class Unflatten: Module {
  let dim: Int
  let sizes: [Int]

  /// The dimension is counted from the end if negative.
  public init(dim: Int, sizes: [Int]) {
    self.dim = dim
    self.sizes = sizes
  }

  public override var extraRepr: String { "dim: \(dim), sizes: \(sizes)" }

  public override func forward(_ x: Tensor) -> Tensor { x.unflatten(dim: dim, sizes: sizes) }
}
