import { addCifarLayers } from './cifar.js';
import type { Dataset, NetMember, UnitName } from './family.js';
import { family, netName, residualUnits, unitNames } from './family.js';
import { addImagenetLayers } from './imagenet.js';
import { NetBuilder } from './net-builder.js';
import { writeNet } from './write-net.js';

export interface AttentionOptions {
  /** One of `depths`; whether the dataset has that net is found out here. */
  readonly depth: number;
  readonly unit: UnitName;
  readonly dataset: Dataset;
  /** How the mask becomes weights (paper, section 3.3). */
  readonly mask?: 'mixed' | 'channel' | 'spatial';
  /** How the mask meets the trunk: attention residual or naive (paper, section 3.1). */
  readonly learning?: 'arl' | 'nal';
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
  const { depth, unit, dataset, mask = 'mixed', learning = 'arl' } = options;
  if (mask !== 'mixed') {
    return {
      refusal: `masks of the kind '${mask}' cannot be generated yet, only 'mixed' ones`,
    };
  }
  if (learning !== 'arl') {
    return {
      refusal: `nets with naive attention learning ('${learning}') cannot be generated yet, only with attention residual learning ('arl')`,
    };
  }
  const member = family[dataset][unit].find((each) => each.depth === depth);
  if (member === undefined) {
    return {
      refusal: `there is no ${netName(unit, depth)} for ${dataset}; the family has ${listFamily()}`,
    };
  }
  return {
    net: netName(unit, depth),
    files: [
      { name: 'deploy.prototxt', text: deployText(member, unit, dataset) },
    ],
  };
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

function deployText(
  member: NetMember,
  unitName: UnitName,
  dataset: Dataset,
): string {
  const unit = residualUnits[unitName];
  const net = new NetBuilder(unit.convolutionRates);
  switch (dataset) {
    case 'imagenet':
      addImagenetLayers(net, unit, member);
      break;
    case 'cifar10':
      addCifarLayers(net, unit, member, 10);
      break;
    case 'cifar100':
      addCifarLayers(net, unit, member, 100);
      break;
  }
  const name = netName(unitName, member.depth);
  const { p, t, r } = member.module;
  return writeNet({
    name,
    heading: [
      `${name} for ${datasetTitles[dataset]}, to be run with trained weights`,
      `(Residual Attention Network, arXiv 1704.06904; ${unit.title}).`,
      `Attention modules in the stages A, B, C: ${member.modules.join(', ')}, each {p=${p}, t=${t}, r=${r}}.`,
      'Written by `npm run generate` from prototxts/attention.ts: edit that instead.',
    ],
    sections: net.sections,
  });
}

const datasetTitles: Readonly<Record<Dataset, string>> = {
  imagenet: 'ImageNet',
  cifar10: 'CIFAR-10',
  cifar100: 'CIFAR-100',
};
