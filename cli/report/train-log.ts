import type {
  IterationFacts,
  Score,
  TrainingEvent,
} from '../../runtime/training/training-event.js';

import { debugLine } from './debug-log.js';
import type { Severity } from './glog-line.js';
import { logNumber as text } from './log-number.js';

/** A line of the log, and the line of Caffe's source that writes it. */
export type LogLine = readonly [
  place: string,
  message: string,
  severity?: Severity,
];

/** What a solver says that its log depends on. */
export interface LogSettings {
  /** Iterations between lines; 0: none. */
  readonly display: number;
  readonly clipGradients: number | undefined;
}

/** The log of a training in Caffe's words, so that Caffe's tools read it. */
export class TrainLog {
  readonly #settings: LogSettings;
  readonly #now: () => number;
  #last: { readonly iteration: number; readonly at: number };

  /** `now` gives milliseconds. */
  constructor(settings: LogSettings, now = () => performance.now()) {
    this.#settings = settings;
    this.#now = now;
    this.#last = { iteration: 0, at: now() };
  }

  lines(event: TrainingEvent): readonly LogLine[] {
    switch (event.kind) {
      case 'debug':
        return event.facts.map(debugLine);
      case 'started':
        this.#last = { iteration: event.iteration, at: this.#now() };
        return [
          ['solver.cpp:273', `Solving ${event.net}`],
          ['solver.cpp:274', `Learning Rate Policy: ${event.policy}`],
        ];
      case 'iteration':
        return this.#iterationLines(event);
      case 'test-started':
        return [
          [
            'solver.cpp:331',
            `Iteration ${event.iteration}, Testing net (#${event.net})`,
          ],
        ];
      case 'tested':
        return [
          ...(event.loss === undefined
            ? []
            : [['solver.cpp:385', `Test loss: ${text(event.loss)}`] as const]),
          ...scoreLines('solver.cpp:398', 'Test', event.scores),
        ];
      case 'test-interrupted':
        return [['solver.cpp:380', 'Test interrupted.']];
      case 'snapshot':
        return snapshotLines(event);
      case 'snapshot-written':
        return [];
      case 'final-loss':
        return [
          [
            'solver.cpp:311',
            `Iteration ${event.iteration}, loss = ${text(event.smoothedLoss)}`,
          ],
        ];
      case 'ended':
        return [
          event.why === 'stopped'
            ? ['solver.cpp:295', 'Optimization stopped early.']
            : ['solver.cpp:316', 'Optimization Done.'],
          ['caffe.cpp:259', 'Optimization Done.'],
        ];
    }
  }

  #iterationLines(facts: IterationFacts): readonly LogLine[] {
    const { iteration, step, rate } = facts;
    const { display } = this.#settings;
    const isShown = display > 0 && iteration % display === 0;
    return [
      ...(isShown
        ? [
            this.#lossLine(facts),
            ...scoreLines('solver.cpp:238', 'Train', facts.scores),
          ]
        : []),
      ...(step === undefined
        ? []
        : [
            [
              'sgd_solver.cpp:46',
              `MultiStep Status: Iteration ${iteration}, step = ${step}`,
            ] as const,
          ]),
      ...(isShown
        ? [
            [
              'sgd_solver.cpp:105',
              `Iteration ${iteration}, lr = ${text(rate)}`,
            ] as const,
          ]
        : []),
      ...this.#clippingLines(facts),
    ];
  }

  /** The rate of the first one, of which Caffe prints what memory held, is 0. */
  #lossLine({ iteration, smoothedLoss }: IterationFacts): LogLine {
    const now = this.#now();
    const seconds = Math.fround((now - this.#last.at) / 1000);
    const done = iteration - this.#last.iteration;
    const rate = seconds > 0 ? done / seconds : done;
    this.#last = { iteration, at: now };
    return [
      'solver.cpp:219',
      `Iteration ${iteration} (${text(rate)} iter/s, ${text(seconds)}s/${this.#settings.display} iters), loss = ${text(smoothedLoss)}`,
    ];
  }

  #clippingLines({ gradientNorm }: IterationFacts): readonly LogLine[] {
    const { clipGradients: most } = this.#settings;
    if (most === undefined || gradientNorm === undefined) return [];
    if (gradientNorm <= most) return [];
    const factor = Math.fround(most / gradientNorm);
    return [
      [
        'sgd_solver.cpp:92',
        `Gradient clipping: scaling down gradients (L2 norm ${text(gradientNorm)} > ${text(most)}) by scale factor ${text(factor)}`,
      ],
    ];
  }
}

const scoreLines = (
  place: string,
  net: 'Train' | 'Test',
  scores: readonly Score[],
): readonly LogLine[] =>
  scores.map((score, index) => [
    place,
    `    ${net} net output #${index}: ${scoreText(score)}`,
  ]);

/** `loss = 3.69928 (* 1 = 3.69928 loss)`, or without the brackets what is no loss. */
export function scoreText({ name, value, lossWeight }: Score): string {
  const plain = `${name} = ${text(value)}`;
  if (lossWeight === 0) return plain;
  const weighted = Math.fround(lossWeight * value);
  return `${plain} (* ${text(lossWeight)} = ${text(weighted)} loss)`;
}

function snapshotLines({
  weights,
  state,
  format,
}: TrainingEvent & { readonly kind: 'snapshot' }): readonly LogLine[] {
  const isHdf5 = format === 'HDF5';
  const form = isHdf5 ? 'HDF5 file' : 'binary proto file';
  return [
    [
      isHdf5 ? 'solver.cpp:458' : 'solver.cpp:448',
      `Snapshotting to ${form} ${weights}`,
    ],
    [
      isHdf5 ? 'sgd_solver.cpp:283' : 'sgd_solver.cpp:273',
      `Snapshotting solver state to ${form} ${state}`,
    ],
  ];
}
