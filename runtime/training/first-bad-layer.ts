import { finiteNode } from '../../compiler/emit/graph-def.js';
import { emitSavedModel } from '../../compiler/emit/saved-model.js';
import { lowerNet, topName } from '../../compiler/lower.js';
import type { Blob, Layer, Net } from '../../compiler/net/net.js';
import { runPasses, unfolded } from '../../compiler/passes/index.js';

import { type GraphSession, openGraphSession } from '../graph-session.js';
import { RuntimeFailure } from '../runtime-failure.js';
import type { Tensor } from '../tensor.js';

/** Whether a step failed because its loss was not finite; then it has stored nothing. */
export const isNotFinite = (thrown: unknown): boolean =>
  thrown instanceof RuntimeFailure &&
  thrown.nodeName?.includes(`/${finiteNode}/`) === true;

/** The first layer of a forward pass that makes numbers that are none. */
export interface BadLayer {
  readonly layer: Layer;
  readonly top: string;
  /** Of the layer's own: then the update before made them so. */
  readonly hasBadParameters: boolean;
}

const isFinite = ({ data }: Tensor): boolean =>
  !(data instanceof Float32Array) || data.every(Number.isFinite);

/** The net's forward pass with every top shown. */
function openObserved(net: Net): Promise<GraphSession> {
  const logical = lowerNet(net, { observed: { kind: 'every-top' } });
  const graph = runPasses(unfolded, logical);
  const savedModel = emitSavedModel(graph, { restores: false });
  return openGraphSession({ graph, savedModel });
}

/**
 * Runs a train net forward once more, on the batch that gave no finite loss and with the
 * parameters of that moment, by variable. undefined where all tops are finite now.
 */
export async function firstBadLayer(
  net: Net,
  parameters: ReadonlyMap<string, Tensor>,
  inputs: ReadonlyMap<string, Tensor>,
): Promise<BadLayer | undefined> {
  const session = await openObserved(net);
  try {
    await session.store('initialize');
    await session.assign(
      'assign',
      Array.from(parameters, ([variable, { data }]) => ({
        variable,
        blob: {
          count: data.length,
          read: () => Float32Array.from(data as Float32Array),
        },
      })),
    );
    if (session.has('derive')) await session.store('derive');
    const tops = await session.call('predict', inputs);
    return firstBad(net, tops, parameters);
  } finally {
    await session.close();
  }
}

function firstBad(
  net: Net,
  tops: ReadonlyMap<string, Tensor>,
  parameters: ReadonlyMap<string, Tensor>,
): BadLayer | undefined {
  const isBad = (blob: Blob): boolean => {
    const tensor = tops.get(topName(blob));
    return tensor !== undefined && !isFinite(tensor);
  };
  for (const layer of net.layers) {
    const top = layer.tops.find(isBad);
    if (top === undefined) continue;
    const hasBadParameters = layer.parameters.some(({ variable, owner }) => {
      const tensor = parameters.get(owner?.variable ?? variable);
      return tensor !== undefined && !isFinite(tensor);
    });
    return { layer, top: top.name, hasBadParameters };
  }
  return undefined;
}
