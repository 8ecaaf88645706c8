import { describe, expect, it } from 'vitest';
import type { Compared, Verdict } from '../../../engine/tuning/comparison.ts';
import type { Goal } from '../../../engine/tuning/score.ts';
import type { Standing } from '../../../engine/tuning/standing.ts';
import { scenarioOf, usualChoice } from '../../stores/tuner-plan.ts';
import { estimateText, figureNamed, figuresOf, valueText } from './figures.ts';
import { formOf, goalFrom } from './goal-form.ts';
import { axisOf, dotsOf, secondFigure } from './pareto-view.ts';
import { boundsInWords, headline, keptInWords, settingInWords, tuneCommand } from './words.ts';

const primeDay = scenarioOf('prime-day');
const goal = usualChoice('prime-day').goal;

describe('words', () => {
  it('say a setting, bounds and what was kept', () => {
    expect(settingInWords({ l3: true, retryBudget: 4, queueOrder: 'lifo', flushAll: true }, primeDay)).toBe(
      'L3 on · Retry budget 4 % · Queue newest · flush whole queue',
    );
    expect(settingInWords({}, primeDay)).toBe('Nothing pulled');
    expect(boundsInWords(goal)).toEqual([
      'Last-minute mean at most 94\u00a0ms',
      'Last-minute hits at least 97.0\u00a0%',
    ]);
    expect([keptInWords(3, 3, goal), keptInWords(0, 3, goal), keptInWords(1, 3, goal)]).toEqual([
      'kept',
      'missed',
      'kept with 1 of 3 seeds',
    ]);
    expect(keptInWords(3, 3, { figure: 'meanMs', direction: 'least' })).toBe('–');
  });

  it('give the command of the same search', () => {
    expect(tuneCommand({ ...usualChoice('prime-day'), levers: ['l3', 'l1'], untilS: 1740 }, primeDay)).toBe(
      'npm run --silent tune -- prime-day --at 02:19:00 --levers l3,l1 --goal recoveredAfterS=least ' +
        "--keep 'endMeanMs<=94,endHitRate>=0.97' --starts 18 --brackets 2 --seeds 10 --until 1740",
    );
  });

  const check = (...verdicts: Verdict[]): Compared[] =>
    ['found', ...verdicts.map((_, i) => `preset${i}`)].map((id, i) => ({
      ...{ id, title: id, pulls: [{ atS: 0, lever: 'l3', value: true }], figures: {}, kept: 1, seeds: 2 },
      ...{ difference: null, verdict: i === 0 ? null : verdicts[i - 1]! },
    }));
  it.each<[Verdict[], string]>([
    [['better'], 'is better than the preset “preset0”'],
    [['same'], 'is as good as the preset “preset0”, with every fresh seed'],
    [['better', 'same'], 'is at least as good as each preset'],
    [['better', 'as-good'], 'is at least as good as each preset, to within 1 %'],
    [['better', 'worse'], 'made by hand is still better'],
    [['open', 'better'], 'Fresh seeds do not tell'],
  ])('the headline of %j', (verdicts, text) => expect(headline(check(...verdicts))).toContain(text));
});

describe('figures', () => {
  it('are those of the scenario, with their units', () => {
    const names = figuresOf(primeDay).map(({ name }) => name);
    expect(names).toContain('recoveredAfterS');
    expect(names).not.toContain('quality');
    expect(figuresOf(scenarioOf('model-bill')).map(({ name }) => name)).toContain('totalUsd');
    expect(valueText(153, figureNamed('recoveredAfterS'))).toBe('153\u00a0s');
    expect(valueText(NaN, figureNamed('meanMs'))).toBe('–');
    expect(estimateText({ mean: 44, low: 43, high: 45 }, figureNamed('meanMs'))).toBe(
      '44\u00a0ms ± 1.0\u00a0ms',
    );
    expect(estimateText({ mean: 153, low: 153, high: 153 }, figureNamed('recoveredAfterS'))).toBe(
      '153\u00a0s ± 0',
    );
    expect(estimateText({ mean: 153, low: null, high: null }, figureNamed('recoveredAfterS'))).toBe(
      '153\u00a0s',
    );
  });
});

describe('the form of a goal', () => {
  it('shows shares in percent and gives back what it was given', () => {
    const form = formOf(goal, 5);
    expect(form.bounds.map(({ id, text }) => [id, text])).toEqual([
      [5, '94'],
      [6, '97'],
    ]);
    expect(goalFrom(form)).toEqual(goal);
  });
  it('refuses what is no number, at its field', () => {
    const form = formOf(goal);
    form.bounds[1] = { ...form.bounds[1]!, text: 'many' };
    expect(() => goalFrom(form)).toThrow('bound-1: expected a number, got "many"');
  });
});

describe('the chart', () => {
  const standing = (lever: string | null, meanMs: number, costUsd: number, missed = 0): Standing => ({
    setting: lever === null ? {} : { [lever]: true },
    rung: 0,
    score: { missed, value: meanMs, seeds: 2 },
    outcomes: [
      { meanMs: meanMs - 1, costUsd },
      { meanMs: meanMs + 1, costUsd },
    ],
  });
  const [x, y] = [figureNamed('meanMs'), figureNamed('costUsd')];

  it('has the means of the seeds, and the front of those that keep the bounds', () => {
    const dots = dotsOf(
      [
        standing('a', 50, 9),
        standing('b', 80, 5),
        standing('c', 90, 7),
        standing('d', 10, 1, 0.4),
        standing(null, 200, 8),
        standing('e', NaN, 1),
      ],
      x,
      y,
    );
    expect(
      dots.map((dot) => [Object.keys(dot.standing.setting)[0], dot.x, dot.onFront, dot.untouched]),
    ).toEqual([
      ['a', 50, true, false],
      ['b', 80, true, false],
      ['c', 90, false, false],
      ['d', 10, false, false],
      [undefined, 200, false, true],
    ]);
    expect(dotsOf([standing('d', 10, 1, 0.4)], x, y)[0]!.onFront).toBe(true);
  });

  it('sets cost beside times, and times beside cost', () => {
    const figures = figuresOf(primeDay);
    const second = (figure: string): string =>
      secondFigure({ figure, direction: 'least' } as Goal, figures).name;
    expect([second('recoveredAfterS'), second('costUsd')]).toEqual(['costUsd', 'meanMs']);
  });

  it.each([[[3, 97]], [[5, 5]], [[0]], [[-4, 4]], [[1e-7, 3e-7]]])('has round marks for %j', (values) => {
    const { from, to, ticks } = axisOf(values);
    expect(from).toBeLessThan(Math.min(...values));
    expect(to).toBeGreaterThan(Math.max(...values));
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.every((tick) => tick >= from && tick <= to)).toBe(true);
  });
});
