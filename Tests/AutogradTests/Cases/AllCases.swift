import TestSupport

extension OpCase {
  /// Every row of the table of module Autograd.
  static let all: [OpCase] =
    arithmetic + pointwise + specialFunctions + activations + views + arrangements + indexing
    + reductions + ordering + scans + masked + products + scatters + tensorProducts
    + decompositions
}
