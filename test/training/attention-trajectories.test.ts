import {
  expectTrajectory,
  isAttention,
  itWalks,
  withoutOneDnn,
} from '../support/walked-goldens.js';

describe('Trajectories of the reference, of Residual Attention', () => {
  itWalks({
    chosen: isAttention,
    // Threads decide roundings, and so which ReLUs part.
    environment: { ...withoutOneDnn, TF_NUM_INTRAOP_THREADS: '2' },
    compare: expectTrajectory,
  });
});
