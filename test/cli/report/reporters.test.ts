import { expect } from 'chai';

import { diagnostic } from '../../../compiler/diagnostics.js';

import type { CliEvent } from '../../../cli/events.js';
import { jsonReporter } from '../../../cli/report/json.js';
import { plainReporter } from '../../../cli/report/plain.js';

const refusal: CliEvent = {
  kind: 'diagnostics',
  diagnostics: [diagnostic('run/unknown-blob', { blob: 'x', net: 'n' })],
};
const result: CliEvent = {
  kind: 'result',
  document: () => ({ value: NaN }),
  view: () => [
    { kind: 'facts', facts: [['net', 'n'] as const] },
    { kind: 'line', text: 'done', tone: 'good' },
  ],
};

function said(colour: boolean, json: boolean, events: readonly CliEvent[]) {
  const streams = { out: '', err: '' };
  const output = (name: keyof typeof streams) => ({
    write: (text: string) => {
      streams[name] += text;
    },
    colour,
    width: undefined,
  });
  const plain = plainReporter(output('out'), output('err'));
  const reporter = json ? jsonReporter(output('out').write, plain) : plain;
  for (const event of events) reporter.emit(event);
  reporter.finish();
  return streams;
}

describe('Reports', () => {
  it('put results on stdout and diagnostics on stderr', () => {
    expect(said(false, false, [refusal, result])).to.eql({
      out: 'net  n\ndone\n',
      err: "error[run/unknown-blob]: n has no blob 'x'\n1 error\n",
    });
  });

  it('use colours where they may', () => {
    const { out, err } = said(true, false, [refusal, result]);
    expect(out).to.include('\u001b[32mdone');
    expect(err).to.include('\u001b[31merror');
  });

  it('are one document, of the result or of the refusal', () => {
    expect(said(false, true, [result]).out).to.equal(
      '{\n  "value": "nan"\n}\n',
    );
    const { out, err } = said(false, true, [refusal]);
    expect(JSON.parse(out)).to.have.nested.property(
      'diagnostics[0].code',
      'run/unknown-blob',
    );
    expect(err).to.match(/error\[run\/unknown-blob\]/);
  });

  it('cap what nobody reads', () => {
    const many = Array.from({ length: 150 }, () => refusal);
    const { err } = said(false, false, many);
    expect(err.split('\n')).to.have.length(102);
    expect(err).to.match(/150 errors \(the last 50 are not shown\)/);
  });
});
