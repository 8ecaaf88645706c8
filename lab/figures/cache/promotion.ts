import type { CacheEntry } from '../../../engine/cache/entry.ts';
import { lifeInTier } from '../../../engine/cache/flow/make-entry.ts';
import { MemoryStore } from '../../../engine/cache/tiers/memory-store.ts';
import type { CurveFigure, KnobValues } from '../format.ts';

const MINUTE_MS = 60_000;
const LIFE_MIN = 60;
const END_MIN = 240;

type Rule = 'kept' | 'renewed';

const loadedAt = (nowMs: number): CacheEntry => ({
  key: 'price',
  value: nowMs,
  createdAtMs: nowMs,
  lastAccessedAtMs: nowMs,
  accessCount: 0,
  freshUntilMs: nowMs + LIFE_MIN * MINUTE_MS,
  staleUntilMs: nowMs + LIFE_MIN * MINUTE_MS,
  sizeBytes: 1,
  tags: [],
  metadata: {},
});

/** The module's promotion: what is found is stored like a new value. The value still tells when it was loaded. */
const renewed = (found: CacheEntry, nowMs: number): CacheEntry => ({
  ...loadedAt(nowMs),
  value: found.value,
});

/**
 * Minutes since the origin gave what is answered, for a read in each minute. After `emptied` minutes all levels but the slowest lose what
 * they hold, after twice as many all but the two slowest, and so on.
 */
export function agesMin(rule: Rule, { levels, emptied }: KnobValues): number[] {
  const stores = Array.from(
    { length: levels },
    () => new MemoryStore({ maxEntries: 1, maxBytes: Infinity, policy: 'lru' }),
  );
  return Array.from({ length: END_MIN + 1 }, (_, minute) => {
    const nowMs = minute * MINUTE_MS;
    if (minute > 0 && minute % emptied === 0)
      for (const store of stores.slice(0, Math.max(0, levels - minute / emptied))) store.clear();
    const held = stores.map((store) => store.get('price', nowMs));
    const level = held.findIndex((entry) => entry !== undefined);
    const entry = held[level] ?? loadedAt(nowMs);
    const copy = rule === 'kept' || level < 0 ? lifeInTier(entry, Infinity, nowMs) : renewed(entry, nowMs);
    for (const store of stores.slice(0, level < 0 ? levels : level)) store.set(copy, nowMs);
    return (nowMs - Number(entry.value)) / MINUTE_MS;
  });
}

/** All points of a line come from one pass over the minutes. */
function line(rule: Rule): (minute: number, knobs: KnobValues) => number {
  let of: KnobValues | undefined;
  let ages: number[] = [];
  return (minute, knobs) => {
    if (of !== knobs) ages = agesMin(rule, (of = knobs));
    return ages[Math.round(minute)];
  };
}

const words = (minutes: number): string =>
  minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;

export const figure: CurveFigure = {
  kind: 'curve',
  knobs: [
    { name: 'levels', label: 'Levels', unit: '', min: 2, max: 4, step: 1, value: 3 },
    {
      name: 'emptied',
      label: 'The next is emptied after',
      unit: 'min',
      min: 20,
      max: 59,
      step: 1,
      value: 55,
    },
  ],
  x: { label: 'time', unit: 'min', from: 0, to: END_MIN, points: END_MIN },
  y: { label: 'age of the answer', unit: 'min', max: END_MIN },
  lines: [
    { label: 'each copy a new life, as the module has it', tier: 'trouble', of: line('renewed') },
    { label: 'each copy the rest of its life', tier: 'l1', of: line('kept') },
  ],
  marks: (knobs) => {
    const ages = agesMin('renewed', knobs);
    const oldest = Math.max(...ages);
    return [{ x: ages.indexOf(oldest), y: oldest, words: words(oldest) }];
  },
  title: ({ panels }) => {
    const [oldest, kept] = panels[0].lines.map(({ y }) => Math.max(...y));
    return `Kept for an hour, they said. With a new life for each copy an answer of ${words(oldest)} is served; with the rest of its life, none over ${words(kept)}.`;
  },
  caption:
    'One key, read once a minute. A restart empties the fastest levels: first all but the slowest, the next time all but the two slowest, and so on.',
  open: { href: '#/cache', words: 'Watch a promoted copy end with its original' },
};
