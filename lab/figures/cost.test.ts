import { describe, expect, it } from 'vitest';
import { computeFigure, usual } from './compute.ts';
import { dayUsd, figure as ablation } from './cost/ablation.ts';
import { figure as agentPools } from './cost/agent-pools.ts';
import { figure as budgets } from './cost/budgets.ts';
import { figure as deferral } from './cost/deferral.ts';
import { choiceAt, figure as selection } from './cost/selection.ts';
import { figure as thresholds } from './cost/thresholds.ts';
import { conversationUsd, figure as tokenCost } from './cost/token-cost.ts';
import type { Figure, FigureData, KnobValues } from './format.ts';

/** A figure as it stands, and with each knob at both ends. */
function settings({ knobs }: Figure): KnobValues[] {
  return [{}, ...knobs.flatMap(({ name, min, max }) => [{ [name]: min }, { [name]: max }])];
}

/** A list of turned knobs, as the type that figures take. */
const turned = (...list: KnobValues[]): KnobValues[] => list;
const computed = new Map<string, FigureData>();
/** Each picture is computed once. */
function pictureOf(figure: Figure, knobs: KnobValues = {}): FigureData {
  const key = JSON.stringify([figure.caption, usual(figure), knobs]);
  const data = computed.get(key) ?? computeFigure(figure, knobs);
  computed.set(key, data);
  return data;
}

function allFinite({ panels, rows }: FigureData): void {
  for (const { x, lines, marks = [] } of panels) {
    expect(x.length).toBeGreaterThan(1);
    for (const { y } of lines) expect(y.every((value) => Number.isFinite(value))).toBe(true);
    for (const { x: at, y } of marks) expect(Number.isFinite(at + y)).toBe(true);
  }
  for (const { value } of rows) expect(Number.isFinite(value)).toBe(true);
  expect(panels.length + rows.length).toBeGreaterThan(0);
}

const lastOf = ({ panels }: FigureData, line: number, panel = 0): number =>
  panels[panel].lines[line].y.at(-1)!;
const dollarsIn = (title: string): number[] =>
  [...title.matchAll(/\$([\d,.]*\d)/g)].map((m) => Number(m[1].replace(',', '')));

describe('the square of a conversation', () => {
  it('is 864,000 tokens of input and 16,000 of output after 40 turns', () => {
    const knobs = { pauseMin: 2, added: 1000 };
    expect(conversationUsd(40, 'plain', knobs)).toBeCloseTo((864_000 * 3 + 16_000 * 15) / 1e6, 9);
    expect(conversationUsd(1, 'plain', knobs)).toBeCloseTo((2100 * 3 + 400 * 15) / 1e6, 9);
    // Written at the first call; read by the second, which writes what is new.
    const second = 2100 * 0.3 + 1000 * 3.75 + 400 * 15;
    expect(conversationUsd(2, 'cached', knobs)).toBeCloseTo((2100 * 3.75 + 400 * 15 + second) / 1e6, 9);
  });

  it.each(settings(tokenCost))('says what it costs at %o', (knobs) => {
    const data = pictureOf(tokenCost, knobs);
    allFinite(data);
    const [plain, cached, once] = [0, 1, 2].map((line) => lastOf(data, line));
    const said = dollarsIn(data.title);
    [plain, plain - once, cached].forEach((usd, i) => expect(said[i]).toBeCloseTo(usd, 2));
    expect(data.title.includes('forgets')).toBe(cached > plain);
    expect(cached > plain).toBe(data.knobs['pauseMin'] >= 5);
    expect(once).toBeLessThan(Math.min(plain, cached));
  });
});

describe('a budget that many spend at once', () => {
  const overUsd = (data: FigureData, panel: number): number => lastOf(data, 2, panel);

  it.each(settings(budgets))(
    'is overspent when it is checked, and held when it is reserved, at %o',
    (knobs) => {
      const data = pictureOf(budgets, knobs);
      allFinite(data);
      expect(dollarsIn(data.title)[1]).toBeCloseTo(overUsd(data, 0), 2);
      expect(overUsd(data, 0)).toBeGreaterThan(0);
      expect([1, 2].map((panel) => overUsd(data, panel))).toEqual([0, 0]);
      for (const panel of [1, 2])
        expect(Math.max(...data.panels[panel].lines[0].y)).toBeLessThanOrEqual(60 + 1e-9);
      expect(data.panels.map(({ verdict }) => verdict!.good)).toEqual([false, true, true]);
    },
  );

  it('is overspent by more, the longer an answer takes', () => {
    const [short, usual, long] = turned({ answerS: 1 }, {}, { answerS: 20 }).map((knobs) =>
      overUsd(pictureOf(budgets, knobs), 0),
    );
    expect(usual).toBeGreaterThan(4 * short);
    expect(long).toBeGreaterThan(1.5 * usual);
  });

  it('serves every customer only where a part is kept for them', () => {
    const unanswered = ({ panels }: FigureData): string[] => panels.map(({ verdict }) => verdict!.note!);
    const [open, , kept] = unanswered(pictureOf(budgets)).map((note) => parseInt(note));
    expect(open).toBeGreaterThan(33);
    expect(kept).toBe(0);
    const [, reserved, nothingKept] = unanswered(pictureOf(budgets, { keep: 0 }));
    expect(nothingKept).toBe(reserved);
  });
});

