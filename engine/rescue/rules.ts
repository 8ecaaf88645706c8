import { secondsAfter } from '../core/clock.ts';
import { InputError, nearest } from '../core/errors.ts';
import type { PullValue } from '../simulation/levers.ts';
import type { Override } from '../simulation/overrides.ts';
import type { Scenario } from '../simulation/scenario.ts';
import type { Pull } from '../simulation/simulation.ts';

/** An objective that has to hold again. `most`: it is met at or below; `least`: at or above. */
export type Goal =
  | { id: 'meanMs' | 'errorRate' | 'criticalLost' | 'usdPerHour'; most: number }
  | { id: 'hitRate'; least: number };

/** A lever pulled so many seconds after the clock started. */
export interface TimedPull {
  afterS: number;
  lever: string;
  value: PullValue;
}

/**
 * An incident as a game for one. Load, faults and levers are the scenario's; what stands here is the game about it. Times are simulated
 * seconds.
 */
export interface Incident {
  /** In the address: `#/rescue/prime-day`. */
  id: string;
  title: string;
  /** What the player is told at the start, a sentence each. */
  pager: readonly string[];
  /** What to keep in mind, without giving the rescue away. */
  hint: string;
  scenario: string;
  overrides: readonly Override[];
  /** When the clock starts, from the start of the run: a goal is missed there (a test holds it). */
  startS: number;
  /** What is on the clock. */
  clockS: number;
  goals: readonly Goal[];
  /** Goals are judged over this trailing window. */
  windowS: number;
  /** The usual bill is what was spent in so many seconds before the first event. */
  usualS: number;
  /** The bill that scores nothing, as a multiple of the usual one. A rule of the game. */
  billFactor: number;
  /** Preset of the scenario whose score is par. It is pulled at its own time, or at the start of the clock if that is later. */
  par: string;
  /** Values that the search tries for levers that are not switched but set. */
  tries: Readonly<Record<string, readonly PullValue[]>>;
}

/** The seed that everybody meets first. */
export const RESCUE_SEED = 4217;
/** So many pulls one engineer has. A rule of the game. */
export const PULLS_ALLOWED = 10;
/** All goals must hold for this share of the clock before the incident is handed over: 30 s of seven minutes. A rule of the game. */
const HOLD_SHARE = 30 / 420;

export const holdSOf = ({ clockS }: Pick<Incident, 'clockS'>): number => clockS * HOLD_SHARE;
export const endSOf = ({ startS, clockS }: Pick<Incident, 'startS' | 'clockS'>): number => startS + clockS;

/** Model calls at 800 tokens of gpt-4, for scenarios that do not price theirs. `meanMs` is the pool's own. */
const priced = (meanMs: number): Override[] => [
  { path: 'models', value: { 'gpt-4': { meanMs, usdPerMTokens: 30 } } },
  { path: 'stations.pool.tokensPerCall', value: 800 },
  { path: 'stations.pool.model', value: 'gpt-4' },
];

const primeDay: Incident = {
  id: 'prime-day',
  title: 'Prime Day, 02:17',
  pager: [
    'The load has doubled, and all caches were emptied in the middle of it.',
    'Every request now goes to the model pool, which was built for the few that no cache can answer.',
    'Users wait until they give up, and ask again.',
  ],
  hint: 'Two things keep each other alive: empty caches and a queue of calls that nobody waits for. Ending one of them is not enough.',
  scenario: 'prime-day',
  overrides: [],
  startS: 17 * 60 + 40,
  clockS: 420,
  goals: [
    { id: 'meanMs', most: 94 },
    { id: 'hitRate', least: 0.97 },
  ],
  windowS: 30,
  usualS: 60,
  billFactor: 2,
  par: 'rescue',
  tries: { poolSize: [540, 2000], retries: [0], l1: [20_000], l2: [86_400], shed: [30, 60] },
};

