import type {
  Score,
  TrainingEvent,
} from '../../runtime/training/training-event.js';

/** What a training shows of itself on a terminal. */
export interface TrainingView {
  readonly net: string;
  /** Iterations done. */
  readonly iteration: number;
  readonly maxIterations: number;
  readonly rate: number | undefined;
  /** Means of equal stretches since the training began, the oldest first. */
  readonly losses: readonly number[];
  readonly smoothedLoss: number | undefined;
  readonly iterationsPerSecond: number | undefined;
  readonly imagesPerSecond: number | undefined;
  /** Of the time that has passed. */
  readonly waitedShare: number | undefined;
  readonly secondsLeft: number | undefined;
  /** The last of each test net. */
  readonly tests: readonly TestView[];
  /** Of the process, in bytes. */
  readonly memory: number;
}

export interface TestView {
  readonly net: number;
  readonly iteration: number;
  readonly scores: readonly Score[];
}

/** Points of the curve; it is thinned when it has twice as many. */
const points = 60;
/** How much the last iteration counts in the mean time of one. */
const freshness = 0.05;

/** Follows a training's events. Times are in milliseconds. */
export class TrainingWatch {
  readonly #imagesPerIteration: number | undefined;
  #started: { readonly at: number; readonly iteration: number } | undefined;
  #facts: TrainingEvent & { readonly kind: 'started' } = {
    kind: 'started',
    net: '',
    policy: '',
    iteration: 0,
    maxIterations: 0,
  };
  #last: (TrainingEvent & { readonly kind: 'iteration' }) | undefined;
  #lastAt = 0;
  #milliseconds: number | undefined;
  #losses: number[] = [];
  #stretch: { readonly sum: number; readonly count: number } = {
    sum: 0,
    count: 0,
  };
  #perPoint = 1;
  readonly #tests = new Map<number, TestView>();

  constructor(imagesPerIteration: number | undefined) {
    this.#imagesPerIteration = imagesPerIteration;
  }

  follow(event: TrainingEvent, at: number): void {
    if (event.kind === 'started') {
      this.#facts = event;
      this.#started = { at, iteration: event.iteration };
      this.#lastAt = at;
    }
    if (event.kind === 'iteration') this.#iterated(event, at);
    if (event.kind === 'tested') this.#tests.set(event.net, event);
  }

  #iterated(
    event: TrainingEvent & { readonly kind: 'iteration' },
    at: number,
  ): void {
    const took = at - this.#lastAt;
    // The first one has TensorFlow's preparations in it.
    const isFirst = this.#last === undefined;
    const before = this.#milliseconds ?? took;
    if (!isFirst) this.#milliseconds = before + freshness * (took - before);
    [this.#last, this.#lastAt] = [event, at];
    this.#addLoss(event.smoothedLoss);
  }

  #addLoss(loss: number): void {
    const sum = this.#stretch.sum + loss;
    const count = this.#stretch.count + 1;
    this.#stretch = { sum, count };
    if (count < this.#perPoint) return;
    this.#losses.push(sum / count);
    this.#stretch = { sum: 0, count: 0 };
    if (this.#losses.length < 2 * points) return;
    this.#losses = this.#losses.flatMap((value, index, all) =>
      index % 2 === 0 ? [(value + (all[index + 1] ?? value)) / 2] : [],
    );
    this.#perPoint *= 2;
  }

  view(at: number, memory: number): TrainingView {
    const { net, maxIterations } = this.#facts;
    const last = this.#last;
    const iteration =
      last === undefined ? this.#facts.iteration : last.iteration + 1;
    const each = this.#milliseconds;
    const passed = at - (this.#started?.at ?? at);
    const perSecond = each === undefined || each <= 0 ? undefined : 1000 / each;
    const images = this.#imagesPerIteration;
    return {
      net,
      iteration,
      maxIterations,
      rate: last?.rate,
      losses: this.#losses,
      smoothedLoss: last?.smoothedLoss,
      iterationsPerSecond: perSecond,
      imagesPerSecond:
        perSecond === undefined || images === undefined
          ? undefined
          : perSecond * images,
      waitedShare:
        last === undefined || passed <= 0
          ? undefined
          : Math.min(1, last.waited / passed),
      secondsLeft:
        perSecond === undefined
          ? undefined
          : Math.max(0, maxIterations - iteration) / perSecond,
      tests: [...this.#tests.values()],
      memory,
    };
  }
}

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A curve of so many columns: the newest at the right, from the least to the largest. */
export function curveText(values: readonly number[], columns: number): string {
  const shown = values
    .slice(-columns)
    .filter((value) => Number.isFinite(value));
  const least = Math.min(...shown);
  const range = Math.max(...shown) - least;
  return shown
    .map((value) => {
      const share = range === 0 ? 0 : (value - least) / range;
      return bars[Math.min(bars.length - 1, Math.floor(share * bars.length))];
    })
    .join('');
}

/** `2 h 05 min`, `3 min 20 s`, `12 s` */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole >= 3600)
    return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
  return whole >= 60
    ? `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
    : `${whole} s`;
}
