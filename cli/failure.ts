import type { Diagnostic } from '../compiler/diagnostics.js';

import type { LayerFailure } from '../runtime/evaluator.js';

import { UsageError } from './usage-error.js';

export const statuses = {
  done: 0,
  refused: 1,
  usage: 2,
  lacking: 3,
  interrupted: 130,
} as const;

/** What is printed of something thrown, and how rancc ends. */
export interface Failure {
  readonly status: number;
  /** Lines for people; undefined where `diagnostic` says it all. */
  readonly text?: string;
  readonly diagnostic?: Diagnostic;
}

const advice = [
  '  it would help us to know: please report it with the prototxt and this message',
  '  RANCC_DEBUG=1 shows where it happened',
].join('\n');

const isDebugging = (): boolean => process.env['RANCC_DEBUG'] === '1';

/**
 * Sorts what was thrown by its name, so that no class has to be loaded for it: wrong usage,
 * a machine that lacks something, TensorFlow's refusal, and faults of rancc.
 */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof UsageError) {
    const hint =
      thrown.suggestion === undefined ? '' : `\n  ${thrown.suggestion}`;
    return {
      status: statuses.usage,
      text: `error: ${thrown.message}${hint}`,
    };
  }
  if (!(thrown instanceof Error)) return internal(String(thrown));
  switch (thrown.name) {
    case 'EnvironmentFailure': {
      const cure = 'cure' in thrown ? `\n  cure: ${String(thrown.cure)}` : '';
      return {
        status: statuses.lacking,
        text: `error: ${thrown.message}${cure}`,
      };
    }
    case 'RuntimeFailure':
    case 'LayerFailure':
      return {
        status: statuses.refused,
        diagnostic: runtimeDiagnostic(thrown),
      };
    case 'FolderRefused':
    case 'SourceChanged':
      return { status: statuses.refused, text: `error: ${thrown.message}` };
    default:
      return systemFailure(thrown) ?? internal(messageOf(thrown));
  }
}

const messageOf = (thrown: Error): string =>
  isDebugging() ? (thrown.stack ?? thrown.message) : thrown.message;

const internal = (message: string): Failure => ({
  status: statuses.refused,
  text: `internal error (a fault in rancc): ${message}${isDebugging() ? '' : `\n${advice}`}`,
});

const systemFailures: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space on that disk',
  EDQUOT: 'your disk quota is used up: free some space',
  EROFS: 'that file system may only be read: write elsewhere with -o',
  EACCES: 'give yourself the right to write there, or write elsewhere with -o',
  EPERM: 'give yourself the right to write there, or write elsewhere with -o',
};

function systemFailure(thrown: Error): Failure | undefined {
  const cure = 'code' in thrown && systemFailures[String(thrown.code)];
  if (cure === false || cure === undefined) return undefined;
  return {
    status: statuses.lacking,
    text: `error: ${thrown.message}\n  cure: ${cure}`,
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