describe('steps before the money is gone', () => {
  const REPORTS = 2;
  const refusedFrom = ({ panels }: FigureData): (string | undefined)[] =>
    panels.map(({ verdict }) => /\d\d:\d\d/.exec(verdict!.words)?.[0]);

  it.each(settings(thresholds))('says when customers are refused, at %o', (knobs) => {
    const data = pictureOf(thresholds, knobs);
    allFinite(data);
    for (const [i, { x, lines, verdict }] of data.panels.entries()) {
      const customers = lines[2].y;
      const lost = customers.findIndex((share) => share < 100);
      expect(verdict!.good).toBe(lost < 0);
      const from = refusedFrom(data)[i];
      if (lost >= 0) expect(from).toBe(new Date(x[lost] * 1000).toISOString().slice(11, 16));
      if (from !== undefined && i < 2) expect(data.title).toContain(from);
      expect(Math.max(...lines[0].y)).toBeLessThanOrEqual(100 + 1e-9);
    }
  });

  it('put off what they cannot prevent, and prevent it when they come early', () => {
    const data = pictureOf(thresholds);
    const [none, late, early] = refusedFrom(data);
    expect([none, late, early]).toEqual(['15:45', '21:30', undefined]);
    expect(data.title).toContain('with steps from 50 % every customer is answered');
  });

  it('turn reports away before any customer', () => {
    const { lines } = pictureOf(thresholds).panels[REPORTS];
    expect(Math.min(...lines[2].y)).toBe(100);
    expect(Math.min(...lines[1].y)).toBe(0);
  });

  it('give up more reports, and leave more money, the earlier they come', () => {
    const notes = turned({ first: 20 }, {}, { first: 80 }).map(
      (knobs) => pictureOf(thresholds, knobs).panels[2].verdict!.note!,
    );
    const [written, left] = [0, 1].map((n) => notes.map((note) => Number(note.match(/\d+/g)![n])));
    expect(written).toEqual(written.toSorted((a, b) => a - b));
    expect(left).toEqual(left.toSorted((a, b) => b - a));
  });
});

describe('the weight of quality', () => {
  const knobs = { tokens: 1500, accuracy: 90 };

  it('normalised moves the choice where it should by hand, as printed hardly ever', () => {
    // gpt-4-turbo scores (1 − q) × 0.6345 + q × 0.5, gpt-3.5-turbo 1 − q and gpt-4 q.
    const at = (weight: number) => choiceAt(weight, 'normalised', knobs).name;
    expect([42.2, 42.3, 55.9, 56].map(at)).toEqual(['gpt-3.5-turbo', 'gpt-4-turbo', 'gpt-4-turbo', 'gpt-4']);
    expect(choiceAt(99.9, 'printed', knobs).name).toBe('gpt-3.5-turbo');
    const scores = choiceAt(40, 'printed', knobs).entrants.map(({ printed }) => printed);
    [9.3689, 27.16, 178.3178].forEach((score, i) => expect(scores[i]).toBeCloseTo(score, 3));
  });

  it.each(settings(selection))('says where the choice moves, at %o', (knobs) => {
    const data = pictureOf(selection, knobs);
    allFinite(data);
    const { x, lines } = data.panels[0];
    const said = [...data.title.matchAll(/(\d+) %/g)].map(([, at]) => Number(at));
    const seen = lines.flatMap(({ y }) => [...x].filter((_, i) => i > 0 && y[i] !== y[i - 1]));
    expect(said).toEqual(seen);
    expect(data.title.startsWith('Only one')).toBe(data.knobs['accuracy'] > 96);
  });

  it('untouched is the picture of the text: 43 and 56, and never', () => {
    expect(pictureOf(selection).title).toBe(
      'As printed, the score chooses the same model whatever quality weighs. Normalised, it moves on at 43 % and 56 %.',
    );
    expect(pictureOf(selection, { tokens: 20 }).title).toContain('As printed, the score moves on');
  });
});

