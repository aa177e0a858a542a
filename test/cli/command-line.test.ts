import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { withTemporaryFolder } from '../support/temporary-folder.js';
import { documentIn, lenet, rancc } from './rancc-process.js';

describe('The command line', () => {
  it('tells its commands, and of one its flags with an example', async () => {
    const all = await rancc('--help');
    expect(all.status, all.stderr).to.equal(0);
    expect(all.stdout).to.match(/compile \[options\] <net>/);
    const one = await rancc('compile', '--help');
    expect(one.status).to.equal(0);
    expect(one.stdout)
      .to.match(/--schema, --dialect/)
      .and.match(/Example:\n {2}\$ rancc compile deploy\.prototxt/);
  });

  it('answers slips with a suggestion and status 2, stdout untouched', async () => {
    const slips = [
      [['sumary', 'x'], /did you mean summary/i],
      [['check', '--strct', 'x'], /did you mean --strict/i],
      [['summary', lenet('deploy.prototx')], /did you mean .*deploy\.prototxt/],
      [['check', '--dialect', 'rann', lenet('deploy.prototxt')], /'ran'/],
      [['draw', 'x'], /unknown command 'draw'/],
    ] as const;
    for (const [parameters, advice] of slips) {
      const said = await rancc(...parameters);
      expect(said.status, parameters.join(' ')).to.equal(2);
      expect(said.stderr).to.match(advice);
      expect(said.stdout).to.equal('');
    }
  });

  it('refuses what is not there yet by name, with status 2', async () => {
    const parts = [
      [['compile', '--train', lenet('deploy.prototxt')], /--solver/],
      [['compile', '--emit', 'onnx', lenet('deploy.prototxt')], /onnx/],
      [['check', '--solver', 'x', lenet('deploy.prototxt')], /--solver/],
    ] as const;
    for (const [parameters, words] of parts) {
      const said = await rancc(...parameters);
      expect(said.status, parameters.join(' ')).to.equal(2);
      expect(said.stderr).to.match(words);
    }
  });

  it('checks several files of either kind', async () => {
    const said = await rancc(
      'check',
      '--json',
      lenet('train_val.prototxt'),
      lenet('solver.prototxt'),
    );
    expect(said.status).to.equal(0);
    const { files } = documentIn(said) as {
      files: { diagnostics: Record<string, unknown>[] }[];
    };
    expect(files.map(({ diagnostics }) => diagnostics.length)).to.eql([1, 0]);
    expect(files[0]?.diagnostics[0]).to.include({
      severity: 'warning',
      code: 'data/shape-unknown',
      line: 11,
      column: 7,
    });
    expect(said.stderr).to.match(/--input-shape data=50,3,H,W/);
  });

  it('says in check whose dialect a file is, and why', async () => {
    const net = lenet('../attention_small/deploy.prototxt');
    const said = await rancc('check', net);
    expect(said.stdout).to.match(/no mistakes \(dialect ran: .*bn_param/);
  });

  it('refuses in compile what it warns of in check', () =>
    withTemporaryFolder(async (folder) => {
      const out = join(folder, 'out');
      const net = lenet('train_val.prototxt');
      const said = await rancc('compile', net, '-o', out, '--json');
      expect(said.status).to.equal(1);
      expect(said.stderr).to.match(/:11:7: error\[data\/shape-unknown\]/);
      const { diagnostics } = documentIn(said) as {
        diagnostics: { severity: string }[];
      };
      expect(diagnostics.map(({ severity }) => severity)).to.include('error');
      expect(existsSync(out)).to.equal(false);
    }));

  it('compiles into a folder, again into its own, not into another', () =>
    withTemporaryFolder(async (folder) => {
      const out = join(folder, 'out');
      const net = lenet('deploy.prototxt');
      const flags = ['--json', '--verify-ir', '--dump-ir', 'lower'];
      const first = await rancc('compile', net, '-o', out, ...flags);
      expect(first.status, first.stderr).to.equal(0);
      const document = documentIn(first) as Record<string, unknown>;
      expect(document).to.include({
        net: 'lenet',
        savedModel: join(out, 'saved_model.pb'),
        layers: 9,
        parameters: 69466,
      });
      expect(document['signatures']).to.include('predict');
      expect(document['ir']).to.have.length(1);
      expect(existsSync(join(out, 'saved_model.pb'))).to.equal(true);
      const again = await rancc('compile', net, '-o', out);
      expect(again.status, again.stderr).to.equal(0);
      expect(again.stdout).to.match(/^net +lenet$/m);
      const other = await rancc('compile', net, '-o', folder);
      expect(other.status).to.equal(1);
      expect(other.stderr).to.match(/rancc did not write it/);
    }));

  it('sums a net up', async () => {
    const said = await rancc('summary', lenet('deploy.prototxt'), '--json');
    const document = documentIn(said) as {
      layers: unknown[];
      totals: Record<string, number>;
    };
    expect(document.layers[1]).to.deep.include({
      name: 'conv1',
      type: 'Convolution',
      tops: [{ name: 'conv1', shape: [8, 20, 28, 28] }],
      parameters: 1520,
    });
    expect(document.totals).to.include({ layers: 9, parameters: 69466 });
  });

  it('compiles a solver with its net, and foretells the memory of a step', () =>
    withTemporaryFolder(async (folder) => {
      const solver = join(folder, 'solver.prototxt');
      const net = lenet('train_val.prototxt');
      writeFileSync(
        solver,
        `net: "${net}" base_lr: 0.01 lr_policy: "fixed" type: "Adam" max_iter: 1`,
      );
      const shape = ['--input-shape', 'data=4,1,28,28'];
      const out = join(folder, 'out');
      const said = await rancc(
        ...['compile', net, '--train', '--solver', solver, ...shape],
        ...['-o', out, '--json'],
      );
      expect(said.status, said.stderr).to.equal(0);
      const { signatures } = documentIn(said) as { signatures: string[] };
      expect(signatures).to.include.members([
        'train_step',
        'assign',
        'read_state',
      ]);
      const { history, parameters } = JSON.parse(
        readFileSync(join(out, 'rancc.json'), 'utf8'),
      ) as { history: unknown[]; parameters: unknown[] };
      expect(history).to.have.length(2 * parameters.length);
      const other = lenet('deploy.prototxt');
      const wrong = await rancc(
        ...['compile', other, '--train', '--solver', solver],
      );
      expect(wrong.status).to.equal(2);
      expect(wrong.stderr).to.match(/trains .*train_val\.prototxt/);

      const sum = await rancc(
        'summary',
        '--solver',
        solver,
        ...shape,
        '--json',
      );
      const { training } = documentIn(sum) as {
        training: { parameters: number; history: number; activations: number };
      };
      expect(training.history).to.equal(2 * training.parameters);
      expect(training.activations).to.be.above(4 * 4 * 28 * 28);
    }));

  it('sums up the nets of a solver, the train net first', () =>
    withTemporaryFolder(async (folder) => {
      const solver = join(folder, 'solver.prototxt');
      const net = lenet('train_val.prototxt');
      writeFileSync(solver, `net: "${net}" test_iter: 1`);
      const said = await rancc('summary', '--solver', solver, '--json');
      expect(said.status, said.stderr).to.equal(0);
      const { nets } = documentIn(said) as { nets: { phase: string }[] };
      expect(nets.map(({ phase }) => phase)).to.eql(['TRAIN', 'TEST']);
    }));

  it('prints a prototxt as protobuf JSON, or says what is wrong', () =>
    withTemporaryFolder(async (folder) => {
      const said = await rancc('parse', lenet('solver.prototxt'));
      expect(documentIn(said)).to.include({ lr_policy: 'inv' });
      const broken = join(folder, 'broken.prototxt');
      writeFileSync(broken, 'name: "a\nlayer { }\n');
      const refused = await rancc('parse', broken, '--json');
      expect(refused.status).to.equal(1);
      expect(refused.stderr).to.match(
        /broken\.prototxt:1:7: error\[text\/unterminated-string\]/,
      );
      expect(documentIn(refused)).to.have.property('diagnostics');
    }));

  it('generates a net once, and again only where it may', () =>
    withTemporaryFolder(async (folder) => {
      const command = ['generate', 'attention', '--depth', '56', '-o', folder];
      expect((await rancc(...command)).status).to.equal(0);
      const file = join(folder, 'Attention-56', 'deploy.prototxt');
      expect(readFileSync(file, 'utf8')).to.match(/name: "Attention-56"/);
      const solver = join(folder, 'Attention-56', 'solver.prototxt');
      const net = join(folder, 'Attention-56', 'train_val.prototxt');
      expect(readFileSync(solver, 'utf8')).to.include(`net: "${net}"`);
      expect((await rancc('check', '--strict', net, solver)).status).to.equal(
        0,
      );
      writeFileSync(file, 'mine');
      const said = await rancc(...command);
      expect(said.status).to.equal(2);
      expect(said.stderr).to.match(/--force/);
      expect(readFileSync(file, 'utf8')).to.equal('mine');
    }));

  it("brings an old net to today's form", () =>
    withTemporaryFolder(async (folder) => {
      const out = join(folder, 'new.prototxt');
      const said = await rancc('upgrade', lenet('lenet_v0.prototxt'), out);
      expect(said.status, said.stderr).to.equal(0);
      expect(readFileSync(out, 'utf8')).to.equal(
        readFileSync(lenet('lenet_v0.upgraded.prototxt'), 'utf8'),
      );
    }));

  it('upgrades a binary net with its weights, whatever its name', () =>
    withTemporaryFolder(async (folder) => {
      const old = join(folder, 'old.prototxt');
      copyFileSync(lenet('lenet_v1.caffemodel'), old);
      const out = join(folder, 'new.caffemodel');
      const said = await rancc('upgrade', old, out, '--json');
      expect(said.status, said.stderr).to.equal(0);
      expect(documentIn(said)).to.deep.equal({
        file: out,
        isComplete: true,
        steps: ['v1-layers', 'inputs'],
      });
      const same = await rancc('weights', 'diff', old, out);
      expect([same.status, same.stdout]).to.eql([0, 'equal\n']);
    }));
});
