import * as v from 'valibot';
import { timesPpm, type PicoUsd } from '../cost/money.ts';
import type { PriceBook } from '../cost/prices.ts';
import {
  agentKey,
  conversationKey,
  promptCacheSchema,
  PromptCaches,
  type PromptSplit,
} from '../cost/prompt-cache.ts';
import { contextFor, fillTask, TASK_FIELDS, type Situation } from '../cost/rules/fields.ts';
import { compileRules, type Rule, type RuleSet } from '../cost/rules/rule.ts';
import { budgetPico, meetsBounds, takesInput, winsTie, type Candidate } from '../cost/selection-candidate.ts';
import { pick } from '../cost/selection.ts';
import type { Task } from '../cost/task.ts';
import type { Job } from './job.ts';
import type { GatewaySettings } from './settings.ts';

const NOTHING: PromptSplit = { cachedTokens: 0, writeTokens: 0 };
const UNMET = 'No model meets the bounds of the task: the cheapest answers.';

/** What is known before a model is chosen. */
export interface Wish {
  maxOutputTokens: number;
  /** Of the price that is expected, and of the one that is reserved. */
  discountPpm: number;
  worstPpm: number;
  /** Name of a model, or cheapest, fastest, best; null: as the route says. */
  model: string | null;
  /** The cheapest of those that will do, whatever the route says. */
  cheapest: boolean;
  /** The named model or none. */
  only: boolean;
}

/** A model with what it would cost. */
export interface Offer extends Candidate {
  model: number;
  cachedTokens: number;
  cacheWriteTokens: number;
}

export interface Choice {
  /** First the chosen one; then what to fall back to when there is no budget for it. Empty: the input is too long for every model. */
  offers: Offer[];
  warning: string | null;
  /** The small model of a cascade, as the route says. */
  cascades: boolean;
}

/** Chooses models: works out what each would cost for a task, prompt cache included, and asks route, rules and scores. */
export class Chooser {
  /** Stands in the place of the score on the route `select`: the place of the chosen model. */
  selector: ((task: Task, offers: readonly Candidate[], epochMs: number) => number) | null = null;
  /** Typical response of the slowest model. */
  readonly slowestMs: number;
  private readonly offers: Offer[];
  private readonly caches: PromptCaches;
  private rules: RuleSet;
  private readonly context = contextFor(TASK_FIELDS);
  private readonly agents = new Map<string, number>();

  /** @throws InputError for rules that are none. */
  constructor(
    private readonly settings: GatewaySettings,
    private readonly book: PriceBook,
  ) {
    const { models } = book;
    this.slowestMs = Math.max(...models.map((m) => m.meanMs));
    this.caches = new PromptCaches(
      v.parse(promptCacheSchema, {
        ttlMs: settings.promptCache.ttlS * 1000,
        minTokens: models.map((m) => m.promptCacheMinTokens ?? 1024),
      }),
    );
    this.offers = models.map(({ name, accuracy, quality, meanMs, maxInputTokens }, model) => ({
      name,
      model,
      accuracy,
      quality,
      meanMs,
      maxInputTokens,
      costPico: 0,
      worstPico: 0,
      cachedTokens: 0,
      cacheWriteTokens: 0,
    }));
    this.rules = this.compiled(settings.rules);
  }

  nameOf(model: number): string {
    return this.offers[model]!.name;
  }

  /** The first rule that fires. */
  rule(task: Task, situation: Situation): Rule | null {
    fillTask(this.context, task, situation);
    return this.rules.rules[this.rules.first(this.context)] ?? null;
  }

  /** Other rules from now on, for requests that come after this. @throws InputError, and the old ones stay. */
  setRules(rules: GatewaySettings['rules']): void {
    this.rules = this.compiled(rules);
    this.settings.rules = rules;
  }

  /** Whether any model holds the task's conversation in its prompt cache. */
  isWarm({ session }: Task, epochMs: number): boolean {
    if (session < 0 || !this.settings.promptCache.on) return false;
    for (let model = 0; model < this.offers.length; model++)
      if (this.caches.warmTokens(conversationKey(session), model, epochMs) > 0) return true;
    return false;
  }

  /** @throws InputError for tokens that are none, or a price beyond what an amount holds. */
  choose(task: Task, wish: Wish, epochMs: number): Choice {
    const { settings, offers } = this;
    const named = wish.cheapest
      ? 'cheapest'
      : (wish.model ?? (settings.route === 'select' ? null : this.routeModel()));
    const fixed = wish.only || settings.route === 'fixed';
    const model = named === null ? undefined : offers.find((o) => o.name === named);
    // A named model is meant: nothing sends its task elsewhere without a word, and on the fixed route nothing does.
    if (model && fixed) {
      if (!takesInput(task, model)) return tooLong(`The input is too long for ${model.name}.`);
      this.price(model, task, wish, epochMs);
      return { offers: [model], warning: null, cascades: false };
    }
    for (const offer of offers) this.price(offer, task, wish, epochMs);
    const cheapest = this.cheapest(task);
    if (cheapest === null) return tooLong('The input is too long for every model.');
    if (model) {
      const takes = takesInput(task, model);
      return {
        offers: takes ? withFallback(model, cheapest) : [cheapest],
        warning: takes ? null : `The input is too long for ${model.name}.`,
        cascades: takes && wish.model === null && settings.route === 'cascade',
      };
    }
    const budget = budgetPico(task);
    const chosen = named === null ? offers[this.pick(task, epochMs)]! : this.best(task, named, budget);
    return {
      offers: withFallback(chosen ?? cheapest, cheapest),
      warning: chosen !== null && meetsBounds(task, chosen, budget) ? null : UNMET,
      cascades: false,
    };
  }

