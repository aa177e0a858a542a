import type {
  EmittedFunction,
  EmittedGraph,
} from '../../compiler/emit/graph-def.js';
import type { NodeDef } from '../../compiler/emit/node-emitter.js';
import { gradientNames } from '../../compiler/lower.js';
import type { Net } from '../../compiler/net/net.js';

const isParameter = (output: string): boolean =>
  output.startsWith(gradientNames.parameter(''));
const isInput = (output: string): boolean =>
  output.startsWith(gradientNames.input(''));

const nodeOf = (tensor: string): string => tensor.replace(/:\d+$/, '');

/**
 * What of `differentiate` a pass forward and backward computes. Gradients of parameters are
 * taken in TensorFlow's order of axes, as an update takes them, not in that of weight files;
 * those of inputs are computed only with `force_backward`, as in Caffe.
 */
export function passTensors(
  { outputs }: EmittedFunction,
  { nodes, origins }: EmittedGraph,
  { forceBackward }: Pick<Net, 'forceBackward'>,
): readonly string[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const before = (node: NodeDef | undefined): string => node?.input[0] ?? '';
  return [...outputs].flatMap(([name, { tensor }]) => {
    if (isInput(name)) return forceBackward ? [tensor] : [];
    if (!isParameter(name)) return [tensor];
    const gradient = before(byName.get(nodeOf(tensor)));
    const node = byName.get(nodeOf(gradient));
    // What no layer has made was put there for the outputs' sake.
    if (node === undefined || origins.has(node.name)) return [gradient];
    if (node.op === 'Transpose') return [before(node)];
    // Zeros, where none flows.
    return node.op === 'BroadcastTo' ? [] : [gradient];
  });
}
