import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import protobuf from 'protobufjs';

const typeNumbers = {
  float: 1,
  int32: 3,
  string: 7,
  int64: 9,
  bool: 10,
  resource: 20,
} as const;
type TypeName = keyof typeof typeNumbers;

type Attributes = Readonly<
  Record<
    string,
    | { readonly type: TypeName }
    | { readonly shape: readonly number[] }
    | { readonly text: string }
    | { readonly flag: boolean }
  >
>;

interface Node {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attributes: Attributes;
}

interface Input {
  readonly name: string;
  readonly type: TypeName;
  readonly shape: readonly number[];
}

const inputs: readonly Input[] = [
  { name: 'x', type: 'float', shape: [-1, 3] },
  { name: 'new_weights', type: 'float', shape: [3, 2] },
  { name: 'text', type: 'string', shape: [2] },
  { name: 'flag', type: 'bool', shape: [2] },
  { name: 'wide', type: 'int64', shape: [2] },
];

const weights: Attributes = {
  dtype: { type: 'float' },
  shape: { shape: [3, 2] },
  shared_name: { text: 'weights' },
};

/** y = x * weights; `assigned` sets the weights; and an op that fails when y is not finite. */
const nodes: readonly Node[] = [
  ...inputs.map(({ name, type, shape }) => ({
    name,
    op: 'Placeholder',
    attributes: { dtype: { type }, shape: { shape } },
  })),
  { name: 'weights', op: 'VarHandleOp', attributes: weights },
  {
    name: 'assign',
    op: 'AssignVariableOp',
    input: ['weights', 'new_weights'],
    attributes: { dtype: { type: 'float' } },
  },
  {
    name: 'assigned',
    op: 'Identity',
    input: ['new_weights', '^assign'],
    attributes: { T: { type: 'float' } },
  },
  {
    name: 'read',
    op: 'ReadVariableOp',
    input: ['weights'],
    attributes: { dtype: { type: 'float' } },
  },
  {
    name: 'y',
    op: 'MatMul',
    input: ['x', 'read'],
    attributes: {
      T: { type: 'float' },
      transpose_a: { flag: false },
      transpose_b: { flag: false },
    },
  },
  {
    name: 'layer/check',
    op: 'CheckNumerics',
    input: ['y'],
    attributes: { T: { type: 'float' }, message: { text: 'y of my layer' } },
  },
  {
    name: 'text_out',
    op: 'Identity',
    input: ['text'],
    attributes: { T: { type: 'string' } },
  },
  {
    name: 'flag_out',
    op: 'Identity',
    input: ['flag'],
    attributes: { T: { type: 'bool' } },
  },
  {
    name: 'wide_out',
    op: 'Cast',
    input: ['wide'],
    attributes: { SrcT: { type: 'int64' }, DstT: { type: 'int32' } },
  },
];

const shapeMessage = (shape: readonly number[]): object => ({
  dim: shape.map((size) => ({ size })),
});

function attributeMessage(value: Attributes[string]): object {
  if ('type' in value) return { type: typeNumbers[value.type] };
  if ('shape' in value) return { shape: shapeMessage(value.shape) };
  if ('text' in value) return { s: Buffer.from(value.text) };
  return { b: value.flag };
}

function nodeMessage(node: Node): object {
  return {
    name: node.name,
    op: node.op,
    input: node.input ?? [],
    attr: Object.fromEntries(
      Object.entries(node.attributes).map(([name, value]) => [
        name,
        attributeMessage(value),
      ]),
    ),
  };
}

/** Writes the SavedModel into a new folder of the system's temporary one. */
export async function writeSmallSavedModel(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve(
    '@tensorflow/tfjs-node-gpu/package.json',
  );
  const schema = await protobuf.load(
    join(dirname(manifest), 'src/proto/api.proto'),
  );
  const type = schema.lookupType('tensorflow.SavedModel');
  const message = type.fromObject({
    savedModelSchemaVersion: 1,
    metaGraphs: [
      {
        metaInfoDef: { tags: ['serve'] },
        graphDef: {
          node: nodes.map(nodeMessage),
          versions: { producer: 1087 },
        },
        signatureDef: {
          everything: {
            inputs: Object.fromEntries(
              inputs.map(({ name, type: dtype, shape }) => [
                name,
                {
                  name: `${name}:0`,
                  dtype: typeNumbers[dtype],
                  tensorShape: shapeMessage(shape),
                },
              ]),
            ),
            outputs: {
              y: {
                name: 'y:0',
                dtype: typeNumbers.float,
                tensorShape: shapeMessage([-1, 2]),
              },
            },
            methodName: 'tensorflow/serving/predict',
          },
        },
      },
    ],
  });
  const folder = join(mkdtempSync(join(tmpdir(), 'rancc-')), 'small');
  mkdirSync(folder);
  writeFileSync(join(folder, 'saved_model.pb'), type.encode(message).finish());
  return folder;
}
