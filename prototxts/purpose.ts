import type { Message } from './layer.js';
import { quote } from './layer.js';

/** What the layers of a net that is to be run have other than those of one to be trained. */
export interface Purpose {
  readonly batchNorm: {
    /** The `param` blocks of its slope, bias, moving mean and moving inverse deviation. */
    readonly rates: readonly Message[];
    readonly bn_param: Message;
  };
  /** Of convolutions and inner products. */
  readonly weightFiller: Message;
  readonly biasFiller: Message;
}

/**
 * As the authors published their nets: BN is `frozen`, so that it normalises with the moving
 * statistics whatever the phase, and weights come from a file.
 */
export const toRun: Purpose = {
  batchNorm: { rates: [], bn_param: { frozen: true } },
  weightFiller: {},
  biasFiller: {},
};

const learnt: Message = { lr_mult: 1, decay_mult: 1 };

/** A solver that knew these as parameters would take weight decay off them. */
const statistic: Message = { lr_mult: 0, decay_mult: 0 };

const constant = (value: number): Message => ({
  type: quote('constant'),
  value,
});

/**
 * The authors' words on training: slope and bias have `lr_mult` and `decay_mult` 1, mean and
 * deviation have a rate of 0. Without its fillers the slope of BN would start at 0, and the
 * net would give zeros. Weights start as in He et al., arXiv 1502.01852 (paper, section 4.1).
 */
export const toTrain: Purpose = {
  batchNorm: {
    rates: [learnt, learnt, statistic, statistic],
    bn_param: { slope_filler: constant(1), bias_filler: constant(0) },
  },
  weightFiller: { weight_filler: { type: quote('msra') } },
  biasFiller: { bias_filler: constant(0) },
};
