/** What a run with a learner's part, and the runs beside it, say of themselves. Plain data, as JSON between page and workers. */
import type { ChallengeKind } from '../scenarios/challenges.ts';

export interface ContestantOrder {
  kind: ChallengeKind;
  seed: number;
  /** Id of a reference of the challenge; null: the learner's part. */
  reference: string | null;
}

/** Null stands for a figure that there is none of. */
export interface Figures {
  requests: number;
  meanMs: number | null;
  p50Ms: number | null;
  p99Ms: number | null;
  hitRate: number | null;
  errorRate: number | null;
  /** Of the whole fleet. */
  costUsd: number;
  /** Mean quality of the models that answered, where models are chosen. */
  quality: number | null;
}

/** One value for each step of `stepS`, from the start of the run. */
export interface Series {
  stepS: number;
  meanMs: (number | null)[];
  p99Ms: (number | null)[];
  hitRate: (number | null)[];
  errorRate: (number | null)[];
}

export interface ContestantReport {
  seed: number;
  /** Stands for the whole run, scenario included; equal runs have equal ones. */
  fingerprint: string;
  whole: Figures;
  /** In the order of the challenge's phases. */
  phases: Figures[];
  series: Series;
  /** Decisions asked of the learner's part; 0 for a reference. */
  calls: number;
  /** Median over the run of the mean time of a decision; null where nothing was asked. */
  callUs: number | null;
  tookMs: number;
}

/** How far a run has got. */
export interface Progress {
  atS: number;
  share: number;
  requests: number;
  calls: number;
  callUs: number | null;
}

/** The learner's part ended the run: it threw, or gave what cannot be used. */
export interface FaultReport extends Progress {
  /** What was asked, as one would write it: `victim()`. */
  call: string;
  expected: string;
  got: string;
  /** Of what was thrown. */
  stack: string;
}

export type ContestantEnd =
  { kind: 'report'; report: ContestantReport } | { kind: 'fault'; fault: FaultReport };
