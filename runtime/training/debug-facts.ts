import { stepNames } from '../../compiler/lower/lower-solver.js';
import type { Net } from '../../compiler/net/net.js';
import {
  backwardLines,
  type DebugLine,
  forwardLines,
} from '../../compiler/solver/debug-lines.js';

import type { Tensor } from '../tensor.js';
import type { DebugFact } from './training-event.js';

type Outputs = ReadonlyMap<string, Tensor>;

const numberIn = (outputs: Outputs, name: string): number | undefined => {
  const first = outputs.get(name)?.data[0];
  return typeof first === 'number' ? first : undefined;
};

function factOf(line: DebugLine, mean: number): DebugFact {
  const { layer } = line;
  return line.kind === 'top' || line.kind === 'bottom-gradient'
    ? { kind: line.kind, layer, blob: line.blob, mean }
    : { kind: line.kind, layer, parameter: line.parameter, mean };
}

function normsIn(outputs: Outputs): readonly DebugFact[] {
  const { debugNorms } = stepNames;
  const data = numberIn(outputs, debugNorms.dataSum);
  if (data === undefined) return [];
  const sum = (name: string): number => numberIn(outputs, name) ?? NaN;
  const root = (name: string): number => Math.fround(Math.sqrt(sum(name)));
  return [
    {
      kind: 'norms',
      l1: { data, gradient: sum(debugNorms.gradientSum) },
      l2: {
        data: root(debugNorms.dataSquares),
        gradient: root(debugNorms.gradientSquares),
      },
    },
  ];
}

/** What the outputs of a pass say of the lines of its net, in Caffe's order. */
export function debugFacts(net: Net, outputs: Outputs): readonly DebugFact[] {
  const factsOf = (
    lines: readonly DebugLine[],
    nameOf: (line: number) => string,
  ): readonly DebugFact[] =>
    lines.flatMap((line, at) => {
      const mean = numberIn(outputs, nameOf(at));
      return mean === undefined ? [] : [factOf(line, mean)];
    });
  return [
    ...factsOf(forwardLines(net), stepNames.forwardDebug),
    ...factsOf(backwardLines(net), stepNames.backwardDebug),
    ...normsIn(outputs),
  ];
}
