import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Growth, Spell } from './spell.ts';

const told = (spell: Spell, rows: string): string =>
  [...rows].map((row) => String(spell.step(row === 'x'))).join('');

it('is told once it has lasted, and over once it has stayed away', () => {
  const spell = new Spell(2, 3);
  expect(told(spell, '.x.xx.x...')).toBe('0000200003');
  expect(spell.on).toBe(false);
});

it('must stay away twice as long each time it comes back', () => {
  const spell = new Spell(1, 2);
  expect(told(spell, 'x..')).toBe('102');
  expect(told(spell, 'x..x....')).toBe('10000004');
});

it('is told no oftener than the logarithm of the time', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1000, maxLength: 1000 }), (rows) => {
      const spell = new Spell(1, 2);
      const times = rows.filter((row) => spell.step(row) > 0).length;
      // The nth end takes 2^n rows.
      expect(times).toBeLessThanOrEqual(2 * 9);
    }),
    { numRuns: 50 },
  );
});

it('growth: of a counter, also of one that began anew', () => {
  const growth = new Growth();
  expect([3, 3, 10, 4].map((total) => growth.of(total))).toEqual([3, 0, 7, 4]);
});
