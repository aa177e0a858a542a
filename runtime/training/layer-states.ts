import type { SolverModel } from '../../compiler/compile-solver.js';
import { type Diagnostic, diagnostic } from '../../compiler/diagnostics.js';
import { elementCount } from '../../compiler/ir/types.js';

import type { Tensor } from '../tensor.js';
import type { SnapshotRecord } from './snapshot-record.js';

const bytesOfNumber = Float32Array.BYTES_PER_ELEMENT;

/** Little-endian whatever the machine. */
function textOf({ data }: Tensor): string {
  const bytes = Buffer.alloc(data.length * bytesOfNumber);
  data.forEach((value, index) => {
    bytes.writeFloatLE(Number(value), index * bytesOfNumber);
  });
  return bytes.toString('base64');
}

function valuesOf(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from(
    { length: Math.floor(bytes.length / bytesOfNumber) },
    (_, index) => bytes.readFloatLE(index * bytesOfNumber),
  );
}

/** What layers keep from pass to pass, for the record of a snapshot. */
export const recordedStates = (
  states: ReadonlyMap<string, Tensor>,
): Pick<SnapshotRecord, 'layerStates'> =>
  states.size === 0
    ? {}
    : {
        layerStates: Object.fromEntries(
          Array.from(states, ([variable, tensor]) => [
            variable,
            textOf(tensor),
          ]),
        ),
      };

export interface StatesFound {
  /** By variable. */
  readonly states: ReadonlyMap<string, Float32Array>;
  /** A warning for each layer whose state is not recorded, or of another size. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a record says of the states that the layers of a model keep. */
export function statesInRecord(
  { graph }: SolverModel,
  { layerStates = {} }: SnapshotRecord,
): StatesFound {
  const states = new Map<string, Float32Array>();
  const diagnostics: Diagnostic[] = [];
  for (const { name, type, source } of graph.variables) {
    if (source.kind !== 'state') continue;
    const text = layerStates[name];
    const values = text === undefined ? undefined : valuesOf(text);
    if (values?.length === elementCount(type.shape)) states.set(name, values);
    else
      diagnostics.push(
        diagnostic('solver/layer-state-missing', { layer: source.layer }),
      );
  }
  return { states, diagnostics };
}
