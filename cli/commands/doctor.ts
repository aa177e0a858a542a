import { diagnose } from '../../runtime/native/doctor.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { doctorJson, doctorView } from '../report/doctor.js';

/** Looks whether the machine has what rancc needs. */
export async function doctor(emit: Emit): Promise<Outcome> {
  const report = await runStage(emit, 'looking at the machine', diagnose);
  emit({
    kind: 'result',
    document: () => doctorJson(report),
    view: () => doctorView(report),
  });
  return report.lacks.some(({ needed }) => needed) ? 'lacking' : 'done';
}
