import type { Graph, GraphFunction, Op, Stage, Value } from './graph.js';
import { elementCount, shapeText, type TensorType } from './types.js';

const typeText = ({ dtype, shape }: TensorType): string =>
  `${dtype}[${shape.length === 0 ? '' : shapeText(shape)}]`;

interface Printable {
  readonly name?: string;
  readonly type?: TensorType;
  readonly data?: ArrayLike<number>;
}

/** Attributes as `key=value`; a tensor by its type, with its values where they are few. */
function attributeText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(attributeText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const { name, type, data } = value as Printable;
  if (type !== undefined && data !== undefined) {
    const few = elementCount(type.shape) <= 4;
    return few
      ? `${typeText(type)} {${Array.from(data).join(', ')}}`
      : typeText(type);
  }
  return name ?? '?';
}

function opText(op: Op, nameOf: (value: Value) => string): string {
  const attributes = Object.entries(op.attributes)
    .map(([key, value]) => `${key}=${attributeText(value)}`)
    .join(' ');
  const outputs = op.outputs
    .map((output) => `${nameOf(output)}: ${typeText(output.type)}`)
    .join(', ');
  const { layer, pass } = op.origin;
  const from = [layer, pass].filter(Boolean).join(' by ');
  const call = `${op.definition.name}(${op.inputs.map(nameOf).join(', ')})`;
  return [
    `  ${outputs} = ${call}`,
    attributes === '' ? '' : ` {${attributes}}`,
    from === '' ? '' : ` // ${from}`,
  ].join('');
}

/** The text of a function: a line for each op, values numbered in order. */
export function printFunction(subject: GraphFunction): string {
  const numbers = new Map<Value, number>();
  const nameOf = (value: Value): string => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return `%${known}`;
  };
  const inputs = subject.inputs.map(
    ({ name, value }) => `${nameOf(value)} '${name}': ${typeText(value.type)}`,
  );
  return [
    `function ${subject.name}(${inputs.join(', ')}) {`,
    ...subject.ops.map((op) => opText(op, nameOf)),
    ...subject.stores.map(
      ({ variable, value }) => `  store ${nameOf(value)} in ${variable.name}`,
    ),
    ...subject.outputs.map(
      ({ name, value }) => `  return '${name}' = ${nameOf(value)}`,
    ),
    '}',
    '',
  ].join('\n');
}

/** The text of a graph: stable from run to run, read by people and by goldens. */
export function printGraph(graph: Graph<Stage>): string {
  const variables = graph.variables.map(
    ({ name, type, source }) =>
      `variable ${name}: ${typeText(type)} ${source.kind}\n`,
  );
  return [
    `graph '${graph.name}' ${graph.stage}\n`,
    ...variables,
    ...graph.functions.map(printFunction),
  ].join('\n');
}
