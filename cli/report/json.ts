import type { Diagnostic } from '../../compiler/diagnostics.js';

import type { Reporter } from '../events.js';
import { diagnosticsJson } from './diagnostics-json.js';
import { documentText } from './json-text.js';

/**
 * One JSON document on stdout: the result, or the diagnostics of what was refused. `text`
 * shows the diagnostics to people on stderr.
 */
export function jsonReporter(
  write: (text: string) => void,
  text: Reporter,
): Reporter {
  const found: Diagnostic[] = [];
  let isWritten = false;
  return {
    emit: (event) => {
      if (event.kind === 'result') {
        write(`${documentText(event.document())}\n`);
        isWritten = true;
        return;
      }
      if (event.kind === 'diagnostics') found.push(...event.diagnostics);
      text.emit(event);
    },
    finish: () => {
      text.finish();
      if (isWritten) return;
      write(`${documentText({ diagnostics: diagnosticsJson(found) })}\n`);
    },
  };
}
