import {
  functionOf,
  type Graph,
  isOp,
  type Op,
  type OpDefinition,
  type Stage,
} from '../../compiler/ir/graph.js';
import { shapeText } from '../../compiler/ir/types.js';
import { verify } from '../../compiler/ir/verify.js';
import { lowerNet } from '../../compiler/lower.js';
import type { Pass } from '../../compiler/passes/pass.js';
import { readNet } from '../../compiler/read-net.js';

/** Text of an Input layer. */
export const inputText = (name: string, shape: readonly number[]): string =>
  `layer { name: "${name}" type: "Input" top: "${name}" input_param { shape { ${shape
    .map((size) => `dim: ${size}`)
    .join(' ')} } } }\n`;

/** Text of a layer with one bottom and a top that is called as the layer is. */
export const layerText = (
  name: string,
  type: string,
  bottoms: string | readonly string[],
  fields = '',
): string =>
  `layer { name: "${name}" type: "${type}" ${[bottoms]
    .flat()
    .map((bottom) => `bottom: "${bottom}"`)
    .join(' ')} top: "${name}" ${fields} }\n`;

/** The logical graph of a net without a mistake; its layers may be of any fork. */
export function lowered(text: string): Graph<'logical'> {
  const { net, diagnostics: all } = readNet(
    { name: 'net.prototxt', text },
    { dialect: 'ran' },
  );
  const diagnostics = all.filter(({ code }) => code !== 'schema/other-dialect');
  if (net === undefined || diagnostics.length > 0) {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  }
  const graph = lowerNet(net, {
    observed: { kind: 'blobs', blobs: net.outputs },
  });
  verify(graph, 'after lowering');
  return graph;
}

/** Runs passes, and verifies what each leaves. */
export function after<From extends Stage, To extends Stage>(
  graph: Graph<From>,
  pass: Pass<From, To>,
): Graph<To> {
  const result = pass.run(graph);
  verify(result, `after ${pass.name}`);
  return result;
}

export const opsOf = (graph: Graph<Stage>, name = 'predict'): readonly Op[] =>
  functionOf(graph, name).ops;

/** The ops of a function in order, by their names. */
export const opNames = (
  graph: Graph<Stage>,
  name = 'predict',
): readonly string[] => opsOf(graph, name).map((op) => op.definition.name);

/** The attributes of all ops of one kind. */
export const attributesOf = <A extends object>(
  graph: Graph<Stage>,
  definition: OpDefinition<A>,
): readonly A[] =>
  opsOf(graph).flatMap((op) => (isOp(op, definition) ? [op.attributes] : []));

/** Shapes of the results of a function's ops. */
export const shapesOf = (
  graph: Graph<Stage>,
  name = 'predict',
): readonly string[] =>
  opsOf(graph, name).map(
    (op) =>
      `${op.definition.name} ${op.outputs.map(({ type }) => shapeText(type.shape)).join()}`,
  );
