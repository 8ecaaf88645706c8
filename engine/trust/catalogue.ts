import { cacheChecks } from './caches.ts';
import type { Check } from './check.ts';
import { queueChecks } from './queues.ts';
import { redisCheck } from './redis.ts';
import { sameRun } from './same.ts';
import type { Transcript } from './transcript.ts';

/** Every check that needs no file of the reader, in the order in which they are shown. */
export const trustChecks = (transcript: Transcript): readonly Check[] => [
  ...queueChecks,
  ...cacheChecks,
  redisCheck(transcript),
  sameRun,
];
