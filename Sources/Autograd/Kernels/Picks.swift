import CKernels

// One element of each position along a dimension, for losses over classes.

extension Tensor {
  /// −x at `index` (int64, contiguous and in range) along dimension `d` of this contiguous tensor;
  /// [positions], in the order of the other dimensions. Off the tape.
  package func negatedPicks(_ index: Tensor, _ d: Int) -> Tensor {
    let function = Kernels.table(dtype).pointee.picks!
    let y = Tensor(uninitialized: [index.numel], dtype)
    let (n, inner) = (shape[d], shape[(d + 1)...].reduce(1, *))
    launch((self, index, y), units: index.numel) { part in
      function(
        Int64(part.lowerBound), Int64(part.upperBound), Int64(n), Int64(inner), index.pointer(),
        base, y.base)
    }
    return y
  }

  /// The gradient of a tensor of shape `shape` for this gradient, [positions], of
  /// ``negatedPicks(_:_:)``. Off the tape.
  package func negatedPicksGradient(_ index: Tensor, _ d: Int, in shape: [Int]) -> Tensor {
    let function = Kernels.table(dtype).pointee.put_picks!
    let y = Tensor.filled(shape, .int(0), dtype, op: "nllLoss")
    let g = compacted()
    let (n, inner) = (shape[d], shape[(d + 1)...].reduce(1, *))
    launch((g, index, y), units: index.numel) { part in
      function(
        Int64(part.lowerBound), Int64(part.upperBound), Int64(n), Int64(inner), index.pointer(),
        g.base, y.base)
    }
    return y
  }
}
