import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { runCommand } from '../runtime/native/command.js';
import { packageRoot } from '../runtime/package-root.js';
import {
  makeCifar10,
  makeCifar100,
  makeImageNet,
} from './runtime/data/tools/import/public-sets.js';

import { launcher } from './cli/rancc-process.js';
import { requireNative } from './support/require-native.js';
import { withTemporaryFolder } from './support/temporary-folder.js';

interface Section {
  readonly title: string;
  readonly commands: readonly (readonly string[])[];
}

/** The commands of the page, by the heading above them. */
function sectionsOf(page: string): readonly Section[] {
  return page.split(/^## /m).flatMap((text) => {
    const [title = ''] = text.split('\n');
    const commands = [...text.matchAll(/^```sh\n([^`]*)```$/gm)].flatMap(
      ([, block = '']) =>
        block
          .trim()
          .split('\n')
          .map((line) => line.split(' ')),
    );
    return commands.length === 0 ? [] : [{ title, commands }];
  });
}

/** Every `train`, and the `test` after it, takes a net's whole set-up. */
const isLong = ([, command]: readonly string[]): boolean =>
  command === 'train' || command === 'test';

/**
 * All commands of a section, or, of those that run nets, the first of each kind of the data
 * sets' own sections: the others are the same with another net, and take minutes. By hand,
 * RANCC_REPRODUCE=all runs all, RANCC_REPRODUCE=sections the first of each kind everywhere.
 */
function chosen({ title, commands }: Section): Section['commands'] {
  const wanted = process.env['RANCC_REPRODUCE'];
  if (wanted === 'all') return commands;
  if (wanted !== 'sections' && !/^(?:CIFAR|ImageNet)/.test(title)) {
    return commands.filter((command) => !isLong(command));
  }
  const seen = new Set<string>();
  return commands.filter((command) => {
    if (!isLong(command)) return true;
    const kind = `${command[1] ?? ''} ${command.includes('--snapshot') ? 'again' : ''}`;
    if (seen.has(kind)) return false;
    seen.add(kind);
    return true;
  });
}

/** Iteration counts for a stand-in; of ImageNet's pictures a batch of 64 needs 20 GB. */
function shortened(command: readonly string[]): readonly string[] {
  const counted = command.map((word) =>
    word.replace(/_iter_\d+\./, '_iter_1.'),
  );
  const without = counted.flatMap((word, at) =>
    [word, counted[at - 1]].some((each) =>
      ['--iterations', '--test-iterations'].includes(each ?? ''),
    )
      ? []
      : [word],
  );
  switch (command[1]) {
    case 'generate':
      return [
        ...without,
        ...['--iterations', '1', '--test-iterations', '1'],
        ...(command.includes('imagenet') ? ['--batch-size', '2'] : []),
      ];
    case 'test':
      return [...without, '--iterations', '1'];
    default:
      return counted;
  }
}

/** The sets as they are published, but for their size. */
function makeSets(folder: string): void {
  const set = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  };
  makeCifar10(set('cifar-10-batches-bin'));
  makeCifar100(set('cifar-100-binary'));
  makeImageNet(set('imagenet'));
}

describe('docs/reproduce.md', function () {
  this.timeout(3_600_000);

  const page = readFileSync(join(packageRoot(), 'docs/reproduce.md'), 'utf8');
  const sections = sectionsOf(page);

  it('has commands of rancc alone', () => {
    expect(sections.length).to.be.above(4);
    const programs = sections.flatMap(({ commands }) =>
      commands.map(([program]) => program),
    );
    expect([...new Set(programs)]).to.deep.equal(['rancc']);
  });

  it('can be followed on small sets', async function () {
    requireNative(this);
    await withTemporaryFolder(async (folder) => {
      makeSets(folder);
      for (const section of sections) {
        for (const command of chosen(section)) {
          const [, ...parameters] = shortened(command);
          const said = await runCommand(
            process.execPath,
            [launcher, ...parameters],
            process.env,
            folder,
          );
          const words = `${section.title}: rancc ${parameters.join(' ')}`;
          expect(said.status, `${words}\n${said.stderr.slice(-2000)}`).to.equal(
            0,
          );
        }
      }
    });
  });
});
