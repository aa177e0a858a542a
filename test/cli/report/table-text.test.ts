import { expect } from 'chai';

import { tableLines, withoutMiddle } from '../../../cli/report/table-text.js';

const table = {
  kind: 'table',
  columns: [
    { title: 'layer', shrinks: true },
    { title: 'type' },
    { title: 'macs', align: 'right' },
  ],
  rows: [
    ['AttentionA_1/trunk/res_1/branch1/conv1_1x1', 'Convolution', '12.8 M'],
    ['relu', 'ReLU', ''],
  ],
  footer: [['2 layers', '', '12.8 M']],
} as const;

describe('The text of a table', () => {
  it('is as wide as its entries where nothing limits it', () => {
    expect(tableLines(table, { colour: false, width: undefined })).to.eql([
      'layer                                       type           macs',
      'AttentionA_1/trunk/res_1/branch1/conv1_1x1  Convolution  12.8 M',
      'relu                                        ReLU',
      '───────────────────────────────────────────────────────────────',
      '2 layers                                                 12.8 M',
    ]);
  });

  it('fits a terminal by the middle of long names', () => {
    const lines = tableLines(table, { colour: false, width: 40 });
    expect(lines.slice(0, 2)).to.eql([
      'layer                type           macs',
      'Attention…/conv1_1x1  Convolution  12.8 M'.replace('…/', '…'),
    ]);
    for (const line of lines) expect(line.length).to.be.at.most(40);
  });

  it('keeps what cannot shrink, however narrow the terminal', () => {
    const lines = tableLines(table, { colour: false, width: 10 });
    expect(lines[1]).to.match(/Convolution {2}12\.8 M$/);
  });

  it('shortens a name to both its ends', () => {
    expect(withoutMiddle('abcdefghij', 10)).to.equal('abcdefghij');
    expect(withoutMiddle('abcdefghij', 5)).to.equal('ab…ij');
    expect(withoutMiddle('abcdefghij', 2)).to.equal('a…');
    expect(withoutMiddle('abcdefghij', 1)).to.equal('a');
  });
});
