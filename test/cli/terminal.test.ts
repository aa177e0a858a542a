import { readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';

import { runCommand } from '../../runtime/native/command.js';

import { requireNative, skipOrFail } from '../support/require-native.js';
import { withTemporaryFolder } from '../support/temporary-folder.js';
import { launcher, lenet, reference } from './rancc-process.js';

const socket = `rancc-test-${process.pid}`;
const tmux = (...parameters: readonly string[]) =>
  runCommand('tmux', ['-L', socket, ...parameters]);

/** Types a command into a terminal of 100 columns and reads what stands there at the end. */
async function screenAfter(
  command: string,
  environment: readonly string[] = [],
  watch: (screen: string) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const start = ['new-session', '-d', '-s', 't', '-x', '100', '-y', '50'];
  const clean = 'env -u CI -u NO_COLOR TERM=tmux-256color PS1=$\\  bash --norc';
  await tmux(...start, clean);
  try {
    const line = [...environment, command].join(' ');
    await tmux('send-keys', '-t', 't', `${line}; echo status-$?-`, 'Enter');
    for (let tries = 0; tries < 300; tries++) {
      await setTimeout(100);
      const shown = await tmux('capture-pane', '-J', '-e', '-p', '-t', 't');
      await watch(shown.stdout);
      if (/status-\d+-/.test(shown.stdout)) return shown.stdout;
    }
    throw new Error(`no end of '${line}'`);
  } finally {
    await tmux('kill-server');
  }
}

const rancc = `'${process.execPath}' '${launcher}'`;
const escape = '\u001b[';

describe('A terminal', function () {
  this.timeout(120_000);

  before(async function () {
    const said = await runCommand('tmux', ['-V']);
    if (said.status !== 0) {
      skipOrFail(this, 'tmux is not on the PATH', 'install tmux');
    }
  });

  it('gets coloured code frames and tables of its width', async () => {
    const net = lenet('train_val.prototxt');
    const screen = await screenAfter(`clear; ${rancc} summary ${net}`);
    expect(screen).to.include('status-0-').and.include(escape);
    expect(screen).to.match(/warning\[data\/shape-unknown\]/);
    const row = screen.split('\n').find((line) => line.startsWith('conv1 '));
    expect(row).to.match(/^conv1 +Convolution +conv1 \?/);
  });

  it('shows how far a command is, and an interrupt ends it cleanly', async function () {
    requireNative(this);
    await withTemporaryFolder(async (folder) => {
      const net = lenet('deploy.prototxt');
      const input = reference('caffemodels/inputs.npy');
      const command = `${rancc} run ${net} --input data=${input} --iterations 1000000`;
      let frame = '';
      const screen = await screenAfter(
        command,
        ['clear;', `TMPDIR=${folder}`],
        async (shown) => {
          if (frame !== '' || !/running .* of 1\.00 M/.test(shown)) return;
          frame = shown;
          await tmux('send-keys', '-t', 't', 'C-c');
        },
      );
      expect(frame).to.include('✓').and.include('starting TensorFlow');
      expect(screen).to.include('status-130-');
      // Node's own caches may stay.
      const left = readdirSync(folder).filter((name) => name.includes('rancc'));
      expect(left).to.eql([]);
    });
  });

  it('stays without colours where NO_COLOR or CI asks for it', async () => {
    const net = lenet('train_val.prototxt');
    for (const variable of ['NO_COLOR=1', 'CI=1']) {
      const screen = await screenAfter(`${rancc} check ${net}`, [
        'clear;',
        variable,
      ]);
      expect(screen, variable).to.include('status-0-');
      expect(screen, variable).not.to.include(escape);
    }
  });
});
