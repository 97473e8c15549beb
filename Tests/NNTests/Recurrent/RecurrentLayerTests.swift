import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, printed by the Python above each test. In it,
//
// ```python
// def fill(m):
//   with torch.no_grad():
//     for i, p in enumerate(m.parameters()): p.copy_(seq(*p.shape, k=i + 2))
//   return m
// ```

@Suite(.ownGenerator) struct RecurrentLayerTests {
  /// rnn = fill(nn.RNN(2, 3, nonlinearity="relu", num_layers=2)); x = seq(2, 3, 2)
  /// y, h = rnn(x, seq(2, 3, 3, k=5)); y.sin().sum().backward()
  @Test func rnn() {
    let rnn = numbered(RNN(2, 3, numLayers: 2, nonlinearity: .relu, dtype: .float64))
    let x = seq([2, 3, 2])
    let (y, h) = rnn(x, seq([2, 3, 3], k: 5))
    #expect(y.shape == [2, 3, 3] && h.shape == [2, 3, 3])
    expectClose(
      y,
      [
        0.246521412471826, 0.0, 0.765830202854996, 0.0, 0.0, 0.507047332832457,
        0.188429752066116, 0.0, 0.707438016528926, 0.076871798374428, 0.0,
        0.546500922068165, 0.0, 0.0, 0.703457414111058, 0.047080390683696, 0.0,
        0.587786626596544,
      ])
    expectClose(
      h,
      [
        0.0, 0.601172051089407, 0.0, 0.0, 0.370338091660406, 0.0, 0.0, 0.532561983471074,
        0.0, 0.076871798374428, 0.0, 0.546500922068165, 0.0, 0.0, 0.703457414111058,
        0.047080390683696, 0.0, 0.587786626596544,
      ])
    y.sin().sum().backward()
    expectClose(
      x.grad,
      [
        -0.005089886299715, -0.009005183453342, -0.05981389177151, -0.105824577749594,
        -0.006206351180864, -0.010980467473837, 0.036134228549168, 0.063929788971606,
        -0.055714669343657, -0.098572107300316, 0.037936891869736, 0.067119116384918,
      ])
    expectClose(
      rnn.getParameter("weight_hh_l0").grad,
      [
        0.0, 0.0, 0.0, -0.046570127919431, 0.216004131400058, -0.045477717818439, 0.0, 0.0,
        0.0,
      ])
  }

  /// gru = fill(nn.GRU(2, 3, bidirectional=True)); x = seq(2, 3, 2)
  /// y, h = gru(x, seq(2, 3, 3, k=5)); y.sin().sum().backward()
  @Test func gru() {
    let gru = numbered(GRU(2, 3, bidirectional: true, dtype: .float64))
    let x = seq([2, 3, 2])
    let (y, h) = gru(x, seq([2, 3, 3], k: 5))
    #expect(y.shape == [2, 3, 6] && h.shape == [2, 3, 3])
    expectClose(
      y,
      [
        -0.077099801790452, 0.269283118001943, -0.151683366124685, 0.014917572699651,
        -0.134741758822068, -0.003181937975632, 0.06930323512702, 0.144750834915621,
        0.083763361429524, 0.242618664525672, -0.107422057447115, 0.110313943145702,
        -0.187468734679874, 0.35309558018238, 0.14001400584438, 0.057954606717451,
        -0.015543143177135, -0.332180160015572, -0.074661605910996, 0.227579380540646,
        -0.085977327838065, -0.024677972732783, -0.006902215156754, -0.055276879860824,
        -0.06242170172635, 0.346220614619434, 0.035469311748025, 0.25613438294272,
        -0.171744841342, 0.176495047644437, -0.141550936522234, 0.452247262350264,
        -0.018901777295533, -0.114809681011444, -0.008176185754231, -0.358326413933592,
      ])
    expectClose(
      h,
      [
        -0.074661605910996, 0.227579380540646, -0.085977327838065, -0.06242170172635,
        0.346220614619434, 0.035469311748025, -0.141550936522234, 0.452247262350264,
        -0.018901777295533, 0.014917572699651, -0.134741758822068, -0.003181937975632,
        0.242618664525672, -0.107422057447115, 0.110313943145702, 0.057954606717451,
        -0.015543143177135, -0.332180160015572,
      ])
    y.sin().sum().backward()
    expectClose(
      x.grad,
      [
        0.392146985018918, -0.055924279374921, 0.177295442365593, -0.214509765443427,
        0.125534394045046, -0.131905953601211, 0.468339720811164, -0.079627634657388,
        0.422428801084696, -0.086976340294587, 0.340285011413696, 0.021691803667397,
      ])
    expectClose(
      gru.getParameter("weight_hh_l0").grad,
      [
        0.012199217795957, -0.0377436630654, -0.007670049554226, -0.010270740283256,
        0.00516564554884, 0.011653078618917, 0.001623817379313, 0.011412100294282,
        0.033446087539298, 0.108004094005685, -0.064981272103354, -0.041963975055697,
        0.01297075129625, 0.063021781788233, -0.168233315501677, -0.112809195237795,
        0.010053116581238, 0.184766458714357, -0.162554990452073, 0.20514238897495,
        0.166980837746371, -0.126592295013567, 0.21023125479398, 0.113080432750254,
        -0.063911365851684, 0.116831788287901, 0.111478501359807,
      ])
    expectClose(
      gru.getParameter("bias_hh_l0").grad,
      [
        -0.287695061723018, 0.040224301022367, 0.394802691892922, 0.006184578344678,
        -0.524464310883924, 0.36641093237816, 1.553127077561519, 1.638561181732674,
        1.32542445564895,
      ])
  }

