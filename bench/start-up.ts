/** Commands from a cold start, each against `node` with an empty script. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { interleaved, median } from './measure.js';
import { readDeploy } from './nets.js';
import { milliseconds, printHeading, printTable, ratio } from './report.js';

const launcher = fileURLToPath(new URL('../cli/rancc.js', import.meta.url));
const rounds = Number(process.env['RANCC_BENCH_ROUNDS'] ?? 10);
const net = readDeploy('imagenet/Attention-92').name;

function runNode(parameters: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, parameters, {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

printHeading('Start-up');
const folder = mkdtempSync(join(tmpdir(), 'rancc-bench-'));
const commands = {
  'rancc --help': ['--help'],
  'rancc check Attention-92': ['check', net],
  'rancc compile Attention-92': ['compile', net, '-o', join(folder, 'out')],
};
try {
  const timings = await interleaved(
    {
      'node -e 0': () => {
        runNode(['-e', '0']);
      },
      ...Object.fromEntries(
        Object.entries(commands).map(([name, parameters]) => [
          name,
          () => {
            runNode([launcher, ...parameters]);
          },
        ]),
      ),
    },
    { rounds, warmUp: 1 },
  );
  const bare = median(timings['node -e 0'] ?? []);
  printTable(
    ['command', 'median', 'of node', 'own time'],
    Object.entries(timings).map(([name, times]) => [
      name,
      milliseconds(median(times)),
      ratio(median(times) / bare),
      milliseconds(median(times) - bare),
    ]),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
