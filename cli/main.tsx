import { CommanderError } from 'commander';

import { abandonWrites } from '../runtime/atomic-write.js';

import type { CliEvent, Outcome, Reporter } from './events.js';
import { failureOf, statuses } from './failure.js';
import type { OutputFlags } from './flags.js';
import { buildProgram } from './program.js';
import { jsonReporter } from './report/json.js';
import { plainReporter } from './report/plain.js';
import { removeScratch } from './scratch.js';
import { listenForSignals } from './signals.js';
import { isLive, outputOf } from './streams.js';
import { terminalReporter } from './ui/terminal-reporter.js';
import { ownVersion } from './version.js';

/** The listener that the flags and the streams ask for. */
function reporterFor({ json }: OutputFlags): Reporter {
  const { stdout, stderr } = process;
  const output = outputOf(stdout);
  const plain = plainReporter(output, outputOf(stderr));
  if (json) return jsonReporter(output.write, plain);
  return isLive(stdout)
    ? terminalReporter(stdout, output.colour, plain)
    : plain;
}

/** Runs a command and says how it ended; whatever it throws is told to the reporter. */
async function run(
  reporter: Reporter,
  command: (emit: (event: CliEvent) => void) => Promise<Outcome>,
): Promise<number> {
  try {
    const outcome = await command(reporter.emit);
    reporter.finish();
    return statuses[outcome];
  } catch (thrown) {
    const { status, event } = failureOf(thrown);
    reporter.emit(event);
    reporter.finish();
    return status;
  }
}

/** A reader that has seen enough, as `head`, is no failure. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  removeScratch();
  process.exit();
}

/** Signals that end rancc, with the status that shells know them by. */
const signals = { SIGINT: statuses.interrupted, SIGTERM: 143, SIGHUP: 129 };

/** Ends the process on a signal, with nothing half written and nothing left over. */
const endOnSignals = (): void => {
  listenForSignals(signals, (status) => {
    abandonWrites();
    removeScratch();
    process.exit(status);
  });
};

/** The command line: arguments (without node and script) in, exit status out. */
export async function main(argv: readonly string[]): Promise<number> {
  let status: number = statuses.done;
  const program = buildProgram(ownVersion(), async (flags, command) => {
    status = await run(reporterFor(flags), command);
  });
  endOnSignals();
  process.stdout.on('error', endQuietly);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    return thrown.exitCode === 0 ? statuses.done : statuses.usage;
  } finally {
    removeScratch();
  }
}
