import TestSupport

extension OpCase {
  /// Every row of the table of module NN.
  static let all: [OpCase] =
    losses + convolutions + neural + normalizations + pooling + images + modules + attention
    + recurrent
}