  /// lstm = fill(nn.LSTM(2, 3, proj_size=2, batch_first=True)); x = seq(2, 3, 2)
  /// y, (h, c) = lstm(x, (seq(1, 2, 2, k=5), seq(1, 2, 3, k=4))); (y.sin().sum() + c.sum()).backward()
  @Test func lstm() {
    let lstm = numbered(LSTM(2, 3, batchFirst: true, projSize: 2, dtype: .float64))
    let x = seq([2, 3, 2])
    let (y, (h, c)) = lstm(x, (seq([1, 2, 2], k: 5), seq([1, 2, 3], k: 4)))
    #expect(y.shape == [2, 3, 2] && h.shape == [1, 2, 2] && c.shape == [1, 2, 3])
    expectClose(
      y,
      [
        0.084092307796827, -0.018713964406056, 0.153312126998333, -0.051782827882861,
        0.19191821981743, -0.060394274171121, 0.093414685073572, -0.022119751798116,
        0.150367275649789, -0.060690997750742, 0.182952422737303, -0.072863196893169,
      ])
    expectClose(
      h, [0.19191821981743, -0.060394274171121, 0.182952422737303, -0.072863196893169])
    expectClose(
      c,
      [
        -0.252216412877304, 0.618040369240654, 0.094723014536149, -0.284255122677224,
        0.581385969375184, 0.130431466068516,
      ])
    (y.sin().sum() + c.sum()).backward()
    expectClose(
      x.grad,
      [
        0.262142064871695, -0.074870976363299, 0.272828813141258, -0.041227027815155,
        0.328870212635354, -0.060569120206635, 0.244843574908641, -0.0468765628648,
        0.257299755697785, -0.032370986339624, 0.314151782878626, -0.06040251719737,
      ])
    expectClose(
      lstm.getParameter("weight_hh_l0").grad,
      [
        -0.032818765302933, -0.002136505233087, 0.050342456237397, 0.00238856143378,
        0.018934193124625, -0.013839554011323, -0.020870631118315, -0.000757275941596,
        0.040786520060826, 0.007398317828996, 0.000769294844362, 0.006500349432478,
        0.078239727020302, 0.128658590500247, 0.117137390664057, 0.15485334320738,
        0.100115259032075, -0.058857827951304, -0.008512877819476, -0.003159549013983,
        0.008800821481431, 0.012237391091891, -0.006516077722939, 0.003360147775721,
      ])
    expectClose(
      lstm.getParameter("bias_hh_l0").grad,
      [
        -0.424798552972094, 0.609571873203399, 0.063680874618995, -0.221164187231527,
        0.544031001123931, 0.067693349283882, 2.238484989939055, 2.904894966994578,
        0.467037320328753, -0.135607008266141, 0.238331535794328, -0.044904069539502,
      ])
  }

