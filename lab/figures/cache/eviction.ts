import { Replay, type ReplayPolicy } from '../../../engine/cache/replay/replay.ts';
import { generateTrace } from '../../../engine/cache/workloads/catalogue.ts';
import type { BarsFigure, FigureData, Tier } from '../format.ts';

const KEYS = 2000;
const POLICIES: { name: ReplayPolicy; label: string; tier?: Tier }[] = [
  { name: 'fifo', label: 'FIFO' },
  { name: 'lru', label: 'LRU' },
  { name: 'score', label: 'the module’s score', tier: 'l1' },
  { name: 'sieve', label: 'SIEVE' },
  { name: 's3-fifo', label: 'S3-FIFO' },
  { name: 'w-tinylfu', label: 'W-TinyLFU' },
  { name: 'opt', label: 'OPT: it knows the future', tier: 'model' },
];

/** Per cent of hits, by the row's label. */
export const hitsOf = ({ rows }: FigureData, label: string): number =>
  rows.find((row) => row.label.startsWith(label))!.value;

export const figure: BarsFigure = {
  kind: 'bars',
  knobs: [
    { name: 'room', label: 'Room, of the 2000 keys', unit: '%', min: 1, max: 40, step: 1, value: 10 },
    { name: 'once', label: 'Asked for once only', unit: '%', min: 0, max: 60, step: 5, value: 30 },
  ],
  unit: '%',
  rows: ({ room, once }) => {
    const trace = generateTrace({
      name: 'one-hit-wonders',
      seed: 7,
      values: { requests: 40_000, keys: KEYS, exponent: 0.9, share: once / 100 },
    });
    return POLICIES.map(({ name, label, tier }) => {
      const replay = new Replay(trace, name, { entries: Math.round((KEYS * room) / 100) });
      replay.advance(trace.requests);
      return { label, value: 100 * replay.result().hitRatio, ...(tier ? { tier } : {}) };
    });
  },
  title: (data) => {
    const past = data.rows.slice(0, -1).toSorted((a, b) => b.value - a.value);
    const [lru, opt] = ['LRU', 'OPT'].map((label) => hitsOf(data, label).toFixed(0));
    return `With the same room, LRU answers ${lru} %, ${past[0].label} ${past[0].value.toFixed(0)} %, and no rule could answer more than ${opt} %.`;
  },
  caption:
    'Hits of 40,000 requests from an empty cache: 2000 keys, few popular and many rare (Zipf 0.9), and among them keys that never come again.',
  open: { href: '#/replay', words: 'Replay a trace against fifteen policies' },
};
