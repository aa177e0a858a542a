import { type Diagnostic, diagnostic } from '../../../compiler/diagnostics.js';
import type { Message } from '../../../compiler/schema/message.js';

import type { LabelNoise } from './label-noise.js';

type TransformParam = Message<'TransformationParameter'>;

/** What `rancc_label_noise` stands for in a phase. */
export function labelNoise(
  param: TransformParam,
  phase: 'TRAIN' | 'TEST',
): LabelNoise | undefined {
  if (phase === 'TEST' || !param.has('rancc_label_noise')) return undefined;
  const noise = param.get('rancc_label_noise');
  return {
    rate: noise.get('rate'),
    classes: noise.get('classes'),
    seed: noise.get('seed'),
  };
}

/** What is wrong with `rancc_label_noise`, in either phase. */
export function labelNoiseFaults(param: TransformParam): readonly Diagnostic[] {
  if (!param.has('rancc_label_noise')) return [];
  const noise = param.get('rancc_label_noise');
  const found = noise.unknown.map(({ name, span }) => {
    const reason = `rancc_label_noise has no option '${name}'`;
    return diagnostic('data/transform-refused', { reason }, { span });
  });
  const rate = noise.get('rate');
  if (!(rate >= 0 && rate <= 1)) {
    const reason = 'the rate of rancc_label_noise has to be from 0 to 1';
    const span = noise.spanOf('rate');
    found.push(diagnostic('data/transform-refused', { reason }, { span }));
  }
  if (noise.get('classes') < 2) {
    const reason = 'rancc_label_noise needs its classes, 2 or more';
    const span = noise.spanOf('classes');
    found.push(diagnostic('data/transform-refused', { reason }, { span }));
  }
  return found;
}
