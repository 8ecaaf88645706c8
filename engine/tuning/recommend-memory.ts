import { exp } from '../core/exact-math.ts';
import { BYTES_PER_MB } from '../latency/memory-model.ts';
import { contextSizes } from '../simulation/context-sizes.ts';
import type { InstanceMemory } from '../simulation/instance-memory.ts';
import type { ContextSettings } from '../simulation/memory-schema.ts';
import { percent, time } from '../simulation/wording.ts';
import type { Rule } from './recommend-rule.ts';
import type { Recommendation } from './recommend.ts';

/** Without an objective: a heap that is live to this share, or a pause that a user notices. */
const FULL = 0.6;
const LONG_MS = 1000;
/** Smaller savings are not worth a line. */
const WORTH = 0.05;

/** What may be done to held conversations without losing a word. */
const WAYS = [
  ['compress', 'Hold contexts under gzip'],
  ['compact', 'Hold tool results as tables, without indentation'],
  ['deduplicate', 'Hold what a conversation says twice only once'],
] as const;

/** Share of the bytes that a way saves. By a few conversations where that takes gzip: all of them take longer than a frame of the page may. */
function savedBy(way: (typeof WAYS)[number][0], contexts: ContextSettings): number {
  const { sample } = contexts;
  const of =
    way === 'compress' || contexts.compress
      ? { ...sample, conversations: Math.min(FEW, sample.conversations) }
      : sample;
  const bytes = (settings: ContextSettings): number => contextSizes({ ...settings, sample: of }).meanHeld;
  return 1 - bytes({ ...contexts, [way]: true }) / bytes(contexts);
}
const FEW = 8;

/**
 * How many times as many conversations will be held as now, when users come back at the rate of now: one is held for `keepS` after its last
 * request, so a user who asks at rate r has one with probability 1 − e^(−r × keepS). 1 where it is not known how many users there are.
 */
function growth({ settings, contexts }: InstanceMemory, requestsPerS: number): number {
  const { users, keepS } = settings;
  const now = sum(contexts.count);
  if (users === undefined || now === 0) return 1;
  return Math.max(1, (users * (1 - exp((-requestsPerS / users) * keepS))) / now);
}

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

/** Smaller contexts: live data falls by the bytes that a sample of conversations loses, and each pause with it. */
const smallerContexts: Rule = ({ world, scenario }, seen) => {
  const { memory } = world;
  if (!memory) return [];
  const { memoryShare = FULL, stallMs = LONG_MS } = scenario.objectives;
  if (seen.memoryShare <= memoryShare && seen.stallMs <= stallMs) return [];
  const { contexts, process, keepS } = memory.settings;
  const heapBytes = process.heapMb * BYTES_PER_MB * memory.processes.length;
  const held = sum(memory.contexts.bytes) / heapBytes;
  const coming = held * growth(memory, seen.requestsPerS);
  return WAYS.flatMap(([way, title]): Recommendation[] => {
    if (contexts[way]) return [];
    const saved = savedBy(way, contexts);
    if (saved < WORTH) return [];
    const then = Math.max(0, seen.memoryShare - held) + (1 - saved) * coming;
    const pauseMs = (process.baseMs + process.markMsPerMb * then * process.heapMb) / process.coreShare;
    return [
      {
        id: `contexts:${way}`,
        title,
        why: `${percent(seen.memoryShare)} of the heaps is live${seen.stallMs > 0 ? `, and each collection visits all of it: ${time(seen.stallMs)} at most in the last minute` : ''}.`,
        lever: `memory.contexts.${way}`,
        value: true,
        // A conversation is held anew when its user comes back; those who do not are forgotten after `keepS`.
        settleS: keepS,
        predicted: {
          figure: 'memoryShare',
          now: seen.memoryShare,
          then,
          by: 'live = rest + (1 − saved) × contexts; pause = (base + mark × live MB) / core share',
          with: `saved ${percent(saved)}; contexts ${percent(held)} of the heaps${coming > 1.02 * held ? `, which would become ${percent(coming)} as those who have asked are kept` : ''}: pauses of ${time(pauseMs)}`,
        },
        weight: 40 + 60 * saved * held,
      },
    ];
  });
};

export const memoryRules: readonly Rule[] = [smallerContexts];
