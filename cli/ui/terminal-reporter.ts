import type { WriteStream } from 'node:tty';

import type { Reporter } from '../events.js';
import type { LiveTraining } from './live-training.js';
import type { ShownStages } from './show-stages.js';
import type { Stage } from './stage.js';
import type { TrainingView } from './training-view.js';

/** Stages that take less time are not worth a frame, nor loading ink. */
const patience = 150;
/** Between two frames of a training. */
const frameTime = 100;

/**
 * Shows the running stages below what `text` prints, and takes them away when a result
 * comes. Ink is loaded when a stage takes long.
 */
export function terminalReporter(
  stream: WriteStream,
  colour: boolean,
  text: Reporter,
): Reporter {
  let stages: readonly Stage[] = [];
  let shown: ShownStages | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let isOver = false;

  let live: LiveTraining | undefined;
  let shownAt = 0;
  const showTraining = async (view: () => TrainingView): Promise<void> => {
    const now = performance.now();
    if (now - shownAt < frameTime) return;
    shownAt = now;
    const { liveTraining } = await import('./live-training.js');
    if (isOver) return;
    live ??= liveTraining(stream, colour);
    live.show(view());
  };
  const draw = async (): Promise<void> => {
    const { showStages } = await import('./show-stages.js');
    // Loading took a while: perhaps there is nothing to show any more.
    if (isOver || stages.length === 0) return;
    shown ??= showStages(stream, colour);
    shown.show(stages);
  };
  const redraw = (): void => {
    if (shown !== undefined) shown.show(stages);
    else waiting ??= setTimeout(() => void draw(), patience);
  };
  const clear = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    shown?.clear();
    shown = undefined;
    live?.clear();
  };
  const change = (name: string, changed: Partial<Stage>): void => {
    stages = stages.map((stage) =>
      stage.name === name ? { ...stage, ...changed } : stage,
    );
    redraw();
  };
  return {
    emit: (event) => {
      switch (event.kind) {
        case 'stage-started':
          stages = [...stages, { name: event.stage }];
          redraw();
          break;
        case 'stage-progressed': {
          const { stage, done, total } = event;
          change(stage, { progress: { done, total } });
          break;
        }
        case 'stage-finished':
          change(event.stage, { milliseconds: event.milliseconds });
          break;
        case 'training':
          void showTraining(event.view);
          break;
        case 'result':
          stages = [];
          clear();
          text.emit(event);
          break;
        case 'diagnostics':
        case 'failure':
        case 'log':
        case 'record':
          clear();
          text.emit(event);
          break;
      }
    },
    finish: () => {
      isOver = true;
      live?.end();
      live = undefined;
      clear();
      text.finish();
    },
  };
}
