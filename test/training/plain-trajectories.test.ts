import {
  expectTrajectory,
  isAttention,
  itWalks,
  withoutOneDnn,
} from '../support/walked-goldens.js';

describe('Trajectories of the reference, of plain nets', () => {
  itWalks({
    chosen: (golden) => !isAttention(golden),
    environment: withoutOneDnn,
    compare: expectTrajectory,
  });
});
