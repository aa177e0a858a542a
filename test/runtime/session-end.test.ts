import { expect } from 'chai';

import { runCommand } from '../../runtime/native/command.js';

import { requireNative } from '../support/require-native.js';

const script = `
import { register } from 'tsx/esm/api';
register();
const { startSessionThread } = await import('./runtime/session.ts');
const thread = await startSessionThread();
await thread.close();
`;

describe('The end of a session', function () {
  this.timeout(120_000);

  it('is no crash, also where nothing was run', async function () {
    requireNative(this);
    const said = await runCommand(process.execPath, [
      '--input-type=module',
      '--eval',
      script,
    ]);
    expect(said.status, said.stderr).to.equal(0);
  });
});
