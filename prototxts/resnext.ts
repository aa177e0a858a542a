import type { ResidualUnit } from './residual-unit.js';

/** As in the 32x4d networks of ResNeXt. */
const group = 32;

/**
 * The ResNeXt unit (paper, section 3; Xie et al., arXiv 1611.05431): a grouped 3x3
 * convolution in a bottleneck of half the channels, BN after each convolution, ReLU
 * after the sum.
 */
export const resnext: ResidualUnit = {
  family: 'AttentionNeXt',
  title: 'ResNeXt bottlenecks of 32 groups',
  convolutionRates: [{ lr_mult: 1, decay_mult: 1 }],
  names: {
    downSample: 'down',
    upSample: 'up',
    attended: (module) => `${module}/attention_residual`,
  },

  /** Nothing to do: a unit activates its own sum. */
  activate: (_net, blob) => blob,

  add(net, name, bottom, { channels, projection }) {
    const inner = channels / 2;
    const stride = projection?.stride ?? 1;
    const reduced = net.convolution(`${name}/branch1/conv1_1x1`, bottom, {
      channels: inner,
      kernel: 1,
    });
    const spatial = net.convolution(
      `${name}/branch1/conv2_3x3`,
      net.batchNormRelu(reduced),
      { channels: inner, kernel: 3, stride, group },
    );
    const expanded = net.convolution(
      `${name}/branch1/conv3_1x1`,
      net.batchNormRelu(spatial),
      { channels, kernel: 1 },
    );
    const residual = net.batchNorm(expanded);
    if (projection === undefined) {
      return net.relu(net.sum(name, residual, bottom));
    }
    const projected = net.convolution(`${name}/branch2/conv1_1x1`, bottom, {
      channels,
      kernel: 1,
      stride,
    });
    const shortcut = net.batchNorm(projected);
    return net.relu(net.sum(name, shortcut, residual));
  },
};
