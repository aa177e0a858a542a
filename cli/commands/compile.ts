import { compile as compileNet } from '../../compiler/compile.js';
import { printGraph } from '../../compiler/ir/printer.js';
import { verify } from '../../compiler/ir/verify.js';
import {
  type Observer,
  optimising,
  passNames,
} from '../../compiler/passes/index.js';
import { nearest } from '../../compiler/suggestion.js';
import { summarizeNet } from '../../compiler/summary.js';

import { writeFolder } from '../../runtime/atomic-write.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { readSource } from '../files.js';
import type { NetFlags } from '../flags.js';
import { readOptionsOf } from '../read-options.js';
import {
  compileJson,
  type CompileReport,
  compileView,
} from '../report/compile.js';
import { safeName } from '../safe-name.js';
import { withReasons } from '../unsupported.js';
import { notYet, UsageError } from '../usage-error.js';

export interface CompileFlags extends NetFlags {
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
    throw notYet('--train', 'nets are compiled for inference only');
  }
  const options = readOptionsOf(flags);
  const dumps: string[] = [];
  const observe = observerOf(flags, dumps);
  const source = readSource(path);
  const start = performance.now();
  const { model, diagnostics, milliseconds } = await runStage(
    emit,
    `compiling ${path}`,
    () => compileNet(source, { ...options, observe }),
  );
  emit({ kind: 'diagnostics', diagnostics: withReasons(diagnostics) });
  if (model === undefined) return 'refused';
  const folder = flags.output ?? `${safeName(model.net.name)}.rancc`;
  await writeFolder(folder, [
    { path: 'saved_model.pb', content: model.savedModel.bytes },
    { path: 'rancc.json', content: '{ "generator": "rancc" }\n' },
  ]);
  const report: CompileReport = {
    folder,
    files: ['saved_model.pb', 'rancc.json'],
    summary: summarizeNet(model.net),
    signatures: model.savedModel.signatures,
    ops: model.savedModel.graph.nodes.length,
    milliseconds: { ...milliseconds, total: performance.now() - start },
    dumps,
  };
  emit({
    kind: 'result',
    document: () => compileJson(report),
    view: () => compileView(report),
  });
  return 'done';
}

/** Prints the graph after the pass asked for, and verifies it after each where asked. */
function observerOf(
  { dumpIr, verifyIr }: CompileFlags,
  dumps: string[],
): Observer {
  const passes = ['lower', ...new Set(passNames(optimising))];
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
