/** Tables in docs/module/latency/ that set the presets of a scenario side by side. */
import { concurrencyLimit } from '../../../engine/scenarios/concurrency-limit.ts';
import { deadlines } from '../../../engine/scenarios/deadlines.ts';
import { slowReplica } from '../../../engine/scenarios/slow-replica.ts';
import { standingQueue } from '../../../engine/scenarios/standing-queue.ts';
import { tiedRequests } from '../../../engine/scenarios/tied-requests.ts';
import { runOf } from '../../../engine/simulation/preset-runs.ts';
import type { ScenarioInput } from '../../../engine/simulation/scenario.ts';
import type { Simulation } from '../../../engine/simulation/simulation.ts';
import { once, type HeldSections } from './held.ts';

const preset = (scenario: ScenarioInput, name?: string): (() => Simulation) =>
  once(() => runOf(scenario, 1, name));
/** Of the requests that ended in some seconds of a run. */
const over = (run: () => Simulation, fromS: number, toS: number) => run().world.recorder.window(fromS, toS);
const failed = (run: () => Simulation, fromS: number, toS: number): number =>
  100 * over(run, fromS, toS).errorRate;
const meanS = (run: () => Simulation, fromS: number, toS: number): number =>
  over(run, fromS, toS).meanMs / 1000;
const p99S = (run: () => Simulation, fromS: number, toS: number): number =>
  over(run, fromS, toS).p99Ms / 1000;

const queue = {
  plain: preset(standingQueue),
  bound: preset(standingQueue, 'bound'),
  newest: preset(standingQueue, 'newest'),
  codel: preset(standingQueue, 'codel'),
};
const BURST = [60, 80] as const;
/** 10 to 40 s after the burst. */
const AFTER = [90, 120] as const;

const limit = { right: preset(concurrencyLimit, 'fixed'), found: preset(concurrencyLimit, 'gradient') };
/** In the surge, when the limit has settled. */
const SURGE = [120, 210] as const;

const told = {
  nothing: preset(deadlines, 'untold'),
  deadline: preset(deadlines, 'thin'),
  margin: preset(deadlines, 'margin'),
};
const MINUTE = [60, 120] as const;
const answered = (run: () => Simulation): number => 100 - failed(run, ...MINUTE);

const replica = {
  random: preset(slowReplica),
  two: preset(slowReplica, 'p2c'),
  faster: preset(slowReplica, 'ewma'),
  hole: preset(slowReplica, 'black-hole'),
};
/** From a minute and a half after the balancer was changed. */
const SLOW = [180, 360] as const;

const tied = {
  random: preset(tiedRequests),
  two: preset(tiedRequests, 'shorter'),
  tied: preset(tiedRequests, 'tied'),
  both: preset(tiedRequests, 'both'),
};
const CALM = [80, 150] as const;
const MORE = [170, 240] as const;

export const presetTables: HeldSections = {
  shedding: {
    'no-bound': () => meanS(queue.plain, ...AFTER),
    bound: () => meanS(queue.bound, ...AFTER),
    'bound-refused': () => failed(queue.bound, ...BURST),
    'newest-first': () => meanS(queue.newest, ...AFTER),
    codel: () => meanS(queue.codel, ...AFTER),
    'limit-refused': () => failed(limit.right, ...SURGE),
    'limit-mean': () => meanS(limit.right, ...SURGE),
    'limit-found': () => meanS(limit.found, ...SURGE),
  },
  retries: {
    'told-nothing': () => answered(told.nothing),
    'told-deadline': () => answered(told.deadline),
    'told-margin': () => answered(told.margin),
  },
  tail: {
    'slow-random': () => meanS(replica.random, ...SLOW),
    'slow-random-p99': () => p99S(replica.random, ...SLOW),
    'slow-random-failed': () => failed(replica.random, ...SLOW),
    'slow-two': () => meanS(replica.two, ...SLOW),
    'slow-two-p99': () => p99S(replica.two, ...SLOW),
    'slow-two-failed': () => failed(replica.two, ...SLOW),
    'slow-faster': () => meanS(replica.faster, ...SLOW),
    'slow-faster-p99': () => p99S(replica.faster, ...SLOW),
    'hole-failed': () => failed(replica.hole, ...SLOW),
    'hole-mean': () => 1000 * meanS(replica.hole, ...SLOW),
    'tied-random': () => 1000 * meanS(tied.random, ...CALM),
    'tied-random-p99': () => p99S(tied.random, ...CALM),
    'tied-two': () => 1000 * meanS(tied.two, ...CALM),
    'tied-two-p99': () => p99S(tied.two, ...CALM),
    'tied-tied': () => 1000 * meanS(tied.tied, ...CALM),
    'tied-tied-p99': () => p99S(tied.tied, ...CALM),
    'tied-both': () => 1000 * meanS(tied.both, ...CALM),
    'tied-both-p99': () => p99S(tied.both, ...CALM),
    'tied-both-more': () => 1000 * meanS(tied.both, ...MORE),
  },
};
