import { describe, expect, it } from 'vitest';
import { forThePage, parseCapacities, reportAsJson, runsOf } from './replay-settings.ts';

const trace = { unique: 200, uniqueBytes: 10_000 };

describe('capacities', () => {
  it('takes numbers and shares, each once, ascending', () => {
    expect(parseCapacities('100, 5%  10;10', 'entries', trace)).toEqual([10, 100]);
    expect(parseCapacities('1%,50%', 'bytes', trace)).toEqual([100, 5000]);
    expect(parseCapacities('0.01%', 'entries', trace)).toEqual([1]);
  });

  it.each([
    ['', 'got nothing'],
    ['10, ten', 'got "ten"'],
    ['0', 'got "0"'],
    ['1.5', 'got "1.5"'],
    ['101%', 'got "101%"'],
    ['-3', 'got "-3"'],
  ])('refuses "%s"', (text, message) =>
    expect(() => parseCapacities(text, 'entries', trace)).toThrow(message),
  );

  it('bytes want a trace with sizes', () =>
    expect(() => parseCapacities('10', 'bytes', { unique: 2, uniqueBytes: null })).toThrow(
      'a trace with sizes',
    ));
});

it('one run for each policy and capacity, policies first', () =>
  expect(runsOf(['lru', 'opt'], [1, 2], 'bytes')).toEqual([
    { policy: 'lru', capacity: { bytes: 1 } },
    { policy: 'lru', capacity: { bytes: 2 } },
    { policy: 'opt', capacity: { bytes: 1 } },
    { policy: 'opt', capacity: { bytes: 2 } },
  ]));

it('the JSON is that of the command line', () => {
  const report = {
    info: { name: 't', format: null, requests: 4, unique: 2, uniqueBytes: null },
    unit: 'entries' as const,
    runs: runsOf(['lru'], [1], 'entries'),
    results: [{ requests: 4, misses: 3, hitRatio: 0.25, missedBytes: null, byteHitRatio: null }],
    tookMs: 1,
  };
  expect(JSON.parse(reportAsJson(report))).toEqual({
    trace: { requests: 4, unique: 2 },
    results: [{ policy: 'lru', capacity: 1, misses: 3, hitRatio: 0.25 }],
  });
});

it('messages speak of the fields of the page', () => {
  const message =
    'Name the format: --format keys takes each line as a key, --format csv a column of it (--columns id=…).';
  expect(forThePage(message)).toBe(
    'Choose the format: “keys” takes each line as a key, “csv” a column of it (name it under “Key column”).',
  );
});
