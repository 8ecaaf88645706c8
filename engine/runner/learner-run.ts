/**
 * A challenge's run with a learner's part or with one of its references. This file is bundled into one script
 * (lab/setup/learner-program.ts) and put beside the learner's code in its sandbox; the references run it in a worker of their own.
 */
import { challengeOf, type Challenge } from '../scenarios/challenges.ts';
import { Simulation } from '../simulation/simulation.ts';
import { CallMeter, LearnerFault, type LearnerClock } from './learner-call.ts';
import { phasesOf, seriesOf, wholeOf } from './learner-figures.ts';
import { plugInsOf, type Exported } from './learner-plug-ins.ts';
import type { ContestantEnd, ContestantOrder, Progress } from './learner-protocol.ts';

/** What a run takes of its surroundings. */
export interface RunPorts {
  nowMs(): number;
  /** Called often enough that silence means that the run stands still. */
  progress(progress: Progress): void;
}

/** Parts of a run between which its progress is told. */
const SLICES = 200;

/**
 * @param exported what the learner's file exports; null for a reference.
 * @throws InputError for a reference that there is none of; what the learner's part does wrong is an end, and not thrown.
 */
export function runContestant(
  order: ContestantOrder,
  exported: Exported | null,
  ports: RunPorts,
): ContestantEnd {
  const challenge = challengeOf(order.kind);
  const beganMs = ports.nowMs();
  let simulation: Simulation | null = null;
  const clock: LearnerClock = { nowMs: () => ports.nowMs(), alive: () => ports.progress(progress()) };
  const meter = new CallMeter(clock);
  const progress = (): Progress => ({
    atS: (simulation?.nowMs ?? 0) / 1000,
    share: simulation ? simulation.nowMs / simulation.durationMs : 0,
    requests: requestsOf(simulation),
    calls: meter.calls,
    callUs: meter.medianUs,
  });
  try {
    simulation = simulationOf(challenge, order, exported, meter);
    for (let slice = 1; slice <= SLICES; slice++) {
      simulation.advanceTo((simulation.durationMs * slice) / SLICES);
      meter.mark();
      ports.progress(progress());
    }
  } catch (error) {
    if (!(error instanceof LearnerFault)) throw error;
    const { call, expected, got, stackOfThrown } = error;
    return { kind: 'fault', fault: { ...progress(), call, expected, got, stack: stackOfThrown } };
  }
  return {
    kind: 'report',
    report: {
      seed: order.seed,
      fingerprint: simulation.fingerprint(),
      whole: wholeOf(simulation),
      phases: phasesOf(simulation, challenge.phases),
      series: seriesOf(simulation),
      calls: meter.calls,
      callUs: meter.medianUs,
      tookMs: ports.nowMs() - beganMs,
    },
  };
}

function simulationOf(
  challenge: Challenge,
  { seed, reference }: ContestantOrder,
  exported: Exported | null,
  meter: CallMeter,
): Simulation {
  if (exported !== null) {
    const plugIns = plugInsOf(challenge, exported, seed, meter);
    return new Simulation(challenge.scenario, seed, { overrides: challenge.yours, plugIns });
  }
  const chosen = challenge.references.find(({ id }) => id === reference);
  if (!chosen) throw new Error(`There is no reference ${reference} in the challenge ${challenge.kind}.`);
  return new Simulation(challenge.scenario, seed, { overrides: chosen.overrides });
}

function requestsOf(simulation: Simulation | null): number {
  if (!simulation) return 0;
  const { recorder } = simulation.world;
  return recorder.total.requests + recorder.arrivals;
}