const coldCache: Incident = {
  id: 'cold-cache',
  title: 'A cold cache',
  pager: [
    'A restart has emptied the one cache, which answered nearly everything.',
    'The pool behind it is far too small for all requests, and callers soon leave.',
    'Answers come, too late for anybody, and are thrown away.',
  ],
  hint: 'The cache is filled by answers that come in time. Ask what the pool is working on.',
  scenario: 'cold-cache',
  overrides: [{ path: 'durationS', value: 600 }, ...priced(100)],
  startS: 80,
  clockS: 420,
  goals: [
    { id: 'meanMs', most: 60 },
    { id: 'hitRate', least: 0.8 },
    { id: 'errorRate', most: 0.01 },
  ],
  windowS: 20,
  usualS: 60,
  billFactor: 2,
  par: 'keep',
  tries: { poolSize: [20, 50, 100], shed: [50, 80] },
};

const redisOutage: Incident = {
  id: 'redis-outage',
  title: 'Redis hangs',
  pager: [
    'Redis takes questions and answers none. It will not come back while you are on duty.',
    'Every request asks it first, and waits until its caller gives up.',
    'The model pool could do the work. Nobody asks it.',
  ],
  hint: 'A cache is there to save work. Nothing says that a request has to have its answer.',
  scenario: 'redis-outage',
  overrides: [
    { path: 'durationS', value: 600 },
    {
      path: 'events',
      value: [{ at: 60, label: 'Redis hangs', kind: 'fault', set: { 'stations.redis.servers': 0 } }],
    },
    ...priced(500),
  ],
  startS: 75,
  clockS: 420,
  goals: [
    { id: 'meanMs', most: 320 },
    { id: 'errorRate', most: 0.01 },
  ],
  windowS: 15,
  usualS: 60,
  billFactor: 6,
  par: 'protect',
  tries: { poolSize: [300], retries: [0], lookupTimeout: [20, 250], bound: [0, 20] },
};

const modelBill: Incident = {
  id: 'model-bill',
  title: 'Runaway model bill',
  pager: [
    'A release at 10:00 broke the stop condition of the research agents: they go on and on, and pay for each word again.',
    'One budget is for everybody, and at this pace it will soon be gone.',
    'When it is gone, customers get no answers either.',
  ],
  hint: 'The money is not the aim: what it buys is. Who must be served until midnight, and who spends it now?',
  scenario: 'model-bill',
  overrides: [],
  startS: (10 * 60 + 20) * 60,
  clockS: 7 * 3600,
  goals: [
    { id: 'usdPerHour', most: 2000 },
    { id: 'criticalLost', most: 0.001 },
  ],
  windowS: 1800,
  usualS: 3600,
  billFactor: 2,
  par: 'brake',
  tries: {
    researchLimit: [5000, 10_000, 15_000],
    companyLimit: [20_000, 60_000],
    minAgents: [20],
    l1: [3600],
    l2: [3600],
    costWeight: [400],
    spot: [70],
    ttlTuner: [true],
  },
};

/** In the order in which the page offers them; the first is the module's own. */
export const INCIDENTS: readonly Incident[] = [primeDay, coldCache, redisOutage, modelBill];

/** @throws InputError for an unknown name. */
export function incidentById(id: string): Incident {
  const found = INCIDENTS.find((one) => one.id === id);
  if (found) return found;
  const ids = INCIDENTS.map((one) => one.id);
  const guess = nearest(id, ids);
  throw new InputError(
    'incident',
    `one of ${ids.join(', ')}`,
    JSON.stringify(id),
    guess === undefined ? '' : `Did you mean "${guess}"?`,
  );
}

/** The pulls with their times of the run. */
export const pullsAt = ({ startS }: Pick<Incident, 'startS'>, pulls: readonly TimedPull[]): Pull[] =>
  pulls.map(({ afterS, lever, value }) => ({ atS: startS + afterS, lever, value }));

/** The reference rescue: the documented preset of the scenario. @throws InputError when it has none of that name */
export function parPulls(
  { par, startS }: Pick<Incident, 'par' | 'startS'>,
  { presets, startsAt }: Pick<Scenario, 'presets' | 'startsAt'>,
): TimedPull[] {
  const preset = presets[par];
  if (!preset)
    throw new InputError('par', `a preset (${Object.keys(presets).join(', ')})`, JSON.stringify(par));
  const { at, pulls } = preset;
  const atS = typeof at === 'number' ? at : secondsAfter(startsAt, at, `presets.${par}.at`);
  return Object.entries(pulls).map(([lever, value]) => ({ afterS: Math.max(0, atS - startS), lever, value }));
}
