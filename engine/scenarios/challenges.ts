import type { Override } from '../simulation/overrides.ts';
import type { ScenarioInput } from '../simulation/scenario.ts';
import { modelBill } from './model-bill.ts';
import { primeDay } from './prime-day.ts';

/** The parts of the simulator that a learner may write ("Run it on Prime Day"). */
export const CHALLENGE_KINDS = ['eviction', 'admission', 'retry', 'selector', 'batcher'] as const;
export type ChallengeKind = (typeof CHALLENGE_KINDS)[number];

/** A figure that a challenge looks at. */
export type ChallengeMetric = 'meanMs' | 'p99Ms' | 'hitRate' | 'errorRate' | 'costUsd' | 'quality';

/**
 * A scenario of more than a million requests in which one part decides, and the parts to compare a learner's with. The scenarios are
 * variants of Prime Day, and of the runaway bill for the choice of a model, whose load, capacities and faults are set so that good
 * and bad choices come apart within the run. They are data like all others: nothing in the engine knows them.
 */
export interface Challenge {
  kind: ChallengeKind;
  title: string;
  /** What is different from the scenario that it comes from, and what the part decides. */
  about: string;
  scenario: ScenarioInput;
  /** Tier or station where the learner's part stands; empty where a run has one place for it. */
  seat: string;
  /** Settings under which the learner's part runs. */
  yours: readonly Override[];
  references: readonly ChallengeReference[];
  /** Stretches of the run that are looked at one by one, seconds from its start. */
  phases: readonly { title: string; fromS: number; toS: number }[];
  /** In the order of their weight; the first is the one of the small chart. */
  metrics: readonly ChallengeMetric[];
}

export interface ChallengeReference {
  id: string;
  title: string;
  overrides: readonly Override[];
}

const at = (path: string, value: unknown): Override => ({ path, value });

/** Prime Day without levers and presets, which nobody pulls here. */
function primeDayWith(changes: Partial<ScenarioInput>): ScenarioInput {
  return { ...primeDay, levers: [], presets: {}, ...changes };
}

const [surge, , surgeEnds] = primeDay.events!;

const primeDayPhases: Challenge['phases'] = [
  { title: 'Before', fromS: 300, toS: 1020 },
  { title: 'Surge', fromS: 1020, toS: 1260 },
  { title: 'After', fromS: 1260, toS: 3600 },
];

/** Redis alone, with room for three questions in ten. */
function smallRedis(name: string, oneTimeShare: number, servers: number): ScenarioInput {
  const { tiers, stations, population } = primeDay;
  return primeDayWith({
    name,
    population: { ...population!, oneTimeShare } as ScenarioInput['population'],
    path: ['l2', 'pool'],
    tiers: { l2: { ...tiers!['l2']!, capacityEntries: 10_000 } },
    stations: { redis: stations!['redis']!, pool: { ...stations!['pool']!, servers } },
    events: [surge!, surgeEnds!],
  });
}

const policy = (id: string, title: string): ChallengeReference => ({
  id,
  title,
  overrides: [at('tiers.l2.policy', id)],
});

const eviction: Challenge = {
  kind: 'eviction',
  title: 'Prime Day with a small Redis',
  about:
    'Redis holds 10,000 answers of 34,000 questions, agents keep none, and the model pool has 420 slots. No cache is lost: the surge alone ' +
    'decides, and with it the share of questions that Redis still knows.',
  scenario: smallRedis('prime-day-eviction', 0.022, 420),
  seat: 'l2',
  yours: [],
  references: [
    policy('fifo', 'FIFO'),
    policy('lru', 'LRU'),
    policy('sieve', 'SIEVE'),
    policy('s3-fifo', 'S3-FIFO'),
    policy('w-tinylfu', 'W-TinyLFU'),
  ],
  phases: primeDayPhases,
  metrics: ['meanMs', 'p99Ms', 'hitRate', 'errorRate', 'costUsd'],
};

const admission: Challenge = {
  kind: 'admission',
  title: 'Prime Day with one question in ten that never comes again',
  about:
    'Redis holds 10,000 answers, gives up the least recently used, and one question in ten is asked once only. Your rule says whether a new ' +
    'answer is worth the one that would go.',
  scenario: smallRedis('prime-day-admission', 0.1, 520),
  seat: 'l2',
  yours: [],
  references: [
    policy('lru', 'Admit all'),
    policy('2q', '2Q'),
    policy('s3-fifo', 'S3-FIFO'),
    policy('w-tinylfu', 'W-TinyLFU'),
  ],
  phases: primeDayPhases,
  metrics: ['meanMs', 'p99Ms', 'hitRate', 'errorRate', 'costUsd'],
};

const exponential = [
  at('caller.backoff.kind', 'exponential'),
  at('caller.backoff.baseMs', 500),
  at('caller.backoff.capMs', 8000),
  at('caller.backoff.jitter', 'full'),
];
const budgetOf = (ratio: number): Override[] => [
  at('caller.retryBudget.on', true),
  at('caller.retryBudget.ratio', ratio),
  at('caller.retryBudget.minPerS', 0),
  at('caller.retryBudget.burst', 100),
];

