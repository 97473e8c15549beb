// Porting aids: comparisons are dotted here, since == and < give a Bool in Swift. See
// Properties.swift.
//
// What is wanted decides the message: a tensor, or the Bool of an if.

// MARK: - Comparisons as tensors

extension Tensor {
  @available(*, unavailable, message: "use a .== b, element by element")
  public static func == (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a .== b, element by element")
  public static func == (a: Tensor, b: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a .!= b, element by element")
  public static func != (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a .!= b, element by element")
  public static func != (a: Tensor, b: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a .< b, element by element")
  public static func < (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a .< b, element by element")
  public static func < (a: Tensor, b: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a .<= b, element by element")
  public static func <= (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a .<= b, element by element")
  public static func <= (a: Tensor, b: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a .> b, element by element")
  public static func > (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a .> b, element by element")
  public static func > (a: Tensor, b: some TensorScalar) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a .>= b, element by element")
  public static func >= (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a .>= b, element by element")
  public static func >= (a: Tensor, b: some TensorScalar) -> Tensor { fatalError() }
}

// MARK: - Comparisons as conditions

extension Tensor {
  @_disfavoredOverload
  @available(*, unavailable, message: "use a.equal(b), or a .== b element by element")
  public static func == (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "compare elements with a .== b, or a number: a.item() == b")
  public static func == (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "use !a.equal(b), or a .!= b element by element")
  public static func != (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "compare elements with a .!= b, or a number: a.item() != b")
  public static func != (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(
    *, unavailable, message: "compare elements with a .< b, or numbers: a.item() < b.item()"
  )
  public static func < (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "compare elements with a .< b, or a number: a.item() < b")
  public static func < (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(
    *, unavailable, message: "compare elements with a .<= b, or numbers: a.item() <= b.item()"
  )
  public static func <= (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "compare elements with a .<= b, or a number: a.item() <= b")
  public static func <= (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(
    *, unavailable, message: "compare elements with a .> b, or numbers: a.item() > b.item()"
  )
  public static func > (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "compare elements with a .> b, or a number: a.item() > b")
  public static func > (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(
    *, unavailable, message: "compare elements with a .>= b, or numbers: a.item() >= b.item()"
  )
  public static func >= (a: Tensor, b: Tensor) -> Bool { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "compare elements with a .>= b, or a number: a.item() >= b")
  public static func >= (a: Tensor, b: some TensorScalar) -> Bool { fatalError() }
}

// MARK: - Logic and remainders

extension Tensor {
  @available(*, unavailable, message: "use a.logicalAnd(b), or a & b for masks")
  public static func && (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a.logicalOr(b), or a | b for masks")
  public static func || (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a.remainder(b)")
  public static func % (a: Tensor, b: Tensor) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use a.remainder(b)")
  public static func % (a: Tensor, b: some TensorScalar) -> Tensor { fatalError() }
}
