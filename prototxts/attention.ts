import {
  type Augmentation,
  type Dataset,
  type FileKind,
  fileKinds,
  type Learning,
  type Mask,
  type UnitName,
  unitNames,
} from './choices.js';
import { addCifarLayers } from './cifar.js';
import { datasetFacts } from './dataset.js';
import type { NetMember } from './family.js';
import { family, netName, residualUnits } from './family.js';
import { addImagenetLayers } from './imagenet.js';
import { NetBuilder } from './net-builder.js';
import type { Purpose } from './purpose.js';
import { toRun, toTrain } from './purpose.js';
import { writeSolver } from './solver.js';
import { addLossAndAccuracy, addTrainingData, pictures } from './train-val.js';
import type { LabelNoise } from './transforms.js';
import { writeNet } from './write-net.js';

export interface AttentionOptions {
  /** One of `depths`; whether the dataset has that net is found out here. */
  readonly depth: number;
  readonly unit: UnitName;
  readonly dataset: Dataset;
  /** How the mask becomes weights; default: mixed. */
  readonly mask?: Mask;
  /** How the mask meets the trunk; default: attention residual learning. */
  readonly learning?: Learning;
  /** Default: all. */
  readonly files?: readonly FileKind[];
  /**
   * Where the folder of the net will stand, seen from where Caffe or rancc will be started;
   * the solver names its net by it. Default: there.
   */
  readonly folder?: string;
  /** Holds the databases and, for CIFAR, the mean. Default: `data/<dataset>`. */
  readonly dataFolder?: string;
  /** How training pictures are varied; default: as in the paper. */
  readonly augmentation?: Augmentation;
  /** The share of pictures that are trained with a wrong label, from 0 to 1; default: none. */
  readonly labelNoise?: number;
  /** Draws them. Default: 0. */
  readonly noiseSeed?: number;
  /** Pictures in an iteration of training. Default: 64. */
  readonly batchSize?: number;
  /** Of the training, in place of the paper's; the rate falls at the same parts of the way. */
  readonly iterations?: number;
  /** Of one test, in place of those that see every picture of the data set once. */
  readonly testIterations?: number;
}

export interface GeneratedFile {
  /** `deploy.prototxt` */
  readonly name: string;
  readonly text: string;
}

export type Generated =
  | { readonly net: string; readonly files: readonly GeneratedFile[] }
  | { readonly refusal: string };

/**
 * The prototxts of one net of the Residual Attention family ("Residual Attention Network
 * for Image Classification", Wang et al., arXiv 1704.06904), or why there are none.
 */
export function generateAttention(options: AttentionOptions): Generated {
  const { depth, unit, dataset, files = fileKinds } = options;
  const { augmentation, labelNoise } = options;
  const member = family[dataset][unit].find((each) => each.depth === depth);
  if (member === undefined) {
    return {
      refusal: `there is no ${netName(unit, depth)} for ${dataset}; the family has ${listFamily()}`,
    };
  }
  if (labelNoise !== undefined && augmentation === 'caffe') {
    return {
      refusal: "Caffe cannot read the noise of labels, which is rancc's",
    };
  }
  return {
    net: variantName(options),
    // In the usual order, and each once.
    files: fileKinds
      .filter((kind) => files.includes(kind))
      .map((kind) => ({
        name: `${kind}.prototxt`,
        text: writers[kind](member, options),
      })),
  };
}

/** `Attention-56-channel-nal`: what is not usual is in the name. */
function variantName({
  unit,
  depth,
  mask = 'mixed',
  learning = 'arl',
}: AttentionOptions): string {
  return [
    netName(unit, depth),
    ...(mask === 'mixed' ? [] : [mask]),
    ...(learning === 'arl' ? [] : [learning]),
  ].join('-');
}

