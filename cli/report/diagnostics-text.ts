import { type Diagnostic, isError } from '../../compiler/diagnostics.js';

import { counted } from './number-text.js';

/** `2 errors, 1 warning`; `no mistakes` where there are none. */
export function tally(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(isError).length;
  const warnings = diagnostics.length - errors;
  const parts = [
    ...(errors === 0 ? [] : [counted(errors, 'error')]),
    ...(warnings === 0 ? [] : [counted(warnings, 'warning')]),
  ];
  return parts.length === 0 ? 'no mistakes' : parts.join(', ');
}
