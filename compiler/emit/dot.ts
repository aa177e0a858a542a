import type { Graph, GraphFunction, Stage, Value } from '../ir/graph.js';
import { shapeText } from '../ir/types.js';

const quoted = (text: string): string =>
  `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;

/** The lines of one function: a node for each op, an edge for each operand. */
function functionLines(subject: GraphFunction, number: number): string[] {
  const nodeOf = new Map<Value, string>();
  const lines = [
    `  subgraph ${quoted(`cluster_${number}`)} {`,
    `    label=${quoted(subject.name)};`,
  ];
  const node = (id: string, label: string, shape: string): void => {
    lines.push(`    ${id} [label=${quoted(label)}, shape=${shape}];`);
  };
  const edge = (from: Value, to: string): void => {
    const label = quoted(shapeText(from.type.shape));
    lines.push(`    ${nodeOf.get(from) ?? '?'} -> ${to} [label=${label}];`);
  };
  subject.inputs.forEach(({ name, value }, index) => {
    const id = `f${number}_in${index}`;
    nodeOf.set(value, id);
    node(id, name, 'ellipse');
  });
  subject.ops.forEach((op, index) => {
    const id = `f${number}_op${index}`;
    const { layer } = op.origin;
    const { variable } = op.attributes as { variable?: { name: string } };
    const about = variable?.name ?? layer;
    node(
      id,
      about === '' ? op.definition.name : `${op.definition.name}\n${about}`,
      variable === undefined ? 'box' : 'cylinder',
    );
    for (const output of op.outputs) nodeOf.set(output, id);
    for (const input of op.inputs) edge(input, id);
  });
  subject.outputs.forEach(({ name, value }, index) => {
    const id = `f${number}_out${index}`;
    node(id, name, 'ellipse');
    edge(value, id);
  });
  subject.stores.forEach(({ variable, value }, index) => {
    const id = `f${number}_store${index}`;
    node(id, variable.name, 'cylinder');
    edge(value, id);
  });
  return [...lines, '  }'];
}

/** What the net computes as a Graphviz digraph: `predict` and `derive`. */
export function emitDot(graph: Graph<Stage>): string {
  const shown = graph.functions.filter(({ name }) =>
    ['predict', 'derive'].includes(name),
  );
  return [
    `digraph ${quoted(graph.name)} {`,
    '  node [fontname="sans-serif", fontsize=10];',
    '  edge [fontname="sans-serif", fontsize=8];',
    ...shown.flatMap(functionLines),
    '}',
    '',
  ].join('\n');
}