/** `Attention-56, 92 and AttentionNeXt-56, 92 for imagenet; ...` */
function listFamily(): string {
  return Object.entries(family)
    .map(([dataset, units]) => {
      const nets = unitNames
        .filter((unit) => units[unit].length > 0)
        .map((unit) => {
          const depths = units[unit].map(({ depth }) => depth).join(', ');
          return `${residualUnits[unit].family}-${depths}`;
        });
      return `${nets.join(' and ')} for ${dataset}`;
    })
    .join('; ');
}

const writers: Readonly<
  Record<FileKind, (member: NetMember, options: AttentionOptions) => string>
> = { deploy: deployText, train_val: trainValText, solver: solverText };

function deployText(member: NetMember, options: AttentionOptions): string {
  const { pixels } = datasetFacts[options.dataset];
  const net = newNet(options, toRun);
  net.section('Input and stem');
  const data = net.input(pictures, [1, 3, pixels, pixels]);
  net.softmax('cls', addLayers(net, member, options, data));
  return writeNet({
    name: variantName(options),
    heading: heading(member, options, 'to be run with trained weights'),
    sections: net.sections,
  });
}

function trainValText(member: NetMember, options: AttentionOptions): string {
  const net = newNet(options, toTrain);
  addTrainingData(net, {
    dataset: options.dataset,
    folder: options.dataFolder ?? `data/${options.dataset}`,
    batchSize: options.batchSize ?? 64,
    augmentation: options.augmentation ?? 'paper',
    labelNoise: noiseOf(options),
  });
  net.section('Stem');
  addLossAndAccuracy(net, addLayers(net, member, options, pictures));
  return writeNet({
    name: variantName(options),
    heading: heading(member, options, 'to be trained and tested'),
    sections: net.sections,
  });
}

function noiseOf({
  labelNoise,
  noiseSeed = 0,
}: AttentionOptions): LabelNoise | undefined {
  if (labelNoise === undefined) return undefined;
  return { rate: labelNoise, seed: noiseSeed };
}

function solverText(member: NetMember, options: AttentionOptions): string {
  const { dataset, folder = '.', iterations, testIterations } = options;
  const name = variantName(options);
  const path = folder === '.' ? name : `${folder}/${name}`;
  return writeSolver({
    heading: heading(member, options, 'trained as in the paper'),
    dataset,
    net: `${path}/train_val.prototxt`,
    snapshotPrefix: `${path}/${name}`,
    iterations,
    testIterations,
  });
}

function newNet({ unit }: AttentionOptions, purpose: Purpose): NetBuilder {
  return new NetBuilder(purpose, residualUnits[unit].convolutionRates);
}

/** The layers from the data to the scores of the classes. */
function addLayers(
  net: NetBuilder,
  member: NetMember,
  options: AttentionOptions,
  data: string,
): string {
  const { unit, dataset, mask = 'mixed', learning = 'arl' } = options;
  const { classes } = datasetFacts[dataset];
  const plan = { member, attention: { mask, learning }, classes };
  return dataset === 'imagenet'
    ? addImagenetLayers(net, residualUnits[unit], data, plan)
    : addCifarLayers(net, residualUnits[unit], data, plan);
}

function heading(
  { module, modules }: NetMember,
  options: AttentionOptions,
  use: string,
): string[] {
  const { unit, dataset, mask = 'mixed', learning = 'arl' } = options;
  const { p, t, r } = module;
  const special = [
    ...(mask === 'mixed' ? [] : [`${mask} attention`]),
    ...(learning === 'arl' ? [] : ['naive attention learning']),
  ];
  return [
    `${variantName(options)} for ${datasetFacts[dataset].title}, ${use}`,
    `(Residual Attention Network, arXiv 1704.06904; ${[residualUnits[unit].title, ...special].join(', ')}).`,
    `Attention modules in the stages A, B, C: ${modules.join(', ')}, each {p=${p}, t=${t}, r=${r}}.`,
    'Written by `npm run generate` from prototxts/attention.ts: edit that instead.',
  ];
}
