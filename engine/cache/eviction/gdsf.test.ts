import { expect, test } from 'vitest';
import { Gdsf } from './gdsf.ts';
import { expectAgreement, HIT, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';

test('GDSF by hand: with equal sizes the fewest uses go, but old uses are worth less and less', () => {
  // A has 3. C evicts B (1), so L = 1 and C is worth 2; D evicts C (L = 2, D worth 3); E: A and D are worth 3, A is older.
  expect(play(new Gdsf(2), 2, 'A A A B C D E')).toBe('A A+ A+ B C-B D-C E-A');
});

test('GDSF by hand: of equal uses the larger goes, and what costs more stays', () => {
  const policy = new Gdsf(3);
  policy.onInsert(0, 10, 100, 1); // worth 0.01
  policy.onInsert(1, 11, 400, 1); // worth 0.0025
  policy.onInsert(2, 12, 400, 8); // worth 0.02
  expect(policy.victim()).toBe(1);
  policy.onHit(1);
  policy.onHit(1);
  policy.onHit(1);
  policy.onHit(1); // worth 0.0125
  expect(policy.victim()).toBe(0);
});

test('GDSF is what searching the lowest value does', () => {
  expectAgreement((capacity) => new Gdsf(capacity), plainGdsf);
});

function plainGdsf(capacity: number): Reference {
  const held = new Map<number, { uses: number; value: number; touchedAt: number }>();
  let l = 0;
  let now = 0;
  return {
    request(key) {
      now++;
      const entry = held.get(key);
      if (entry) {
        const uses = entry.uses + 1;
        held.set(key, { uses, value: l + uses, touchedAt: now });
        return HIT;
      }
      let evicted: number | null = null;
      if (held.size === capacity) {
        const [least, { value }] = [...held].reduce((a, b) =>
          b[1].value < a[1].value || (b[1].value === a[1].value && b[1].touchedAt < a[1].touchedAt) ? b : a,
        );
        evicted = least;
        l = value;
        held.delete(least);
      }
      held.set(key, { uses: 1, value: l + 1, touchedAt: now });
      return { hit: false, evicted };
    },
  };
}
