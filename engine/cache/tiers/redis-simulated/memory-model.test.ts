import { expect, it } from 'vitest';
import { MemoryModel } from './memory-model.ts';

it('rounds to the size classes of jemalloc (its manual, "size classes", for both quanta)', () => {
  const classes = (quantum: 8 | 16, upTo: number): number[] => {
    const model = new MemoryModel(quantum);
    return [...new Set(Array.from({ length: upTo }, (_, i) => model.sizeClass(i + 1)))];
  };
  expect(classes(16, 320)).toEqual([8, 16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]);
  expect(classes(8, 128)).toEqual([8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128]);
  expect(new MemoryModel(8).sizeClass(14337)).toBe(16384);
  expect(new MemoryModel(8).sizeClass(16385)).toBe(20480);
});

it('a short string lies with its object, a longer one beside it', () => {
  const model = new MemoryModel(8);
  expect(model.valueBytes(44)).toBe(64); // 16 + 3 + 44 + 1
  expect(model.valueBytes(45)).toBe(16 + 56); // 3 + 45 + 1 = 49
  expect(model.stringBytes(20)).toBe(24); // a header of one byte below 32
});
