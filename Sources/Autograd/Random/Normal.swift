// Normal distributions whose mean and standard deviation are given: PyTorch's `torch.normal`.

extension Tensor {
  /// Numbers drawn from the normal distribution of the given mean and standard deviation.
  public static func normal(
    _ mean: Double, _ std: Double, _ size: some IntList, dtype: DType = .default,
    requiresGrad: Bool = false, generator: Generator = .default
  ) -> Tensor {
    let y = Tensor(uninitialized: size.ints, dtype, op: #function)
      .drawNormal(mean, std, generator, op: #function)
    y.requiresGrad = requiresGrad
    return y
  }

  /// Numbers drawn from the normal distributions around the elements of `mean`, of its shape and
  /// dtype. A constant: no gradient flows to the mean.
  public static func normal(
    _ mean: Tensor, _ std: Double = 1, generator: Generator = .default
  ) -> Tensor {
    noGrad {
      Tensor(uninitialized: mean.shape, mean.dtype).drawNormal(0, std, generator, op: #function)
        .add_(mean)
    }
  }

  /// Numbers drawn from the normal distributions of mean `mean` and the standard deviations `std`,
  /// of its shape and dtype. A constant: no gradient flows to them.
  public static func normal(
    _ mean: Double, _ std: Tensor, generator: Generator = .default
  ) -> Tensor {
    requireDeviations(std)
    return noGrad {
      let y = Tensor(uninitialized: std.shape, std.dtype)
        .drawNormal(0, 1, generator, op: #function)
      return Tensor(.float(mean), as: std.dtype).addcmul(y, std)
    }
  }

  /// Numbers drawn from the normal distributions of means `mean` and standard deviations `std`,
  /// which broadcast. A constant: no gradient flows to them.
  public static func normal(
    _ mean: Tensor, _ std: Tensor, generator: Generator = .default
  ) -> Tensor {
    requireDeviations(std)
    let shape = broadcastShape(mean.shape, std.shape, op: #function)
    return noGrad {
      Tensor(uninitialized: shape, resultType(mean, std))
        .drawNormal(0, 1, generator, op: #function).mul_(std).add_(mean)
    }
  }

  private static func requireDeviations(_ std: Tensor) {
    require(
      noGrad { std.ge(0) }.areAllTrue,
      "normal: std must not contain negative numbers or NaN")
  }
}
