import TestSupport

extension OpCase {
  /// Every row of the table.
  static let all: [OpCase] =
    arithmetic + pointwise + views + indexing + reductions + products + scatters + tensorProducts
    + losses + neural
}
