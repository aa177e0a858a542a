import { compile as compileNet } from '../../compiler/compile.js';
import { isError } from '../../compiler/diagnostics.js';
import { printGraph } from '../../compiler/ir/printer.js';
import { verify } from '../../compiler/ir/verify.js';
import {
  type Observer,
  optimising,
  passNames,
  type Pipeline,
} from '../../compiler/passes/index.js';
import { nearest } from '../../compiler/suggestion.js';

import type { Emit as ModelEmit } from '../../runtime/model-folder.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { readSource } from '../files.js';
import type { NetFlags } from '../flags.js';
import { strayShapes } from '../input-shapes.js';
import { portablePipeline, type PrecisionFlags } from '../precision.js';
import { readOptionsOf } from '../read-options.js';
import { withoutFollowing, withSourceShapes } from '../source-shapes.js';
import { notYet, UsageError } from '../usage-error.js';
import { openWeights } from '../weight-files.js';
import { writeCompiled } from '../write-compiled.js';

export interface CompileFlags extends NetFlags, PrecisionFlags {
  readonly output?: string;
  readonly weights?: readonly string[];
  readonly emit?: readonly string[];
  readonly train?: true;
  readonly dumpIr?: string;
  readonly freeze?: true;
  readonly verifyIr?: true;
}

/** The main job: a prototxt becomes a folder that TensorFlow loads. */
export async function compile(
  path: string,
  flags: CompileFlags,
  emit: Emit,
): Promise<Outcome> {
  if (flags.train) {
    const { compileTraining } = await import('./compile-train.js');
    return compileTraining(path, flags, emit);
  }
  const options = readOptionsOf(flags);
  const dumps: string[] = [];
  const pipeline = portablePipeline(flags, optimising, flags.freeze);
  const observe = observerOf(flags, dumps, pipeline);
  const emits = emitsOf(flags);
  if (flags.freeze && flags.weights === undefined) {
    throw new UsageError('--freeze needs the weights: --weights FILE');
  }
  const source = readSource(path);
  const opened = openWeights(flags.weights ?? []);
  const start = performance.now();
  const sourced = await withSourceShapes(source, options);
  const { model, diagnostics, milliseconds } = await runStage(
    emit,
    `compiling ${path}`,
    () => compileNet(source, { ...sourced.options, pipeline, observe }),
  );
  const mistakes = [
    ...sourced.diagnostics,
    ...(model === undefined ? [] : strayShapes(model.net, options)),
  ];
  emit({
    kind: 'diagnostics',
    diagnostics: [
      ...withoutFollowing(diagnostics, sourced.refused),
      ...mistakes,
    ],
  });
  if (model === undefined || mistakes.some(isError)) return 'refused';
  return writeCompiled(
    {
      model,
      path,
      folder: flags.output,
      weights: opened,
      passes: passNames(pipeline),
      emits,
      freeze: flags.freeze ?? false,
      dumps,
      start,
      milliseconds,
    },
    emit,
  );
}

const forms: readonly ModelEmit[] = ['savedmodel', 'graphdef', 'ir', 'dot'];
const laterForms: readonly string[] = ['tfjs', 'onnx'];

export function emitsOf({
  emit = ['savedmodel'],
}: CompileFlags): readonly ModelEmit[] {
  return emit.map((word) => {
    const form = forms.find((each) => each === word);
    if (form !== undefined) return form;
    if (laterForms.includes(word)) throw notYet(`--emit ${word}`);
    const near = nearest(word, forms);
    throw new UsageError(
      `'${word}' cannot be emitted`,
      near === undefined
        ? `there are ${forms.join(', ')}`
        : `did you mean '${near}'?`,
    );
  });
}

/** Prints the graph after the pass asked for, and verifies it after each where asked. */
export function observerOf(
  { dumpIr, verifyIr }: CompileFlags,
  dumps: string[],
  pipeline: Pipeline,
): Observer {
  const passes = ['lower', ...new Set(passNames(pipeline))];
  if (dumpIr !== undefined && !passes.includes(dumpIr)) {
    const near = nearest(dumpIr, passes);
    throw new UsageError(
      `there is no pass '${dumpIr}'`,
      near === undefined
        ? `there are ${passes.join(', ')}`
        : `did you mean '${near}'?`,
    );
  }
  return (pass, graph) => {
    if (verifyIr) verify(graph, `after ${pass}`);
    if (pass === dumpIr) dumps.push(`// after ${pass}\n${printGraph(graph)}`);
  };
}
