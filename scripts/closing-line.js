// Reads what mocha prints from standard input, passes it on, and ends with one plain line of
// counts: 'N passed, N failed, N skipped'. Its own status is 1 where no test ran.
import { createInterface } from 'node:readline';

const counts = { passing: 0, failing: 0, pending: 0 };
const summary = /^\s*(\d+) (passing|failing|pending)\b/;

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${line}\n`);
  const plain = line.replace(/\u001b\[[0-9;]*m/g, '');
  const [, count, kind] = summary.exec(plain) ?? [];
  // The last summary counts; 'failing' and 'pending' stand below 'passing', where there are any.
  if (kind === 'passing') counts.failing = counts.pending = 0;
  if (kind !== undefined) counts[kind] = Number(count);
}

const { passing, failing, pending } = counts;
const skipped = pending === 0 ? '' : `, ${pending} skipped`;
process.stdout.write(`${passing} passed, ${failing} failed${skipped}\n`);
process.exitCode = passing === 0 ? 1 : 0;
