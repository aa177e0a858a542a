import type { Graph, Variable } from '../ir/graph.js';
import type { TensorType } from '../ir/types.js';
import {
  emitGraph,
  type EmittedFunction,
  type EmittedGraph,
  GraphDefWriter,
} from './graph-def.js';
import { attr, dataTypes, tensorShape } from './node-emitter.js';
import {
  encode,
  type GraphDef,
  type MetaGraphDef,
  type SignatureDef,
  type TensorInfo,
} from './tensorflow-messages.js';

/** GraphDef version that TensorFlow 2 writes; older readers than 2.0's are not served. */
const versions = { producer: 1087, minConsumer: 12 };

const method = 'tensorflow/serving/predict';

const tensorInfo = (tensor: string, type: TensorType): TensorInfo => ({
  name: tensor,
  dtype: dataTypes[type.dtype],
  tensorShape: tensorShape(type.shape),
});

function signatureOf(emitted: EmittedFunction): SignatureDef {
  const tensors = (
    list: EmittedFunction['inputs'],
  ): Readonly<Record<string, TensorInfo>> =>
    Object.fromEntries(
      [...list].map(([name, { tensor, type }]) => [
        name,
        tensorInfo(tensor, type),
      ]),
    );
  const done =
    emitted.done === undefined
      ? {}
      : { done: tensorInfo(emitted.done, { dtype: 'int32', shape: [] }) };
  return {
    inputs: tensors(emitted.inputs),
    outputs: { ...tensors(emitted.outputs), ...done },
    methodName: method,
  };
}

/** Tensors and nodes with which a checkpoint of the parameters is written and read. */
export interface Saver {
  readonly filename: string;
  /** Fetch it to write the checkpoint. */
  readonly save: string;
  readonly restoreOp: string;
  /** The node that reads each parameter to save it. */
  readonly reads: ReadonlyMap<Variable, string>;
}

/**
 * SaveV2 of the parameters; RestoreV2 of them, followed by what is derived from them, behind
 * one NoOp. Any TensorFlow runs the restore op when it loads the folder.
 */
function writeSaver(
  writer: GraphDefWriter,
  graph: Graph<'physical'>,
  parameters: readonly Variable[],
): Saver {
  const count = parameters.length;
  const text = (node: string, values: readonly string[]) =>
    writer.addNode(node, 'Const', [], {
      dtype: attr.type('string'),
      value: attr.tensor({
        dtype: dataTypes.string,
        tensorShape: tensorShape([count]),
        stringVal: values.map((value) => Buffer.from(value, 'utf8')),
      }),
    });
  const dtypes = attr.types(parameters.map(({ type }) => type.dtype));
  const filename = writer.addNode('save/filename', 'Placeholder', [], {
    dtype: attr.type('string'),
    shape: attr.shape([]),
  });
  const names = text(
    'save/names',
    parameters.map(({ name }) => name),
  );
  // Nothing but whole variables is saved.
  const slices = text('save/slices', new Array<string>(count).fill(''));
  const reads = parameters.map((variable) =>
    writer.addNode(
      `save/read/${variable.name}`,
      'ReadVariableOp',
      [writer.handle(variable)],
      { dtype: attr.type(variable.type.dtype) },
    ),
  );
  const saved = writer.addNode(
    'save/SaveV2',
    'SaveV2',
    [filename, names, slices, ...reads],
    { dtypes },
  );
  const save = writer.addNode(
    'save/control_dependency',
    'Identity',
    [filename, `^${saved}`],
    { T: attr.type('string') },
  );
  const restored = writer.addNode(
    'save/RestoreV2',
    'RestoreV2',
    [filename, names, slices],
    { dtypes },
  );
  const assigned = parameters.map((variable, index) =>
    writer.addNode(
      `save/assign/${variable.name}`,
      'AssignVariableOp',
      [writer.handle(variable), `${restored}:${index}`],
      {
        dtype: attr.type(variable.type.dtype),
        validate_shape: attr.bool(true),
      },
    ),
  );
  const derive = graph.functions.find(({ name }) => name === 'derive');
  const derived =
    derive === undefined || derive.stores.length === 0
      ? undefined
      : writer.writeFunction(derive, 'save/derive/', assigned).done;
  const last = derived?.replace(/:0$/, '');
  const restoreOp = writer.addNode(
    'save/restore_all',
    'NoOp',
    [...assigned, ...(last === undefined ? [] : [last])].map(
      (node) => `^${node}`,
    ),
    {},
  );
  return {
    filename: `${filename}:0`,
    save: `${save}:0`,
    restoreOp,
    reads: new Map(
      parameters.map((variable, index) => [variable, reads[index] ?? '']),
    ),
  };
}

