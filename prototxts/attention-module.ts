import { type Learning, type Mask } from './choices.js';
import type { NetBuilder } from './net-builder.js';
import type { ResidualUnit } from './residual-unit.js';

/** The hyper-parameters of a module (paper, section 3 and figure 2). */
export interface ModuleDepth {
  /** Residual units before trunk and mask part, and as many after they meet again. */
  readonly p: number;
  /** Residual units of the trunk. */
  readonly t: number;
  /** Residual units between neighbouring poolings of the mask. */
  readonly r: number;
}

export interface ModuleShape {
  readonly depth: ModuleDepth;
  readonly channels: number;
  /** How often the mask halves its size, and doubles it again. */
  readonly poolings: number;
  readonly attention: Attention;
}

/** What the paper compares (its sections 3.1 and 3.3). */
export interface Attention {
  readonly mask: Mask;
  readonly learning: Learning;
}

/**
 * An attention module: the trunk T works on the features, the mask M, made from a
 * smaller picture of them, weighs the trunk's output. Attention residual learning (paper,
 * section 3.1) gives `(1 + M) * T`, so a mask near 0 passes the trunk on unchanged.
 *
 * ```
 * bottom -> p units -+-> t units ----------------- T -+-> (1 + M) * T -> p units -> top
 *                    +-> mask: pool ... interp -> M --+
 * ```
 */
export function addAttentionModule(
  net: NetBuilder,
  unit: ResidualUnit,
  name: string,
  bottom: string,
  shape: ModuleShape,
): string {
  const { channels, depth, attention } = shape;

  net.section(`${name}: trunk`);
  let trunk = bottom;
  let split = bottom;
  for (let k = 1; k <= depth.p + depth.t; k++) {
    trunk = unit.add(net, `${name}/trunk/res${k}`, trunk, { channels });
    if (k === depth.p) split = trunk;
  }

  const mask = addSoftMask(net, unit, `${name}/mask`, split, trunk, shape);

  const isResidual = attention.learning === 'arl';
  net.section(`${name}: ${isResidual ? '(1 + mask)' : 'mask'} * trunk`);
  const attended = net.product(unit.names.attended(name), trunk, mask);
  let top = isResidual ? net.sum(`${name}/fusion`, attended, trunk) : attended;
  for (let k = 1; k < depth.p; k++) {
    top = unit.add(net, `${name}/res${k}`, top, { channels });
  }
  return unit.add(net, name, top, { channels });
}

/**
 * The mask branch (paper, section 3.2): down to a small picture that sees far, and up
 * again step by step, each step helped by a shortcut from the same size on the way down
 * (`skip`). The last step up reaches the trunk's size; two 1x1 convolutions and an
 * activation make it a weight for each channel and position.
 */
function addSoftMask(
  net: NetBuilder,
  unit: ResidualUnit,
  name: string,
  bottom: string,
  trunk: string,
  { channels, depth, poolings, attention }: ModuleShape,
): string {
  const { downSample, upSample } = unit.names;
  const section = name.replace('/', ': ');
  const addUnits = (path: string, from: string, count: number): string => {
    let top = from;
    for (let k = 1; k <= count; k++) {
      top = unit.add(net, `${path}_${k}`, top, { channels });
    }
    return top;
  };

  // The way down. At the bottom stand the last units of the way down and the first of
  // the way up, 2r in all, both under the name of the way down.
  const sizes: string[] = [];
  let blob = bottom;
  for (let level = 1; level <= poolings; level++) {
    net.section(`${section}, down to 1/${2 ** level}`);
    const path = `${name}/${downSample}`;
    blob = net.maxPool(`${path}/pool${level}_3x3_s2`, blob);
    const count = level === poolings ? 2 * depth.r : depth.r;
    blob = addUnits(`${path}/res${level}`, blob, count);
    sizes.push(blob);
  }

  // The way up: level k leads from the size after k poolings to that after k - 1.
  for (let level = poolings; level >= 1; level--) {
    net.section(
      `${section}, up to ${level === 1 ? 'full size' : `1/${2 ** (level - 1)}`}`,
    );
    const interp = `${name}/${upSample}/interp_${level}`;
    // Not a sum at full size: the trunk gives its size only.
    const sameSize = level === 1 ? undefined : sizes[level - 2];
    blob = net.interpolate(interp, blob, sameSize ?? trunk);
    if (sameSize === undefined) continue;
    const skip = `${name}/skip/res${level - 1}`;
    const helped = unit.add(net, skip, sameSize, { channels });
    blob = net.sum(`${name}/${upSample}${level - 1}`, helped, blob);
    blob = addUnits(`${name}/${upSample}/res${level - 1}`, blob, depth.r);
  }

  net.section(`${section}, ${maskTitles[attention.mask]}`);
  const one = { channels, kernel: 1 } as const;
  const active = unit.activate(net, blob);
  const first = net.convolution(`${name}/linear_1`, active, one);
  const second = net.convolution(
    `${name}/linear_2`,
    net.batchNormRelu(first),
    one,
  );
  switch (attention.mask) {
    case 'mixed':
      return net.sigmoid(name, second);
    case 'channel':
      return net.unitLength(name, second, channels);
    case 'spatial':
      return net.sigmoid(name, net.standardise(`${name}/normal`, second));
  }
}

const maskTitles: Readonly<Record<Mask, string>> = {
  mixed: 'weights between 0 and 1',
  channel: 'weights of length 1 over the channels',
  spatial: 'weights between 0 and 1 by the picture of each channel',
};
