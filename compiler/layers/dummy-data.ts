import type { Shape } from '../ir/types.js';
import type { Message } from '../schema/message.js';
import {
  atLeast,
  defineLayer,
  exactly,
  type SetUpContext,
  startsAt,
} from './define-layer.js';
import { fillerTypes, fillerValue } from './fillers.js';

type Param = Message<'DummyDataParameter'>;

/**
 * DummyData (dummy_data_layer.cpp): tops that fillers make.
 *
 * - C1: one `shape` for all tops or one for each; or, in the old way, `num`, `channels`,
 *   `height` and `width`, each once or once for each top. Not both.
 * - C2: no `data_filler` (zeros), one, or one for each top.
 * - C3: random fillers draw anew in every pass; the seed and the number of the pass tell what.
 */
export const dummyData = defineLayer({
  type: 'DummyData',
  bottoms: exactly(0),
  tops: atLeast(1),
  setUp(context) {
    const { message, topCount } = context;
    const param = message.get('dummy_data_param');
    const fillers = param.get('data_filler');
    if (![0, 1, topCount].includes(fillers.length)) {
      return context.refuse(
        `${fillers.length} data_fillers for ${topCount} tops; give none, one, or one for each`,
        param.spanOf('data_filler'),
      );
    }
    const unknown = fillers.find(
      (filler) => !fillerTypes.includes(filler.get('type')),
    );
    if (unknown !== undefined) {
      return context.report(
        'net/unknown-filler',
        { layer: context.name, type: unknown.get('type') },
        unknown.spanOf('type'),
      );
    }
    const shapes = shapesOf(context, param);
    if (shapes === undefined) return undefined;
    return {
      tops: shapes,
      lower: (pass) => {
        const draws = {
          uniform: (shape: Shape) => pass.random(shape),
          normal: (shape: Shape) => pass.randomNormal(shape),
        };
        return shapes.map((shape, index) => {
          const filler = forTop(fillers, index) ?? startsAt(0);
          return fillerValue(pass.builder, { shape, filler }, draws);
        });
      },
    };
  },
});

/** What is written once holds for all tops. */
const forTop = <T>(written: readonly T[], index: number): T | undefined =>
  written.length === 1 ? written[0] : written[index];

const oldSizes = ['num', 'channels', 'height', 'width'] as const;

function shapesOf(
  context: SetUpContext,
  param: Param,
): readonly Shape[] | undefined {
  const { topCount, message, inputShapes } = context;
  const written = param.get('shape');
  const old = oldSizes.find((field) => param.has(field));
  if (old !== undefined && written.length > 0) {
    return context.refuse(
      `give shape, or num, channels, height and width, not both`,
      param.spanOf(old),
    );
  }
  if (old === undefined) {
    if (written.length !== 1 && written.length !== topCount) {
      return context.refuse(
        `needs one shape, or one for each of its ${topCount} tops`,
        param.spanOf('shape'),
      );
    }
  } else {
    const wrong = oldSizes.find(
      (field) => ![1, topCount].includes(param.get(field).length),
    );
    if (wrong !== undefined) {
      return context.refuse(
        `needs one ${wrong}, or one for each of its ${topCount} tops`,
        param.spanOf(wrong),
      );
    }
  }
  return message
    .get('top')
    .map(
      (name, index): Shape =>
        inputShapes.get(name) ??
        (old === undefined
          ? (forTop(written, index)?.get('dim') ?? [])
          : oldSizes.map((field) => forTop(param.get(field), index) ?? 0)),
    );
}
