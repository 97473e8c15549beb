// Writes at given places, in place: the result of the op that returns a copy is written back. See
// Tape/Mutation.swift.

// MARK: - Along a dimension, element by element

extension Tensor {
  /// ``scatter(dim:index:src:)`` in place.
  @discardableResult
  public func scatter_(dim: Int, index: Tensor, src: Tensor) -> Tensor {
    overwrite(reading: [src], op: #function) { $0.scatter(dim: dim, index: index, src: $1[0]) }
  }

  /// ``scatter(dim:index:value:)`` in place.
  @discardableResult
  public func scatter_(dim: Int, index: Tensor, value: some TensorScalar) -> Tensor {
    overwrite(op: #function) { x, _ in x.scatter(dim: dim, index: index, value: value) }
  }

  /// ``scatterAdd(dim:index:src:)`` in place.
  @discardableResult
  public func scatterAdd_(dim: Int, index: Tensor, src: Tensor) -> Tensor {
    overwrite(reading: [src], op: #function) { $0.scatterAdd(dim: dim, index: index, src: $1[0]) }
  }

  /// ``scatterReduce(dim:index:src:reduce:includeSelf:)`` in place.
  @discardableResult
  public func scatterReduce_(
    dim: Int, index: Tensor, src: Tensor, reduce: ScatterReduction, includeSelf: Bool = true
  ) -> Tensor {
    overwrite(reading: [src], op: #function) {
      $0.scatterReduce(
        dim: dim, index: index, src: $1[0], reduce: reduce, includeSelf: includeSelf)
    }
  }
}

// MARK: - Along a dimension, slice by slice

extension Tensor {
  /// ``indexAdd(dim:index:source:alpha:)`` in place.
  @discardableResult
  public func indexAdd_(
    dim: Int, index: Tensor, source: Tensor, alpha: some TensorScalar = 1
  ) -> Tensor {
    overwrite(reading: [source], op: #function) {
      $0.indexAdd(dim: dim, index: index, source: $1[0], alpha: alpha)
    }
  }

  /// ``indexCopy(dim:index:source:)`` in place.
  @discardableResult
  public func indexCopy_(dim: Int, index: Tensor, source: Tensor) -> Tensor {
    overwrite(reading: [source], op: #function) {
      $0.indexCopy(dim: dim, index: index, source: $1[0])
    }
  }

  /// ``indexFill(dim:index:value:)-(_,_,TensorScalar)`` in place.
  @discardableResult
  public func indexFill_(dim: Int, index: Tensor, value: some TensorScalar) -> Tensor {
    overwrite(op: #function) { x, _ in x.indexFill(dim: dim, index: index, value: value) }
  }

  /// ``indexFill(dim:index:value:)-(_,_,Tensor)`` in place.
  @discardableResult
  public func indexFill_(dim: Int, index: Tensor, value: Tensor) -> Tensor {
    overwrite(reading: [value], op: #function) {
      $0.indexFill(dim: dim, index: index, value: $1[0])
    }
  }

  /// ``indexReduce(dim:index:source:reduce:includeSelf:)`` in place.
  @discardableResult
  public func indexReduce_(
    dim: Int, index: Tensor, source: Tensor, reduce: ScatterReduction, includeSelf: Bool = true
  ) -> Tensor {
    overwrite(reading: [source], op: #function) {
      $0.indexReduce(
        dim: dim, index: index, source: $1[0], reduce: reduce, includeSelf: includeSelf)
    }
  }
}

// MARK: - Single places and masks

extension Tensor {
  /// ``indexPut(_:_:accumulate:)`` in place.
  @discardableResult
  public func indexPut_(
    _ indices: [any TensorIndexing], _ values: Tensor, accumulate: Bool = false
  ) -> Tensor {
    overwrite(reading: [values], op: #function) {
      $0.indexPut(indices, $1[0], accumulate: accumulate)
    }
  }

  /// ``put(_:_:accumulate:)`` in place.
  @discardableResult
  public func put_(_ index: Tensor, _ source: Tensor, accumulate: Bool = false) -> Tensor {
    overwrite(reading: [source], op: #function) { $0.put(index, $1[0], accumulate: accumulate) }
  }

  /// ``maskedFill(_:_:)-(_,S)`` in place.
  @discardableResult
  public func maskedFill_(_ mask: Tensor, _ value: some TensorScalar) -> Tensor {
    overwrite(op: #function) { x, _ in x.maskedFill(mask, value) }
  }

  /// ``maskedFill(_:_:)-(_,Tensor)`` in place.
  @discardableResult
  public func maskedFill_(_ mask: Tensor, _ value: Tensor) -> Tensor {
    overwrite(reading: [value], op: #function) { $0.maskedFill(mask, $1[0]) }
  }

  /// ``maskedScatter(_:source:)`` in place.
  @discardableResult
  public func maskedScatter_(_ mask: Tensor, source: Tensor) -> Tensor {
    overwrite(reading: [source], op: #function) { $0.maskedScatter(mask, source: $1[0]) }
  }
}

// MARK: - Triangles and running sums

extension Tensor {
  /// ``tril(diagonal:)`` in place.
  @discardableResult
  public func tril_(diagonal: Int = 0) -> Tensor {
    overwrite(op: #function) { x, _ in x.tril(diagonal: diagonal) }
  }

  /// ``triu(diagonal:)`` in place.
  @discardableResult
  public func triu_(diagonal: Int = 0) -> Tensor {
    overwrite(op: #function) { x, _ in x.triu(diagonal: diagonal) }
  }

  /// ``cumsum(dim:dtype:)`` in place.
  @discardableResult
  public func cumsum_(dim: Int) -> Tensor {
    overwrite(op: #function) { x, _ in x.cumsum(dim: dim, dtype: x.dtype) }
  }

  /// ``cumprod(dim:dtype:)`` in place.
  @discardableResult
  public func cumprod_(dim: Int) -> Tensor {
    overwrite(op: #function) { x, _ in x.cumprod(dim: dim, dtype: x.dtype) }
  }
}
