import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../engine/core/random.ts';
import { figure as eviction, hitsOf } from './cache/eviction.ts';
import { figure as hitRate, reportAt } from './cache/hit-rate.ts';
import { figure as invalidation } from './cache/invalidation.ts';
import { agesMin, figure as promotion } from './cache/promotion.ts';
import { figure as similarPrompts, PAIRS, sharedByLikeness } from './cache/similar-prompts.ts';
import { figure as stampedes } from './cache/stampedes.ts';
import { figure as tiers } from './cache/tiers.ts';
import { figure as ttl, outdatedShare } from './cache/ttl.ts';
import { computeFigure } from './compute.ts';
import type { Figure, FigureData, KnobValues } from './format.ts';

/** A figure as it stands, and with each knob at both ends. */
function settings({ knobs }: Figure): KnobValues[] {
  return [{}, ...knobs.flatMap(({ name, min, max }) => [{ [name]: min }, { [name]: max }])];
}

const computed = new Map<Figure, Map<string, FigureData>>();
/** Each picture is computed once. */
function pictureOf(figure: Figure, knobs: KnobValues = {}): FigureData {
  const pictures = computed.get(figure) ?? new Map<string, FigureData>();
  computed.set(figure, pictures);
  const key = JSON.stringify(knobs);
  const data = pictures.get(key) ?? computeFigure(figure, knobs);
  pictures.set(key, data);
  return data;
}

