import { expect, it } from 'vitest';
import { parseScenario } from '../../../../engine/simulation/scenario.ts';
import { primeDay } from '../../../../engine/scenarios/prime-day.ts';
import { captionOf, fileName } from './caption.ts';
import { originWords } from './origin-words.ts';

const request = { scenario: 'prime-day', seed: 7, pulls: [{ atS: 1140, lever: 'l3', value: true }] };
const file = (part: object = {}) => ({
  ...{ kind: 'file' as const, name: 'run.json', engine: '1.0.0', fingerprint: 'abc', request },
  ...part,
});
const said = (origin: ReturnType<typeof file> | undefined, run: object = {}) =>
  originWords({ origin, request, fingerprint: undefined, ...run }, '1.0.0');

it('a link of another engine is told, one of this engine is not', () => {
  const link = (engine: string) =>
    originWords({ origin: { kind: 'link', engine }, request, fingerprint: undefined }, '1.0.0');
  expect(link('0.9.0')?.text).toContain('made with engine 0.9.0; this is 1.0.0');
  expect(link('1.0.0')).toBeUndefined();
  expect(said(undefined)).toBeUndefined();
});

it('a file is compared at the end', () => {
  expect(said(file())).toMatchObject({ kind: 'plain' });
  expect(said(file(), { fingerprint: 'abc' })?.kind).toBe('same');
  const changed = said(file(), { fingerprint: 'def' });
  expect(changed?.kind).toBe('differs');
  expect(changed?.text).toContain('changed after it was written');
  expect(said(file({ engine: '0.9.0' }), { fingerprint: 'def' })?.text).toContain(
    'engine 0.9.0; this is 1.0.0',
  );
  expect(said(file({ fingerprint: null }), { fingerprint: 'def' })?.text).toContain(
    'nothing to compare with',
  );
  expect(said(file(), { fingerprint: 'def', request: { ...request, pulls: [] } })?.text).toContain(
    'you have changed it',
  );
});

it('a caption and a name say which run it is', () => {
  const scenario = parseScenario(primeDay);
  const info = { engine: '1.0.0', seed: 7, scenario, intervalS: 1, intervals: 1, columns: [] };
  const run = {
    request: { ...request, overrides: [{ path: 'load.factor', value: 2 }] },
    fingerprint: 'abc',
    nowS: 0,
  };
  expect(captionOf(run, info).lines).toEqual([
    'prime-day · seed 7 · engine 1.0.0 · fingerprint abc',
    'Changed before the start: load.factor=2',
    'Levers: 02:19:00 L3 on',
  ]);
  expect(fileName(run, info, 'csv')).toBe('prime-day-seed-7-changed.csv');
  const plain = { request: { scenario: 'prime-day', seed: 7 }, fingerprint: undefined, nowS: 60 };
  expect(captionOf(plain, info).lines).toEqual(['prime-day · seed 7 · engine 1.0.0 · as far as 02:01:00']);
  expect(fileName(plain, info, 'json')).toBe('prime-day-seed-7-unfinished.json');
});
