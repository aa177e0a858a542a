import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Model } from '../compiler/compile.js';
import { invariant } from '../compiler/diagnostics.js';
import { emitDot } from '../compiler/emit/dot.js';
import { manifestOf } from '../compiler/emit/manifest.js';
import { emitGraphDef, emitSavedModel } from '../compiler/emit/saved-model.js';
import type { Variable } from '../compiler/ir/graph.js';
import { printGraph } from '../compiler/ir/printer.js';
import {
  freezeParameters,
  variablesRead,
} from '../compiler/passes/freeze-parameters.js';
import type { FittedWeights } from '../compiler/weights/fit.js';

import { manifestName, replaceFolder } from './atomic-write.js';
import { type Evaluator, openEvaluator } from './evaluator.js';

export type Emit = 'savedmodel' | 'graphdef' | 'ir' | 'dot';

export interface FolderRequest {
  readonly folder: string;
  /** What the manifest calls the prototxt. */
  readonly source: string;
  /** rancc's own version. */
  readonly version: string;
  /** The passes that made the model's graph. */
  readonly passes: readonly string[];
  /** Without them the folder has no `variables/`. */
  readonly weights?: FittedWeights | undefined;
  readonly emits: readonly Emit[];
  /** Writes parameters into the graph; needs `weights`. */
  readonly freeze: boolean;
  readonly progress?:
    ((stage: string, done: number, total: number) => void) | undefined;
}

/** The model with its parameters assigned, in a session, for as long as `work` takes. */
async function withAssigned<T>(
  model: Model,
  weights: FittedWeights,
  progress: FolderRequest['progress'],
  work: (evaluator: Evaluator) => Promise<T>,
): Promise<T> {
  const evaluator = await openEvaluator(model);
  try {
    if (weights.missing.length > 0) await evaluator.initialize();
    await evaluator.assign(weights.blobs, (done, total) => {
      progress?.('assign weights', done, total);
    });
    return await work(evaluator);
  } finally {
    await evaluator.close();
  }
}

/** The model with the present values of its variables written into the graph. */
async function frozen(model: Model, evaluator: Evaluator): Promise<Model> {
  const variables = variablesRead(model.graph);
  const values = await evaluator.readVariables(variables);
  const graph = freezeParameters(
    model.graph,
    new Map(
      variables.map((variable): [Variable, Float32Array] => {
        const data = values.get(variable);
        invariant(data !== undefined, `${variable.name} was not read`);
        return [variable, data];
      }),
    ),
  );
  return {
    ...model,
    graph,
    savedModel: emitSavedModel(graph, { restores: false }),
  };
}

export interface WrittenFolder {
  /** Names inside the folder. */
  readonly files: readonly string[];
  /** What is in it: with frozen weights another graph than that which was given. */
  readonly model: Model;
}

/**
 * Writes a compiled model as a folder: `saved_model.pb`, `rancc.json`, with weights also
 * `variables/`, so that any TensorFlow loads it initialised. It appears whole or not at all;
 * FolderRefused where a folder is in the way that is not rancc's.
 */
export async function writeModelFolder(
  model: Model,
  request: FolderRequest,
): Promise<WrittenFolder> {
  const { weights, freeze, emits, progress } = request;
  const files: string[] = [];
  let written = model;
  await replaceFolder(request.folder, async (folder) => {
    const write = async (
      name: string,
      content: string | Uint8Array,
    ): Promise<void> => {
      await writeFile(join(folder, name), content);
      files.push(name);
    };
    const emitAll = async (final: Model): Promise<void> => {
      written = final;
      if (emits.includes('savedmodel')) {
        await write('saved_model.pb', final.savedModel.bytes);
      }
      if (emits.includes('graphdef')) {
        await write('graph_def.pb', emitGraphDef(final.graph));
      }
      if (emits.includes('ir'))
        await write('graph.ir', printGraph(final.graph));
      if (emits.includes('dot')) await write('graph.dot', emitDot(final.graph));
      const manifest = manifestOf(final, {
        version: request.version,
        source: request.source,
        frozen: freeze,
        initialised: weights !== undefined,
        passes: request.passes,
      });
      await write(manifestName, `${JSON.stringify(manifest, null, 1)}\n`);
    };
    if (weights === undefined) {
      await emitAll(model);
      return;
    }
    await withAssigned(model, weights, progress, async (evaluator) => {
      if (freeze) {
        await emitAll(await frozen(model, evaluator));
        return;
      }
      const savedModel = emitSavedModel(model.graph, {
        restores: model.savedModel.saver !== undefined,
      });
      await emitAll({ ...model, savedModel });
      if (savedModel.saver === undefined) return;
      progress?.('save variables', 0, 1);
      await mkdir(join(folder, 'variables'));
      await evaluator.save(join(folder, 'variables', 'variables'));
      files.push('variables/variables.index');
      files.push('variables/variables.data-00000-of-00001');
      progress?.('save variables', 1, 1);
    });
  });
  return { files, model: written };
}
