import type { ContestantReport } from '../../../../engine/runner/learner-protocol.ts';

/** Runs of our solutions that were made, by kind and seed: they cost seconds, and do not change. */
export const solutions = new Map<string, ContestantReport>();
