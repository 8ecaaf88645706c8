import type { Case } from './case.ts';
import { firstLoad } from './first-load.ts';
import { fullScale } from './full-scale.ts';
import { growth } from './growth.ts';
import { idbWrites } from './idb-writes.ts';
import { liveL1 } from './live-l1.ts';
import { mmcStation } from './mmc-station.ts';
import { primeDay } from './prime-day.ts';
import { replay } from './replay.ts';
import { similarPrompts } from './similar-prompts.ts';

/** In the order in which they run and are printed. */
export const CASES: readonly Case[] = [
  primeDay,
  growth,
  fullScale,
  mmcStation,
  replay,
  liveL1,
  idbWrites,
  similarPrompts,
  firstLoad,
];
