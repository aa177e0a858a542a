import type { ResidualUnit } from './residual-unit.js';

/**
 * The pre-activation unit (paper, section 3; He et al., arXiv 1603.05027): BN and ReLU
 * come before each convolution, so shortcuts stay clean sums from end to end. The
 * bottleneck has a quarter of the channels.
 */
export const preact: ResidualUnit = {
  family: 'Attention',
  title: 'pre-activation bottlenecks',
  convolutionRates: [],
  names: {
    downSample: 'down_sample',
    upSample: 'up_sample',
    attended: (module) => `${module}_residual`,
  },

  activate: (net, blob) => net.batchNormRelu(blob),

  add(net, name, bottom, { channels, projection }) {
    const inner = channels / 4;
    const stride = projection?.stride ?? 1;
    const active = net.batchNormRelu(bottom);
    const reduced = net.convolution(`${name}/branch1/conv1_1x1`, active, {
      channels: inner,
      kernel: 1,
    });
    const spatial = net.convolution(
      `${name}/branch1/conv2_3x3`,
      net.batchNormRelu(reduced),
      { channels: inner, kernel: 3, stride },
    );
    const residual = net.convolution(
      `${name}/branch1/conv3_1x1`,
      net.batchNormRelu(spatial),
      { channels, kernel: 1 },
    );
    if (projection === undefined) return net.sum(name, residual, bottom);
    const shortcut = net.convolution(`${name}/branch2/conv1_1x1`, active, {
      channels,
      kernel: 1,
      stride,
    });
    return net.sum(name, shortcut, residual);
  },
};
