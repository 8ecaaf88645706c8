import { expect, test } from 'vitest';
import { primeDay } from '../../engine/scenarios/prime-day.ts';
import { parseScenario } from '../../engine/simulation/scenario.ts';
import { placeMarks, timeMarks, type TimeMark } from './marks.ts';

const scenario = parseScenario(primeDay);
const words = ({ lever }: { lever: string }): string => lever;

test('what has happened, what will, and the learner’s own pulls', () => {
  const pulls = [
    { atS: 1140, lever: 'l3', value: true },
    { atS: 1200, lever: 'shed', value: true },
    { atS: 1201, lever: 'retries', value: 0 },
  ];
  const recovered = { atS: 1300, kind: 'recovered' as const, data: { afterS: 280 } };
  const marks = timeMarks(scenario, 1310, pulls, [recovered], words);
  expect(marks.map(({ atS, label, kind }) => [atS, label.replace('\u00a0', ' '), kind])).toEqual([
    [1020, 'Surge ×2', 'event'],
    [1044, 'Caches lost', 'event'],
    [1140, 'You: l3', 'pull'],
    [1200, 'You: 2 levers', 'pull'],
    [1260, 'Surge ends', 'event'],
    [1300, 'Recovered', 'event'],
    [1310, '02:21:50', 'now'],
    [1440, '7 min', 'future'],
  ]);
  expect(marks[2]!.level).toBe('l3');
  expect(marks[3]!.level).toBeUndefined();
});

test('names that would collide change sides or are left out; what is shown is worth most', () => {
  const mark = (atS: number, kind: TimeMark['kind']): TimeMark => ({ atS, label: String(atS), kind });
  const marks = [
    mark(100, 'event'),
    mark(110, 'event'),
    mark(115, 'now'),
    mark(130, 'pull'),
    mark(395, 'future'),
  ];
  const placed = placeMarks(
    marks,
    (s) => s,
    () => 50,
    400,
  );
  // One of 100 and 110 fits before the pull at 130…180; the present has no room; 395 turns left at the end of the plot.
  expect(placed.map(({ side }) => side)).toEqual(['none', 'left', 'none', 'right', 'left']);
  const crowd = [mark(531, 'event'), mark(536, 'event'), mark(578, 'event'), mark(613, 'event')];
  const all = placeMarks(
    crowd,
    (s) => s,
    () => 40,
    1000,
  );
  expect(all.map(({ side }) => side)).toEqual(['left', 'right', 'none', 'right']);
});
