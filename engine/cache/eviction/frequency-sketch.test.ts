import { expect, test } from 'vitest';
import { RandomStream } from '../../core/random.ts';
import { FrequencySketch } from './frequency-sketch.ts';

test('a sketch counts to 15 and no further', () => {
  const sketch = new FrequencySketch(100);
  for (let i = 1; i <= 20; i++) {
    sketch.count(7);
    expect(sketch.frequency(7)).toBe(Math.min(i, 15));
  }
  expect(sketch.frequency(8)).toBe(0);
});

test('after ten uses an entry all counts are halved', () => {
  const sketch = new FrequencySketch(64);
  for (let i = 0; i < 8; i++) sketch.count(1);
  for (let key = 1000; key < 1000 + 631; key++) sketch.count(key);
  expect(sketch.frequency(1)).toBeGreaterThanOrEqual(8);
  sketch.count(5000); // the 640th
  expect(sketch.frequency(1)).toBeGreaterThanOrEqual(4);
  expect(sketch.frequency(1)).toBeLessThan(8);
});

test('a sketch never counts too few, and rarely too many', () => {
  const capacity = 1000;
  const sketch = new FrequencySketch(capacity);
  const random = new RandomStream(1, 'test');
  const counts = new Map<number, number>();
  for (let i = 0; i < 5000; i++) {
    const key = random.below(4) === 0 ? random.below(2000) : random.below(300);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    sketch.count(key);
  }
  let tooMany = 0;
  for (const [key, count] of counts) {
    expect(sketch.frequency(key)).toBeGreaterThanOrEqual(Math.min(15, count));
    if (sketch.frequency(key) > Math.min(15, count)) tooMany++;
  }
  expect(tooMany / counts.size).toBeLessThan(0.05);
});
