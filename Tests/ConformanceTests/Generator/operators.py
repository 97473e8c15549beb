"""The operators of each group, by the names that PyTorch's OpInfo database gives them."""

OPERATORS = {
  "pointwise": """
    abs acos acosh add addcdiv addcmul asin asinh atan atan2 atanh ceil clamp clamp_max clamp_min copysign cos cosh deg2rad digamma
    div erf erfc erfinv exp exp2 expm1 float_power floor floor_divide fmax fmin fmod frac heaviside hypot i0 igamma igammac ldexp
    lerp lgamma log log10 log1p log2 logaddexp logaddexp2 logit maximum minimum mul mvlgamma nan_to_num neg nextafter polygamma
    positive pow rad2deg reciprocal remainder round rsqrt rsub sgn sigmoid sign sin sinc sinh special.entr special.erfcx
    special.i0e special.i1 special.i1e special.log_ndtr special.ndtr special.ndtri special.xlog1py special.zeta sqrt square sub
    tan tanh true_divide trunc where xlogy __radd__ __rdiv__ __rmod__ __rmul__ __rpow__ __rsub__""",
  "comparison": """
    allclose bitwise_and bitwise_not bitwise_or bitwise_xor eq equal ge gt isclose isfinite isin isinf isnan isneginf isposinf isreal
    le logical_and logical_not logical_or logical_xor lt ne signbit""",
  "reduction": """
    all amax amin aminmax any argmax argmin argsort bincount corrcoef count_nonzero cov cummax cummin cumprod cumsum
    cumulative_trapezoid diff dist gradient histc kthvalue logcumsumexp logsumexp max mean median min mode msort nanmean nanmedian
    nanquantile nansum norm prod quantile renorm sort std std_mean sum sum_to_size topk trapezoid trapz unique unique_consecutive
    var var_mean""",
  "masked": """
    masked.amax masked.amin masked.argmax masked.argmin masked.cumprod masked.cumsum masked.log_softmax masked.logsumexp masked.mean
    masked.median masked.norm masked.normalize masked.prod masked.softmax masked.softmin masked.std masked.sum masked.var
    masked_fill masked_scatter masked_select""",
  "shape": """
    H T mH mT arange as_strided atleast_1d atleast_2d atleast_3d block_diag broadcast_tensors broadcast_to cartesian_prod cat chunk
    clone column_stack combinations constant_pad_nd contiguous diag diag_embed diagflat diagonal diagonal_scatter dsplit dstack
    expand expand_as eye fill flatten flip fliplr flipud full full_like hsplit hstack linspace logspace meshgrid movedim narrow
    new_full new_ones new_zeros ones ones_like permute ravel repeat repeat_interleave reshape reshape_as roll rot90 select
    select_scatter slice slice_scatter split split_with_sizes squeeze stack t tensor_split tile transpose tril tril_indices triu
    triu_indices unbind unflatten unfold unsafe_chunk unsafe_split unsqueeze view view_as vsplit vstack zero_ zeros zeros_like""",
  "indexing": """
    __getitem__ argwhere bucketize gather index_add index_copy index_fill index_put index_reduce index_select nonzero put scatter
    scatter_add scatter_reduce searchsorted take take_along_dim""",
  "linalg": """
    __rmatmul__ addbmm addmm addmv addr baddbmm bmm cdist cholesky_inverse cholesky_solve cross dot einsum inner kron linalg.cholesky
    linalg.cholesky_ex linalg.cross linalg.det linalg.diagonal linalg.eigh linalg.eigvalsh linalg.inv linalg.inv_ex linalg.lstsq
    linalg.lu linalg.lu_factor linalg.lu_solve linalg.matrix_norm linalg.matrix_power linalg.matrix_rank linalg.multi_dot
    linalg.norm linalg.pinv linalg.qr linalg.slogdet linalg.solve linalg.solve_triangular linalg.svd linalg.svdvals
    linalg.tensorinv linalg.tensorsolve linalg.vander linalg.vecdot linalg.vector_norm logdet matmul matrix_exp mm mv outer
    pinverse tensordot trace triangular_solve vdot""",
  "activation": """
    log_softmax nn.functional.celu nn.functional.elu nn.functional.gelu nn.functional.glu nn.functional.hardshrink
    nn.functional.hardsigmoid nn.functional.hardswish nn.functional.hardtanh nn.functional.leaky_relu nn.functional.logsigmoid
    nn.functional.mish nn.functional.prelu nn.functional.relu nn.functional.relu6 nn.functional.selu nn.functional.silu
    nn.functional.softmin nn.functional.softplus nn.functional.softshrink nn.functional.softsign nn.functional.tanhshrink
    nn.functional.threshold softmax""",
  "loss": """
    nn.functional.binary_cross_entropy nn.functional.binary_cross_entropy_with_logits nn.functional.cosine_embedding_loss
    nn.functional.cross_entropy nn.functional.ctc_loss nn.functional.gaussian_nll_loss nn.functional.hinge_embedding_loss
    nn.functional.huber_loss nn.functional.kl_div nn.functional.l1_loss nn.functional.linear_cross_entropy
    nn.functional.margin_ranking_loss nn.functional.mse_loss nn.functional.multi_margin_loss nn.functional.multilabel_margin_loss
    nn.functional.multilabel_soft_margin_loss nn.functional.nll_loss nn.functional.poisson_nll_loss nn.functional.smooth_l1_loss
    nn.functional.soft_margin_loss nn.functional.triplet_margin_loss nn.functional.triplet_margin_with_distance_loss""",
  "nn": """
    nn.functional.adaptive_avg_pool1d nn.functional.adaptive_avg_pool2d nn.functional.adaptive_avg_pool3d
    nn.functional.adaptive_max_pool1d nn.functional.adaptive_max_pool2d nn.functional.adaptive_max_pool3d nn.functional.avg_pool1d
    nn.functional.avg_pool2d nn.functional.avg_pool3d nn.functional.batch_norm nn.functional.bilinear
    nn.functional.channel_shuffle nn.functional.conv1d nn.functional.conv2d nn.functional.conv3d nn.functional.conv_transpose1d
    nn.functional.conv_transpose2d nn.functional.conv_transpose3d nn.functional.cosine_similarity nn.functional.embedding
    nn.functional.embedding_bag nn.functional.grid_sample nn.functional.group_norm nn.functional.instance_norm
    nn.functional.interpolate nn.functional.layer_norm nn.functional.linear nn.functional.local_response_norm
    nn.functional.max_pool1d nn.functional.max_pool2d nn.functional.max_pool3d nn.functional.max_unpool1d
    nn.functional.max_unpool2d nn.functional.max_unpool3d nn.functional.normalize nn.functional.one_hot nn.functional.pad
    nn.functional.pairwise_distance nn.functional.pdist nn.functional.pixel_shuffle nn.functional.pixel_unshuffle
    nn.functional.rms_norm nn.functional.scaled_dot_product_attention nn.functional.unfold nn.functional.upsample_bilinear
    nn.functional.upsample_nearest""",
}
