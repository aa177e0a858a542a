import type { Diagnostic } from '../compiler/diagnostics.js';
import type { Origin } from '../compiler/ir/graph.js';

import type { LayerFailure } from '../runtime/evaluator.js';
import { systemErrorCode } from '../runtime/native/failure.js';

import type { CliEvent } from './events.js';

export const statuses = {
  done: 0,
  refused: 1,
  usage: 2,
  lacking: 3,
  interrupted: 130,
} as const;

/** How rancc ends, and what it tells. */
export interface Failure {
  readonly status: number;
  readonly event: CliEvent;
}

/**
 * Sorts what was thrown by its name, so that no class has to be loaded for it: wrong usage,
 * a machine that lacks something, TensorFlow's refusal, and faults of rancc.
 */
export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return internal(String(thrown));
  const { message } = thrown;
  switch (thrown.name) {
    case 'UsageError':
      return failure('usage', message, adviceIn(thrown, 'suggestion'));
    case 'EnvironmentFailure': {
      const cures = adviceIn(thrown, 'cure').map((cure) => `cure: ${cure}`);
      return failure('environment', message, cures);
    }
    case 'RuntimeFailure':
    case 'LayerFailure': {
      const diagnostics = [runtimeDiagnostic(thrown)];
      const event = { kind: 'diagnostics', diagnostics } as const;
      return { status: statuses.refused, event };
    }
    case 'UnreadableWeights':
      return {
        status: statuses.refused,
        event: { kind: 'diagnostics', diagnostics: diagnosticsIn(thrown) },
      };
    case 'DataFailure': {
      const cures = adviceIn(thrown, 'cure').map((cure) => `cure: ${cure}`);
      return failure('refused', message, cures);
    }
    case 'TrainingFailure':
      return trainingFailure(thrown);
    case 'FolderRefused':
    case 'SourceChanged':
      return failure('refused', message);
    default:
      return systemFailure(thrown) ?? internal(trace(thrown));
  }
}

const statusOf = {
  usage: statuses.usage,
  environment: statuses.lacking,
  refused: statuses.refused,
  internal: statuses.refused,
} as const;

const failure = (
  code: keyof typeof statusOf,
  message: string,
  advice: readonly string[] = [],
): Failure => ({
  status: statusOf[code],
  event: { kind: 'failure', code, message, advice },
});

const adviceIn = (
  thrown: Error & { readonly suggestion?: unknown; readonly cure?: unknown },
  field: 'suggestion' | 'cure',
): readonly string[] => {
  const advice = thrown[field];
  return typeof advice === 'string' ? [advice] : [];
};

const isDebugging = (): boolean => process.env['RANCC_DEBUG'] === '1';

const trace = (thrown: Error): string =>
  isDebugging() ? (thrown.stack ?? thrown.message) : thrown.message;

const internal = (message: string): Failure =>
  failure('internal', message, [
    'please report it with the prototxt and this message',
    ...(isDebugging() ? [] : ['RANCC_DEBUG=1 shows where it happened']),
  ]);

const systemFailures: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space on that disk',
  EDQUOT: 'your disk quota is used up: free some space',
  EFBIG: 'files may not be so large there: raise the limit (ulimit -f)',
  EROFS: 'that file system may only be read: write elsewhere with -o',
  EACCES: 'give yourself the right to write there, or write elsewhere with -o',
  EPERM: 'give yourself the right to write there, or write elsewhere with -o',
};

/** The system said no, in a way that the user can mend. */
function systemFailure(thrown: Error): Failure | undefined {
  const code = systemErrorCode(thrown) ?? '';
  // A folder of the way to an output is missing, or a file stands in its place.
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return failure('usage', thrown.message);
  }
  const cure = systemFailures[code];
  return cure === undefined
    ? undefined
    : failure('environment', thrown.message, [`cure: ${cure}`]);
}

const diagnosticsIn = (
  thrown: Error & { readonly diagnostics?: readonly Diagnostic[] },
): readonly Diagnostic[] => thrown.diagnostics ?? [];

/** Why a training ended: at the layer that is to blame, where that is known. */
function trainingFailure(
  thrown: Error & { readonly advice?: unknown; readonly origin?: Origin },
): Failure {
  const { message, origin } = thrown;
  const advice = Array.isArray(thrown.advice) ? thrown.advice.map(String) : [];
  if (origin?.span === undefined) return failure('refused', message, advice);
  const found: Diagnostic = {
    code: 'train/failed',
    severity: 'error',
    message,
    span: origin.span,
    notes: advice.map((each) => ({ message: each })),
  };
  return {
    status: statuses.refused,
    event: { kind: 'diagnostics', diagnostics: [found] },
  };
}

const isLayerFailure = (thrown: Error): thrown is LayerFailure =>
  'origin' in thrown;

/** TensorFlow's words at the layer of the prototxt whose op failed. */
function runtimeDiagnostic(thrown: Error): Diagnostic {
  const code = 'run/failed';
  if (!isLayerFailure(thrown)) {
    const message = `TensorFlow failed: ${thrown.message}`;
    return { code, severity: 'error', message, notes: [] };
  }
  const { layer, span, pass } = thrown.origin;
  return {
    code,
    severity: 'error',
    message: `TensorFlow failed in layer '${layer}': ${thrown.message}`,
    span,
    notes:
      pass === undefined
        ? []
        : [{ message: `the op was made by the pass ${pass}` }],
  };
}
