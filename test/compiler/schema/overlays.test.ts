import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import {
  definitionsOf,
  type DialectName,
  dialectNames,
  enumEntry,
  enumNames,
  fieldsOf,
  isIn,
  isMessageName,
  messageNames,
} from '../../../compiler/schema/message-type.js';

import { referenceFolder } from '../../support/reference.js';

/** The trees that the overlays describe; those of the three full dialects have their own test. */
const trees: Readonly<Partial<Record<DialectName, string>>> = {
  ssd: 'weiliu89__caffe@ssd',
  nvidia: 'NVIDIA__caffe@caffe-0.17',
  intel: 'BVLC__caffe@intel',
  yolo: 'eric612__MobileNet-YOLO@master',
  'faster-rcnn': 'rbgirshick__caffe-fast-rcnn@faster-rcnn',
  rfcn: 'daijifeng001__caffe-rfcn@r-fcn',
  microsoft: 'Microsoft__caffe@master',
  pvanet: 'sanghoon__caffe@dev_pvanet',
  pspnet: 'hszhao__PSPNet@master',
  yjxiong: 'yjxiong__caffe@action_recog',
  segnet: 'alexgkendall__caffe-segnet@segnet-cleaned',
  enet: 'TimoSaemann__caffe-enet@master',
  deeplab: 'TheLegendAli__DeepLab-Context@master',
  'deeplab-v2': 'xmyqsh__deeplab-v2@master',
  parsenet: 'weiliu89__caffe@fcn',
  flownet2: 'lmb-freiburg__flownet2@master',
  ocr: 'senlinuc__caffe_ocr@master',
  crnn: 'yalecyu__crnn.caffe@master',
  ctpn: 'tianzhi0549__CTPN@master',
  crfrnn: 'bittnt__caffe@crfrnn',
  segstereo: 'yangguorun__SegStereo@master',
  'ducha-aiki': 'ducha-aiki__caffe@elu',
  'mini-caffe': 'luoyetx__mini-caffe@master',
  'caffe-face': 'ydwen__caffe-face@caffe-face',
  wenwei202: 'wenwei202__caffe@master',
  opencl: 'BVLC__caffe@opencl',
};

/** Of whom there is no caffe.proto: what published nets write, and rancc's own. */
const withoutTree: readonly DialectName[] = ['densenet', 'lltcggie', 'rancc'];

const full: readonly DialectName[] = ['bvlc', 'ran', 'happynear'];

/** Lists in the tree that layers here take one value of: a second one is refused. */
const takenOnce: Readonly<Partial<Record<DialectName, readonly string[]>>> = {
  ctpn: ['AccuracyParameter.ignore_label'],
  opencl: [
    'PoolingParameter.pad',
    'PoolingParameter.kernel_size',
    'PoolingParameter.stride',
  ],
};

interface FieldFacts {
  readonly name: string;
  readonly number: number;
  readonly type: string;
  readonly type_name?: string;
  readonly label: string;
  readonly default?: string | number | boolean | undefined;
  readonly packed?: boolean;
}

