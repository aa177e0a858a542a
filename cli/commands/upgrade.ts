import { parse } from '../../grammar/parse.js';
import type { Source } from '../../grammar/source.js';
import { decodeText, encodeText } from '../../grammar/text-encoding.js';

import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import { fileKind } from '../../compiler/schema/file-kind.js';
import { loadWhole } from '../../compiler/schema/load-net.js';
import type { AnyMessage } from '../../compiler/schema/message.js';
import { messageToText } from '../../compiler/schema/to-text.js';
import { upgradeNet } from '../../compiler/schema/upgrade/upgrade-net.js';
import { upgradeSolver } from '../../compiler/schema/upgrade/upgrade-solver.js';
import type { ByteSource } from '../../compiler/weights/byte-source.js';
import { headOf, isText } from '../../compiler/weights/foreign-file.js';
import { upgradeCaffemodel } from '../../compiler/weights/upgrade-caffemodel.js';

import { writeFileAtomically } from '../../runtime/atomic-write.js';
import { openFile } from '../../runtime/file-source.js';

import type { Emit, Outcome } from '../events.js';
import { readBytes, requireFile } from '../files.js';
import { UsageError } from '../usage-error.js';

interface Upgraded {
  /** Undefined where there is nothing to write. */
  readonly message: AnyMessage | undefined;
  /** Whether nothing had to be left out. */
  readonly isComplete: boolean;
  /** What was done, in words. */
  readonly steps: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Brings a net or solver of any age to today's form: a text becomes a text, and a binary net
 * a binary one, its weights kept.
 */
export async function upgrade(
  input: string,
  output: string,
  emit: Emit,
): Promise<Outcome> {
  requireFile(input);
  const source = openFile(input);
  try {
    return isText(headOf(source))
      ? await upgradeText(input, output, emit)
      : await upgradeBinary(source, output, emit);
  } finally {
    source.close();
  }
}

async function upgradeText(
  input: string,
  output: string,
  emit: Emit,
): Promise<Outcome> {
  if (/\.(caffemodel|binaryproto)$/i.test(output)) {
    throw new UsageError(
      `${input} is a text, and so will be what it is upgraded to`,
      'give it a name that ends in .prototxt',
    );
  }
  const text = decodeText(readBytes(input));
  const { message, diagnostics, ...done } = upgraded({ name: input, text });
  emit({ kind: 'diagnostics', diagnostics });
  if (message === undefined) return 'refused';
  await writeFileAtomically(output, encodeText(messageToText(message)));
  return tell(output, done, emit);
}

async function upgradeBinary(
  source: ByteSource,
  output: string,
  emit: Emit,
): Promise<Outcome> {
  const { upgraded: net, diagnostics } = upgradeCaffemodel(source);
  emit({ kind: 'diagnostics', diagnostics });
  if (net === undefined) return 'refused';
  await writeFileAtomically(output, net.pieces);
  return tell(output, net, emit);
}

function tell(
  output: string,
  { isComplete, steps }: Pick<Upgraded, 'isComplete' | 'steps'>,
  emit: Emit,
): Outcome {
  const done = steps.length === 0 ? "it is in today's form" : steps.join(', ');
  emit({
    kind: 'result',
    document: () => ({ file: output, isComplete, steps }),
    view: () => [
      {
        kind: 'line',
        text: `wrote ${output}: ${done}${isComplete ? '' : '; parts were left out'}`,
      },
    ],
  });
  return isComplete ? 'done' : 'refused';
}

const upgraded = (source: Source): Upgraded =>
  fileKind(parse(source).document) === 'SolverParameter'
    ? upgradedSolver(source)
    : upgradedNet(source);

const refused = (diagnostics: readonly Diagnostic[]): Upgraded => ({
  message: undefined,
  isComplete: false,
  steps: [],
  diagnostics,
});

function upgradedSolver(source: Source): Upgraded {
  const { message, diagnostics } = loadWhole(source, 'SolverParameter', {});
  if (diagnostics.some(isError)) return refused(diagnostics);
  const { solver, wasOld, diagnostics: found } = upgradeSolver(message);
  return {
    message: solver,
    isComplete: true,
    steps: wasOld ? ['solver_type became type'] : [],
    diagnostics: [...diagnostics, ...found],
  };
}

function upgradedNet(source: Source): Upgraded {
  const { message, diagnostics } = loadWhole(source, 'NetParameter', {});
  if (diagnostics.some(isError)) return refused(diagnostics);
  const { net, steps, isComplete, diagnostics: found } = upgradeNet(message);
  return {
    message: net,
    isComplete,
    steps,
    diagnostics: [...diagnostics, ...found],
  };
}