describe('work that waits for the night', () => {
  const [AS_IT_COMES, AT_TEN, SPREAD] = [0, 1, 2];
  const usd = ({ panels }: FigureData): number[] =>
    panels.map(({ verdict }) => Number(verdict!.words.slice(1)));
  const late = ({ panels }: FigureData): number[] =>
    panels.map(({ verdict }) => Number(/(\d+) reports?/.exec(verdict!.note!)![1]));

  it.each(settings(deferral))('costs less, and the same at ten or spread out, at %o', (knobs) => {
    const data = pictureOf(deferral, knobs);
    allFinite(data);
    const bill = usd(data);
    expect(bill[SPREAD]).toBeLessThan(bill[AS_IT_COMES]);
    expect(bill[AT_TEN]).toBeCloseTo(bill[SPREAD], 1);
    expect(data.title).toContain(`${(100 * (1 - bill[SPREAD] / bill[AS_IT_COMES])).toFixed(0)} % off`);
    // What is drawn is what is paid: dollars an hour over quarters of an hour.
    const drawn = data.panels.map(({ lines }) => lines[0].y.reduce((sum, each) => sum + each / 4, 0));
    drawn.forEach((sum, i) => expect(sum).toBeCloseTo(bill[i], 2));
    expect(data.panels[SPREAD].verdict!.good).toBe(true);
    expect(data.title.includes('nobody notices')).toBe(/\d min/.test(data.panels[AT_TEN].verdict!.note!));
  });

  it('keeps the deadlines where it is spread out, and misses some where all begin at ten', () => {
    expect(late(pictureOf(deferral))).toEqual([0, 16, 0]);
  });

  it('saves next to nothing when the deadlines come first', () => {
    const [short, usual] = turned({ deadline: 2 }, {}).map((knobs) => usd(pictureOf(deferral, knobs)));
    const saved = (bill: number[]): number => 1 - bill[SPREAD] / bill[AS_IT_COMES];
    expect(saved(usual)).toBeGreaterThan(10 * saved(short));
  });
});

describe('a pool that follows its load', () => {
  const [STARTING, WORKING, NEEDED] = [0, 1, 2];

  it.each(settings(agentPools))('is late, and one that is started ahead is not, at %o', (knobs) => {
    const data = pictureOf(agentPools, knobs);
    allFinite(data);
    const words = data.panels.map(({ verdict }) => verdict!.words);
    for (const each of words) expect(data.title).toContain(each);
    expect(words[2]).toBe('nobody waits');
    expect(words[0]).not.toBe('nobody waits');
    for (const { lines } of data.panels)
      lines[WORKING].y.forEach((ready, i) => expect(ready).toBeLessThanOrEqual(lines[STARTING].y[i]));
  });

  it('has the agents when they are needed only where they were started ahead', () => {
    const { panels } = pictureOf(agentPools);
    const short = panels.map(
      ({ lines }) => lines[NEEDED].y.filter((n, i) => n > lines[WORKING].y[i] + 1).length,
    );
    expect(short[0]).toBeGreaterThan(2 * short[1]);
    expect(short[1]).toBeGreaterThan(4 * short[2]);
    // The second overshoots: what waits looks like load.
    const most = panels.map(({ lines }) => Math.max(...lines[WORKING].y));
    expect(most[1]).toBeGreaterThan(most[2] + 3);
  });

  it('fails fewer requests when its agents start faster', () => {
    const failed = turned({ coldS: 10 }, {}, { coldS: 240 }).map((knobs) =>
      parseInt(pictureOf(agentPools, knobs).panels[0].verdict!.words),
    );
    expect(failed).toEqual([10, 39, 45]);
  });
});

describe('who saved what', () => {
  const groups = ({ rows }: FigureData) => {
    const values = rows.map(({ value }) => value);
    return {
      alone: values.slice(0, 3),
      added: values[3],
      together: values[4],
      parts: values.slice(5, 8),
      last: values.slice(8),
    };
  };
  const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0);

  it.each(settings(ablation))('counts some of it twice, and the parts once, at %o', (knobs) => {
    const data = pictureOf(ablation, knobs);
    allFinite(data);
    const { alone, added, together, parts, last } = groups(data);
    // Each is rounded to a tenth.
    expect(Math.abs(added - sum(alone))).toBeLessThan(0.25);
    expect(Math.abs(together - sum(parts))).toBeLessThan(0.25);
    expect(added).toBeGreaterThan(together + 10);
    expect(sum(last)).toBeLessThan(together);
    parts.forEach((part, i) => {
      expect(part).toBeLessThanOrEqual(alone[i]);
      expect(part).toBeGreaterThanOrEqual(last[i]);
    });
    expect(data.title).toContain(`${added.toFixed(0)} %`);
    expect(data.title).toContain(`${together.toFixed(0)} %`);
  });

  it('runs support at a third of the price, and reports at a twentieth, on smaller models', () => {
    const [none, models] = dayUsd({ price: 10, repeats: 0 });
    expect(models / none).toBeGreaterThan(1.5 / 30);
    expect(models / none).toBeLessThan(10 / 30);
  });

  it('pays all that is put off: the night alone saves less than its discount', () => {
    expect(groups(pictureOf(ablation)).alone[2]).toBeLessThan(30);
  });

  it('leaves the cache hardly anything to save when models are cheap, or nobody asks twice', () => {
    const parts = turned({ repeats: 0 }, { price: 2 }, {}, { price: 30 }).map(
      (knobs) => groups(pictureOf(ablation, knobs)).parts[1],
    );
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
  });
});
