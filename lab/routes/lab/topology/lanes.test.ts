import { expect, test } from 'vitest';
import type { NodeFigures, TopologyFigures } from '../topology-figures.ts';
import type { Box, Boxes } from './boxes.ts';
import { lanesOf } from './lanes.ts';
import { lengthPx, pilesOf } from './piles.ts';
import { topologyWords } from './topology-words.ts';

const box = (left: number, top: number, right: number, bottom: number): Box => ({ left, top, right, bottom });
const node = (own: Partial<NodeFigures>): NodeFigures => ({
  name: 'l1',
  kind: 'tier',
  tier: 'l1',
  short: 'L1',
  title: 'Memory',
  on: true,
  arrivalsPerS: 100,
  answered: 0.6,
  busy: null,
  full: 0.5,
  queue: 0,
  queueLimit: null,
  deadShare: 0,
  completedPerS: 60,
  model: undefined,
  agents: null,
  ...own,
});
const pool = {
  name: 'pool',
  kind: 'station',
  tier: 'model',
  short: 'Pool',
  title: 'Pool',
  answered: null,
} as const;
const boxes: Boxes = {
  vertical: false,
  widthPx: 400,
  heightPx: 120,
  users: box(0, 40, 40, 80),
  flows: [box(40, 50, 80, 70), box(180, 50, 220, 70)],
  nodes: [box(80, 20, 180, 100), box(220, 20, 320, 100)],
  models: [],
  loop: box(100, 105, 250, 120),
  failed: box(270, 105, 320, 120),
};
const figures: TopologyFigures = {
  usersPerS: 100,
  nodes: [node({}), node({ ...pool, queue: 99, queueLimit: 999, deadShare: 0.5 })],
  flows: [
    { perS: 100, retryShare: 0 },
    { perS: 40, retryShare: 0.25 },
  ],
  answersPerS: [60, 30],
  shedPerS: 0,
  failedPerS: 10,
  loop: { retriesPerS: 10, into: 0, from: 1, timeoutMs: 3000, tries: 4 },
};

test('requests go on, answers go back in their share, retries and failures have ways of their own', () => {
  const lanes = lanesOf(figures, boxes, 1);
  const rows = (kind: string): number[] =>
    lanes.flatMap(({ streams }) => streams.filter((s) => s.kind === kind).map((s) => s.rows));
  // A rate of ten fills one row.
  expect(rows('first')).toEqual([10, 3]);
  expect(rows('retry')).toEqual([0, 1, 1]);
  expect(rows('lost')).toEqual([1]);
  // The tier's hits: out of it, and home; the model's: out, past the tier, and home together with its hits.
  expect(rows('l1')).toEqual([6, 6]);
  expect(rows('model')).toEqual([3, 3, 3]);
});

test('a way ends in front of the pile of the node it leads to; below each other it runs down', () => {
  const [first, second] = lanesOf(figures, boxes, 1);
  expect(first!.points).toEqual([
    { x: 40, y: 60 },
    { x: 80, y: 60 },
  ]);
  expect(second!.points[1]).toEqual({ x: 212, y: 60 });
  expect(lanesOf(figures, { ...boxes, vertical: true }, 1)[0]!.points).toEqual([
    { x: 60, y: 50 },
    { x: 60, y: 70 },
  ]);
});

test('99 calls of at most 999 are two blocks under a line at three', () => {
  expect(pilesOf(figures, boxes)).toEqual([
    { box: box(213, 92, 219, 100), vertical: false, blocks: 2, limit: 3, deadShare: 0.5 },
  ]);
  expect(lengthPx(2.5)).toBe(22);
});

test('in words', () => {
  const words = topologyWords(figures);
  expect(words).toBe(
    'System topology. 100/s from users. L1 answers 60.0 %. 99 of at most 999 calls wait for Pool, 50.0 % of them dead. 10/s come back as retries. 10/s fail.'.replace(
      /(\d) %/g,
      '$1\u00a0%',
    ),
  );
  expect(topologyWords({ ...figures, loop: undefined, failedPerS: 0, shedPerS: 5 }, 'The gateway.')).toMatch(
    /5\.0\/s are refused at the door\. The gateway\.$/,
  );
});
