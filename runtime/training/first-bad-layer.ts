import { emitSavedModel } from '../../compiler/emit/saved-model.js';
import { lowerNet, topName } from '../../compiler/lower.js';
import type { Blob, Net } from '../../compiler/net/net.js';
import { runPasses, unfolded } from '../../compiler/passes/index.js';

import { type GraphSession, openGraphSession } from '../graph-session.js';
import type { Tensor } from '../tensor.js';
import type { BadLayer } from './require-finite.js';

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
    return {
      origin: { layer: layer.name, span: layer.message.span },
      what: hasBadParameters
        ? `its parameters are not finite, nor is '${top.name}'`
        : `from finite numbers it makes '${top.name}', which is not finite`,
    };
  }
  return undefined;
}