const retry: Challenge = {
  kind: 'retry',
  title: 'Prime Day with a tenth of the caches lost',
  about:
    'The caches lose one entry in ten, not all, the model pool has 64 slots, and answers that come too late are kept. A try is given up ' +
    'after 3 s and a request after 20 s. The pool can carry the load again: the retries decide whether it gets the chance.',
  scenario: primeDayWith({
    name: 'prime-day-retry',
    stations: { ...primeDay.stations!, pool: { ...primeDay.stations!['pool']!, servers: 64 } },
    caller: { timeoutMs: 3000, deadlineMs: 20_000, retries: 3, lateFill: true },
    events: [
      surge!,
      {
        at: '02:17:24',
        label: 'A tenth lost',
        kind: 'fault',
        set: { 'tiers.l1.lose': 0.1, 'tiers.l2.lose': 0.1 },
      },
      surgeEnds!,
    ],
  }),
  seat: '',
  yours: [],
  references: [
    { id: 'none', title: 'No retry', overrides: [at('caller.retries', 0)] },
    { id: 'at-once', title: '3 at once', overrides: [] },
    { id: 'jitter', title: 'Backoff, jitter', overrides: exponential },
    { id: 'budget-10', title: 'Budget 10 %', overrides: budgetOf(0.1) },
    { id: 'budget-1', title: 'Budget 1 %', overrides: budgetOf(0.01) },
  ],
  phases: primeDayPhases,
  metrics: ['meanMs', 'errorRate', 'p99Ms', 'hitRate', 'costUsd'],
};

const select = at('gateway.route', 'select');
const weights = (cost: number, quality: number, speed: number): Override =>
  at('gateway.selection.weights', { cost, quality, speed });

const selector: Challenge = {
  kind: 'selector',
  title: 'Runaway bill with 60,000 dollars a day',
  about:
    'A day of a company with more than a million requests. At 10:00 its research agents forget to stop, until 16:00. One budget is for all, ' +
    'money is reserved before a call, and all three models are accurate enough: your rule decides what the day’s money buys.',
  scenario: {
    ...modelBill,
    name: 'model-bill-selector',
    load: { ...modelBill.load!, ratePerS: 6 },
    stations: { ...modelBill.stations!, agents: { ...modelBill.stations!['agents']!, servers: null } },
    traffic: {
      ...modelBill.traffic!,
      agents: modelBill.traffic!.agents.map((agent) => ({ ...agent, minAccuracy: 0.9 })),
    },
    gateway: {
      ...modelBill.gateway!,
      budgetMode: 'reserve',
      budgets: [{ name: 'company', scope: { kind: 'global' }, window: 'day', limitUsd: 60_000 }],
      selection: { weights: { cost: 0.35, quality: 0.5, speed: 0.15 } },
    },
    controls: undefined,
    objectives: {},
    levers: [],
    presets: {},
  },
  seat: '',
  yours: [select],
  references: [
    { id: 'gpt-4', title: 'gpt-4 for all', overrides: [] },
    { id: 'cheapest', title: 'Cheapest', overrides: [select, weights(1, 0, 0)] },
    {
      id: 'printed',
      title: 'Score as printed',
      overrides: [select, at('gateway.selection.formula', 'printed')],
    },
    { id: 'normalised', title: 'Normalised', overrides: [select] },
    { id: 'rules', title: 'Normalised, rule', overrides: [select, at('gateway.rulesOn', true)] },
  ],
  phases: [
    { title: 'Before', fromS: 0, toS: 36_000 },
    { title: 'Runaway', fromS: 36_000, toS: 57_600 },
    { title: 'After', fromS: 57_600, toS: 86_400 },
  ],
  metrics: ['errorRate', 'quality', 'costUsd', 'meanMs', 'p99Ms', 'hitRate'],
};

const batchOf = (size: number, windowMs: number): Override[] => [
  at('stations.model.batch.on', true),
  at('stations.model.batch.size', size),
  at('stations.model.batch.windowMs', windowMs),
];

const batcher: Challenge = {
  kind: 'batcher',
  title: 'Prime Day at the embedding model',
  about:
    'Fourteen workers take 100 ms for a call and 5 ms for each text in it. 300 texts come each second, twice as many in the surge, and from ' +
    '02:50 on a quarter. Your rule says when the texts that wait go together.',
  scenario: {
    name: 'prime-day-batcher',
    title: 'Prime Day at the embedding model',
    question: 'How long is it worth to wait for company?',
    startsAt: '02:00:00',
    durationS: 3600,
    intervalS: 1,
    load: { ratePerS: 300 },
    path: ['model'],
    stations: {
      model: {
        title: 'Embedding model',
        servers: 14,
        service: { law: 'constant', meanMs: 100 },
        batch: { on: false, size: 5, windowMs: 100, perItem: { law: 'constant', meanMs: 5 } },
      },
    },
    caller: { timeoutMs: 3000, retries: 1 },
    events: [
      surge!,
      surgeEnds!,
      { at: '02:50:00', label: 'Hardly anybody', kind: 'relief', set: { 'load.factor': 0.25 } },
    ],
  },
  seat: 'model',
  yours: [at('stations.model.batch.on', true)],
  references: [
    { id: 'none', title: 'No batches', overrides: [] },
    { id: 'five', title: '5 or 100 ms', overrides: batchOf(5, 100) },
    { id: 'sixteen', title: '16 or 50 ms', overrides: batchOf(16, 50) },
    { id: 'fifty', title: '50 or 100 ms', overrides: batchOf(50, 100) },
  ],
  phases: [
    { title: 'Before', fromS: 300, toS: 1020 },
    { title: 'Surge', fromS: 1020, toS: 1260 },
    { title: 'After', fromS: 1260, toS: 3000 },
    { title: 'Quiet', fromS: 3000, toS: 3600 },
  ],
  metrics: ['meanMs', 'p99Ms', 'errorRate'],
};

const CHALLENGES: Readonly<Record<ChallengeKind, Challenge>> = {
  eviction,
  admission,
  retry,
  selector,
  batcher,
};

export const challengeOf = (kind: ChallengeKind): Challenge => CHALLENGES[kind];
