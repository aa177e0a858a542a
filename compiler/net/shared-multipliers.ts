import { type Diagnostic, diagnostic } from '../diagnostics.js';
import type { Message } from '../schema/message.js';

type ParamSpec = Message<'ParamSpec'>;

export type Multiplier = 'lr_mult' | 'decay_mult';

/** By the name of the parameter: the block that writes the multiplier first. */
type Writers = ReadonlyMap<string, ParamSpec>;

export interface SharedMultipliers {
  /** What holds for a parameter, which may be written with another layer that shares it. */
  of(param: ParamSpec | undefined, field: Multiplier): number;
  readonly diagnostics: readonly Diagnostic[];
}

function findWriters(
  layers: readonly Message<'LayerParameter'>[],
  field: Multiplier,
  diagnostics: Diagnostic[],
): Writers {
  const writers = new Map<string, ParamSpec>();
  for (const layer of layers) {
    for (const param of layer.get('param')) {
      const name = param.get('name');
      if (name === '' || !param.has(field)) continue;
      const first = writers.get(name);
      if (first === undefined) {
        writers.set(name, param);
      } else if (first.get(field) !== param.get(field)) {
        diagnostics.push(
          diagnostic(
            'net/shared-multiplier',
            {
              param: name,
              field,
              value: param.get(field),
              first: first.get(field),
            },
            {
              span: param.spanOf(field),
              notes: [
                { message: 'it is given here', span: first.spanOf(field) },
              ],
            },
          ),
        );
      }
    }
  }
  return writers;
}

/**
 * Multipliers of parameters that layers share by name: what one of them writes holds for all,
 * and two may not write different values (net.cpp, AppendParam).
 */
export function sharedMultipliers(
  layers: readonly Message<'LayerParameter'>[],
): SharedMultipliers {
  const diagnostics: Diagnostic[] = [];
  const writers = {
    lr_mult: findWriters(layers, 'lr_mult', diagnostics),
    decay_mult: findWriters(layers, 'decay_mult', diagnostics),
  };
  return {
    of: (param, field) => {
      const writer = writers[field].get(param?.get('name') ?? '') ?? param;
      return writer?.get(field) ?? 1;
    },
    diagnostics,
  };
}
