import type { Context } from 'mocha';

import { nativeStatus, setupCommand } from '../../runtime/native/status.js';

/** CI sets it: what is missing there is a failure, not a reason to skip. */
export const requireAll = (): boolean =>
  process.env['RANCC_REQUIRE_ALL'] === '1';

/** Skips the tests, saying what they lack, or fails them where everything is required. */
export function skipOrFail(test: Context, reason: string, cure: string): void {
  const text = `${reason}; ${cure}`;
  if (requireAll()) throw new Error(text);
  process.stderr.write(`    skipped: ${text}\n`);
  test.skip();
}

/** For `before(function () { requireNative(this); })` of tests that run TensorFlow. */
export function requireNative(test: Context): void {
  const status = nativeStatus();
  if (status.kind === 'missing') {
    skipOrFail(test, status.reason, `run '${setupCommand()}'`);
  }
}
