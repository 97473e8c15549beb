import TestSupport

extension OpCase {
  /// Every row of the table.
  static let all: [OpCase] =
    arithmetic + pointwise + specialFunctions + activations + views + arrangements + indexing
    + reductions + ordering + scans + masked + products + scatters + tensorProducts
    + decompositions + losses + neural
}
