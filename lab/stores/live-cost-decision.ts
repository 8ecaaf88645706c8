import type { Measures } from '../../engine/cost/graduated-actions.ts';
import { timesPpm, type PicoUsd } from '../../engine/cost/money.ts';
import { switchingCost } from '../../engine/cost/prompt-cache.ts';
import type { RuleSettings } from '../../engine/cost/rules/rule.ts';
import { select, type Entrant, type SelectionSettings } from '../../engine/cost/selection.ts';
import type { Task } from '../../engine/cost/task.ts';
import type { Offer, Wish } from '../../engine/gateway/chooser.ts';
import type { Gateway } from '../../engine/gateway/gateway.ts';
import { newJob, NONE } from '../../engine/gateway/job.ts';

/** What made the choice: the first of these that had something to say. */
export type DecidedBy = 'measures' | 'rule' | 'route' | 'score';

/** Where the conversation is warm, and what it costs to leave that model. */
export interface Warmth {
  model: string;
  cachedTokens: number;
  /** What the score would choose if no cache were counted. */
  byListPrices: string | null;
  /** The model compared with: the chosen one or, when that is the warm one, the one by list prices. */
  other: string | null;
  /** What the input costs more there than on the warm model; below 0 it is cheaper all the same. */
  leavingPico: PicoUsd;
  /** The warm model sells cached tokens for less than input. */
  discounted: boolean;
}

/** How a gateway decides about a task, up to the reservation. */
export interface Decision {
  task: Task;
  atMs: number;
  /** Share of the tightest budget that is spent. */
  share: number;
  measures: Measures;
  /** Refused before any model is looked at. */
  refusedBy: 'measures' | 'rule' | null;
  rule: RuleSettings | null;
  decidedBy: DecidedBy;
  candidates: readonly Offer[];
  maxOutputTokens: number;
  /** Paid parts per million of the list price: batch and night. */
  discountPpm: number;
  /** In the order in which the budgets are asked: the second is the fallback. */
  offers: readonly { name: string; worstPico: PicoUsd }[];
  reason: string;
  warning: string | null;
  warmth: Warmth | null;
}

/** The race as both formulas see it. */
export interface Race {
  entrants: readonly Entrant[];
  printed: string | null;
  normalised: string | null;
  chosen: string | null;
  reason: string;
  warning: string | null;
}

/** Scores the models of a decision, with these weights and this formula. Nothing is sent. */
export function race(
  { task, candidates }: Pick<Decision, 'task' | 'candidates'>,
  selection: SelectionSettings,
): Race {
  const choice = select(task, candidates, selection);
  const by = (formula: SelectionSettings['formula']): string | null =>
    select(task, candidates, { ...selection, formula }).name;
  return {
    entrants: choice.entrants,
    printed: by('printed'),
    normalised: by('normalised'),
    chosen: choice.name,
    reason: choice.reason,
    warning: choice.warning,
  };
}

/** Asks the gateway's own parts, in the gateway's order, what they will do with a task that is asked now. Changes nothing in it. */
export function decide(gateway: Gateway, task: Task, atMs: number): Decision {
  const { chooser, settings, treasury, policy } = gateway;
  const job = newJob(NONE, NONE, task);
  const refusedBy = policy.refusal(job, atMs);
  const measures = treasury.measures(task, atMs);
  const { wish } = policy.wish(job, false, atMs);
  const choice = chooser.choose(task, wish, atMs);
  const candidates = candidatesOf(gateway, task, wish, atMs);
  const { rule } = job;
  const decidedBy = wish.cheapest
    ? 'measures'
    : wish.model !== null
      ? 'rule'
      : settings.route === 'select'
        ? 'score'
        : 'route';
  const scored = race({ task, candidates }, settings.selection);
  const chosen = choice.offers[0]?.name ?? null;
  const reason =
    decidedBy === 'score' ? scored.reason : reasonOf(decidedBy, chosen, rule, measures, settings.route);
  return {
    task,
    atMs,
    share: treasury.share(task, atMs),
    measures,
    refusedBy,
    rule: rule && { name: rule.name, when: rule.when, then: rule.then },
    decidedBy,
    candidates,
    maxOutputTokens: wish.maxOutputTokens,
    discountPpm: wish.discountPpm,
    offers: choice.offers.map(({ name, worstPico }) => ({ name, worstPico })),
    reason: chosen === null ? (choice.warning ?? scored.reason) : reason,
    warning: chosen === null ? null : decidedBy === 'score' ? scored.warning : choice.warning,
    warmth: warmthOf(gateway, task, candidates, chosen, wish, atMs),
  };
}

