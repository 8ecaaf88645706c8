import { importanceOf, importanceSettings } from '../latency/context/importance.ts';
import type { Message, Role } from '../latency/context/message.ts';
import { prune, pruneAsPrinted, pruneSettings } from '../latency/context/prune.ts';
import { conversationTokens, estimateTokens } from '../latency/context/tokens.ts';
import { driftingDay } from '../scenarios/drifting-day.ts';
import type { Override } from '../simulation/overrides.ts';
import type { ClaimRun, JudgedClaim, MeasuredCase } from './claim.ts';
import { changeOf } from './quantities.ts';

const about = { part: 'latency', where: 'Latency and memory' } as const;
const set = (path: string, value: unknown): Override => ({ path, value });
const score = importanceOf(importanceSettings());

/** A conversation whose messages are of so many words; the first ten are of the system and important. */
function conversation(messages: number, words: number): Message[] {
  return Array.from({ length: messages }, (_, i) => ({
    id: String(i),
    role: (i < 10 ? 'system' : i % 2 === 0 ? 'user' : 'assistant') satisfies Role,
    text: `${i < 10 ? 'Important: remember the deadline. ' : ''}${'word '.repeat(words)}`,
    atMs: i * 1000,
  }));
}

/** Share of the important old messages that the rule keeps. */
function importantKept(kept: readonly Message[]): number {
  return kept.filter((message) => score(message) > 0.7).length / 10;
}

/** The most that a message can score: of the system, with a keyword, over 200 characters. */
const highest = (): number =>
  score({ id: '0', role: 'system', text: `Important: ${'word '.repeat(60)}`, atMs: 0 });

const printedTokens = (words: number): number =>
  conversationTokens(pruneAsPrinted(conversation(120, words), score).kept, estimateTokens);

/** 60 calls a second of 150 ms; two minutes and a half after keep-alive is back. */
const CALLS = '150-300';
const keptAlive = (condition: string | null, ...overrides: Override[]): MeasuredCase => ({
  condition,
  runs: { run: { scenario: 'connections', preset: 'keep', overrides } },
  figures: [`meanMs@${CALLS}`],
  quantity: ({ run }) => run[`meanMs@${CALLS}`],
});
const REUSED = `sum:station.model.connections.reused@${CALLS}`;
const REQUESTS = `sum:station.model.connections.requests@${CALLS}`;
const reuse = (condition: string | null, run: ClaimRun): MeasuredCase => ({
  condition,
  runs: { run },
  figures: [REUSED, REQUESTS],
  quantity: ({ run: o }) => o[REUSED] / o[REQUESTS],
});

/** With the module's minute before it asks again. */
const outage = (condition: string | null, run: ClaimRun): MeasuredCase => ({
  condition,
  runs: { run: { ...run, overrides: [set('caller.breaker.openMs', 60_000)] } },
  figures: ['errorRate@85-118'],
  quantity: ({ run: o }) => o['errorRate@85-118'],
});

/** Twenty texts a second before 60 s, three times as many from 60 to 240 s. */
const batches = (condition: string | null, window: string): MeasuredCase => ({
  condition,
  runs: {
    run: { scenario: 'batching', pulls: { atS: 1, levers: { size: 5, window: 100, batching: true } } },
    single: { scenario: 'batching' },
  },
  figures: [`meanMs@${window}`],
  quantity: ({ run, single }) => changeOf(single[`meanMs@${window}`], run[`meanMs@${window}`]),
});

const HOURS = Array.from({ length: 24 }, (_, h) => `meanMs@${h * 3600}-${(h + 1) * 3600}`);
const TARGET_MS = driftingDay.objectives!.meanMs!;
const hoursKept = (condition: string | null, run: ClaimRun): MeasuredCase => ({
  condition,
  runs: { run },
  figures: HOURS,
  quantity: ({ run: o }) => HOURS.filter((hour) => o[hour] <= TARGET_MS).length / HOURS.length,
});

