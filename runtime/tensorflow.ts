import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import type * as Tfjs from '@tensorflow/tfjs-node-gpu';

import { checkFeeds, feedType, inputsByTensor } from './check-feeds.js';
import { openFile } from './file-source.js';
import { EnvironmentFailure } from './native/failure.js';
import { withoutLoadLog } from './native/held-stderr.js';
import { requireNative, setupCommand } from './native/status.js';
import { tensorflowVersion } from './native/versions.js';
import { RuntimeFailure, runtimeFailure } from './runtime-failure.js';
import { readSignatures } from './saved-model-signatures.js';
import type { Feed, Tensor } from './tensor.js';

/** The graph of a SavedModel folder in a session, with its variables. */
export interface LoadedModel {
  /** Feeds and fetches tensors by name (`x:0`), whatever their place in the graph. */
  run(feeds: readonly Feed[], fetches: readonly string[]): readonly Tensor[];
  close(): void;
}

export interface TensorFlow {
  readonly version: string;
  readonly usesGpu: boolean;
  load(folder: string, options?: LoadOptions): LoadedModel;
}

export interface LoadOptions {
  readonly tags?: readonly string[];
  /** Check feeds against this signature alone. */
  readonly signature?: string;
}

/** The part of tfjs's backend that runs whole graphs; its own types are not exported. */
interface NodeBackend {
  readonly binding: {
    readonly TF_Version: string;
    isUsingGpuDevice(): boolean;
  };
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  runSavedModel(
    session: number,
    inputs: readonly Tfjs.Tensor[],
    inputInfos: readonly { readonly name: string; readonly tfDtype: string }[],
    outputs: readonly string[],
  ): readonly Tfjs.Tensor[];
  deleteSavedModel(session: number): void;
}

/**
 * tfjs-node calls a function that Node 23 no longer has (and 22 warns of). Node's own
 * object is completed before tfjs is read.
 */
function completeUtil(): void {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown): boolean =>
      value === null || value === undefined,
    isArray: Array.isArray,
  });
}

function requireTfjs(): typeof Tfjs {
  requireNative();
  completeUtil();
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  try {
    // Not import(): what that makes of a CommonJS module differs between Node and tsx.
    const require = createRequire(import.meta.url);
    return withoutLoadLog(
      () => require('@tensorflow/tfjs-node-gpu') as typeof Tfjs,
    );
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    throw new EnvironmentFailure(
      `TensorFlow's native library cannot be loaded: ${said}`,
      `run '${setupCommand()} --verify'`,
      { cause: thrown },
    );
  }
}

const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);

function makeTensor(tf: typeof Tfjs, feed: Feed, type: string): Tfjs.Tensor {
  const shape = [...feed.tensor.shape];
  const { data } = feed.tensor;
  if (type === 'DT_BOOL') {
    return tf.tensor(Uint8Array.from(data as Int32Array), shape, 'bool');
  }
  return tf.tensor(
    data instanceof Float32Array || data instanceof Int32Array
      ? data
      : [...data],
    shape,
    feed.tensor.dtype,
  );
}

/** What tfjs gives for a tensor, beyond what its types say. */
type Elements =
  Float32Array | Int32Array | Uint8Array | BigInt64Array | readonly string[];

function takeTensor(tensor: Tfjs.Tensor): Tensor {
  const { shape } = tensor;
  const data = tensor.dataSync() as unknown as Elements;
  if (data instanceof Float32Array) return { dtype: 'float32', shape, data };
  if (data instanceof Int32Array) return { dtype: 'int32', shape, data };
  if (data instanceof Uint8Array) {
    return { dtype: 'int32', shape, data: Int32Array.from(data) };
  }
  if (data instanceof BigInt64Array) {
    return { dtype: 'int32', shape, data: Int32Array.from(data, Number) };
  }
  return { dtype: 'string', shape, data };
}

function loadModel(
  tf: typeof Tfjs,
  backend: NodeBackend,
  folder: string,
  options: LoadOptions,
): LoadedModel {
  const file = openFile(join(folder, 'saved_model.pb'));
  let signatures;
  try {
    signatures = readSignatures(file);
  } finally {
    file.close();
  }
  const { signature } = options;
  const inputs = inputsByTensor(
    Object.entries(signatures).flatMap(([name, value]) =>
      signature === undefined || name === signature ? [value] : [],
    ),
  );
  let session: number;
  try {
    session = backend.loadSavedModelMetaGraph(
      folder,
      (options.tags ?? ['serve']).join(','),
    );
  } catch (thrown) {
    throw runtimeFailure(messageOf(thrown), { cause: thrown });
  }

  return {
    run: (feeds, fetches) => {
      checkFeeds(feeds, inputs);
      const types = feeds.map((feed) => feedType(feed, inputs));
      const fed = feeds.map((feed, i) => makeTensor(tf, feed, types[i] ?? ''));
      let fetched: readonly Tfjs.Tensor[] = [];
      try {
        const result = backend.runSavedModel(
          session,
          fed,
          feeds.map((feed, i) => ({
            name: feed.name,
            tfDtype: types[i] ?? '',
          })),
          fetches,
        );
        fetched = result;
        return fetched.map(takeTensor);
      } catch (thrown) {
        if (thrown instanceof RuntimeFailure) throw thrown;
        throw runtimeFailure(messageOf(thrown), { cause: thrown });
      } finally {
        for (const tensor of [...fed, ...fetched]) tensor.dispose();
      }
    },
    close: () => {
      backend.deleteSavedModel(session);
    },
  };
}

/**
 * Loads the native library into this thread. It takes a second or two, so nothing is
 * loaded before somebody asks for it.
 */
export function loadTensorFlow(): TensorFlow {
  const tf = requireTfjs();
  const backend = tf.backend() as unknown as NodeBackend;
  const version = backend.binding.TF_Version;
  if (version !== tensorflowVersion) {
    throw new EnvironmentFailure(
      `the native library is TensorFlow ${version}, wanted ${tensorflowVersion}`,
      `run '${setupCommand()}'`,
    );
  }
  return {
    version,
    usesGpu: backend.binding.isUsingGpuDevice(),
    load: (folder, options = {}) => loadModel(tf, backend, folder, options),
  };
}
