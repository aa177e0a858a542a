/**
 * The set-up's own entry: `install-main [--verify]`. It has no part of the command line
 * proper, so that it runs from the sources before anything is built.
 */
import { EnvironmentFailure } from './failure.js';
import { installNative } from './install.js';
import { printedProgress } from './progress.js';
import { requireNative } from './status.js';

try {
  await installNative({
    progress: printedProgress(process.stderr),
    thorough: process.argv.includes('--verify'),
  });
  const { tensorflow, flavour } = requireNative();
  process.stderr.write(`TensorFlow ${tensorflow} (${flavour}) is in place.\n`);
} catch (thrown) {
  if (!(thrown instanceof EnvironmentFailure)) throw thrown;
  process.stderr.write(`error: ${thrown.message}\n  cure: ${thrown.cure}\n`);
  process.exitCode = 3;
}