export const latencyClaims: readonly JudgedClaim[] = [
  {
    ...about,
    id: 'importance-most',
    system: 'L3',
    section: 'context',
    text: 'A message’s importance is 0.5, +0.3 for the system, +0.2 for a keyword, +0.1 over 200 characters, and at most 1.',
    bound: { value: 1, unit: 'share', direction: 'at most' },
    quantity: 'importance of a message that has all of them',
    note: 'The points add up to 1.1; they are cut.',
    seeds: 1,
    cases: [{ condition: null, exact: highest }],
  },
  {
    ...about,
    id: 'prune-keeps',
    system: 'L2',
    section: 'context',
    text: 'Pruning keeps the last 50 messages, and older ones of importance above 0.7.',
    bound: { value: 1, unit: 'share', direction: 'at least' },
    quantity: 'share of ten important old messages that are kept, of a conversation of 120',
    note: 'As printed, the last cut drops what was just put in front.',
    seeds: 1,
    cases: [
      { condition: null, exact: () => importantKept(pruneAsPrinted(conversation(120, 10), score).kept) },
      {
        condition: 'important ones are kept before the rest, and counted in tokens',
        exact: () =>
          importantKept(
            prune(conversation(120, 10), pruneSettings({ windowTokens: 4096 }), {
              count: estimateTokens,
              score,
            }).kept,
          ),
      },
    ],
  },
  {
    ...about,
    id: 'prune-window',
    system: 'L1',
    section: 'context',
    text: 'A pruned context fits the window of 4096 tokens.',
    bound: { value: 4096, unit: 'tokens', direction: 'at most' },
    quantity: 'tokens that the printed rule keeps, of a conversation of 120 messages',
    note: 'The first case has messages of 150 words. The rule counts messages, so their length decides.',
    seeds: 1,
    cases: [
      { condition: null, exact: () => printedTokens(150) },
      { condition: 'messages have 40 words', exact: () => printedTokens(40) },
    ],
  },
  {
    ...about,
    id: 'pool-per-host',
    system: 'L4',
    section: 'connections',
    text: '10 connections to a host are enough.',
    bound: { value: 200, unit: 'ms', direction: 'at most' },
    quantity: 'mean response of calls of 150 ms that come 60 times a second',
    note: 'The bound is the scenario’s objective. Nine of the ten are in use on average.',
    seeds: 10,
    cases: [
      keptAlive(null, set('stations.model.connections.maxPerHost', 10)),
      keptAlive('there are 14', set('stations.model.connections.maxPerHost', 14)),
      keptAlive(
        '40 calls come in a second',
        set('stations.model.connections.maxPerHost', 10),
        set('load.ratePerS', 40),
      ),
    ],
  },
  {
    ...about,
    id: 'keep-alive',
    system: 'L4',
    section: 'connections',
    text: 'Kept for 30 s, connections are used again and again.',
    bound: { value: 0.99, unit: 'share', direction: 'at least' },
    quantity: 'share of calls that find an open connection',
    note: 'At 60 calls a second. One request in 50 s would find it open in 45 of 100 cases.',
    seeds: 5,
    cases: [
      reuse(null, { scenario: 'connections', preset: 'keep' }),
      reuse('the server keeps them for a tenth of a second, and the oldest is used next', {
        scenario: 'connections',
        preset: 'race',
      }),
    ],
  },
  {
    ...about,
    id: 'breaker-five',
    system: 'L7',
    section: 'retries',
    text: 'After 5 failures a circuit breaker stops asking for 60 s, and service goes on.',
    bound: { value: 0.01, unit: 'share', direction: 'at most' },
    quantity: 'share of requests without an answer while Redis hangs',
    note: 'The bound is the scenario’s objective. Alone, the breaker turns slow errors into fast ones.',
    seeds: 5,
    cases: [
      outage(null, { scenario: 'redis-outage', pulls: { atS: 70, levers: { breaker: true } } }),
      outage('a lookup that fails counts as a miss', { scenario: 'redis-outage', preset: 'protect' }),
    ],
  },
  {
    ...about,
    id: 'batch-window',
    system: 'L6',
    section: 'batch-window',
    text: 'Batches of 5, or 100 ms, are faster.',
    bound: { value: 0, unit: 'change', direction: 'at most' },
    quantity: 'mean response with batches against without',
    note: 'The first case is the load that the workers carry anyhow.',
    seeds: 5,
    cases: [
      batches(null, '20-60'),
      batches('three times as many ask, more than the workers carry one by one', '130-240'),
    ],
  },
  {
    ...about,
    id: 'peak-efficiency',
    system: 'L9',
    section: 'tuning',
    text: 'Automated tuning keeps peak efficiency.',
    bound: { value: 1, unit: 'share', direction: 'at least' },
    quantity: 'share of the hours of a drifting day whose mean meets the objective',
    note: 'The first case has the pool that is right for noon, and keeps it.',
    seeds: 5,
    cases: [
      hoursKept(null, { scenario: 'drifting-day' }),
      hoursKept('it goes on all day: the pool is sized anew every two minutes', {
        scenario: 'drifting-day',
        preset: 'keeper',
      }),
    ],
  },
];
