import { ContentHash } from '../core/hash.ts';
import type { Simulation } from './simulation.ts';

/**
 * Sixteen hexadecimal digits that stand for a whole run: engine version, scenario, seed, pulls, and every number of the series.
 * Equal runs have equal fingerprints in Node and in every browser.
 */
export function fingerprint(simulation: Simulation): string {
  const { recorder, nowMs } = simulation.world;
  const hash = new ContentHash();
  hash.text(simulation.engine);
  hash.text(canonical(simulation.scenario));
  hash.text(String(simulation.seed));
  hash.text(canonical(simulation.pulls));
  hash.doubles([nowMs, recorder.closed]);
  for (const column of recorder.data) hash.doubles(column.subarray(0, recorder.closed));
  hash.doubles(recorder.histogram.counts);
  return hash.digest();
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
      .join(',')}}`;
  return JSON.stringify(value) ?? 'null';
}
