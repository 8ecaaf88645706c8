import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { parse } from '../core/schema.ts';
import {
  GraduatedActions,
  graduatedActionsSchema,
  measuresOf,
  type GraduatedActionsSettings,
} from './graduated-actions.ts';
import { CRITICALITIES } from './task.ts';

const settings = (more: object = {}): GraduatedActionsSettings =>
  parse(graduatedActionsSchema, { on: true, ...more }, 'actions');

const refusedAt = (actions: GraduatedActions, share: number): string[] => {
  const { refuses } = actions.update(share);
  return CRITICALITIES.filter((c) => refuses[c]);
};

describe('graduated actions, by hand', () => {
  it('go from caching to emergency as the budget is used up', () => {
    const actions = new GraduatedActions(settings());
    expect(actions.update(0.79)).toMatchObject({
      level: 0,
      ttlFactor: 1,
      cheaperModels: false,
      cachedOnly: false,
    });
    expect(actions.update(0.8)).toMatchObject({
      level: 1,
      name: 'save',
      ttlFactor: 2,
      cheaperModels: true,
      batch: false,
      defer: false,
      touches: { low: true, normal: true, high: false, critical: false },
      refuses: { low: false, normal: false, high: false, critical: false },
    });
    expect(actions.update(0.9)).toMatchObject({
      ttlFactor: 2,
      cheaperModels: true,
      batch: true,
      defer: true,
    });
    expect(actions.now.touches).toEqual({ low: true, normal: true, high: true, critical: false });
    expect(refusedAt(actions, 0.95)).toEqual(['low']);
    expect(refusedAt(actions, 0.98)).toEqual(['normal', 'low']);
    expect(refusedAt(actions, 1)).toEqual([...CRITICALITIES]);
    expect(actions.now.cachedOnly).toBe(true);
  });

  it('jump levels in one step, and back', () => {
    const actions = new GraduatedActions(settings());
    expect(actions.update(3).name).toBe('emergency');
    expect(actions.update(0).name).toBe('none');
  });

  it('stay in force within two points, so that a share which trembles does not flap', () => {
    const actions = new GraduatedActions(settings());
    const levels = [0.899, 0.901, 0.899, 0.881, 0.879, 0.881, 0.9].map(
      (share) => actions.update(share).level,
    );
    expect(levels).toEqual([1, 2, 2, 2, 1, 1, 2]);
  });

  it('flap without the band', () => {
    const changes = (band: number): number => {
      const actions = new GraduatedActions(settings({ band }));
      let [n, last] = [0, actions.update(0.9).level];
      for (let i = 0; i < 100; i++) {
        const { level } = actions.update(0.9 + (i % 2 === 0 ? -0.001 : 0.001));
        if (level !== last) n++;
        last = level;
      }
      return n;
    };
    expect([changes(0), changes(0.02)]).toEqual([100, 0]);
  });

  it('do nothing when they are off', () => {
    expect(new GraduatedActions(settings({ on: false })).update(2).level).toBe(0);
  });

  it('hand out the same object until the level changes', () => {
    const actions = new GraduatedActions(settings());
    expect(actions.update(0.85)).toBe(actions.update(0.86));
  });
});

const upTo = fc.constantFrom(...CRITICALITIES, null);
const levels = fc
  .array(
    fc.record({
      ttlFactor: fc.double({ min: 1, max: 10, noNaN: true }),
      touches: upTo,
      cheaperModels: fc.boolean(),
      batch: fc.boolean(),
      defer: fc.boolean(),
      refuses: upTo,
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((rows) => rows.map((row, i) => ({ ...row, name: `l${i}`, at: 0.5 + 0.1 * i })));

describe('graduated actions, however the levels are edited', () => {
  it('never limit anyone more than those who matter less', () => {
    fc.assert(
      fc.property(levels, (edited) => {
        for (const m of measuresOf(settings({ levels: edited }).levels))
          CRITICALITIES.forEach((c, i) => {
            for (const lower of CRITICALITIES.slice(i + 1)) {
              if (m.refuses[c]) expect(m.refuses[lower]).toBe(true);
              if (m.touches[c]) expect(m.touches[lower]).toBe(true);
            }
          });
      }),
    );
  });

  it('only add from level to level', () => {
    fc.assert(
      fc.property(levels, (edited) => {
        const all = measuresOf(settings({ levels: edited }).levels);
        all.slice(1).forEach((m, i) => {
          const before = all[i]!;
          expect(m.ttlFactor).toBeGreaterThanOrEqual(before.ttlFactor);
          for (const name of ['cheaperModels', 'batch', 'defer', 'cachedOnly'] as const)
            if (before[name]) expect(m[name]).toBe(true);
          for (const c of CRITICALITIES) {
            if (before.refuses[c]) expect(m.refuses[c]).toBe(true);
            if (before.touches[c]) expect(m.touches[c]).toBe(true);
          }
          expect(m.cachedOnly).toBe(CRITICALITIES.every((c) => m.refuses[c]));
        });
      }),
    );
  });
});

describe('bad input of graduated actions', () => {
  it.each([
    [{ levels: [] }, 'levels: expected at least one level'],
    [
      {
        levels: [
          { name: 'a', at: 0.9 },
          { name: 'b', at: 0.9 },
        ],
      },
      'levels: expected levels in ascending order',
    ],
    [{ levels: [{ name: 'a', at: 0 }] }, 'levels.0.at: expected a number above 0, got 0.'],
    [{ levels: [{ name: 'a', at: 1, refuses: 'everyone' }] }, 'levels.0.refuses: expected'],
    [
      { levels: [{ name: 'a', at: 1, ttlFactor: 0.5 }] },
      'levels.0.ttlFactor: expected a factor of 1 or more',
    ],
    [{ band: -0.1 }, 'band: expected a number of 0 or more, got -0.1.'],
  ])('refuses %j', (more, message) => {
    expect(() => settings(more)).toThrow(message);
  });

  it('refuses a share that is none', () => {
    const actions = new GraduatedActions(settings());
    for (const share of [NaN, -0.1]) expect(() => actions.update(share)).toThrow(InputError);
    expect(actions.update(Infinity).name).toBe('emergency');
  });
});
