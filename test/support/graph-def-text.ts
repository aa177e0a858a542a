import type {
  AttrValue,
  NodeDef,
  TensorProto,
  TensorShape,
} from '../../compiler/emit/node-emitter.js';

const text = (bytes: Uint8Array): string =>
  JSON.stringify(Buffer.from(bytes).toString('utf8'));

const shapeText = ({ dim }: TensorShape): string =>
  `[${dim.map(({ size }) => size).join(', ')}]`;

/** The type's number, the shape, and the values of few elements. */
function tensorText(tensor: TensorProto): string {
  const { dtype, tensorShape, tensorContent, stringVal } = tensor;
  const head = `${dtype}${shapeText(tensorShape)}`;
  if (stringVal !== undefined)
    return `${head} ${stringVal.map(text).join(' ')}`;
  const bytes = Buffer.from(tensorContent ?? []);
  if (bytes.length > 64) return head;
  const values = Array.from({ length: bytes.length / 4 }, (_, index) =>
    dtype === 1 ? bytes.readFloatLE(4 * index) : bytes.readInt32LE(4 * index),
  );
  return `${head} {${values.join(', ')}}`;
}

function attrText(attr: AttrValue): string {
  if ('s' in attr) return text(attr.s);
  if ('i' in attr) return String(attr.i);
  if ('f' in attr) return String(attr.f);
  if ('b' in attr) return String(attr.b);
  if ('type' in attr) return `type ${attr.type}`;
  if ('shape' in attr) return shapeText(attr.shape);
  if ('tensor' in attr) return tensorText(attr.tensor);
  const { i = [], type = [], s = [] } = attr.list;
  return `[${[...i, ...type.map((each) => `type ${each}`), ...s.map(text)].join(', ')}]`;
}

/** A line for each node, its attributes in alphabetical order. */
export const nodesText = (nodes: readonly NodeDef[]): string =>
  nodes
    .map(({ name, op, input, attr }) => {
      const attributes = Object.entries(attr)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => `${key}=${attrText(value)}`);
      return `${name} = ${op}(${input.join(', ')}) {${attributes.join(' ')}}\n`;
    })
    .join('');
