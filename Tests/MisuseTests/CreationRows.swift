import Autograd

extension MisuseCase {
  static let creation = [
    MisuseCase("Tensor(shape)") { Tensor([1.0, 2], shape: [$0]) },
    MisuseCase("full(shape)") { Tensor.full([$0], 1) },
    MisuseCase("full(shape)") { Tensor.full([$0, 3, $0], 1.0) },
    MisuseCase("zeros(size)") { Tensor.zeros($0) },
    MisuseCase("zeros(more)") { Tensor.zeros(2, $0) },
    MisuseCase("ones(size)") { Tensor.ones([$0]) },
    MisuseCase("ones(more)") { Tensor.ones(2, $0) },
    MisuseCase("empty(size)") { Tensor.empty($0) },
    MisuseCase("empty(more)") { Tensor.empty(2, $0) },
    MisuseCase("newFull(shape)") { Tensor(1.0).newFull([$0], 1) },
    MisuseCase("newZeros(size)") { Tensor(1.0).newZeros($0) },
    MisuseCase("newZeros(more)") { Tensor(1.0).newZeros(2, $0) },
    MisuseCase("newOnes(size)") { Tensor(1.0).newOnes($0) },
    MisuseCase("newOnes(more)") { Tensor(1.0).newOnes(2, $0) },
    MisuseCase("arange(end)") { Tensor.arange($0) },
    MisuseCase("arange(start)") { Tensor.arange($0, 5) },
    MisuseCase("arange(step)") { Tensor.arange(0, 5, $0) },
    MisuseCase("linspace(steps)") { Tensor.linspace(0, 1, $0) },
    MisuseCase("logspace(steps)") { Tensor.logspace(0, 1, $0) },
    MisuseCase("eye(n)") { Tensor.eye($0) },
    MisuseCase("eye(m)") { Tensor.eye(2, $0) },
  ]

  static let random = [
    MisuseCase("Generator(seed)") { Generator(seed: $0) },
    MisuseCase("manualSeed(seed)") { Generator(seed: 1).manualSeed($0) },
    MisuseCase("manualSeed(seed)") { manualSeed($0) },
    MisuseCase("rand(size)") { Tensor.rand($0) },
    MisuseCase("rand(more)") { Tensor.rand(2, $0) },
    MisuseCase("randn(size)") { Tensor.randn($0) },
    MisuseCase("randn(more)") { Tensor.randn(2, $0) },
    MisuseCase("normal(size)") { Tensor.normal(0, 1, $0) },
    MisuseCase("randint(low)") { Tensor.randint($0, 5, [2]) },
    MisuseCase("randint(high)") { Tensor.randint(0, $0, [2]) },
    MisuseCase("randint(high)") { Tensor.randint($0, [2]) },
    MisuseCase("randint(shape)") { Tensor.randint(5, [$0]) },
    MisuseCase("randint(shape)") { Tensor.randint(0, 5, [2, $0]) },
    MisuseCase("randperm(n)") { Tensor.randperm($0) },
    MisuseCase("multinomial(count)") { Tensor([0.5, 0.5]).multinomial($0) },
    MisuseCase("multinomial(count)") { Tensor([0.5, 0.5]).multinomial($0, replacement: true) },
  ]
}
