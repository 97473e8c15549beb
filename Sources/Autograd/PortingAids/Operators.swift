// Porting aids: comparisons of tensors are dotted, since == and < give a Bool in Swift. See
// Properties.swift.
//
// Each gives a Bool, as the operators of other types do, and is disfavoured: overloads that give a
// tensor double the time that the compiler takes for formulas of numbers alone.

// MARK: - Comparisons

extension Tensor {
  @_disfavoredOverload
  @available(*, unavailable, message: "use a .== b for a tensor; for a condition a.equal(b)")
  public static func == (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "use a .== b for a tensor; for a condition a.item() == b")
  public static func == (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "use a .!= b for a tensor; for a condition !a.equal(b)")
  public static func != (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "use a .!= b for a tensor; for a condition a.item() != b")
  public static func != (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(
    *, unavailable, message: "use a .< b for a tensor; for a condition a.item() < b.item()"
  )
  public static func < (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "use a .< b for a tensor; for a condition a.item() < b")
  public static func < (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(
    *, unavailable, message: "use a .<= b for a tensor; for a condition a.item() <= b.item()"
  )
  public static func <= (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "use a .<= b for a tensor; for a condition a.item() <= b")
  public static func <= (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(
    *, unavailable, message: "use a .> b for a tensor; for a condition a.item() > b.item()"
  )
  public static func > (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "use a .> b for a tensor; for a condition a.item() > b")
  public static func > (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(
    *, unavailable, message: "use a .>= b for a tensor; for a condition a.item() >= b.item()"
  )
  public static func >= (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "use a .>= b for a tensor; for a condition a.item() >= b")
  public static func >= (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }
}

// MARK: - Logic and remainders

extension Tensor {
  @_disfavoredOverload
  @available(*, unavailable, message: "use a.logicalAnd(b), or a & b for masks")
  public static func && (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "use a.logicalOr(b), or a | b for masks")
  public static func || (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "use a.remainder(b)")
  public static func % (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "use a.remainder(b)")
  public static func % (a: Tensor, b: some TensorScalar) -> Tensor { fatalError() }
}

// MARK: - What is done with a comparison

extension Tensor {
  @available(*, unavailable, message: "use a dotted comparison, as in x[x .> 0]")
  public subscript(condition: Bool) -> Tensor {
    get { fatalError() }
    set { fatalError() }
  }

  @_disfavoredOverload
  @available(*, unavailable, message: "use a dotted comparison, as in x[x .> 0]")
  public subscript(condition: Bool) -> any TensorScalar {
    get { fatalError() }
    set { fatalError() }
  }

  @available(*, unavailable, message: "use a dotted comparison, as in x.where(x .> 0, y)")
  public func `where`(_ condition: Bool, _ other: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a dotted comparison, as in x.where(x .> 0, 0)")
  public func `where`(_ condition: Bool, _ other: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a dotted comparison, as in x.maskedFill(x .> 0, 0)")
  public func maskedFill(_ mask: Bool, _ value: some TensorScalar) -> Tensor { fatalError() }
}

extension Bool {
  @available(*, unavailable, message: "use a dotted comparison, as in (x .> 0).to(.float32)")
  public func to(_ dtype: DType) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a dotted comparison, as in (x .> 0).to(.float32)")
  public func float() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a dotted comparison, as in (x .> 0).sum()")
  public func sum() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a dotted comparison, as in (x .> 0).sum(dim:)")
  public func sum(dim: some IntList, keepdim: Bool = false) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a dotted comparison, as in (x .> 0).any()")
  public func any() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a dotted comparison, as in (x .> 0).all()")
  public func all() -> Tensor { fatalError() }
}
