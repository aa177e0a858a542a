import { type Command, InvalidArgumentError } from 'commander';

import type { ClassifyFlags } from '../commands/classify.js';
import {
  addJsonFlag,
  addNetFlags,
  addWeightFlag,
  collectList,
  type OutputFlags,
  positiveNumber,
  wholeNumber,
} from '../flags.js';
import { addCommand, type Execute } from './add-command.js';

export function addClassify(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'classify <net> <image...>',
    'tell the classes of images',
    'classify deploy.prototxt cat.jpg --weights net.caffemodel --labels words.txt',
  )
    .option('--labels <file>', 'the names of the classes, a line each')
    .option(
      '--mean <numbers or file>',
      'to subtract: B,G,R, a .npy or a .binaryproto',
    )
    .option('--scale <number>', 'factor behind the mean', positiveNumber, 1)
    .option('--std <numbers>', 'divides behind the scale: B,G,R', deviations)
    .option(
      '--image-size <height,width>',
      "what images are resized to; default: the net's input",
      imageSize,
    )
    .option(
      '--oversample',
      'the mean over ten crops: corners, middle, mirrored',
    )
    .option('--top <number>', 'how many classes', wholeNumber(1), 5)
    .option(
      '--blob <name>',
      'the blob of scores, if there are several outputs',
    );
  addJsonFlag(addNetFlags(addWeightFlag(command))).action(
    (
      net: string,
      images: readonly string[],
      flags: ClassifyFlags & OutputFlags,
    ) =>
      execute(flags, async (emit) => {
        const { classify } = await import('../commands/classify.js');
        return classify(net, images, flags, emit);
      }),
  );
}

function deviations(text: string): readonly number[] {
  return collectList(text).map(positiveNumber);
}

/** `256` or `256,320`, also with an x. */
function imageSize(text: string): readonly [number, number] {
  const [, height, width = height] = /^(\d+)(?:[,x](\d+))?$/.exec(text) ?? [];
  const size = [Number(height), Number(width)] as const;
  if (!size.every((side) => side > 0)) {
    throw new InvalidArgumentError('It has the form 256 or 256,320.');
  }
  return size;
}
