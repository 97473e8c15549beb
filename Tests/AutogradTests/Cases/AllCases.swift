import TestSupport

extension OpCase {
  /// Every row of the table.
  static let all: [OpCase] =
    arithmetic + pointwise + specialFunctions + activations + views + indexing + reductions
    + products + losses + neural
}
