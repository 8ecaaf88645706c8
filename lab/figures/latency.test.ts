import { describe, expect, it } from 'vitest';
import { keepAliveReuse } from '../../engine/latency/formulas.ts';
import { computeFigure, usual } from './compute.ts';
import type { Figure, FigureData, KnobValues } from './format.ts';
import { bestWindow, figure as batchWindow } from './latency/batch-window.ts';
import { figure as connections } from './latency/connections.ts';
import { figure as context, importantKept } from './latency/context.ts';
import { at, figure as percentiles } from './latency/percentiles.ts';
import { figure as queueing } from './latency/queueing.ts';
import { figure as retries } from './latency/retries.ts';
import { figure as shedding, settled } from './latency/shedding.ts';
import { BUSY, CALM, figure as tail, mean } from './latency/tail.ts';
import { figure as tuning } from './latency/tuning.ts';

const computed = new Map<string, FigureData>();
/** Each picture is computed once. */
function pictureOf(figure: Figure, knobs: KnobValues = {}): FigureData {
  const key = JSON.stringify([figure.caption, { ...usual(figure), ...knobs }]);
  const data = computed.get(key) ?? computeFigure(figure, knobs);
  computed.set(key, data);
  return data;
}

/** A figure as it stands, and with each knob at both ends. */
const settings = ({ knobs }: Figure): KnobValues[] => [
  {},
  ...knobs.flatMap(({ name, min, max }) => [{ [name]: min }, { [name]: max }]),
];

const all = {
  queueing,
  percentiles,
  connections,
  'batch-window': batchWindow,
  retries,
  shedding,
  tail,
  context,
  tuning,
};