  /// torch.manual_seed(0); nn.GRU(2, 2, bidirectional=True)
  @Test func parametersStartWherePyTorchsDo() {
    manualSeed(0)
    let gru = GRU(2, 2, bidirectional: true)
    let names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]
    #expect(gru.namedParameters.map(\.name) == names + names.map { $0 + "_reverse" })
    #expect(gru.stateDict().names == gru.namedParameters.map(\.name))
    expectClose(
      gru.getParameter("weight_ih_l0").detach(),
      [
        -0.005293981172144, 0.37932288646698, -0.581980764865875, -0.520387470722198,
        -0.272345244884491, 0.18961589038372, -0.01401003357023, 0.560657501220703,
        -0.062751516699791, 0.187109336256981, -0.213696911931038, -0.138992711901665,
      ], tolerance: 1e-6)
    expectClose(
      gru.getParameter("weight_hh_l0_reverse").detach(),
      [
        -0.313598334789276, -0.025514099746943, 0.452237695455551, 0.702958226203918,
        0.280638068914413, 0.095525071024895, 0.474105417728424, -0.41634613275528,
        0.131765127182007, -0.548223793506622, -0.490085899829865, -0.365279734134674,
      ], tolerance: 1e-6)
    expectClose(
      gru.getParameter("bias_hh_l0_reverse").detach(),
      [
        0.026998428627849, 0.163839966058731, 0.438672482967377, 0.678959727287292,
        -0.544913113117218, -0.259133219718933,
      ], tolerance: 1e-6)
    #expect(gru.allWeights.map(\.count) == [4, 4])
    #expect(gru.allWeights[1][0] === gru.getParameter("weight_ih_l0_reverse"))
  }

  /// torch.manual_seed(0); nn.LSTM(1, 2, proj_size=1, bias=False)
  @Test func aProjectionComesLast() {
    manualSeed(0)
    let lstm = LSTM(1, 2, bias: false, projSize: 1)
    #expect(
      lstm.namedParameters.map(\.name) == ["weight_ih_l0", "weight_hh_l0", "weight_hr_l0"])
    expectClose(
      lstm.getParameter("weight_hh_l0").detach(),
      [
        -0.062751516699791, 0.187109336256981, -0.213696911931038, -0.138992711901665,
        -0.675533413887024, -0.46830415725708, -0.291485756635666, 0.026193760335445,
      ], tolerance: 1e-6)
    expectClose(
      lstm.getParameter("weight_hr_l0").detach(), [0.279544204473495, 0.424280166625977],
      tolerance: 1e-6)
    let two = LSTM(3, 4, numLayers: 2, bidirectional: true, projSize: 2)
    #expect(two.getParameter("weight_ih_l1").shape == [16, 4])
    #expect(two.getParameter("weight_hr_l1_reverse").shape == [2, 4])
  }

  /// gru = fill(nn.GRU(2, 2, num_layers=2, dropout=0.5)); torch.manual_seed(0); gru(seq(2, 3, 2))[0]
  @Test func dropoutActsBetweenLayers() {
    let gru = numbered(GRU(2, 2, numLayers: 2, dropout: 0.5, dtype: .float64))
    manualSeed(0)
    expectClose(
      gru(seq([2, 3, 2])).output,
      [
        -0.046384976450604, 0.186548521888494, -0.03445844420174, 0.200917062259402,
        -0.046384976450604, 0.186548521888494, -0.035671879707777, 0.330128403435936,
        -0.061284013544828, 0.303577803927964, -0.032928685352234, 0.325610652279393,
      ])
    gru.eval()
    let (a, b) = (gru(seq([2, 3, 2])).output, gru(seq([2, 3, 2])).output)
    #expect(a.values == b.values)
  }

  @Test func oneSequenceNeedsNoBatch() {
    let lstm = LSTM(2, 3, numLayers: 2, bidirectional: true, dtype: .float64)
    let x = seq([4, 2])
    let (h0, c0) = (seq([4, 3], k: 3), seq([4, 3], k: 5))
    let (y, (h, c)) = lstm(x, (h0, c0))
    let (batch, (hBatch, cBatch)) = lstm(x.unsqueeze(1), (h0.unsqueeze(1), c0.unsqueeze(1)))
    #expect(y.shape == [4, 6] && h.shape == [4, 3] && c.shape == [4, 3])
    #expect(y.values == batch.values && h.values == hBatch.values && c.values == cBatch.values)
    // The last state of the last layer, forward, is the first half of the last output.
    #expect(h[2].values == y[3][0..<3].values)
    #expect(h[3].values == y[0][3..<6].values)
  }

  @Test func batchFirstExchangesDimensions() {
    let gru = numbered(GRU(2, 3, dtype: .float64))
    let first = numbered(GRU(2, 3, batchFirst: true, dtype: .float64))
    let x = seq([3, 2, 2])
    let (y, h) = gru(x)
    let (z, k) = first(x.transpose(0, 1))
    #expect(z.shape == [2, 3, 3] && z.transpose(0, 1).values == y.values && h.values == k.values)
  }

  @Test func statesCarryOn() {
    let lstm = numbered(LSTM(2, 3, dtype: .float64))
    let x = seq([5, 2, 2])
    let whole = lstm(x)
    let (first, state) = lstm(x[0..<2])
    let (rest, last) = lstm(x[2..<5], state)
    expectClose(cat([first, rest]), whole.output.values)
    expectClose(last.c, whole.state.c.values)
    // States are not views of the outputs.
    #expect(!state.h.sharesStorage(with: first))
  }

  @Test func emptyBatches() {
    let gru = GRU(2, 3, bidirectional: true)
    let (y, h) = gru(.zeros([4, 0, 2]))
    #expect(y.shape == [4, 0, 6] && h.shape == [2, 0, 3])
    y.sum().backward()
    #expect(gru.parameters.allSatisfy { $0.grad!.values.allSatisfy { $0 == 0 } })
  }

  /// Sizes beyond a tile, a panel and a block of the kernels, one and several rows at a time.
  @Test(arguments: [(1, 40, 70), (2, 3, 33), (17, 30, 20), (3, 8, 400)], [1, 2])
  func kernelsAgreeWithCells(_ sizes: (batch: Int, inputs: Int, hidden: Int), threads: Int) {
    let (batch, inputs, hidden) = sizes
    withThreads(threads) {
      let lstm = LSTM(inputs, hidden, dtype: .float64)
      let gru = GRU(inputs, hidden, dtype: .float64)
      let (lstmCell, gruCell) = (
        LSTMCell(inputs, hidden, dtype: .float64), GRUCell(inputs, hidden, dtype: .float64)
      )
      for (from, to) in [(lstm as Module, lstmCell as Module), (gru, gruCell)] {
        for (a, b) in zip(from.parameters, to.parameters) { noGrad { _ = b.copy_(a) } }
      }
      let x = Tensor.randn([3, batch, inputs], dtype: .float64)
      var (state, h) = (lstmCell(x[0]), gruCell(x[0]))
      for t in 1..<3 { (state, h) = (lstmCell(x[t], state), gruCell(x[t], h)) }
      // Cells multiply by another function, which computes the same bits.
      let (y, (hn, cn)) = lstm(x)
      #expect(hn[0].values == state.h.values && cn[0].values == state.c.values)
      let (z, kn) = gru(x)
      #expect(kn[0].values == h.values)
      (y[2].square().sum() + z[2].square().sum()).backward()
      (state.h.square().sum() + h.square().sum()).backward()
      for (a, b) in zip(lstm.parameters + gru.parameters, lstmCell.parameters + gruCell.parameters)
      {
        #expect(a.grad!.allclose(b.grad!, rtol: 1e-10, atol: 1e-12))
      }
    }
  }

  @Test func threadsDoNotChangeTheBits() {
    let gru = GRU(64, 96, bidirectional: true)
    let x = Tensor.randn([5, 37, 64])
    func run(_ threads: Int) -> [[Float]] {
      withThreads(threads) {
        gru.zeroGrad()
        let y = gru(x).output
        y.square().sum().backward()
        return ([y] + gru.parameters.map { $0.grad! }).map { $0.array() }
      }
    }
    #expect(run(1) == run(3))
  }

  @Test func weightsCanBeComputed() {
    let gru = weightNorm(GRU(2, 3), "weight_hh_l0")
    #expect(gru.namedParameters.map(\.name).contains("parametrizations.weight_hh_l0.original0"))
    gru(.ones([2, 1, 2])).output.sum().backward()
    #expect(gru.getParameter("parametrizations.weight_hh_l0.original1").grad != nil)
  }

  @Test func hooksSeeTheStates() {
    let lstm = LSTM(2, 3)
    var shapes: [[Int]] = []
    lstm.registerForwardHook { _, inputs, outputs in
      shapes = (inputs + outputs).map(\.shape)
    }
    let (_, (h, c)) = lstm(.ones([4, 1, 2]))
    _ = lstm(.ones([4, 1, 2]), (h, c))
    #expect(shapes == [[4, 1, 2], [1, 1, 3], [1, 1, 3], [4, 1, 3], [1, 1, 3], [1, 1, 3]])
  }

  @Test func descriptions() {
    #expect("\(RNN(3, 4, nonlinearity: .relu))" == "RNN(3, 4, nonlinearity: relu)")
    #expect(
      "\(LSTM(3, 4, numLayers: 2, bias: false, batchFirst: true, dropout: 0.5, bidirectional: true, projSize: 2))"
        == """
        LSTM(3, 4, projSize: 2, numLayers: 2, bias: false, batchFirst: true, dropout: 0.5, \
        bidirectional: true)
        """)
  }
}

/// `module` with the parameters seq(shape, k: 2), seq(shape, k: 3), …
func numbered<M: Module>(_ module: M) -> M {
  for (i, parameter) in module.parameters.enumerated() {
    noGrad { _ = parameter.copy_(seq(parameter.shape, k: i + 2).to(parameter.dtype)) }
  }
  return module
}