export interface EmittedSavedModel {
  /** `saved_model.pb` */
  readonly bytes: Uint8Array;
  readonly graph: EmittedGraph;
  readonly saver: Saver | undefined;
  readonly signatures: readonly string[];
}

export interface SavedModelOptions {
  /**
   * Whether the folder will hold `variables/`: then loading it runs the restore op. The nodes
   * to write a checkpoint with are there in any case.
   */
  readonly restores: boolean;
}

/** The parameters, as TensorFlow's own tools list variables: by nodes, which have to exist. */
function variablesCollection(
  writer: GraphDefWriter,
  saver: Saver | undefined,
  stored: ReadonlyMap<string, string>,
): MetaGraphDef['collectionDef'] {
  if (saver === undefined) return {};
  const value = Array.from(saver.reads, ([variable, snapshot]) =>
    encode('VariableDef', {
      variableName: `${writer.handle(variable)}:0`,
      initializerName: stored.get(variable.name)?.replace(/:0$/, '') ?? '',
      snapshotName: `${snapshot}:0`,
      isResource: true,
      trainable: true,
    }),
  );
  return { variables: { bytesList: { value } } };
}

/** The graph as a SavedModel with one signature for each function. */
export function emitSavedModel(
  graph: Graph<'physical'>,
  { restores }: SavedModelOptions,
): EmittedSavedModel {
  const writer = new GraphDefWriter();
  const emitted = emitGraph(graph, writer);
  const parameters = graph.variables.filter(
    ({ source }) => source.kind === 'parameter',
  );
  const saver =
    parameters.length === 0 ? undefined : writeSaver(writer, graph, parameters);
  const callable = emitted.functions.filter(
    ({ outputs, done }) => outputs.size > 0 || done !== undefined,
  );
  const signatures = Object.fromEntries(
    callable.map((each) => [each.name, signatureOf(each)]),
  );
  const { predict } = signatures;
  const stored =
    emitted.functions.find(({ name }) => name === 'assign')?.stored ??
    new Map<string, string>();
  const signatureDef = {
    ...signatures,
    ...(predict === undefined ? {} : { serving_default: predict }),
    ...(saver === undefined
      ? {}
      : {
          save: {
            inputs: {
              filename: tensorInfo(saver.filename, {
                dtype: 'string',
                shape: [],
              }),
            },
            outputs: {
              saved: tensorInfo(saver.save, { dtype: 'string', shape: [] }),
            },
            methodName: method,
          },
        }),
  };
  const metaGraph: MetaGraphDef = {
    metaInfoDef: { tags: ['serve'], tensorflowVersion: '2.21.0' },
    graphDef: { node: emitted.nodes, versions },
    ...(saver === undefined || !restores
      ? {}
      : {
          saverDef: {
            filenameTensorName: saver.filename,
            saveTensorName: saver.save,
            restoreOpName: saver.restoreOp,
            version: 2,
          },
        }),
    collectionDef: variablesCollection(writer, saver, stored),
    signatureDef,
  };
  return {
    bytes: encode('SavedModel', {
      savedModelSchemaVersion: 1,
      metaGraphs: [metaGraph],
    }),
    graph: emitted,
    saver,
    signatures: Object.keys(signatureDef),
  };
}

/** `graph_def.pb`: the nodes alone. */
export function emitGraphDef(graph: Graph<'physical'>): Uint8Array {
  const graphDef: GraphDef = { node: emitGraph(graph).nodes, versions };
  return encode('GraphDef', graphDef);
}