describe.each(Object.entries(all))('the figure of %s', (_, figure) => {
  it.each(settings(figure))('is whole at %o', (knobs) => {
    const { panels, rows, title } = pictureOf(figure, knobs);
    for (const { x, lines, marks = [] } of panels) {
      expect(x.length).toBeGreaterThan(10);
      for (const { y } of lines) expect(y.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      for (const mark of marks) expect(Number.isFinite(mark.x + mark.y)).toBe(true);
    }
    for (const { value } of rows) expect(value).toBeGreaterThan(0);
    expect(panels.length + rows.length).toBeGreaterThan(0);
    expect(title).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('has panels and rows that differ, and knobs that change something', () => {
    const { panels, rows } = pictureOf(figure);
    const drawn = panels.map(({ lines }) => JSON.stringify(lines.map(({ y }) => [...y])));
    expect(new Set(drawn).size).toBe(panels.length);
    expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length);
    for (const { name, min, max } of figure.knobs) {
      const [low, high] = [min, max].map((value) => pictureOf(figure, { [name]: value }));
      expect(low.panels.length > 0 ? low.panels : low.rows).not.toEqual(
        high.panels.length > 0 ? high.panels : high.rows,
      );
    }
  });
});

const numbersIn = (text: string): number[] => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([n]) => Number(n));
const goods = ({ panels }: FigureData): boolean[] => panels.map(({ verdict }) => verdict!.good);

describe('queueing', () => {
  it('says how much longer the wait becomes: eight times for ten servers, by hand 1.65 / 0.205', () => {
    const { title, panels } = pictureOf(queueing);
    expect(numbersIn(title)).toEqual([80, 95, 19, 8]);
    expect(panels[0].marks!.map(({ words }) => words)).toEqual(['80 %: 0.20', '95 %: 1.65']);
  });

  it('has one server’s wait, load / (1 − load), above that of any shared queue', () => {
    for (const servers of [2, 40]) {
      const [{ x, lines }] = pictureOf(queueing, { servers }).panels;
      const [shared, each] = lines;
      expect(each.y[x.indexOf(80)]).toBeCloseTo(4, 9);
      x.forEach((load, i) => {
        if (load > 0) expect(shared.y[i]).toBeLessThan(each.y[i]);
      });
    }
  });
});

describe('percentiles', () => {
  it.each<KnobValues>([{}, { stallS: 60 }])(
    'has a stall that the users see and the tester does not (%o)',
    (knobs) => {
      const {
        title,
        panels,
        knobs: { stallS },
      } = pictureOf(percentiles, knobs);
      const [users, tester] = [0, 1].map((line) => at(panels[0], line, 99));
      expect(users).toBeGreaterThan(0.8 * stallS);
      expect(tester).toBeLessThan(0.3);
      expect(title).toContain(`p99 is ${users.toFixed(1)} s`);
      expect(title).toContain(`${Math.round(tester * 1000)} ms`);
    },
  );

  it('agrees when the stall is less than a hundredth of the run', () => {
    const [panel] = pictureOf(percentiles, { stallS: 1 }).panels;
    expect(Math.abs(at(panel, 0, 99) - at(panel, 1, 99))).toBeLessThan(0.05);
  });
});

describe('connections', () => {
  const ms = ({ panels }: FigureData, panel: number): number => numbersIn(panels[panel].verdict!.words)[0];

  it('are enough when kept, too few when not, and pay 90 ms each when there are many', () => {
    const data = pictureOf(connections);
    expect(data.title).toMatch(
      /^Kept, 12 connections are enough\. .* not, and 40 end the waiting but not the handshakes\.$/,
    );
    expect(goods(data)).toEqual([true, false, true]);
    expect(ms(data, 2) - ms(data, 0)).toBeGreaterThan(75);
    expect(ms(data, 2)).toBeGreaterThan(230);
    expect(ms(data, 2)).toBeLessThan(250);
  });

  it('differ by the handshake alone where there are enough, and are too few even when kept where there are not', () => {
    expect(numbersIn(pictureOf(connections, { size: 30 }).title)[0]).toBeCloseTo(90, -1);
    const few = pictureOf(connections, { size: 6 });
    expect(few.title).toContain('6 connections are too few even when they are kept');
    expect(goods(few)[0]).toBe(false);
  });

  it('are found again as the reading says: 45 % at one request in 50 s, kept for 30 s', () => {
    expect(keepAliveReuse(1 / 50, 30, 90).reuseShare).toBeCloseTo(0.451, 3);
  });
});

describe('a batch window', () => {
  it('is best at what the title says, and at little load not to wait is', () => {
    const { title, panels } = pictureOf(batchWindow);
    const busy = bestWindow(panels[0], 0);
    expect(busy.windowMs).toBe(20);
    expect(title).toContain(`a window of ${busy.windowMs} ms ends a queue that grows`);
    expect(panels[0].lines[0].y[0]).toBeGreaterThan(20 * busy.ms);
    expect(bestWindow(panels[0], 1)).toMatchObject({ windowMs: 0 });
    expect(title).toMatch(/At 5 a second it is best not to wait\.$/);
  });

  it('only adds to the wait when there are workers to spare', () => {
    const { title, panels } = pictureOf(batchWindow, { workers: 8 });
    expect(title).toContain('workers to spare');
    expect(bestWindow(panels[0], 0).windowMs).toBe(0);
  });
});

describe('retries', () => {
  it('mend a good day, never end a bad one, and with a budget do neither harm', () => {
    const data = pictureOf(retries);
    expect(goods(data)).toEqual([false, false, true]);
    const failed = data.panels.map(({ verdict }) => numbersIn(verdict!.note!));
    expect(failed[0][0]).toBeCloseTo(4, 0); // a fifth of a fifth of the calls
    expect(failed[1]).toEqual([0, 100]);
    expect(failed[2].every((percent) => percent < 0.5)).toBe(true);
    expect(data.title).toMatch(/some requests fail on a good day.*never end\. A budget has neither fault\.$/);
  });

  it('need a budget of the right size', () => {
    expect(pictureOf(retries, { ratio: 1 }).title).toContain('this small brings the errors back');
    expect(pictureOf(retries, { ratio: 100 }).title).toContain('of this size does not help');
    expect(goods(pictureOf(retries, { slowS: 1 }))[1]).toBe(true);
  });
});

describe('shedding', () => {
  it('answers nobody, half of all, or all that is critical', () => {
    const { title, panels } = pictureOf(shedding);
    const critical = panels.map((panel) => settled(panel, 0));
    expect(critical[0]).toBeLessThan(1);
    expect(Math.abs(critical[1] - 50)).toBeLessThan(4);
    expect(critical[2]).toBeGreaterThan(98);
    numbersIn(title).forEach((said, i) => expect(Math.abs(said - critical[i])).toBeLessThan(3));
    // By lot all classes fare alike, and by class the lowest pays.
    expect(Math.abs(settled(panels[1], 3) - critical[1])).toBeLessThan(4);
    expect(settled(panels[2], 3)).toBeLessThan(1);
  });

  it('refuses without need when it takes an ordinary wait for overload', () => {
    expect(pictureOf(shedding, { load: 1 }).title).toContain('There is room for everybody');
    const touchy = pictureOf(shedding, { load: 1, delayMs: 20 });
    expect(touchy.title).toContain('refuses without need');
    expect(settled(touchy.panels[2], 3)).toBeLessThan(95);
    expect(settled(pictureOf(shedding, { load: 1, delayMs: 1000 }).panels[2], 3)).toBe(100);
  });
});

describe('the tail', () => {
  it('is cut by a second call, which without a cap brings the service down', () => {
    const { title, panels } = pictureOf(tail);
    const [once, capped, eager] = panels.map((panel) => ({
      calm: mean(panel, ...CALM),
      busy: mean(panel, ...BUSY),
    }));
    expect(capped.calm).toBeLessThan(once.calm / 4);
    expect(capped.busy).toBeLessThan(400);
    expect(eager.calm).toBeLessThan(capped.calm);
    expect(eager.busy).toBeGreaterThan(2 * once.busy);
    expect(title).toContain('it brings the service down at 2.5 times the load');
    expect(goods(pictureOf(tail))).toEqual([false, true, false]);
  });

  it('has room for eager callers at little load', () => {
    expect(pictureOf(tail, { load: 1.2 }).title).toContain('room even for the eager ones');
  });
});

describe('a context', () => {
  it('loses under the rule as printed what the mended one keeps', () => {
    const { title, rows } = pictureOf(context);
    const [whole, printed, mended, merged] = rows;
    expect(whole.value).toBe(19_118);
    expect(importantKept(printed)).toEqual([3, 7]);
    expect(printed.value).toBeGreaterThan(4096);
    for (const rule of [mended, merged]) {
      expect(importantKept(rule)).toEqual([7, 7]);
      expect(rule).toMatchObject({ good: true });
      expect(rule.value).toBeLessThanOrEqual(4096);
    }
    expect(title).toBe(
      'The rule as printed keeps 3 of 7 important messages and does not fit. Mended, it keeps 7.',
    );
  });

  it('has room for it in a small window when repeats are merged, and loses nothing while it is short', () => {
    expect(pictureOf(context, { windowTokens: 1024 }).title).toContain(
      'it keeps 2, and 7 if repeats are merged first',
    );
    expect(pictureOf(context, { exchanges: 8 }).rows.every(({ good }) => good)).toBe(true);
  });
});

describe('the winner of a search', () => {
  it('promises what fresh seeds do not confirm', () => {
    const { title, rows } = pictureOf(tuning);
    const [before, promised, fresh, kept] = rows.map(({ value }) => value);
    expect(promised).toBeLessThan(0.97 * before);
    expect(Math.abs(kept / fresh - 1)).toBeLessThan(0.01);
    expect(title).toContain(`promises ${(100 * (1 - promised / before)).toFixed(1)} % less`);
    const [low, high] = [...rows[3].note!.matchAll(/[−+]\d+\.\d/g)].map(([n]) => Number(n.replace('−', '-')));
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });

  it('promises more the more are tried', () => {
    const promise = (knobs: KnobValues): number => {
      const [before, promised] = pictureOf(tuning, knobs).rows;
      return 1 - promised.value / before.value;
    };
    expect(promise({ settings: 40 })).toBeGreaterThan(promise({ settings: 2 }));
    expect(promise({ seeds: 4 })).toBeLessThan(promise({}));
  });
});
