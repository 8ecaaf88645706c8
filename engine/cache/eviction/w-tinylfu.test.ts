import { expect, test } from 'vitest';
import { FrequencySketch } from './frequency-sketch.ts';
import { expectAgreement, HIT, take, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';
import { WTinyLfu } from './w-tinylfu.ts';

test('W-TinyLFU by hand: a scan does not get past the window', () => {
  // The window holds one. C, D, E were asked for once, no more than B, so each loses to it.
  expect(play(new WTinyLfu(3), 3, 'A A B C D E A B')).toBe('A A+ B C D-C E-D A+ B+');
});

test('W-TinyLFU is what three plain lists and the same sketch do', () => {
  expectAgreement((capacity) => new WTinyLfu(capacity), plainWTinyLfu);
});

function plainWTinyLfu(capacity: number): Reference {
  const window: number[] = [];
  const probation: number[] = [];
  const guarded: number[] = [];
  const sketch = new FrequencySketch(capacity);
  const main = Math.floor(capacity * 0.99);
  const mostWindow = Math.max(1, capacity - main);
  const mostGuarded = Math.floor(main * 0.8);
  return {
    request(key) {
      sketch.count(key);
      if (take(window, key)) {
        window.push(key);
        return HIT;
      }
      if (take(probation, key) || take(guarded, key)) {
        guarded.push(key);
        if (guarded.length > mostGuarded) probation.push(guarded.shift() as number);
        return HIT;
      }
      window.push(key);
      if (window.length <= mostWindow) return { hit: false, evicted: null };
      const candidate = window.shift() as number;
      probation.push(candidate);
      if (window.length + probation.length + guarded.length <= capacity) return { hit: false, evicted: null };
      const victim = probation[0];
      const evicted = sketch.frequency(candidate) > sketch.frequency(victim) ? victim : candidate;
      take(probation, evicted);
      return { hit: false, evicted };
    },
  };
}
