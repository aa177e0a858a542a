import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import protobuf from 'protobufjs';

import { compile } from '../../../compiler/compile.js';

const text = `
name: 'Names'
layer { name: 'data' type: 'Input' top: 'data'
  input_param { shape { dim: 1 dim: 3 dim: 8 dim: 8 } } }
layer { name: 'a conv' type: 'Convolution' bottom: 'data' top: 'conv'
  convolution_param { num_output: 4 kernel_size: 3 } }
layer { name: 'conv/bn' type: 'BatchNorm' bottom: 'conv' top: 'bn' }
layer { name: 'fc' type: 'InnerProduct' bottom: 'bn' top: 'fc'
  inner_product_param { num_output: 2 } }
`;

interface Decoded {
  readonly metaGraphs: readonly {
    readonly graphDef: { readonly node: readonly { readonly name: string }[] };
    readonly saverDef: Readonly<Record<string, string>>;
    readonly collectionDef: {
      readonly variables: {
        readonly bytesList: { readonly value: readonly Uint8Array[] };
      };
    };
    readonly signatureDef: Readonly<
      Record<
        string,
        Record<'inputs' | 'outputs', Record<string, { readonly name: string }>>
      >
    >;
  }[];
}

/** TensorFlow's messages as tfjs has them: not by the tables that the file was written with. */
function decodeSavedModel(bytes: Uint8Array): Decoded {
  const tfjs = createRequire(import.meta.url).resolve(
    '@tensorflow/tfjs-node-gpu/package.json',
  );
  const root = new protobuf.Root().loadSync(
    join(dirname(tfjs), 'src', 'proto', 'api.proto'),
  );
  const type = root.lookupType('tensorflow.SavedModel');
  return type.decode(bytes) as unknown as Decoded;
}

const variableDef = new protobuf.Type('VariableDef')
  .add(new protobuf.Field('variableName', 1, 'string'))
  .add(new protobuf.Field('initializerName', 2, 'string'))
  .add(new protobuf.Field('snapshotName', 3, 'string'));

describe('Names in a SavedModel', () => {
  const { model } = compile(
    { name: 'names.prototxt', text },
    { restores: true },
  );
  const [meta] = decodeSavedModel(
    model?.savedModel.bytes ?? new Uint8Array(),
  ).metaGraphs;
  const nodes = new Set(meta?.graphDef.node.map(({ name }) => name));
  const isNode = (name: string): void => {
    expect(nodes.has(name.replace(/:\d+$/, '')), name).to.equal(true);
  };

  it('are all different', () => {
    expect(nodes.size).to.equal(meta?.graphDef.node.length);
  });

  it('of the variables, as TensorFlow for Python looks them up, are nodes', () => {
    const values = meta?.collectionDef.variables.bytesList.value ?? [];
    expect(values).to.have.length(7);
    for (const bytes of values) {
      const found = variableDef.decode(bytes) as unknown as Record<
        string,
        string
      >;
      for (const key of ['variableName', 'initializerName', 'snapshotName']) {
        isNode(found[key] ?? '');
      }
    }
  });

  it('of the saver are nodes', () => {
    const { filenameTensorName, saveTensorName, restoreOpName } =
      meta?.saverDef ?? {};
    for (const name of [filenameTensorName, saveTensorName, restoreOpName]) {
      isNode(name ?? '');
    }
  });

  it('of the inputs and outputs of signatures are nodes', () => {
    const signatures = Object.values(meta?.signatureDef ?? {});
    expect(signatures).not.to.have.length(0);
    for (const { inputs, outputs } of signatures) {
      const infos = [...Object.values(inputs), ...Object.values(outputs)];
      for (const { name } of infos) isNode(name);
    }
  });
});
