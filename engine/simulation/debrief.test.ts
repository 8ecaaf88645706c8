import { describe, expect, it } from 'vitest';
import { stretchOf, verdictOn } from './debrief-figures.ts';
import { compareStandings, isOutOfReach, judgeGoal, type Goal } from './debrief-goal.ts';
import { figureWords, goalWords, missWords } from './debrief-words.ts';
import { debriefOf, type DebriefSource } from './debrief.ts';
import type { ReasonSeries } from './event-reason.ts';
import type { NotableEvent } from './notable.ts';
import type { ObjectiveState } from './objectives.ts';
import { parseScenario } from './scenario.ts';

const scenario = parseScenario({
  name: 'office',
  startsAt: '10:00:00',
  durationS: 600,
  intervalS: 1,
  load: { ratePerS: 10 },
  path: ['desk'],
  stations: { desk: { title: 'Desk', servers: 4, service: { law: 'constant', meanMs: 100 } } },
  events: [{ at: '10:02:00', label: 'Load × 3', kind: 'surge', set: { 'load.factor': 3 } }],
  objectives: { meanMs: 200, errorRate: 0.05, recoverWithinS: 180 },
  levers: [
    {
      id: 'desks',
      group: 'latency',
      label: 'Desks',
      reason: 'More of them at work.',
      control: { kind: 'number', path: 'stations.desk.servers' },
      param: { path: 'stations.desk.servers', unit: '', min: 1, max: 20 },
    },
    {
      id: 'calm',
      group: 'latency',
      label: 'Load',
      reason: 'Fewer come.',
      control: { kind: 'number', path: 'load.factor' },
      param: { path: 'load.factor', unit: '', min: 0, max: 4 },
    },
  ],
});

const goal: Goal = {
  objectives: ['meanMs', 'errorRate', 'recovery'],
  from: '10:02:00',
  without: ['calm'],
  measure: 'recovery',
};
const PAR = { seed: 1, value: 90, pulls: 1 };

/** Ten requests a second; how long they take and how many of them fail, by the second. */
function seriesOf(meanMs: (s: number) => number, failed: (s: number) => number, length = 600): ReasonSeries {
  const columns: Record<string, (s: number) => number> = {
    completed: () => 10,
    meanMs,
    failed,
    p99Ms: (s) => 3 * meanMs(s),
    costUsd: () => 0.01,
  };
  return { intervalS: 1, length, has: (name) => name in columns, at: (name, s) => columns[name]?.(s) ?? NaN };
}

const surge: NotableEvent = { atS: 120, kind: 'scripted', data: { label: 'Load × 3', kind: 'surge' } };
const slow: NotableEvent = { atS: 130, kind: 'slow', data: { meanMs: 900, baselineMs: 100 } };
const collapse: NotableEvent = {
  atS: 150,
  kind: 'collapse',
  data: { errorRate: 0.8, meanMs: 2000, hitRate: 0 },
};
const recovered: NotableEvent = {
  atS: 240,
  kind: 'recovered',
  data: { afterS: 120, meanMs: 100, errorRate: 0 },
};

const states = (meanMs: number, errorRate: number, recoveredS: number | null): ObjectiveState[] => [
  { id: 'meanMs', value: meanMs, target: 200, met: meanMs <= 200 },
  { id: 'errorRate', value: errorRate, target: 0.05, met: errorRate <= 0.05 },
  {
    id: 'recovery',
    value: recoveredS ?? 480,
    target: 180,
    met: recoveredS !== null && recoveredS <= 180,
    phase: recoveredS === null ? 'missed' : 'held',
  },
];

/** A run with its goal judged. */
function run(
  parts: Pick<DebriefSource, 'events' | 'series' | 'objectives' | 'pulls'> & Partial<DebriefSource>,
): DebriefSource {
  const held = parts.objectives.find(({ id, phase }) => id === 'recovery' && phase === 'held');
  const judged = { ...parts, recoveredAfterS: held?.value ?? null, changed: false };
  return {
    ...{ scenario, nowS: 600, seed: 1, next: 'Buy desks.' },
    goal: { goal, result: judgeGoal(goal, judged, scenario), par: PAR },
    ...parts,
  };
}

const broken = seriesOf(
  (s) => (s < 120 ? 100 : 2000),
  (s) => (s < 120 ? 0 : 8),
);
const leftAlone = run({
  events: [surge, slow, collapse],
  series: broken,
  objectives: states(2000, 0.8, null),
  pulls: [],
});
const pull = (atS: number, lever = 'desks') => ({ atS, lever, value: 12 });
const pullEvent = (atS: number): NotableEvent => ({ atS, kind: 'pull', data: { lever: 'desks', value: 12 } });
const texts = (source: DebriefSource): string[] => debriefOf(source).map(({ text }) => text);

