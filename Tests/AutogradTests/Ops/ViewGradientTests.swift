import Autograd
import TestSupport
import Testing

@Test(arguments: OpCase.views + OpCase.arrangements + OpCase.indexing)
func derivativesOfViewsAndIndexing(_ row: OpCase) throws {
  let inputs = row.inputs.enumerated().map { i, sample in
    let x = sample.tensor(seed: UInt64(i))
    x.requiresGrad = sample.isDifferentiable
    return x
  }
  try gradcheck(row.call, inputs)
  try gradgradcheck(row.call, inputs)
}
