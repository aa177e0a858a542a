import { expect } from 'chai';

import {
  compileSolver,
  type CompileSolverOptions,
} from '../../compiler/compile-solver.js';
import { isError } from '../../compiler/diagnostics.js';
import {
  functionOf,
  type GraphFunction,
  isOp,
} from '../../compiler/ir/graph.js';
import { verify } from '../../compiler/ir/verify.js';
import { transpose } from '../../compiler/ops/shape-ops.js';
import { loadSolver } from '../../compiler/schema/load-solver.js';

const data = (phase: string) =>
  `layer { name: "data" type: "Input" top: "data" top: "label" include { phase: ${phase} }
     input_param { shape { dim: 2 dim: 3 dim: 8 dim: 8 } shape { dim: 2 } } }`;

const net = `
${data('TRAIN')}
${data('TEST')}
layer { name: "conv" type: "Convolution" bottom: "data" top: "conv"
  convolution_param { num_output: 4 kernel_size: 3 pad: 1 } }
layer { name: "bn" type: "BN" bottom: "conv" top: "conv"
  bn_param { slope_filler { value: 1 } } }
layer { name: "down" type: "Convolution" bottom: "conv" top: "down"
  convolution_param { num_output: 4 kernel_size: 3 stride: 2 } }
layer { name: "pool" type: "Pooling" bottom: "down" top: "pool"
  pooling_param { pool: AVE global_pooling: true } }
layer { name: "ip" type: "InnerProduct" bottom: "pool" top: "ip"
  inner_product_param { num_output: 10 } }
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "ip" bottom: "label" top: "loss" }
`;

const solver =
  'net: "net" lr_policy: "fixed" base_lr: 0.1 max_iter: 1 test_iter: 1 test_interval: 1';

function compiled(
  more = '',
  options: CompileSolverOptions = {},
  text: string = net,
) {
  const loaded = loadSolver({ name: 'solver', text: `${solver} ${more}` });
  if (loaded.solver === undefined) throw new Error('not loaded');
  return compileSolver(
    loaded.solver,
    (name) => ({ name, text: name === 'net' ? text : '' }),
    {
      // BN is the authors' own layer.
      dialect: 'ran',
      observe: (pass, graph) => {
        verify(graph, pass);
      },
      ...options,
    },
  );
}

function modelOf(...given: Parameters<typeof compiled>) {
  const { model, diagnostics } = compiled(...given);
  if (model === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  }
  return model;
}

const transposes = ({ ops }: GraphFunction) =>
  ops.filter((op) => isOp(op, transpose));

const codesOf = (...given: Parameters<typeof compiled>): readonly string[] =>
  compiled(...given).diagnostics.map(({ code }) => code);

describe('A compiled solver', () => {
  it('has a function for all that a training does', () => {
    const names = modelOf('iter_size: 2 snapshot_diff: true', {
      gradients: true,
    }).graph.functions.map(({ name }) => name);
    expect(names).to.deep.equal([
      'train_step',
      'accumulate',
      'forward',
      'gradients',
      'test_0',
      'assign',
      'initialize',
      'read',
      'assign_state',
      'read_state',
      'read_updates',
    ]);
  });

  it('keeps filters and their history as TensorFlow reads them', () => {
    const { graph } = modelOf('momentum: 0.9 weight_decay: 0.01');
    const shapes = new Map(
      graph.variables.map(({ name, type }) => [name, type.shape]),
    );
    expect(shapes.get('conv/0')).to.deep.equal([3, 3, 3, 4]);
    expect(shapes.get('solver/history/conv/0/0')).to.deep.equal([3, 3, 3, 4]);
    expect(shapes.get('ip/0')).to.deep.equal([10, 4]);
  });

  for (const type of ['SGD', 'Nesterov', 'AdaDelta', 'Adam']) {
    it(`transposes no filter in a step of ${type}`, () => {
      const { graph } = modelOf(
        `type: "${type}" momentum: 0.9 weight_decay: 0.01 clip_gradients: 1 iter_size: 2`,
      );
      for (const name of ['train_step', 'accumulate', 'forward', 'test_0']) {
        const found = transposes(functionOf(graph, name));
        // The images that are fed, and nothing else.
        expect(
          found.map(({ inputs: [input] }) => input?.type.shape),
          name,
        ).to.deep.equal([[2, 3, 8, 8]]);
      }
      expect(transposes(functionOf(graph, 'assign')).length).to.equal(2);
      expect(transposes(functionOf(graph, 'read')).length).to.equal(2);
    });
  }

  it('feeds and gives parameters and history in the order of Caffe', () => {
    const { graph, parameters, history } = modelOf('type: "Adam"');
    const { inputs } = functionOf(graph, 'assign');
    expect(inputs[0]?.value.type.shape).to.deep.equal([4, 3, 3, 3]);
    expect(
      parameters.map(({ layer, index }) => `${layer}/${index}`),
    ).to.deep.equal([
      ...['conv/0', 'conv/1', 'bn/0', 'bn/1', 'bn/2', 'bn/3'],
      ...['down/0', 'down/1', 'ip/0', 'ip/1'],
    ]);
    expect(history.map(({ slot }) => slot)).to.deep.equal([
      ...new Array<number>(10).fill(0),
      ...new Array<number>(10).fill(1),
    ]);
  });

  it('warns of decay on moving statistics, unless they are protected', () => {
    expect(codesOf('weight_decay: 0.1')).to.deep.equal([
      'solver/statistics-decay',
    ]);
    expect(
      codesOf('weight_decay: 0.1', { protectStatistics: true }),
    ).to.deep.equal([]);
    expect(codesOf()).to.deep.equal([]);
  });

  it('shares the parameters of layers of one name alone', () => {
    const own = `${net} layer { name: "own" type: "InnerProduct" bottom: "ip" top: "own"
      include { phase: TEST } inner_product_param { num_output: 2 } }`;
    const { graph } = modelOf('', {}, own);
    const names = graph.variables
      .filter(({ source }) => source.kind === 'parameter')
      .map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('test_0/'))).to.deep.equal([
      'test_0/own/0',
      'test_0/own/1',
    ]);
    expect(names.filter((name) => name.includes('conv')).length).to.equal(2);
  });

  it('refuses a test net whose shared layers are others', () => {
    const outputs = (phase: string, more: string) =>
      `layer { name: "end" type: "InnerProduct" bottom: "ip" top: "end"
         include { phase: ${phase} } inner_product_param { ${more} } }`;
    const other = (more: string) =>
      net + outputs('TRAIN', 'num_output: 3') + outputs('TEST', more);
    expect(codesOf('', {}, other('num_output: 4'))).to.deep.equal([
      'solver/test-blob-shape',
      'solver/test-blob-shape',
    ]);
    expect(
      codesOf('', {}, other('num_output: 3 bias_term: false')),
    ).to.deep.equal(['solver/test-blob-count']);
  });

  it('needs a loss', () => {
    const [withoutLoss = ''] = net.split('layer { name: "loss"');
    const { diagnostics } = compiled('', {}, withoutLoss);
    expect(diagnostics.filter(isError).map(({ code }) => code)).to.deep.equal([
      'solver/no-loss',
    ]);
  });

  it('draws by its seed', () => {
    const random = net.replace(
      'num_output: 10',
      'num_output: 10 weight_filler { type: "xavier" }',
    );
    const bytesOf = (seed: number) =>
      Buffer.from(modelOf('', { seed }, random).savedModel.bytes).toString(
        'latin1',
      );
    expect(bytesOf(1)).to.equal(bytesOf(1));
    expect(bytesOf(1)).not.to.equal(bytesOf(2));
  });
});