describe('the debrief of a run', () => {
  it('that nobody helped: what broke it, since when, and how far from the goal', () => {
    expect(texts(leftAlone)).toEqual([
      '“Load × 3” came at 10:02:00. The worst of the run was “Collapse” at 10:02:30 (without an answer 80 %, more than 50 %).',
      'It had not recovered by 10:10:00, 7:50 after “Answers take long”.',
      'You pulled nothing.',
      'The goal is not reached: mean response 2 s (at most 200 ms), without an answer 80 % (at most 5 %) and not recovered within 3:00. Par is 1:30 with 1 pull.',
      'Try next: Buy desks.',
    ]);
  });

  it('that was rescued: before and after, and the figure against par', () => {
    const series = seriesOf(
      (s) => (s < 120 ? 100 : s < 180 ? 2000 : 100),
      (s) => (s < 120 || s >= 180 ? 0 : 8),
    );
    const events = [surge, slow, collapse, pullEvent(180), recovered];
    const rescued = run({ events, series, objectives: states(100, 0, 120), pulls: [pull(180)] });
    expect(texts(rescued).slice(1)).toEqual([
      'It had recovered for good by 10:04:00, 2:00 after the first event.',
      'At 10:03:00 you moved “Desks”. It got better: in the 60 s before, mean response 2 s, 80 % without an answer; in the last 60 s, mean response 100 ms, 0 % without an answer.',
      'The goal is reached: recovered after 2:00 with 1 pull. That is behind par, 1:30 with 1 pull.',
      'Try next: Buy desks.',
    ]);
    const told = (par: typeof PAR) => texts({ ...rescued, goal: { ...rescued.goal!, par } }).at(-2);
    expect(told({ ...PAR, value: 120 })).toMatch(/ 1 pull\. That is par\.$/);
    expect(told({ ...PAR, value: 120, pulls: 2 })).toMatch(/That beats par, 2:00 with 2 pulls\.$/);
    expect(told({ ...PAR, seed: 9 })).toMatch(/ 1 pull\. Par is 1:30 with 1 pull, with seed 9\.$/);
  });

  it('that a pull made worse: it says so, and which rule it broke', () => {
    const series = seriesOf(
      (s) => (s < 60 ? 100 : 900),
      (s) => (s < 60 ? 0 : s < 180 ? 3 : 9),
    );
    const events = [surge, slow, pullEvent(180), collapse];
    const pulls = [pull(180), { ...pull(200), lever: 'calm' }];
    const worse = run({ events, series, objectives: states(900, 0.9, null), pulls });
    expect(texts(worse)[2]).toBe(
      'From 10:03:00 to 10:03:20 you moved “Desks” and “Load”. It got worse: in the 60 s before, mean response 900 ms, 30 % without an answer; in the last 60 s, mean response 900 ms, 90 % without an answer.',
    );
    expect(texts(worse)[3]).toMatch(/not recovered within 3:00 and “Load” had to stay as it was\. Par/);
  });

  it('that was prepared: there is no before to be compared with', () => {
    const pulls = ['desks', 'calm', 'a.b', 'c.d'].map((lever, i) => pull(i, lever));
    const prepared = run({
      events: [surge],
      series: seriesOf(
        () => 100,
        () => 0,
      ),
      objectives: states(100, 0, 0),
      pulls,
    });
    expect(texts(prepared)).toEqual([
      '“Load × 3” came at 10:02:00, and nothing went wrong after it.',
      'From 10:00:00 to 10:00:03 you moved “Desks”, “Load”, “a.b” and 1 more, before the first event: in the last 60 s, mean response 100 ms, 0 % without an answer.',
      'The goal is not reached: a lever was pulled at 10:00:00, before 10:02:00 and “Load” had to stay as it was. Par is 1:30 with 1 pull.',
      'Try next: Buy desks.',
    ]);
  });

  it('that was cut short: how far it came, and no verdict', () => {
    const events = [surge, slow, collapse];
    const short = run({
      events,
      series: seriesOf(
        () => 2000,
        () => 8,
        200,
      ),
      objectives: states(2000, 0.8, null),
      pulls: [],
      nowS: 200,
    });
    expect(texts(short).slice(1)).toEqual([
      'It had not recovered by 10:03:20, 1:10 after “Answers take long”.',
      'You pulled nothing.',
      'The run stands at 10:03:20; its goal is judged at 10:10:00.',
      'Let it run on from 10:03:20.',
    ]);
    const begun = {
      ...short,
      nowS: 0,
      events: [],
      series: seriesOf(
        () => 0,
        () => 0,
        0,
      ),
      pulls: [pull(0)],
    };
    expect(texts(begun).slice(0, 2)).toEqual([
      'Nothing went wrong in this run.',
      'At 10:00:00 you moved “Desks”.',
    ]);
  });

  it('has three to five sentences, a goal or none', () => {
    const free = debriefOf({ ...leftAlone, goal: null });
    expect(free.map(({ kind }) => kind)).toEqual(['happened', 'ended', 'pulled', 'next']);
    expect(debriefOf({ ...leftAlone, events: [], goal: null })).toHaveLength(3);
    expect(debriefOf(leftAlone)).toHaveLength(5);
  });
});

