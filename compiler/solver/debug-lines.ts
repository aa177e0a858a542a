import type { Blob, Layer, Net, Parameter } from '../net/net.js';
import { backwardNeeds } from './backward-needs.js';
import { type SplitLayer, withSplits } from './split-layers.js';

/** What is told of a forward pass: the mean of the absolute values of a blob. */
export type ForwardLine =
  | {
      readonly kind: 'top';
      readonly layer: string;
      /** Its name; those of Caffe's Splits too. */
      readonly blob: string;
      readonly of: Blob;
    }
  | {
      readonly kind: 'parameter';
      readonly layer: string;
      /** The name by which it is shared, else its number. */
      readonly parameter: string;
      readonly of: Parameter;
    };

/** The same of a gradient. */
export type BackwardLine =
  | {
      readonly kind: 'bottom-gradient';
      readonly layer: string;
      readonly blob: string;
      /** Whose share of the gradient it is; a blob: that of all its readers. */
      readonly of: { readonly layer: Layer; readonly bottom: number } | Blob;
    }
  | {
      readonly kind: 'parameter-gradient';
      readonly layer: string;
      readonly parameter: string;
      readonly of: Parameter;
    };

export type DebugLine = ForwardLine | BackwardLine;

const displayName = (layer: Layer, { index }: Parameter): string => {
  const name = layer.message.get('param')[index]?.get('name') ?? '';
  return name === '' ? String(index) : name;
};

/** What `debug_info` tells of a forward pass, in Caffe's order (net.cpp, ForwardDebugInfo). */
export const forwardLines = (net: Net): readonly ForwardLine[] =>
  withSplits(net).flatMap((each): readonly ForwardLine[] => [
    ...each.tops.map(({ name, blob }) => ({
      kind: 'top' as const,
      layer: each.name,
      blob: name,
      of: blob,
    })),
    ...parametersOf(each).map(({ layer, parameter }) => ({
      kind: 'parameter' as const,
      layer: each.name,
      parameter: displayName(layer, parameter),
      of: parameter,
    })),
  ]);

const parametersOf = ({ layer }: SplitLayer) =>
  layer?.parameters.map((parameter) => ({ layer, parameter })) ?? [];

/** What it tells of a backward pass, the last layer first (net.cpp, BackwardDebugInfo). */
export function backwardLines(net: Net): readonly BackwardLine[] {
  const layers = withSplits(net);
  const needs = backwardNeeds(net, layers);
  return layers
    .flatMap((each, at) => {
      const { isNeeded = false, bottoms, parameters } = needs[at] ?? {};
      return isNeeded ? [{ each, bottoms, parameters }] : [];
    })
    .toReversed()
    .flatMap(({ each, bottoms, parameters }): readonly BackwardLine[] => [
      ...each.bottoms.flatMap(({ name, blob }, bottom) =>
        bottoms?.[bottom] === true
          ? {
              kind: 'bottom-gradient' as const,
              layer: each.name,
              blob: name,
              of:
                each.layer === undefined ? blob : { layer: each.layer, bottom },
            }
          : [],
      ),
      ...parametersOf(each).flatMap(({ parameter }, index) =>
        parameters?.[index] === true
          ? {
              kind: 'parameter-gradient' as const,
              layer: each.name,
              parameter: String(index),
              of: parameter,
            }
          : [],
      ),
    ]);
}
