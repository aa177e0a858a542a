import type { Diagnostic } from '../diagnostics.js';

/**
 * Values that were promised when a weight file was indexed and cannot be had: damage that
 * shows only when they are unpacked. Reading them gives no half result, so it is thrown.
 */
export class UnreadableWeights extends Error {
  override readonly name = 'UnreadableWeights';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join('; '));
    this.diagnostics = diagnostics;
  }
}
