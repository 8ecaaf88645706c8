import { describe, expect, it } from 'vitest';
import { agentOf, office, run } from './small-office.fixture.ts';

/** Two requests a second at $0.0015: $1.80 in ten minutes. */
const limited = (limitUsd: number, more: object = {}) =>
  office({
    gateway: {
      model: 'good',
      budgets: [{ name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd }],
      ...more,
    },
  });

describe('what a run says about money', () => {
  it('is every threshold once, at the time at which it was reached', () => {
    const simulation = run(limited(1));
    const alerts = simulation.events.filter((e) => e.kind === 'alert');
    expect(alerts.map((e) => [e.data['budget'], e.data['threshold']])).toEqual([
      ['day', 0.5],
      ['day', 0.8],
      ['day', 0.9],
    ]);
    // 2 × $0.0015 in a second: about 167 s for 50 cents.
    expect(alerts[0]!.atS).toBeGreaterThan(140);
    expect(alerts[0]!.atS).toBeLessThan(200);
    expect(alerts[0]!.atS % 60).not.toBe(0);
  });

  it('is once that a budget refuses, in each of its windows', () => {
    const scenario = limited(0.5);
    const { events } = run({ ...scenario, startsAt: '23:55:00' });
    const refusing = events.filter((e) => e.kind === 'refusing');
    expect(refusing.map((e) => e.data['budget'])).toEqual(['day', 'day']);
    expect(refusing[0]!.atS).toBeLessThan(300);
    expect(refusing[1]!.atS).toBeGreaterThan(300);
  });

  it('is which measures are in force, up and down', () => {
    const scenario = limited(1, { measures: { on: true } });
    const { events, world } = run({ ...scenario, startsAt: '23:54:00' });
    const names = events.filter((e) => e.kind === 'measures').map((e) => e.data['name']);
    expect(names[0]).toBe('save');
    expect(names.at(-1)).toBe('none');
    const level = [...world.recorder.column('gateway.measures')];
    expect(Math.max(...level)).toBeGreaterThan(0);
    // The interval that ends at midnight still has those of the day that ends.
    expect(level[5]).toBe(Math.max(...level));
    expect(level[6]).toBe(0);
  });

  it('is nothing where nobody set a budget', () => {
    const kinds = run(office()).events.map((e) => e.kind);
    expect(kinds).not.toEqual(expect.arrayContaining(['alert']));
    expect(kinds).not.toEqual(expect.arrayContaining(['refusing']));
  });

  it('does not change the run: a budget that is only looked at holds nothing back', () => {
    const watched = run(limited(1e6), 3);
    const plain = run(office({}, [agentOf()]), 3);
    expect(watched.world.recorder.total.cost.toPicoText()).toBe(plain.world.recorder.total.cost.toPicoText());
  });
});
