import type { Diagnostic } from '../../compiler/diagnostics.js';

import type { Reporter } from '../events.js';
import { diagnosticsJson } from './diagnostics-json.js';
import { documentText, type JsonValue, lineText } from './json-text.js';

/**
 * One JSON document on stdout: the result, or the diagnostics of what was refused; or many,
 * a line each, of a command that goes on. `text` shows the diagnostics to people on stderr.
 */
export function jsonReporter(
  write: (text: string) => void,
  text: Reporter,
): Reporter {
  const found: JsonValue[] = [];
  let isWritten = false;
  let hasRecords = false;
  return {
    emit: (event) => {
      if (event.kind === 'result') {
        write(`${documentText(event.document())}\n`);
        isWritten = true;
        return;
      }
      if (event.kind === 'record') {
        write(`${lineText(event.document())}\n`);
        hasRecords = true;
        return;
      }
      if (event.kind === 'diagnostics') {
        found.push(...diagnosticsJson(event.diagnostics));
      } else if (event.kind === 'failure') {
        const { code, message, advice } = event;
        found.push(...diagnosticsJson([asDiagnostic(code, message, advice)]));
      }
      text.emit(event);
    },
    finish: () => {
      text.finish();
      if (isWritten) return;
      if (!hasRecords) write(`${documentText({ diagnostics: found })}\n`);
      // What ended a command that had begun is one more line.
      else if (found.some(isFault)) {
        write(`${lineText({ diagnostics: found })}\n`);
      }
    },
  };
}

const isFault = (found: JsonValue): boolean =>
  typeof found === 'object' &&
  found !== null &&
  'severity' in found &&
  found['severity'] === 'error';

const asDiagnostic = (
  code: string,
  message: string,
  advice: readonly string[],
): Diagnostic => ({
  code,
  severity: 'error',
  message,
  notes: advice.map((each) => ({ message: each })),
});
