/** `npm run conformance -- DIR... [--dump OUT] [--json] [--unfolded]` */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { optimising, unfolded } from '../../compiler/passes/index.js';

import { EnvironmentFailure } from '../../runtime/native/failure.js';
import { startSessionThread } from '../../runtime/session.js';

import { dumpCase } from './dump.js';
import { readCases } from './layer-case.js';
import { reportJson, reportText } from './report.js';
import { type CaseResult, runCase } from './run-case.js';

const usage = `Usage: npm run conformance -- DIR... [--dump OUT] [--json] [--unfolded]

Runs the layer cases below each folder and compares them with what they expect.
  --dump OUT   write for each case OUT/<path below DIR> with what was computed
  --json       print one JSON document instead of a table
  --unfolded   compile without the optimising passes

The exit status is 0 where every case was compiled and is right.
`;

interface Arguments {
  readonly folders: readonly string[];
  readonly dump: string | undefined;
  readonly json: boolean;
  readonly unfolded: boolean;
}

function parse(): Arguments | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        dump: { type: 'string' },
        json: { type: 'boolean', default: false },
        unfolded: { type: 'boolean', default: false },
      },
    });
    const missing = positionals.find((folder) => !existsSync(folder));
    if (missing !== undefined) throw new Error(`no folder ${missing}`);
    if (positionals.length === 0) throw new Error('no folder is given');
    return { ...values, dump: values.dump, folders: positionals };
  } catch (thrown) {
    process.stderr.write(`${(thrown as Error).message}\n\n${usage}`);
    return undefined;
  }
}

async function run(options: Arguments): Promise<readonly CaseResult[]> {
  const { folders, dump } = options;
  const pipeline = options.unfolded ? unfolded : optimising;
  const thread = await startSessionThread();
  const results: CaseResult[] = [];
  try {
    for (const file of folders.flatMap(readCases)) {
      const everything = dump !== undefined;
      const result = await runCase(thread, file, { pipeline, everything });
      if (dump !== undefined) dumpCase(dump, result);
      results.push(result);
    }
  } finally {
    await thread.close();
  }
  return results;
}

async function main(): Promise<number> {
  const options = parse();
  if (options === undefined) return 2;
  try {
    const results = await run(options);
    const report = options.json ? reportJson(results) : reportText(results);
    process.stdout.write(options.json ? `${report}\n` : report);
    const isRight = ({ verdict }: CaseResult) =>
      verdict === 'passed' || verdict === 'forward only';
    return results.every(isRight) ? 0 : 1;
  } catch (thrown) {
    if (!(thrown instanceof EnvironmentFailure)) throw thrown;
    process.stderr.write(`${thrown.message}; ${thrown.cure}\n`);
    return 3;
  }
}

process.exitCode = await main();
