import type { OpDefinition } from '../ir/graph.js';
import * as axisOps from './axis-ops.js';
import { batchMatMul } from './batch-mat-mul.js';
import * as batchNormalizations from './batch-normalization.js';
import { fromBfloat16, toBfloat16 } from './cast.js';
import * as constants from './constant.js';
import * as convolutions from './convolution.js';
import * as crossEntropies from './cross-entropy.js';
import { differentiateAs } from './differentiate-as.js';
import * as dynamicOps from './dynamic-ops.js';
import * as elementwise from './elementwise.js';
import * as imageOps from './image-ops.js';
import * as indexOps from './index-ops.js';
import { matMul } from './mat-mul.js';
import { maxPoolIndex } from './max-pool-index.js';
import { nonMaxSuppression } from './non-max-suppression.js';
import * as poolings from './pooling.js';
import * as randomOps from './random-ops.js';
import * as reductions from './reductions.js';
import { repeatPixels } from './repeat-pixels.js';
import { scaleBy } from './scale-by.js';
import { reshape, transpose } from './shape-ops.js';
import { softmax } from './softmax.js';
import { split } from './split.js';
import * as strideOps from './stride-ops.js';
import { tile } from './tile.js';
import * as volumeConvolutions from './volume-convolution.js';

const families = {
  ...axisOps,
  toBfloat16,
  fromBfloat16,
  ...constants,
  ...randomOps,
  ...convolutions,
  ...volumeConvolutions,
  ...strideOps,
  batchMatMul,
  ...batchNormalizations,
  ...crossEntropies,
  differentiateAs,
  ...dynamicOps,
  ...elementwise,
  ...imageOps,
  ...indexOps,
  ...poolings,
  ...reductions,
  matMul,
  maxPoolIndex,
  nonMaxSuppression,
  repeatPixels,
  reshape,
  scaleBy,
  softmax,
  split,
  tile,
  transpose,
};

const isDefinition = (value: object): boolean => 'infer' in value;

/** Every op of the IR by its name. */
export const ops: Readonly<Record<string, OpDefinition>> = Object.fromEntries(
  Object.values(families)
    .filter(isDefinition)
    .map((definition) => definition as OpDefinition)
    .map((definition) => [definition.name, definition]),
);