/** Every model with what the task would cost on it; the chooser is asked for one after the other. */
function candidatesOf({ chooser, book }: Gateway, task: Task, wish: Wish, atMs: number): Offer[] {
  return book.models.map((profile, model): Offer => {
    const { name } = profile;
    const [offer] = chooser.choose(task, { ...wish, model: name, cheapest: false, only: true }, atMs).offers;
    if (offer) return { ...offer };
    // Its input is too long for it, so it makes no offer; the table shows the price all the same.
    const { inputTokens } = task;
    const outputTokens = Math.min(task.expectedOutputTokens, wish.maxOutputTokens);
    const usage = { inputTokens, cachedTokens: 0, cacheWriteTokens: 0, outputTokens };
    const { accuracy, quality, meanMs, maxInputTokens } = profile;
    const bounds = { inputTokens, maxOutputTokens: wish.maxOutputTokens };
    return {
      name,
      accuracy,
      quality,
      meanMs,
      maxInputTokens,
      model,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      costPico: book.costOf(name, usage, atMs, wish.discountPpm),
      worstPico: timesPpm(book.worstCostOf(name, bounds, atMs), wish.worstPpm),
    };
  });
}

const WORDS: Readonly<Record<string, string>> = {
  cheapest: 'the cheapest model that meets the bounds',
  fastest: 'the fastest model that meets the bounds',
  best: 'the best model that meets the bounds',
};

function reasonOf(
  decidedBy: DecidedBy,
  chosen: string | null,
  rule: RuleSettings | null,
  measures: Measures,
  route: 'fixed' | 'select' | 'cascade',
): string {
  if (decidedBy === 'measures')
    return `The measure “${measures.name}” is in force, so the cheapest model that meets the bounds is taken: ${chosen}.`;
  if (decidedBy === 'rule') {
    const wanted = rule!.then.model!;
    return `The rule “${rule!.name}” asks for ${WORDS[wanted] ?? wanted}${wanted === chosen ? '' : `: ${chosen}`}.`;
  }
  return route === 'cascade'
    ? `A cascade asks ${chosen} first; when it is not sure, the large model answers again.`
    : `The route is fixed: ${chosen} for everything.`;
}

function warmthOf(
  { book, settings }: Gateway,
  task: Task,
  candidates: readonly Offer[],
  chosen: string | null,
  { maxOutputTokens, discountPpm }: Wish,
  atMs: number,
): Warmth | null {
  if (task.session < 0 || task.repeatedTokens <= task.prefixTokens) return null;
  const warm = candidates.reduce((a, b) => (b.cachedTokens > a.cachedTokens ? b : a));
  if (warm.cachedTokens <= task.prefixTokens) return null;
  const { inputTokens } = task;
  const listed = candidates.map((candidate) => {
    const outputTokens = Math.min(task.expectedOutputTokens, maxOutputTokens);
    const usage = { inputTokens, cachedTokens: 0, cacheWriteTokens: 0, outputTokens };
    return { ...candidate, costPico: book.costOf(candidate.name, usage, atMs, discountPpm) };
  });
  const byListPrices = select(task, listed, settings.selection).name;
  const other = chosen !== warm.name ? chosen : byListPrices !== warm.name ? byListPrices : null;
  const next = candidates.find(({ name }) => name === other);
  const input = ({ name, cachedTokens, cacheWriteTokens }: Offer) => ({
    rates: book.priceAt(name, atMs),
    split: { cachedTokens, writeTokens: cacheWriteTokens },
  });
  const { input: plain, cacheRead } = book.priceAt(warm.name, atMs);
  return {
    model: warm.name,
    cachedTokens: warm.cachedTokens,
    byListPrices,
    other,
    leavingPico: next ? timesPpmSigned(switchingCost(inputTokens, input(warm), input(next)), discountPpm) : 0,
    discounted: cacheRead < plain,
  };
}

const timesPpmSigned = (amount: PicoUsd, ppm: number): PicoUsd =>
  amount < 0 ? -timesPpm(-amount, ppm) : timesPpm(amount, ppm);
