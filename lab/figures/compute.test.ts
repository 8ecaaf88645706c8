import { describe, expect, it } from 'vitest';
import { stormStays } from '../../engine/simulation/theory.ts';
import { column, smooth } from './columns.ts';
import { computeFigure, frameOf } from './compute.ts';
import type { BarsFigure, CurveFigure } from './format.ts';
import { figure as storm, lostPanels } from './latency/metastable.ts';
import { readStill } from './read-still.ts';
import { stillOf } from './still.ts';
import { Simulation } from '../../engine/simulation/simulation.ts';
import { mmc } from '../../engine/scenarios/mmc.ts';

const about = {
  knobs: [{ name: 'by', label: 'By', unit: '', min: 1, max: 9, step: 1, value: 2 }],
  caption: 'A caption.',
  open: { href: '#/', words: 'Open' },
};
const curve: CurveFigure = {
  ...about,
  kind: 'curve',
  x: { label: 'x', unit: 's', from: 1, to: 3, points: 2 },
  y: { label: 'y', unit: 'ms' },
  lines: [{ label: 'times', of: (x, { by }) => x * by }],
  marks: ({ by }) => [{ x: 2, y: 2 * by, words: 'here' }],
  title: ({ panels: [panel] }) => `It ends at ${panel.lines[0].y.at(-1)}.`,
};

describe('a figure', () => {
  it('is computed for its knobs, those that were not turned included', () => {
    const { title, panels } = computeFigure(curve);
    expect([...panels[0].x]).toEqual([1, 2, 3]);
    expect([...panels[0].lines[0].y]).toEqual([2, 4, 6]);
    expect(panels[0].marks).toEqual([{ x: 2, y: 4, words: 'here' }]);
    expect(title).toBe('It ends at 6.');
    expect(computeFigure(curve, { by: 5 })).toMatchObject({ title: 'It ends at 15.', knobs: { by: 5 } });
  });

  it('of bars has its rows', () => {
    const bars: BarsFigure = {
      ...about,
      kind: 'bars',
      unit: '$',
      rows: ({ by }) => [{ label: 'a', value: by, good: false }],
      title: ({ rows }) => `${rows.length} row`,
    };
    expect(computeFigure(bars, { by: 3 })).toMatchObject({
      title: '1 row',
      rows: [{ label: 'a', value: 3 }],
    });
    expect(frameOf(bars)).toEqual({ ...about, kind: 'bars', y: { label: '', unit: '$' } });
  });

  it('is the same figure every time, and as the picture that a section opens with', async () => {
    const data = computeFigure(storm);
    expect(computeFigure(storm)).toEqual(data);
    const still = readStill(JSON.parse((await stillOf('metastable'))!));
    expect(still.frame).toEqual(frameOf(storm));
    expect(still.data.title).toBe(data.title);
    expect(still.data.bands).toEqual([{ label: 'surge', fromS: 60, toS: 120 }]);
    const [panel] = data.panels;
    const [drawn] = still.data.panels;
    expect(drawn.verdict).toEqual(panel.verdict);
    panel.lines.forEach(({ y }, i) =>
      y.forEach((value, s) => {
        if (Number.isNaN(value)) expect(drawn.lines[i].y[s]).toBeNaN();
        else expect(drawn.lines[i].y[s]).toBeCloseTo(value, 1);
      }),
    );
  });

  it('has no still picture where there is none', async () =>
    expect(await stillOf('no-section')).toBeUndefined());
});

describe('the storm', () => {
  const rule = (load: number, surge: number) =>
    [1, 2, 3, 4].map((tries) =>
      stormStays({
        ratePerS: load,
        surgeFactor: surge,
        surgeS: 60,
        capacityPerS: 100,
        timeoutS: 3,
        retries: tries - 1,
      }),
    );

  // Loads with some room to the edge: just below it the pool comes back too late for the picture.
  it.each([
    [35, 3.2],
    [30, 3.2],
    [60, 2.5],
    [20, 1.5],
  ])('stays at %d a second with a surge of × %d where the fluid rule says so', (load, surge) => {
    const data = computeFigure(storm, { load, surge });
    expect(lostPanels(data)).toEqual(rule(load, surge));
  });

  it('has a title for every end of its knobs, true of the panels', () => {
    expect(computeFigure(storm).title).toBe(
      'With one or two tries the pool comes back. With three it never does.',
    );
    expect(computeFigure(storm, { load: 20, surge: 1.5 }).title).toMatch(/too small/);
    expect(computeFigure(storm, { load: 90, surge: 4 }).title).toMatch(/even a single try/);
  });
});

describe('columns of a run', () => {
  it('are refused by a wrong name, and smoothed over their neighbours', () => {
    const run = new Simulation(mmc, 1, { overrides: [{ path: 'durationS', value: 2010 }] });
    expect(() => column(run, 'arivals')).toThrow(/no column "arivals"/);
    expect([...smooth(Float64Array.of(0, 3, 6, 9), 3)]).toEqual([1.5, 3, 6, 7.5]);
    expect([...smooth(Float64Array.of(1, 2), 1)]).toEqual([1, 2]);
  });
});
