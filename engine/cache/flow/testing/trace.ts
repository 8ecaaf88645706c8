import { AliasTable, zipfWeights } from '../../../core/alias-table.ts';
import { RandomStream } from '../../../core/random.ts';

/** Requests for keys 0 … keys − 1, Zipf-distributed. */
export function zipfTrace(seed: number, requests: number, keys: number, exponent: number): string[] {
  const table = new AliasTable(zipfWeights(keys, exponent));
  const random = new RandomStream(seed, 'trace');
  return Array.from({ length: requests }, () => String(table.draw(random)));
}
