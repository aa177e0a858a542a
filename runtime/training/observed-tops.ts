import { type Observed, topName } from '../../compiler/lower.js';
import type { Blob, Net } from '../../compiler/net/net.js';
import { forwardLines } from '../../compiler/solver/debug-lines.js';

import type { Tensor } from '../tensor.js';
import type { DebugFact } from './training-event.js';

type Tensors = ReadonlyMap<string, Tensor>;

const outputName = (blob: Blob): string => `debug/${topName(blob)}`;

/** A net's outputs, and every top beside them: what `debug_info` of a net that is tested needs. */
export const observedTops = (net: Net): Observed => ({
  kind: 'blobs',
  blobs: net.outputs,
  beside: new Map(
    net.layers.flatMap(({ tops }) =>
      tops.map((blob) => [outputName(blob), blob] as const),
    ),
  ),
});

const meanOf = ({ data }: Tensor): number => {
  let sum = 0;
  for (const value of data) sum += Math.abs(Number(value));
  return Math.fround(Math.fround(sum) / data.length);
};

/**
 * What `debug_info` tells of a pass that `observedTops` was made for; `parameters` by
 * variable, as they were read once: a pass changes none.
 */
export function observedFacts(
  net: Net,
  outputs: Tensors,
  parameters: Tensors,
): readonly DebugFact[] {
  return forwardLines(net).flatMap((line): readonly DebugFact[] => {
    const { layer } = line;
    const tensor =
      line.kind === 'top'
        ? outputs.get(outputName(line.of))
        : parameters.get((line.of.owner ?? line.of).variable);
    if (tensor === undefined || tensor.data.length === 0) return [];
    const mean = meanOf(tensor);
    return line.kind === 'top'
      ? [{ kind: 'top', layer, blob: line.blob, mean }]
      : [{ kind: 'parameter', layer, parameter: line.parameter, mean }];
  });
}
