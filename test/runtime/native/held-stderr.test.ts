import { expect } from 'chai';

import { runCommand } from '../../../runtime/native/command.js';
import { withoutTalk } from '../../../runtime/native/held-stderr.js';

import { requireNative } from '../../support/require-native.js';

const module = new URL(
  '../../../runtime/native/held-stderr.ts',
  import.meta.url,
);

const run = (
  code: string,
  environment: NodeJS.ProcessEnv = {},
): ReturnType<typeof runCommand> =>
  runCommand(
    process.execPath,
    [
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      `import { writeSync } from 'node:fs';
       import { withoutLoadLog } from ${JSON.stringify(module.href)};
       ${code}`,
    ],
    environment,
  );

describe('What TensorFlow writes while it is loaded', () => {
  before(function () {
    requireNative(this);
  });

  it('loses its two lines of talk and nothing else', () => {
    const log = [
      'WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n',
      'I0000 00:00:1.4 7 port.cc:153] oneDNN custom operations are on. You may\n',
      'E0000 00:00:1.4 7 cuda_platform.cc:52] failed call to cuInit\n',
      'half a line',
    ];
    expect(withoutTalk(log.join(''))).to.equal(`${log[2]}${log[3]}`);
  });

  it('comes out afterwards, in full under TF_CPP_MIN_LOG_LEVEL=0', async () => {
    const code = `
      withoutLoadLog(() => { writeSync(2, 'WARNING: All log messages before absl::InitializeLog()\\nfault\\n'); });
      writeSync(2, 'after\\n');`;
    const said = await run(code, { TF_CPP_MIN_LOG_LEVEL: '2' });
    expect(said.stderr).to.equal('fault\nafter\n');
    const all = await run(code, { TF_CPP_MIN_LOG_LEVEL: '0' });
    expect(all.stderr).to.match(/^WARNING: .*\nfault\nafter\n$/);
  });

  it('comes out when loading fails', async () => {
    const said = await run(
      `try { withoutLoadLog(() => { writeSync(2, 'reason\\n'); throw new Error('no'); }); }
       catch (thrown) { writeSync(2, thrown.message); }`,
      { TF_CPP_MIN_LOG_LEVEL: '2' },
    );
    expect(said.stderr).to.equal('reason\nno');
  });

  it('may be held by several at once', async () => {
    const said = await run(
      `withoutLoadLog(() => { writeSync(2, 'a\\n'); withoutLoadLog(() => { writeSync(2, 'b\\n'); }); writeSync(2, 'c\\n'); });`,
      { TF_CPP_MIN_LOG_LEVEL: '2' },
    );
    expect(said.stderr).to.equal('a\nb\nc\n');
  });
});
