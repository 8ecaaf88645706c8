import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../core/schema.ts';
import {
  EMERGENCY_CONTROLS,
  emergencySchema,
  estimate,
  estimateTogether,
  type EmergencyControl,
  type Prices,
  type SpendProfile,
  type SpendRow,
} from './emergency.ts';
import { CRITICALITIES } from './task.ts';

/** Dollars for a million tokens, input and output. */
const LIST: Record<string, [number, number]> = { big: [30, 60], middle: [10, 30], small: [1, 2] };
const prices: Prices = {
  models: Object.keys(LIST),
  costOn: (model, row) => {
    const [input, output] = LIST[model]!;
    return (row.inputTokens * input + row.outputTokens * output) / 1e6;
  },
};
const settings = parse(emergencySchema, {}, 'emergency');

/** A row paid at the list price. */
function row(more: Partial<SpendRow> = {}): SpendRow {
  const bare: SpendRow = {
    agentType: 'writer',
    criticality: 'normal',
    model: 'big',
    calls: 1000,
    inputTokens: 1_000_000,
    outputTokens: 500_000,
    costUsd: 0,
    deferrableShare: 0,
    ...more,
  };
  return { ...bare, costUsd: more.costUsd ?? prices.costOn(bare.model, bare) };
}
const profile = (rows: SpendRow[], more: Partial<SpendProfile> = {}): SpendProfile => ({
  hours: 2,
  hitRate: 0.5,
  rows,
  ...more,
});
const saved = (control: EmergencyControl, p: SpendProfile): number =>
  estimate(control, p, prices, settings).savingUsdPerHour;

describe('estimates of emergency controls, by hand', () => {
  // $30 + $30 in two hours.
  const one = profile([row()]);

  it('use the cheapest model', () => {
    // $1 + $1 on the small one: $58 saved in two hours.
    expect(estimate('cheapest-model', one, prices, settings)).toMatchObject({
      control: 'cheapest-model',
      savingUsdPerHour: 29,
      share: 58 / 60,
      touchedCallsPerHour: 500,
    });
    // Paid half the list price: half of it is saved.
    expect(saved('cheapest-model', profile([row({ costUsd: 30 })]))).toBeCloseTo(14.5, 12);
    expect(estimate('cheapest-model', profile([row({ model: 'small' })]), prices, settings)).toMatchObject({
      savingUsdPerHour: 0,
      touchedCallsPerHour: 0,
    });
  });

  it('stop low, or low and normal, and never more', () => {
    const mixed = profile(CRITICALITIES.map((criticality) => row({ criticality })));
    expect(saved('stop-low', mixed)).toBe(30);
    expect(saved('stop-normal', mixed)).toBe(60);
    expect(estimate('stop-normal', mixed, prices, settings).touchedCallsPerHour).toBe(1000);
  });

  it('pause what nobody waits for', () => {
    const p = profile([row({ deferrableShare: 0.25 }), row()]);
    expect(saved('pause-background', p)).toBeCloseTo(7.5, 12);
    expect(estimate('pause-background', p, prices, settings).touchedCallsPerHour).toBe(125);
  });

  it('lengthen the TTL: λT from 1 to 2 takes misses from 1/2 to 1/3', () => {
    expect(saved('longer-ttl', one)).toBeCloseTo(30 / 3, 12);
    expect(saved('longer-ttl', profile([row()], { hitRate: 0 }))).toBe(0);
    expect(estimate('longer-ttl', one, prices, settings).touchedCallsPerHour).toBeCloseTo(500 / 3, 12);
  });

  it('batch those that meet another within the window', () => {
    // 72,000 calls in two hours are 10 a second, 1 in the window: e^(−1) / 2 of the calls stay alone.
    const alone = Math.exp(-1) / 2;
    const p = profile([row({ calls: 72_000 })]);
    expect(saved('batch', p)).toBeCloseTo(30 * 0.25 * (1 - alone), 12);
    // At little load there is nobody to meet.
    expect(estimate('batch', profile([row({ calls: 10 })]), prices, settings).share).toBeLessThan(0.001);
  });

  it('cap the output', () => {
    // Mean 500 tokens: a cap at 150 leaves 1 − e^(−0.3) of them; $30 of $60 are output.
    expect(saved('cap-output', one)).toBeCloseTo(15 * Math.exp(-0.3), 4);
    expect(estimate('cap-output', one, prices, settings).touchedCallsPerHour).toBeCloseTo(
      500 * Math.exp(-0.3),
      9,
    );
    expect(saved('cap-output', profile([row({ outputTokens: 0 })]))).toBe(0);
  });

  it('say what they assume', () => {
    for (const control of EMERGENCY_CONTROLS)
      expect(estimate(control, one, prices, settings).how).toMatch(/^[A-Z].*\.$/);
    expect(estimate('batch', one, prices, settings).how).toContain('25 % cheaper');
  });

  it('are nothing where nothing is spent', () => {
    for (const control of EMERGENCY_CONTROLS)
      for (const p of [profile([]), profile([row({ calls: 0, inputTokens: 0, outputTokens: 0 })])])
        expect(estimate(control, p, prices, settings)).toMatchObject({ savingUsdPerHour: 0, share: 0 });
  });
});

