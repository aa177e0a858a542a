import { existsSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { addonFolder, heldStderrName } from './addons.js';

interface HeldStderr {
  hold(): void;
  release(): string;
}

const require = createRequire(import.meta.url);

/** Undefined in an installation made before there was one. */
function loadAddon(): HeldStderr | undefined {
  const manifest = require.resolve('@tensorflow/tfjs-node-gpu/package.json');
  const file = join(dirname(manifest), addonFolder, heldStderrName);
  return existsSync(file) ? (require(file) as HeldStderr) : undefined;
}

const talk =
  /^(WARNING: All log messages before absl::InitializeLog\(\)|I\d{4} .*oneDNN custom operations are on)/;

/** What is left of a log without the lines that TensorFlow writes at every load. */
export const withoutTalk = (log: string): string =>
  log
    .split(/(?<=\n)/)
    .filter((line) => !talk.test(line))
    .join('');

/**
 * Runs `load`, and passes on what was written to stderr meanwhile without TensorFlow's two
 * lines of talk. With TF_CPP_MIN_LOG_LEVEL=0 the user wants to hear everything.
 */
export function withoutLoadLog<Result>(load: () => Result): Result {
  const addon =
    process.env['TF_CPP_MIN_LOG_LEVEL'] === '0' ? undefined : loadAddon();
  addon?.hold();
  try {
    return load();
  } finally {
    const rest = withoutTalk(addon?.release() ?? '');
    if (rest !== '') writeSync(2, rest);
  }
}
