import type { OpDefinition } from '../ir/graph.js';
import * as axisOps from './axis-ops.js';
import * as constants from './constant.js';
import { conv2d, conv3d } from './convolution.js';
import * as elementwise from './elementwise.js';
import * as imageOps from './image-ops.js';
import { matMul } from './mat-mul.js';
import * as poolings from './pooling.js';
import { randomNormal, randomUniform } from './random-ops.js';
import * as reductions from './reductions.js';
import { scaleBy } from './scale-by.js';
import { reshape, transpose } from './shape-ops.js';
import { softmax } from './softmax.js';

const families = {
  ...axisOps,
  ...constants,
  ...elementwise,
  ...imageOps,
  ...poolings,
  ...reductions,
  conv2d,
  conv3d,
  matMul,
  randomNormal,
  randomUniform,
  reshape,
  scaleBy,
  softmax,
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