const rows = fc.array(
  fc
    .record({
      agentType: fc.constantFrom('a', 'b'),
      criticality: fc.constantFrom(...CRITICALITIES),
      model: fc.constantFrom(...prices.models),
      calls: fc.integer({ min: 1, max: 100_000 }),
      inputTokens: fc.integer({ min: 0, max: 10_000_000 }),
      outputTokens: fc.integer({ min: 1000, max: 10_000_000 }),
      deferrableShare: fc.double({ min: 0, max: 1, noNaN: true }),
      paid: fc.double({ min: 0.1, max: 1, noNaN: true }),
    })
    .map(({ paid, ...rest }) => row({ ...rest, costUsd: paid * row(rest).costUsd })),
  { minLength: 1, maxLength: 6 },
);

describe('several controls together', () => {
  it('save no more than the sum of each alone, no less than the best alone, and no more than is spent', () => {
    fc.assert(
      fc.property(
        rows,
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.shuffledSubarray([...EMERGENCY_CONTROLS], { minLength: 1 }),
        (spent, hitRate, controls) => {
          const p = profile(spent, { hitRate });
          const together = estimateTogether(controls, p, prices, settings);
          const alone = controls.map((control) => saved(control, p));
          const spentPerHour = spent.reduce((sum, r) => sum + r.costUsd, 0) / p.hours;
          // Output is capped to a whole number of tokens.
          const near = 1e-3 * spentPerHour + 1e-9;
          expect(together.savingUsdPerHour).toBeLessThanOrEqual(alone.reduce((a, b) => a + b, 0) + near);
          expect(together.savingUsdPerHour).toBeGreaterThanOrEqual(Math.max(...alone) - near);
          expect(together.savingUsdPerHour).toBeLessThanOrEqual(spentPerHour + 1e-9);
          const steps = together.steps.reduce((sum, s) => sum + s.savingUsdPerHour, 0);
          expect(steps).toBeCloseTo(together.savingUsdPerHour, 6);
          for (const step of together.steps) expect(step.savingUsdPerHour).toBeGreaterThanOrEqual(-1e-9);
        },
      ),
    );
  });

  it('do not save the same dollar twice', () => {
    const p = profile([row({ criticality: 'low' })]);
    const both = estimateTogether(['stop-low', 'cheapest-model', 'stop-low'], p, prices, settings);
    expect(both.steps.map((s) => [s.control, s.savingUsdPerHour, s.touchedCallsPerHour])).toEqual([
      ['stop-low', 30, 500],
      ['cheapest-model', 0, 0],
    ]);
    expect(both.share).toBe(1);
  });
});

describe('bad input of estimates', () => {
  it.each([
    [profile([row()], { hours: 0 }), 'profile.hours: expected a number above 0, got 0.'],
    [profile([row()], { hitRate: 1.1 }), 'profile.hitRate: expected a share from 0 to 1, got 1.1.'],
    [profile([row(), row({ calls: -1 })]), 'profile.rows.1.calls: expected a number of 0 or more, got -1.'],
    [profile([row({ costUsd: NaN })]), 'profile.rows.0.costUsd'],
    [profile([row({ deferrableShare: 2 })]), 'profile.rows.0.deferrableShare'],
    [profile([row({ criticality: 'urgent' as 'low' })]), 'profile.rows.0.criticality'],
  ])('is refused', (p, message) => {
    expect(() => estimate('stop-low', p, prices, settings)).toThrow(message);
  });

  it('names the control that was meant', () => {
    expect(() => estimate('stop-lw' as 'stop-low', profile([]), prices, settings)).toThrow(
      'Did you mean "stop-low"?',
    );
    expect(() => parse(emergencySchema, { ttlFactor: 0.5 }, 'emergency')).toThrow('a factor of 1 or more');
  });
});