interface Facts {
  readonly messages: Readonly<
    Record<string, { readonly fields: readonly FieldFacts[] }>
  >;
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** The facts of a tree, in which V1 layers have that name also where there are no later ones. */
function factsOf(folder: string, tree: string): Facts {
  const text = readFileSync(join(folder, `${tree}.json`), 'utf8');
  const facts = JSON.parse(text) as Facts;
  return facts.messages['V1LayerParameter'] === undefined
    ? (JSON.parse(
        text.replaceAll('"LayerParameter', '"V1LayerParameter'),
      ) as Facts)
    : facts;
}

const definition = (field: {
  readonly number: number;
  readonly type: string;
  readonly typeName?: string | undefined;
  readonly label: string;
  readonly default?: string | number | boolean | undefined;
  readonly packed?: boolean | undefined;
}): string =>
  [
    `${field.label} ${field.typeName ?? field.type} = ${field.number}`,
    field.default === undefined ? '' : `default ${String(field.default)}`,
    field.packed ? 'packed' : '',
  ].join(' ');

/** What the dialect has and BVLC's lacks, as texts. */
const overlaid = (dialect: DialectName): readonly string[] => [
  ...messageNames.flatMap((message) =>
    fieldsOf(message)
      .filter((field) => isIn(field, dialect) && !isIn(field, 'bvlc'))
      .map((field) => `${message}.${field.name}: ${definition(field)}`),
  ),
  ...enumNames.flatMap((name) =>
    enumEntry(name)
      .values.filter((value) => isIn(value, dialect) && !isIn(value, 'bvlc'))
      .map((value) => `${name}.${value.name} = ${value.number}`),
  ),
];

const allIn = ({ messages, enums }: Facts): ReadonlySet<string> =>
  new Set([
    ...Object.entries(messages).flatMap(([message, { fields }]) =>
      fields.map(
        ({ type_name: typeName, ...field }) =>
          `${message}.${field.name}: ${definition({ ...field, typeName })}`,
      ),
    ),
    ...Object.entries(enums).flatMap(([name, values]) =>
      Object.entries(values).map(
        ([value, number]) => `${name}.${value} = ${number}`,
      ),
    ),
  ]);

/** The messages that can stand in a prototxt: those that nets and solvers lead to. */
function messagesOfFiles({ messages }: Facts): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    // Of blobs a prototxt holds none; what forks keep in them, the reader of weights knows.
    if (found.has(name) || name === 'BlobProto') return;
    found.add(name);
    for (const { type_name: type } of messages[name]?.fields ?? []) {
      if (type !== undefined) visit(type);
    }
  };
  visit('NetParameter');
  visit('SolverParameter');
  return found;
}

/**
 * Names that a file for the tree may write and that a reader of the dialect does not know, or
 * takes once only where the tree takes several.
 */
function unknownNames(facts: Facts, dialect: DialectName): readonly string[] {
  const names: string[] = [];
  const files = messagesOfFiles(facts);
  for (const message of files) {
    for (const { name, label } of facts.messages[message]?.fields ?? []) {
      const isKnown =
        isMessageName(message) &&
        definitionsOf(message, name).some(
          (entry) =>
            isIn(entry, dialect) &&
            (label !== 'repeated' || entry.label === 'repeated'),
        );
      if (!isKnown) names.push(`${message}.${name}`);
    }
    for (const { type, type_name: enumName = '' } of facts.messages[message]
      ?.fields ?? []) {
      if (type !== 'enum') continue;
      const known = enumNames.includes(enumName)
        ? enumEntry(enumName).values.filter((value) => isIn(value, dialect))
        : [];
      for (const value of Object.keys(facts.enums[enumName] ?? {})) {
        if (!known.some(({ name }) => name === value))
          names.push(`${enumName}.${value}`);
      }
    }
  }
  return [...new Set(names)];
}

describe('the overlays of the dialects', () => {
  const folder = referenceFolder('schema/forks');
  if (folder === undefined) {
    it('needs the facts of the trees');
    return;
  }

  it('are compared with all trees that are known', () => {
    expect(
      [...Object.keys(trees), ...withoutTree, ...full].toSorted(),
    ).to.deep.equal([...dialectNames].toSorted());
  });

  for (const dialect of dialectNames) {
    const tree = trees[dialect];
    if (tree === undefined) continue;
    it(`${dialect} says what ${tree} says`, () => {
      const facts = factsOf(folder, tree);
      const known = allIn(facts);
      const mine = overlaid(dialect);
      expect(mine).not.to.deep.equal([]);
      expect(mine.filter((one) => !known.has(one))).to.deep.equal([]);
    });

    it(`${dialect} knows every name that a file for ${tree} may have`, () => {
      expect(unknownNames(factsOf(folder, tree), dialect)).to.deep.equal(
        takenOnce[dialect] ?? [],
      );
    });
  }
});
