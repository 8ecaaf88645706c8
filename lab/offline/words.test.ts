import { expect, test } from 'vitest';
import type { StoredState } from './protocol.ts';
import { explanation, label, percentStored, situationOf, size } from './words.ts';

const share = (storedFiles: number, files: number) => ({
  storedFiles,
  files,
  storedBytes: storedFiles * 1e6,
  bytes: files * 1e6,
});
const state = (encoder: number, more: Partial<StoredState> = {}): StoredState => ({
  version: 'one',
  storing: false,
  parts: { shell: share(1, 1), rest: share(2, 2), encoder: share(encoder, 3) },
  failed: [],
  ...more,
});

test('the words follow the state', () => {
  expect(situationOf(state(3))).toBe('ready');
  expect(situationOf(state(0))).toBe('part');
  const half = state(1, { storing: true });
  expect(situationOf(half)).toBe('storing');
  expect(percentStored(half)).toBe(66);
  expect(label('storing', half)).toBe('Storing 66\u00a0%');
  const full = state(1, { failed: [{ url: 'a', trouble: 'full' }] });
  expect(situationOf(full)).toBe('failed');
  expect(label('failed', full)).toBe('Storage full');
  expect(explanation('failed', full)).toMatch(/^1 file is not stored. The browser has no more room/);
  expect(explanation('failed', undefined)).toMatch(/tries again at the next visit/);
});

test('sizes', () => {
  expect([size(1), size(310_000), size(22_400_000), size(10_766_400_000)]).toEqual([
    '1\u00a0kB',
    '310\u00a0kB',
    '22.4\u00a0MB',
    '10.8\u00a0GB',
  ]);
});
