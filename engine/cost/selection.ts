import { parse } from '../core/schema.ts';
import type { PicoUsd } from './money.ts';
import {
  budgetPico,
  checkBounds,
  checkCandidates,
  meetsBounds,
  selectionSchema,
  takesInput,
  winsTie,
  type Candidate,
  type SelectionSettings,
} from './selection-candidate.ts';
import { clearRanges, emptyRanges, normalisedScore, printedScore, widen } from './selection-score.ts';
import { reasonFor, rejectionsOf } from './selection-words.ts';
import type { Task } from './task.ts';

export { checkCandidates, selectionSchema, type Candidate, type SelectionSettings };

/** One model in the race, for the table on the page. */
export interface Entrant {
  candidate: Candidate;
  /** Why it may not run, one clause for each bound that it breaks; empty when it may. */
  rejections: string[];
  printed: number;
  /** Null for one that was rejected: the scale is made by those that were not. */
  normalised: number | null;
}

export interface Choice {
  /** Place of the chosen model among the candidates; −1 when the input fits none. */
  index: number;
  name: string | null;
  costPico: PicoUsd;
  worstPico: PicoUsd;
  /** What the baseline would have cost more; below zero when it would have been cheaper; null when it is not a candidate. */
  savingPico: PicoUsd | null;
  /** The saving as a share of the baseline's cost; null without a baseline or when that is free. */
  savingShare: number | null;
  /** One sentence for people. */
  reason: string;
  /** Set when no model meets the task's bounds. */
  warning: string | null;
  /** In the order of the candidates. */
  entrants: Entrant[];
}

/** @throws InputError. */
export function parseSelection(input: unknown): SelectionSettings {
  return parse(selectionSchema, input, 'selection', [
    'formula',
    'weights',
    'baseline',
    'cost',
    'quality',
    'speed',
  ]);
}

/**
 * Settings that choose the cheapest, the fastest or the best of the models that meet the bounds, for rules that say so. Made
 * once, not for each task.
 */
export function preferring(
  what: 'cheapest' | 'fastest' | 'best',
  settings: SelectionSettings,
): SelectionSettings {
  const weights = { cost: +(what === 'cheapest'), quality: +(what === 'best'), speed: +(what === 'fastest') };
  return { ...settings, formula: 'normalised', weights };
}

/**
 * Chooses a model (module, Session 8 C, rows M5 and M7): filters by accuracy, time, budget and size of input, then takes the best
 * score of the formula in the settings; ties go to the cheaper, then to the first by name. When none passes, the cheapest that takes the input, with a warning.
 * @throws InputError for no candidates, figures out of range, and bounds that are none.
 */
export function select(task: Task, candidates: readonly Candidate[], settings: SelectionSettings): Choice {
  checkCandidates(candidates);
  checkBounds(task);
  const budget = budgetPico(task);
  const ranges = emptyRanges();
  for (const c of candidates) if (meetsBounds(task, c, budget)) widen(ranges, c);
  const entrants = candidates.map((candidate): Entrant => {
    const rejections = rejectionsOf(task, candidate, budget);
    const normalised = rejections.length > 0 ? null : normalisedScore(candidate, ranges, settings.weights);
    return { candidate, rejections, printed: printedScore(candidate, settings.weights), normalised };
  });

  const passed = entrants.filter((e) => e.rejections.length === 0);
  const score = (e: Entrant): number => (settings.formula === 'printed' ? e.printed : e.normalised!);
  const ranked = passed.toSorted(
    (a, b) => score(b) - score(a) || (winsTie(a.candidate, b.candidate) ? -1 : 1),
  );
  const fallback = entrants
    .filter((e) => takesInput(task, e.candidate))
    .toSorted((a, b) => (winsTie(a.candidate, b.candidate) ? -1 : 1));
  const winner = ranked[0] ?? fallback[0];
  if (winner === undefined) {
    const reason = `No model takes an input of ${task.inputTokens} tokens.`;
    const nothing = { index: -1, name: null, costPico: 0, worstPico: 0, savingPico: null, savingShare: null };
    return { ...nothing, reason, warning: reason, entrants };
  }
  const choice = chosen(winner.candidate, candidates, settings.baseline);
  const warning =
    ranked.length > 0
      ? null
      : `No model meets the task's bounds; ${choice.name} is used although ${winner.rejections.join(' and ')}.`;
  return {
    ...choice,
    reason: reasonFor(
      winner.candidate,
      passed.length,
      ranked.length > 0 ? score(winner) : 0,
      settings,
      choice,
    ),
    warning,
    entrants,
  };
}

const passRanges = emptyRanges();

/**
 * Place of the model that `select` chooses, without its explanations; −1 when the input fits none. Allocates nothing and checks
 * nothing: a bound that is NaN is met by no model.
 */
export function pick(task: Task, candidates: readonly Candidate[], settings: SelectionSettings): number {
  const budget = budgetPico(task);
  const printed = settings.formula === 'printed';
  if (!printed) {
    clearRanges(passRanges);
    for (let i = 0; i < candidates.length; i++)
      if (meetsBounds(task, candidates[i]!, budget)) widen(passRanges, candidates[i]!);
  }
  let best = -1;
  let bestScore = 0;
  for (let i = 0; i < candidates.length; i++) {
    const c = candidates[i]!;
    if (!meetsBounds(task, c, budget)) continue;
    const score = printed
      ? printedScore(c, settings.weights)
      : normalisedScore(c, passRanges, settings.weights);
    if (best < 0 || score > bestScore || (score === bestScore && winsTie(c, candidates[best]!))) {
      best = i;
      bestScore = score;
    }
  }
  return best >= 0 ? best : cheapest(task, candidates);
}

/** Place of the cheapest model that takes the input; −1 when none does. */
function cheapest(task: Task, candidates: readonly Candidate[]): number {
  let best = -1;
  for (let i = 0; i < candidates.length; i++)
    if (takesInput(task, candidates[i]!) && (best < 0 || winsTie(candidates[i]!, candidates[best]!)))
      best = i;
  return best;
}

function chosen(
  candidate: Candidate,
  candidates: readonly Candidate[],
  baseline: string,
): Omit<Choice, 'reason' | 'warning' | 'entrants'> {
  const against = candidates.find((c) => c.name === baseline)?.costPico;
  const savingPico = against === undefined ? null : against - candidate.costPico;
  return {
    index: candidates.indexOf(candidate),
    name: candidate.name,
    costPico: candidate.costPico,
    worstPico: candidate.worstPico,
    savingPico,
    savingShare: savingPico !== null && against! > 0 ? savingPico / against! : null,
  };
}
