/** Writes to IndexedDB: the L3 tier's batches beside one transaction for each entry, in the same store of the same browser. */
import type { IdbWritesAsk } from '../../bench/protocol.ts';
import { inChromium, NO_CHROMIUM, type Chromium } from './browser.ts';
import type { Case, CaseOptions, Row } from './case.ts';
import { paired } from './paired.ts';

/** What write-behind gathers when a policy does not say otherwise, and what a tier is given at most. */
const BATCHES = [50, 500];
const PEERS = {
  'one-by-one': 'a transaction each, one after the other',
  'all-at-once': 'a transaction each, none waited for',
} as const;

async function run(options: CaseOptions): Promise<Row[]> {
  return (
    (await inChromium((chromium) => inside(chromium, options))) ?? [
      { case: 'batched', value: null, unit: 'entries/s', peer: NO_CHROMIUM, ratio: null, target: '>= 10' },
    ]
  );
}

async function inside(chromium: Chromium, { quick, pairs }: CaseOptions): Promise<Row[]> {
  const worker = await chromium.worker('idb-writes-worker');
  const rows: Row[] = [];
  for (const durability of ['strict', 'relaxed'] as const)
    for (const batch of BATCHES)
      for (const [way, peer] of Object.entries(PEERS) as [keyof typeof PEERS, string][]) {
        const ask = { entries: quick ? 500 : 4000, batch, durability };
        const rate = (asked: IdbWritesAsk['way']) => () =>
          worker.ask({ ...ask, way: asked } satisfies IdbWritesAsk);
        const both = await paired(rate('batched'), rate(way), pairs);
        rows.push({
          case: `${durability}, batches of ${batch}`,
          value: both.ours,
          unit: 'entries/s',
          peer,
          ratio: both.ratio,
          target: '>= 10',
        });
      }
  return rows;
}

export const idbWrites: Case = {
  name: 'idb-writes',
  summary: 'Entries of 1 kB written to IndexedDB on the disk, by how long a write may take to be safe.',
  run,
};