function allFinite({ panels, rows, levels = [] }: FigureData): void {
  for (const { x, lines, marks = [] } of panels) {
    expect(x.length).toBeGreaterThan(1);
    for (const { y } of lines) expect(y.every((value) => Number.isFinite(value))).toBe(true);
    for (const { x: at, y } of marks) expect(Number.isFinite(at + y)).toBe(true);
  }
  for (const { value } of [...rows.map(({ value }) => ({ value })), ...levels.map(({ y }) => ({ value: y }))])
    expect(Number.isFinite(value)).toBe(true);
  expect(panels.length + rows.length).toBeGreaterThan(0);
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
const numbersIn = (title: string): number[] =>
  [...title.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([n]) => Number(n.replaceAll(',', '')));

describe('four tiers', () => {
  it.each(settings(tiers))('says what each saves, at %o', (knobs) => {
    const data = pictureOf(tiers, knobs);
    allFinite(data);
    const [model, memory, redis, disk, all] = data.rows.map(({ value }) => value);
    expect(memory).toBeLessThan(model);
    expect(redis).toBeLessThan(memory);
    expect(data.title.includes('costs more than it saves')).toBe(all > disk);
    const said = all > disk ? [all, disk] : [model, memory, redis, all];
    expect(numbersIn(data.title)).toEqual(said.map(Math.round));
  });

  it('are a walk whose mean follows from the shares: 1 + 0.58 × (4 + …)', () => {
    const share = (note: string) => numbersIn(note)[0] / 100;
    const [, memory, redis] = pictureOf(tiers).rows;
    const missed = 1 - share(memory.note!);
    const expected = 1 + missed * 4 + (1 - share(redis.note!)) * 2000;
    expect(Math.abs(redis.value - expected)).toBeLessThan(15);
  });
});

describe('a time to live', () => {
  it('by hand: 1 read a minute and 10 min make 10 hits of 11', () => {
    expect(pictureOf(ttl).panels[0].marks![0].y).toBeCloseTo(1000 / 11, 9);
    // Of ages spread over 0 to 10 min at 1/60 a minute: 1 − (1 − e^(−1/6)) × 6.
    expect(outdatedShare(10, { reads: 1, changes: 1 })).toBeCloseTo((10 / 11) * (1 - 0.921109965), 6);
  });

  it('agrees with reads and changes that are drawn', () => {
    const [reads, changes] = [new RandomStream(3, 'reads'), new RandomStream(3, 'changes')];
    const knobs = { reads: 0.5, changes: 4 };
    let [now, filled, changed, nextChange, outdated] = [0, -Infinity, -Infinity, 0, 0];
    const REQUESTS = 60_000;
    for (let i = 0; i < REQUESTS; i++) {
      now += -Math.log(reads.uniform()) / knobs.reads;
      while (nextChange <= now) {
        changed = nextChange;
        nextChange += -Math.log(changes.uniform()) / (knobs.changes / 60);
      }
      if (now >= filled + 15) filled = now;
      else if (changed > filled) outdated++;
    }
    expect(outdated / REQUESTS).toBeCloseTo(outdatedShare(15, knobs), 2);
  });

  it.each(settings(ttl))('says what a longer life brings and costs, at %o', (knobs) => {
    const data = pictureOf(ttl, knobs);
    allFinite(data);
    const { x, lines } = data.panels[0];
    const at = (line: number, minutes: number) => lines[line].y[x.indexOf(minutes)];
    const expected = [at(0, 10), at(0, 60), at(1, 10), at(1, 60)];
    expect(numbersIn(data.title)).toEqual(expected.map(Math.round));
    for (const { y } of lines) expect(y).toEqual(y.toSorted());
  });
});

describe('who leaves', () => {
  it.each(settings(eviction))('says how far LRU, the best and the ceiling are apart, at %o', (knobs) => {
    const data = pictureOf(eviction, knobs);
    allFinite(data);
    const [lru, opt] = ['LRU', 'OPT'].map((label) => hitsOf(data, label));
    const best = Math.max(...data.rows.slice(0, -1).map(({ value }) => value));
    expect(data.title).toContain(`LRU answers ${lru.toFixed(0)} %`);
    expect(data.title).toContain(
      `${best.toFixed(0)} %, and no rule could answer more than ${opt.toFixed(0)} %`,
    );
    expect(best).toBeGreaterThan(lru);
    expect(opt).toBeGreaterThan(best);
    expect(hitsOf(data, 'FIFO')).toBeLessThan(lru);
    expect(hitsOf(data, 'the module')).toBeGreaterThan(lru);
  });
});

describe('two hit rates', () => {
  it('by hand: 50 of 100 from L1 and 45 of 50 from L2 are 95 %, and 95 of 150 look-ups', () => {
    const report = reportAt(50, { behind: 90, levels: 2 });
    expect(report.hitRatePerRequest).toBeCloseTo(0.95, 9);
    expect(report.hitRatePerProbe).toBeCloseTo(95 / 150, 9);
    expect(pictureOf(hitRate).title).toBe(
      'Of these requests 95 % need no model. The module’s formula shows 63 %.',
    );
  });

  it.each(settings(hitRate))('lie apart wherever L2 is asked, at %o', (knobs) => {
    const data = pictureOf(hitRate, knobs);
    allFinite(data);
    const [requests, probes] = data.panels[0].lines.map(({ y }) => y);
    requests.forEach((rate, i) => expect(rate).toBeGreaterThan(probes[i]));
    const [said, printed] = numbersIn(data.title);
    expect(Math.abs(said - requests[50])).toBeLessThan(0.51);
    expect(Math.abs(printed - probes[50])).toBeLessThan(0.51);
    expect(said).toBeLessThan(100);
  });
});

describe('a promoted copy', () => {
  it('by hand: two levels, L1 emptied after 55 min', () => {
    const knobs = { levels: 2, emptied: 55 };
    const [kept, renewed] = [agesMin('kept', knobs), agesMin('renewed', knobs)];
    expect([54, 55, 59, 60].map((minute) => kept[minute])).toEqual([54, 55, 59, 0]);
    expect([59, 60, 114, 115].map((minute) => renewed[minute])).toEqual([59, 60, 114, 0]);
  });

  it.each(settings(promotion))('says how old the oldest answer is, at %o', (knobs) => {
    const data = pictureOf(promotion, knobs);
    allFinite(data);
    const [renewed, kept] = data.panels[0].lines.map(({ y }) => Math.max(...y));
    const [hours, minutes, oldestKept] = numbersIn(data.title);
    expect(60 * hours + minutes).toBe(renewed);
    expect(oldestKept).toBe(kept);
    expect(kept).toBe(59);
    const { levels, emptied } = data.knobs;
    expect(renewed).toBe(Math.min(levels - 1, 4) * emptied + 59);
  });
});

describe('a stampede', () => {
  const failures = ({ panels }: FigureData): number[] => panels.map(({ lines }) => sum(lines[1].y));
  const calls = ({ panels }: FigureData): number[] => panels.map(({ lines }) => sum(lines[0].y));

  it.each(settings(stampedes))('is told by the title, at %o', (knobs) => {
    const data = pictureOf(stampedes, knobs);
    allFinite(data);
    const [each, shared, ahead] = failures(data);
    expect([shared, ahead]).toEqual([0, 0]);
    if (each === 0) expect(data.title).toContain('too little');
    else expect(numbersIn(data.title)).toEqual([each]);
    expect(data.panels.map(({ verdict }) => verdict!.good)).toEqual([each === 0, true, true]);
    expect(calls(data)[0]).toBeGreaterThan(calls(data)[1]);
  });

  it('makes a call for each who comes during a call', () => {
    const [each, shared] = calls(pictureOf(stampedes));
    // 240 a second for 1.5 s; the queue that they make then delays the others’ fills, which calls again.
    expect(each - shared).toBeGreaterThan(1 + 240 * 1.5 - 60);
  });
});

describe('a purge', () => {
  const failures = ({ panels }: FigureData): number[] => panels.map(({ lines }) => sum(lines[1].y));

  it.each(settings(invalidation))('is told by the title, at %o', (knobs) => {
    const data = pictureOf(invalidation, knobs);
    allFinite(data);
    const [all, tagged, soft] = failures(data);
    expect(numbersIn(data.title)).toEqual([all, data.knobs['tagged'], tagged, soft]);
    expect(tagged).toBeLessThan(all);
    expect(soft).toBeLessThan(all);
    expect(data.panels[0].verdict).toMatchObject({ good: false, words: 'still down' });
  });

  it('of a tenth by tag hurts nobody; of four fifths it is as bad as of all', () => {
    expect(failures(pictureOf(invalidation))[1]).toBe(0);
    expect(pictureOf(invalidation, { tagged: 80 }).panels[1].verdict!.words).toBe('still down');
    expect(pictureOf(invalidation, { stale: 1 }).panels[2].verdict!.words).toBe('still down');
  });
});

describe('prompts that are alike', () => {
  it.each(settings(similarPrompts))('says what the threshold gets wrong, at %o', (knobs) => {
    const data = pictureOf(similarPrompts, knobs);
    allFinite(data);
    const shared = sharedByLikeness(data.knobs['threshold']);
    const words = ['none', 'one', 'two', 'three', 'four'];
    const wrong = words[PAIRS.filter(({ same }, i) => shared[i] && !same).length];
    const lost = words[PAIRS.filter(({ same }, i) => !shared[i] && same).length];
    expect(data.title).toContain(`shares ${wrong} of four wrong pairs and loses ${lost} of four right ones.`);
    expect(data.title).toContain('The guard gets 8 of 8 right.');
    const right = data.rows.filter(({ good }) => good).length;
    expect(right).toBe(PAIRS.filter(({ same }, i) => shared[i] === same).length);
    expect(data.rows.map(({ value }) => value)).toEqual(
      data.rows.map(({ value }) => value).toSorted((a, b) => b - a),
    );
  });

  it('no threshold gets them all right: some look-alikes are above all paraphrases', () => {
    for (let threshold = 0; threshold <= 100; threshold++)
      expect(sharedByLikeness(threshold)).not.toEqual(PAIRS.map(({ same }) => same));
  });
});
