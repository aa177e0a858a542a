import protobuf from 'protobufjs';

import type { NodeDef, TensorShape } from './node-emitter.js';

/*
 * The part of TensorFlow's messages that rancc writes (graph.proto, node_def.proto,
 * attr_value.proto, tensor.proto, meta_graph.proto, saver.proto, saved_model.proto). Numbers
 * are TensorFlow's; fields that rancc never writes are left out.
 */
const schema = {
  TensorShapeProto: {
    fields: { dim: { rule: 'repeated', type: 'Dim', id: 2 } },
    nested: { Dim: { fields: { size: { type: 'int64', id: 1 } } } },
  },
  TensorProto: {
    fields: {
      dtype: { type: 'int32', id: 1 },
      tensorShape: { type: 'TensorShapeProto', id: 2 },
      tensorContent: { type: 'bytes', id: 4 },
      stringVal: { rule: 'repeated', type: 'bytes', id: 8 },
    },
  },
  AttrValue: {
    oneofs: {
      value: { oneof: ['s', 'i', 'f', 'b', 'type', 'shape', 'tensor', 'list'] },
    },
    fields: {
      list: { type: 'ListValue', id: 1 },
      s: { type: 'bytes', id: 2 },
      i: { type: 'int64', id: 3 },
      f: { type: 'float', id: 4 },
      b: { type: 'bool', id: 5 },
      type: { type: 'int32', id: 6 },
      shape: { type: 'TensorShapeProto', id: 7 },
      tensor: { type: 'TensorProto', id: 8 },
    },
    nested: {
      ListValue: {
        fields: {
          s: { rule: 'repeated', type: 'bytes', id: 2 },
          i: {
            rule: 'repeated',
            type: 'int64',
            id: 3,
            options: { packed: true },
          },
          type: {
            rule: 'repeated',
            type: 'int32',
            id: 6,
            options: { packed: true },
          },
        },
      },
    },
  },
  NodeDef: {
    fields: {
      name: { type: 'string', id: 1 },
      op: { type: 'string', id: 2 },
      input: { rule: 'repeated', type: 'string', id: 3 },
      attr: { keyType: 'string', type: 'AttrValue', id: 5 },
    },
  },
  GraphDef: {
    fields: {
      node: { rule: 'repeated', type: 'NodeDef', id: 1 },
      versions: { type: 'VersionDef', id: 4 },
    },
  },
  VersionDef: {
    fields: {
      producer: { type: 'int32', id: 1 },
      minConsumer: { type: 'int32', id: 2 },
    },
  },
  TensorInfo: {
    fields: {
      name: { type: 'string', id: 1 },
      dtype: { type: 'int32', id: 2 },
      tensorShape: { type: 'TensorShapeProto', id: 3 },
    },
  },
  SignatureDef: {
    fields: {
      inputs: { keyType: 'string', type: 'TensorInfo', id: 1 },
      outputs: { keyType: 'string', type: 'TensorInfo', id: 2 },
      methodName: { type: 'string', id: 3 },
    },
  },
  SaverDef: {
    fields: {
      filenameTensorName: { type: 'string', id: 1 },
      saveTensorName: { type: 'string', id: 2 },
      restoreOpName: { type: 'string', id: 3 },
      version: { type: 'int32', id: 7 },
    },
  },
  VariableDef: {
    fields: {
      variableName: { type: 'string', id: 1 },
      initializerName: { type: 'string', id: 2 },
      snapshotName: { type: 'string', id: 3 },
      isResource: { type: 'bool', id: 5 },
      trainable: { type: 'bool', id: 7 },
    },
  },
  CollectionDef: {
    fields: { bytesList: { type: 'BytesList', id: 2 } },
    nested: {
      BytesList: {
        fields: { value: { rule: 'repeated', type: 'bytes', id: 1 } },
      },
    },
  },
  MetaInfoDef: {
    fields: {
      tags: { rule: 'repeated', type: 'string', id: 4 },
      tensorflowVersion: { type: 'string', id: 5 },
    },
  },
  MetaGraphDef: {
    fields: {
      metaInfoDef: { type: 'MetaInfoDef', id: 1 },
      graphDef: { type: 'GraphDef', id: 2 },
      saverDef: { type: 'SaverDef', id: 3 },
      collectionDef: { keyType: 'string', type: 'CollectionDef', id: 4 },
      signatureDef: { keyType: 'string', type: 'SignatureDef', id: 5 },
    },
  },
  SavedModel: {
    fields: {
      savedModelSchemaVersion: { type: 'int64', id: 1 },
      metaGraphs: { rule: 'repeated', type: 'MetaGraphDef', id: 2 },
    },
  },
};

export interface TensorInfo {
  readonly name: string;
  readonly dtype: number;
  readonly tensorShape: TensorShape;
}

export interface SignatureDef {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly outputs: Readonly<Record<string, TensorInfo>>;
  readonly methodName: string;
}

export interface GraphDef {
  readonly node: readonly NodeDef[];
  readonly versions: {
    readonly producer: number;
    readonly minConsumer: number;
  };
}

export interface VariableDef {
  readonly variableName: string;
  readonly initializerName: string;
  readonly snapshotName: string;
  readonly isResource: boolean;
  readonly trainable: boolean;
}

export interface MetaGraphDef {
  readonly metaInfoDef: {
    readonly tags: readonly string[];
    readonly tensorflowVersion: string;
  };
  readonly graphDef: GraphDef;
  readonly saverDef?: {
    readonly filenameTensorName: string;
    readonly saveTensorName: string;
    readonly restoreOpName: string;
    readonly version: number;
  };
  readonly collectionDef: Readonly<
    Record<
      string,
      { readonly bytesList: { readonly value: readonly Uint8Array[] } }
    >
  >;
  readonly signatureDef: Readonly<Record<string, SignatureDef>>;
}

export interface SavedModel {
  readonly savedModelSchemaVersion: number;
  readonly metaGraphs: readonly MetaGraphDef[];
}

interface MessageTypes {
  readonly GraphDef: GraphDef;
  readonly VariableDef: VariableDef;
  readonly SavedModel: SavedModel;
}

let root: protobuf.Root | undefined;

const typeOf = (name: keyof MessageTypes): protobuf.Type => {
  root ??= protobuf.Root.fromJSON({
    nested: schema,
  });
  return root.lookupType(name);
};

/** The bytes of a TensorFlow message. */
export const encode = <K extends keyof MessageTypes>(
  type: K,
  message: MessageTypes[K],
): Uint8Array => typeOf(type).encode(message).finish();

/** What `encode` has written. */
export function decodeSavedModel(bytes: Uint8Array): SavedModel {
  const type = typeOf('SavedModel');
  return type.toObject(type.decode(bytes), {
    longs: Number,
    arrays: true,
    objects: true,
  }) as SavedModel;
}
