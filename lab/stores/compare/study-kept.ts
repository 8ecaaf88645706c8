/** Studies that have ended, kept in the tab for a reload: minutes of work are not lost to it. */
import { ENGINE_VERSION } from '../../../engine/core/version.ts';
import type { Outcome } from '../../../engine/tuning/outcome.ts';
import type { Study } from './study-plan.ts';

export interface KeptStudy {
  phase: 'done' | 'cancelled';
  study: Study;
  /** Those that all settings were run with. */
  seeds: number[];
  outcomes: (readonly Outcome[])[];
  done: number;
  all: number;
}

export type StudyKind = 'sweep' | 'seeds' | 'pairs';
const keyOf = (kind: StudyKind): string => `surge-lab.compare/${kind}`;

export function keepStudy(kind: StudyKind, kept: KeptStudy, storage = (): Storage => sessionStorage): void {
  try {
    storage().setItem(keyOf(kind), JSON.stringify({ engine: ENGINE_VERSION, ...kept }));
  } catch {
    // Then it holds until the page is reloaded.
  }
}

/** Undefined when there is none, or one of another engine: its figures could not be had again. */
export function keptStudy(kind: StudyKind, storage = (): Storage => sessionStorage): KeptStudy | undefined {
  try {
    const kept = JSON.parse(storage().getItem(keyOf(kind)) ?? 'null') as
      (KeptStudy & { engine: string }) | null;
    if (kept?.engine !== ENGINE_VERSION) return undefined;
    const { phase, study, seeds, done, all } = kept;
    return { phase, study, seeds, done, all, outcomes: kept.outcomes.map((of) => of.map(withNaN)) };
  } catch {
    return undefined;
  }
}

/** JSON writes the mean over nothing as null. */
const withNaN = (outcome: Outcome): Outcome =>
  Object.fromEntries(Object.entries(outcome).map(([name, value]) => [name, (value as number | null) ?? NaN]));
