import type { Diagnostic } from '../../compiler/diagnostics.js';
import { type Pipeline } from '../../compiler/passes/index.js';

import { RuntimeFailure } from '../../runtime/runtime-failure.js';
import type { SessionThread } from '../../runtime/session.js';

import { type Comparison, isWithin } from './compare.js';
import { compileCase } from './compile-case.js';
import { computeCase, type Computed } from './compute-case.js';
import { judgeCase } from './judge-case.js';
import type { CaseFile, LayerCase } from './layer-case.js';

export type Verdict =
  /** All that the case expects was computed and is right. */
  | 'passed'
  /** The forward part is right; what `notComputed` names was not. */
  | 'forward only'
  | 'failed'
  /** The net has a layer, or an option, that cannot be compiled yet. */
  | 'unsupported';

export interface CaseResult {
  readonly file: CaseFile;
  readonly verdict: Verdict;
  readonly comparisons: readonly Comparison[];
  readonly notComputed: readonly string[];
  /** Why it failed or was not run; a line each. */
  readonly reasons: readonly string[];
  readonly computed: Computed | undefined;
  /** The refusal, by the compiler or at run time. */
  readonly error: string | undefined;
}

const comparisonText = ({
  what,
  difference,
  tolerance,
  fault,
}: Comparison): string =>
  `${what} ${fault ?? `differs by ${difference.toExponential(2)} (tolerance ${tolerance.toExponential(0)})`}`;

const text = ({ code, message }: Diagnostic): string => `${code}: ${message}`;

/** Words of diagnostics about what rancc lacks, and the net is right to ask for. */
const isLack = ({ code, message }: Diagnostic): boolean =>
  code === 'net/unknown-layer-type' || message.endsWith('not supported yet');

/** Whether the reference stops because the net names a layer type that nobody has. */
const wantsUnknownType = ({ error }: LayerCase): boolean =>
  error?.includes('Unknown layer type') ?? false;

/** What a net that could be differentiated would have to be asked for, and was not. */
const withoutBackward = (
  content: LayerCase,
  computed: Computed,
): readonly string[] =>
  content.top_diffs !== undefined &&
  isEmpty(computed.input_diffs) &&
  isEmpty(computed.param_diffs)
    ? ['backward']
    : [];

const isEmpty = (blobs: object): boolean => Object.keys(blobs).length === 0;

export interface CaseOptions {
  readonly pipeline: Pipeline;
  /** Compute the inner blobs also where the case does not list them. */
  readonly everything: boolean;
}

/** Compiles, runs and judges one case. */
export async function runCase(
  thread: SessionThread,
  file: CaseFile,
  { pipeline, everything }: CaseOptions,
): Promise<CaseResult> {
  const { content } = file;
  const nothing = {
    file,
    comparisons: [],
    notComputed: [],
    reasons: [],
    computed: undefined,
    error: undefined,
  };
  const { model, errors } = compileCase(file, pipeline, 'outputs');
  if (model === undefined) {
    const reasons = errors.map(text);
    const error = reasons.join('\n');
    if (errors.every(isLack) && !wantsUnknownType(content)) {
      return { ...nothing, verdict: 'unsupported', reasons, error };
    }
    return content.error === undefined
      ? { ...nothing, verdict: 'failed', reasons, error }
      : { ...nothing, verdict: 'passed', error };
  }
  if (content.error_at === 'backward') {
    return { ...nothing, verdict: 'forward only', notComputed: ['backward'] };
  }
  try {
    const wantsInner = everything || content.blobs !== undefined;
    const computed = await computeCase(
      thread,
      model,
      file,
      pipeline,
      wantsInner,
    );
    if (content.error !== undefined) {
      const reasons = [`is not refused: ${content.error}`];
      return { ...nothing, verdict: 'failed', reasons, computed };
    }
    const comparisons = judgeCase(content, computed);
    const wrong = comparisons.filter((each) => !isWithin(each));
    const notComputed = withoutBackward(content, computed);
    return {
      ...nothing,
      verdict:
        wrong.length > 0
          ? 'failed'
          : notComputed.length > 0
            ? 'forward only'
            : 'passed',
      comparisons,
      notComputed,
      reasons: wrong.map(comparisonText),
      computed,
    };
  } catch (thrown) {
    if (!(thrown instanceof RuntimeFailure)) throw thrown;
    const error = thrown.message;
    const isExpected = content.error_at === 'forward';
    return {
      ...nothing,
      verdict: isExpected ? 'passed' : 'failed',
      reasons: isExpected ? [] : [error],
      error,
    };
  }
}
