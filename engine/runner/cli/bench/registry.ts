import type { Case } from './case.ts';
import { liveL1 } from './live-l1.ts';
import { mmcStation } from './mmc-station.ts';
import { primeDay } from './prime-day.ts';
import { replay } from './replay.ts';
import { similarPrompts } from './similar-prompts.ts';

/** In the order in which they run and are printed. */
export const CASES: readonly Case[] = [primeDay, mmcStation, replay, liveL1, similarPrompts];