  /** The provider has the prompt from now on. */
  sent({ task, model }: Job, epochMs: number): void {
    if (!this.settings.promptCache.on) return;
    this.caches.note(this.agentKey(task), model, task.prefixTokens, epochMs);
    this.caches.note(conversationKey(task.session), model, task.inputTokens, epochMs);
  }

  /** What the provider's prompt cache holds of a job that starts now, later than it was chosen for. */
  look(job: Job, epochMs: number): void {
    const { cachedTokens, writeTokens } = this.split(job.model, job.task, epochMs);
    job.cachedTokens = cachedTokens;
    job.cacheWriteTokens = writeTokens;
  }

  /** The most that a job can cost that starts now, whatever the hour and whoever goes with it. */
  worstOf({ model, task, maxOutputTokens }: Job, epochMs: number): PicoUsd {
    const { inputTokens } = task;
    return this.book.worstCostOf(this.nameOf(model), { inputTokens, maxOutputTokens }, epochMs);
  }

  private pick(task: Task, epochMs: number): number {
    const { selector, offers } = this;
    return selector === null ? pick(task, offers, this.settings.selection) : selector(task, offers, epochMs);
  }

  private compiled(rules: GatewaySettings['rules']): RuleSet {
    return compileRules(
      rules,
      this.offers.map((o) => o.name),
    );
  }

  private routeModel(): string {
    const { route, cascade, model } = this.settings;
    return route === 'cascade' && cascade ? cascade.small : model;
  }

  /** Of those that meet the bounds, the one that a word stands for. */
  private best(task: Task, word: string, budget: number): Offer | null {
    let best: Offer | null = null;
    for (const offer of this.offers)
      if (meetsBounds(task, offer, budget) && (best === null || wins(word, offer, best))) best = offer;
    return best;
  }

  /** Whether or not it meets the other bounds. */
  private cheapest(task: Task): Offer | null {
    let best: Offer | null = null;
    for (const offer of this.offers)
      if (takesInput(task, offer) && (best === null || winsTie(offer, best))) best = offer;
    return best;
  }

  /** Fills in what the task costs on a model. */
  private price(offer: Offer, task: Task, wish: Wish, epochMs: number): void {
    const { inputTokens, expectedOutputTokens } = task;
    const { maxOutputTokens, discountPpm, worstPpm } = wish;
    const { cachedTokens, writeTokens } = this.split(offer.model, task, epochMs);
    const { aware } = this.settings.promptCache;
    offer.cachedTokens = cachedTokens;
    offer.cacheWriteTokens = writeTokens;
    offer.costPico = this.book.costOf(
      offer.name,
      {
        inputTokens,
        cachedTokens: aware ? cachedTokens : 0,
        cacheWriteTokens: aware ? writeTokens : 0,
        outputTokens: Math.min(expectedOutputTokens, maxOutputTokens),
      },
      epochMs,
      discountPpm,
    );
    const worst = this.book.worstCostOf(offer.name, { inputTokens, maxOutputTokens }, epochMs);
    offer.worstPico = timesPpm(worst, worstPpm);
  }

  /** The longer of two beginnings that the provider may hold: the conversation's, and the one that all of the agent type share. */
  private split(model: number, task: Task, epochMs: number): PromptSplit {
    if (!this.settings.promptCache.on) return NOTHING;
    const { inputTokens, prefixTokens, repeatedTokens, session } = task;
    const keep = session >= 0 ? inputTokens : prefixTokens;
    const shared = this.caches.split(this.agentKey(task), model, prefixTokens, inputTokens, epochMs, keep);
    if (session < 0) return shared;
    const own = this.caches.split(
      conversationKey(session),
      model,
      repeatedTokens,
      inputTokens,
      epochMs,
      keep,
    );
    return own.cachedTokens >= shared.cachedTokens ? own : shared;
  }

  private agentKey({ agentType }: Task): number {
    let index = this.agents.get(agentType);
    if (index === undefined) this.agents.set(agentType, (index = this.agents.size));
    return agentKey(index);
  }
}

function tooLong(warning: string): Choice {
  return { offers: [], warning, cascades: false };
}

function withFallback(offer: Offer, cheapest: Offer): Offer[] {
  return cheapest === offer ? [offer] : [offer, cheapest];
}

function wins(word: string, a: Offer, b: Offer): boolean {
  if (word === 'fastest' && a.meanMs !== b.meanMs) return a.meanMs < b.meanMs;
  if (word === 'best' && a.quality !== b.quality) return a.quality > b.quality;
  return winsTie(a, b);
}
