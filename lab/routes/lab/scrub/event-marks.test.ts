import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NotableEvent } from '../../../../engine/simulation/notable.ts';
import { eventMarks, MARK_PX, toneOf } from './event-marks.ts';
import { placeWords } from './place-words.ts';

const at = (
  atS: number,
  kind: NotableEvent['kind'] = 'slow',
  data: NotableEvent['data'] = {},
): NotableEvent => ({
  atS,
  kind,
  data,
});

test('a bar of 1000 px for 1000 s: what is 24 px apart stays apart, the rest is one mark between them', () => {
  const events = [
    at(100, 'scripted'),
    at(110, 'collapse'),
    at(300, 'pull'),
    at(324, 'recovered'),
    at(995, 'limit'),
  ];
  expect(eventMarks(events, 1000, 1000)).toEqual([
    { events: [0, 1], x: 105, tone: 'trouble' },
    { events: [2], x: 300, tone: 'pull' },
    { events: [3], x: 324, tone: 'good' },
    { events: [4], x: 988, tone: 'note' },
  ]);
  expect(eventMarks([], 1000, 1000)).toEqual([]);
});

test('a mark that has grown takes in the one before, and events out of order are put in order', () => {
  const events = [at(150), at(100), at(126)];
  expect(eventMarks(events, 1000, 1000)).toEqual([
    { events: [1], x: 100, tone: 'trouble' },
    { events: [2], x: 126, tone: 'trouble' },
    { events: [0], x: 150, tone: 'trouble' },
  ]);
  // 140 joins 126 at 133, then 150 at 138.7: still 24 from 100.
  expect(eventMarks([...events, at(140)], 1000, 1000).map((mark) => mark.events)).toEqual([[1], [2, 3, 0]]);
});

test('marks never overlap, keep within the bar and hold every event once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 3600, noNaN: true }), { maxLength: 60 }),
      fc.integer({ min: 60, max: 1200 }),
      (times, widthPx) => {
        const marks = eventMarks(
          times.map((s) => at(s)),
          3600,
          widthPx,
        );
        expect(marks.flatMap(({ events }) => events).sort((a, b) => a - b)).toEqual([...times.keys()]);
        marks.forEach(({ x }, i) => {
          expect(x).toBeGreaterThanOrEqual(MARK_PX / 2);
          expect(x).toBeLessThanOrEqual(widthPx - MARK_PX / 2);
          if (i > 0) expect(x - marks[i - 1].x).toBeGreaterThanOrEqual(MARK_PX - 1e-9);
        });
      },
    ),
  );
});

test('a breaker that closes is good news, an act that is over no trouble any more', () => {
  expect(toneOf(at(1, 'breaker', { state: 'open' }))).toBe('trouble');
  expect(toneOf(at(1, 'breaker', { state: 'closed' }))).toBe('good');
  expect(toneOf(at(1, 'codel', { began: true }))).toBe('trouble');
  expect(toneOf(at(1, 'codel', { began: false }))).toBe('note');
});

test('a place is said in the unit of its run', () => {
  expect(placeWords(1390, 3600, 7200)).toBe('02:23:10, minute 23 of 60');
  expect(placeWords(3600, 3600, 7200)).toBe('03:00:00, minute 60 of 60');
  expect(placeWords(18_000, 86_400, 0)).toBe('05:00:00, hour 5 of 24');
  expect(placeWords(59.5, 90, 0)).toBe('00:00:59, second 59 of 90');
});
