import { renderDiagnostic } from '../../compiler/code-frame.js';
import type { Diagnostic } from '../../compiler/diagnostics.js';

import type { CliEvent, Reporter } from '../events.js';
import type { Block } from './block.js';
import { painted } from './colour.js';
import { tally } from './diagnostics-text.js';
import { tableLines } from './table-text.js';

/** One of the two streams, and what can be shown there. */
export interface Output {
  readonly write: (text: string) => void;
  readonly colour: boolean;
  /** Columns of a terminal; undefined for files and pipes. */
  readonly width: number | undefined;
}

/** More are rarely read, and the last ones follow from the first. */
const most = 100;

/** Results as text on stdout, diagnostics on stderr. Stages are not told: the results are complete. */
export function plainReporter(stdout: Output, stderr: Output): Reporter {
  const found: Diagnostic[] = [];
  const show = (diagnostics: readonly Diagnostic[]): void => {
    for (const each of diagnostics.slice(0, most - found.length)) {
      const { colour, width } = stderr;
      stderr.write(`${renderDiagnostic(each, { colour, width })}\n`);
    }
    found.push(...diagnostics);
  };
  return {
    emit: (event: CliEvent) => {
      if (event.kind === 'diagnostics') show(event.diagnostics);
      if (event.kind === 'log') stderr.write(`${event.line}\n`);
      if (event.kind === 'failure') stderr.write(failureText(event, stderr));
      if (event.kind === 'result') {
        for (const block of event.view()) {
          stdout.write(blockText(block, stdout));
        }
      }
    },
    finish: () => {
      if (found.length === 0) return;
      const rest = found.length - most;
      const more = rest > 0 ? ` (the last ${rest} are not shown)` : '';
      stderr.write(`${painted(stderr.colour, 'bold', tally(found))}${more}\n`);
    },
  };
}

function failureText(
  { code, message, advice }: CliEvent & { readonly kind: 'failure' },
  { colour }: Output,
): string {
  const title =
    code === 'internal' ? 'internal error (a fault in rancc)' : 'error';
  const lines = advice.map((each) => `  ${each}\n`);
  return `${painted(colour, 'red', title)}: ${message}\n${lines.join('')}`;
}

function blockText(block: Block, { colour, width }: Output): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'line': {
      const tone = block.tone === 'bad' ? 'red' : 'green';
      return `${block.tone === undefined ? block.text : painted(colour, tone, block.text)}\n`;
    }
    case 'facts': {
      const longest = Math.max(...block.facts.map(([name]) => name.length));
      return block.facts
        .map(([name, value]) => {
          const label = painted(colour, 'dim', name.padEnd(longest));
          return `${label}  ${value}\n`;
        })
        .join('');
    }
    case 'table':
      return `${tableLines(block, { colour, width }).join('\n')}\n`;
  }
}
