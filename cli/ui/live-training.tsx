import type { WriteStream } from 'node:tty';
import { render } from 'ink';

import { TrainDashboard } from './TrainDashboard.js';
import type { TrainingView } from './training-view.js';

/** A training's dashboard on a terminal, below the lines of its log. */
export interface LiveTraining {
  readonly show: (view: TrainingView) => void;
  /** Makes room for text; the next view is shown below it. */
  readonly clear: () => void;
  /** What was shown last stays. */
  readonly end: () => void;
}

export function liveTraining(
  stream: WriteStream,
  colour: boolean,
): LiveTraining {
  let shown: ReturnType<typeof render> | undefined;
  const dashboard = (view: TrainingView) => (
    <TrainDashboard view={view} width={stream.columns} colour={colour} />
  );
  return {
    show: (view) => {
      if (shown === undefined) {
        shown = render(dashboard(view), {
          stdout: stream,
          exitOnCtrlC: false,
          patchConsole: false,
        });
      } else shown.rerender(dashboard(view));
    },
    clear: () => {
      shown?.clear();
      // Ink would take the same lines away again with the next frame.
      shown?.unmount();
      shown = undefined;
    },
    end: () => {
      shown?.unmount();
      shown = undefined;
    },
  };
}