describe('a goal', () => {
  it('says what has to be, and what a run is short of', () => {
    expect(goalWords(goal, scenario)).toEqual([
      'mean response at most 200 ms',
      'at most 5 % without an answer',
      'recovered within 3:00',
      'no lever before 10:02:00',
      '“Load” as it is',
    ]);
    const other = { objectives: [], recoveredAfterS: null, pulls: [], changed: true };
    const { conditions, value } = judgeGoal({ objectives: ['meanMs'], measure: 'meanMs' }, other, scenario);
    expect(value).toBeUndefined();
    expect(conditions.map((one) => missWords(one, scenario))).toEqual([
      'mean response unknown',
      'settings were changed before the start, so it is another system',
    ]);
  });

  it('has its figures in words', () => {
    expect(figureWords('recovery', 153)).toBe('recovered after 2:33');
    expect(figureWords('recovery', 0)).toBe('recovered at once');
    expect(figureWords('recovery', 7500)).toBe('recovered after 2 h 5 min');
    expect(figureWords('criticalServed', 0.97994)).toBe('critical requests served 97.99 %');
    expect(figureWords('costUsd', 3799.2)).toBe('cost of the run $3.8 k');
    expect(figureWords('costUsd', 12_000)).toBe('cost of the run $12 k');
  });

  it('is out of reach once a rule is broken, not while figures are bad', () => {
    const judge = (pulls: { atS: number; lever: string }[]) =>
      judgeGoal(goal, { objectives: [], recoveredAfterS: null, pulls, changed: false }, scenario);
    expect(isOutOfReach(judge([]))).toBe(false);
    expect(isOutOfReach(judge([{ atS: 120, lever: 'desks' }]))).toBe(false);
    expect(isOutOfReach(judge([{ atS: 119, lever: 'desks' }]))).toBe(true);
    // By its path, as from the command line.
    expect(isOutOfReach(judge([{ atS: 300, lever: 'load.factor' }]))).toBe(true);
  });

  it('prefers the better figure, then fewer pulls', () => {
    expect(compareStandings('recovery', { value: 80, pulls: 9 }, { value: 90, pulls: 1 })).toBeLessThan(0);
    expect(compareStandings('hitRate', { value: 0.9, pulls: 1 }, { value: 0.8, pulls: 1 })).toBeLessThan(0);
    expect(compareStandings('p99Ms', { value: 80, pulls: 2 }, { value: 80, pulls: 1 })).toBeGreaterThan(0);
  });
});

describe('a stretch of a run', () => {
  it('weighs each interval by what ended in it', () => {
    const completed = [10, 30, 0];
    const series = {
      ...seriesOf(
        (s) => [100, 300, NaN][s]!,
        () => 1,
        3,
      ),
    };
    const at = series.at.bind(series);
    series.at = (name, i) => (name === 'completed' ? completed[i]! : at(name, i));
    expect(stretchOf(series, 0, 3, 2)).toEqual({
      meanMs: 250,
      errorRate: 3 / 40,
      p99Ms: 900,
      usdPerHour: 72,
    });
    expect(stretchOf(series, 1, 2, 1).meanMs).toBe(300);
  });

  it('is better by its answers first, and money is told apart', () => {
    const base = { meanMs: 100, errorRate: 0.1, p99Ms: 300, usdPerHour: 10 };
    const told = { p99: false, paid: true };
    expect(verdictOn(base, { ...base, meanMs: 500, errorRate: 0 }, told)).toBe('It got better');
    expect(verdictOn(base, { ...base, errorRate: 0.2, usdPerHour: 1 }, told)).toBe(
      'It got cheaper, and worse',
    );
    expect(verdictOn(base, { ...base, meanMs: 50, usdPerHour: 20 }, told)).toBe('It got better, at a price');
    expect(verdictOn(base, { ...base, usdPerHour: 20, p99Ms: 900 }, { p99: false, paid: false })).toBe(
      'It changed little',
    );
    expect(verdictOn(base, { ...base, p99Ms: 900 }, { p99: true, paid: false })).toBe('It got worse');
  });
});
