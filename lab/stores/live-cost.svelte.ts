import type { BudgetMode } from '../../engine/cost/budget.ts';
import { MODULE_PROFILES } from '../../engine/cost/catalogue.ts';
import { msOfDayAt } from '../../engine/cost/calendar.ts';
import type { EmergencyControl } from '../../engine/cost/emergency.ts';
import type { Situation } from '../../engine/cost/rules/fields.ts';
import type { PicoUsd } from '../../engine/cost/money.ts';
import type { Task, Usage } from '../../engine/cost/task.ts';
import { wallClock } from '../../engine/live/clock.ts';
import { SteppedClock } from './live-cost-clock.ts';
import { listPrices, profileOf } from './live-cost-emergency.ts';
import { estimatesOf, NONE_PULLED, Pulls, type Pull, type Reading } from './live-cost-pulls.ts';
import { checkRules, rightRules } from './live-cost-rules.ts';
import { CostSession, type Burst, type CostConfig, type Trace } from './live-cost-session.ts';
import { CostSettings, type Change } from './live-cost-settings.svelte.ts';
import {
  DEFAULT_BUDGETS,
  DEFAULT_RULES,
  DEFAULT_SWITCHES,
  PRICE_LISTS,
  type PriceListName,
} from './live-cost-setup.ts';
import type { Passage } from './live-cost-side.ts';
import { taskOf, type Conversation, type TaskForm } from './live-cost-task.ts';
import { viewOf, type View } from './live-cost-view.ts';

export const BURST = 200;
/** Many answers at once are drawn once. */
const DRAW_MS = 50;
const HOUR_MS = 3_600_000;

/** The live page of the cost manager (M1–M13): what the learner has set, two gateways that obey it, and what they did. */
export class LiveCostStore extends CostSettings {
  /** The gateway that is looked at; both get every request. */
  looking = $state<BudgetMode>('reserve');
  trace = $state.raw<Trace | undefined>();
  bursting = $state(false);
  burst = $state.raw<Burst | undefined>();
  /** Share of a step of the clock that is done; undefined when it is not stepped. */
  progress = $state<number | undefined>();
  conversation = $state.raw<Conversation | null>(null);
  /** Said politely. */
  announcement = $state('');

  private session = $state.raw<CostSession>() as CostSession;
  private turn = $state(0);
  private pulls!: Pulls;
  private drawing = false;
  private conversations = 0;

  readonly nowMs = $derived.by(() => {
    void this.turn;
    return this.session.clock.nowMs();
  });
  readonly view = $derived.by<View>(() => {
    void this.turn;
    return viewOf(this.session.sides[this.looking], this.nowMs);
  });
  /** What became of the last task on the gateway that is looked at. */
  readonly passage = $derived.by<Passage | undefined>(() => {
    void this.turn;
    const passage = this.trace?.passages[this.looking];
    return passage && { ...passage };
  });
  readonly pulled = $derived.by<Pull[]>(() => {
    void this.turn;
    return this.pulls.read(this.reading());
  });
  readonly estimates = $derived.by(() => {
    void this.turn;
    const { paid, live } = this.session.sides.reserve;
    const sinceMs = Math.max(this.pulls.sinceMs, this.nowMs - HOUR_MS);
    const prices = listPrices(live.gateway.book, this.nowMs);
    const profile = profileOf(paid, prices.models, sinceMs, this.nowMs);
    return estimatesOf(profile, prices, this.pulls.inForce);
  });
  /** Since when the estimates count. */
  readonly sinceMs = $derived.by(() => {
    void this.turn;
    return Math.max(this.pulls.sinceMs, this.nowMs - HOUR_MS);
  });
  readonly ahead = $derived.by(() => {
    void this.turn;
    return this.session.clock.steppedMs;
  });

  constructor() {
    super();
    this.begin();
    void this.restore((change) => this.apply(change));
  }

  /** Time goes on by itself as long as the page is open; call what is returned to stop looking. */
  watch(): () => void {
    this.turn++;
    const timer = setInterval(() => this.turn++, 1000);
    return () => clearInterval(timer);
  }

  get providerFails(): boolean {
    void this.turn;
    return this.session.providerFails;
  }
  set providerFails(fails: boolean) {
    this.session.providerFails = fails;
    this.turn++;
  }

  /** The model that savings are counted against. */
  get baseline(): string {
    void this.turn;
    return this.session.sides[this.looking].settings.model;
  }

  /** What a rule may ask that the task does not know. */
  situation(task: Task): Situation {
    const side = this.session.sides[this.looking];
    const { nowMs } = this;
    return {
      nowMs,
      hour: msOfDayAt(side.settings.timeZone, nowMs) / HOUR_MS,
      budgetUsed: side.live.gateway.treasury.share(task, nowMs),
      hitRate: NaN,
      warm: side.live.gateway.chooser.isWarm(task, nowMs),
    };
  }

  /** What calls cost less than the same tokens with the model that savings are counted against. @param atMs whose prices hold. */
  savingPico(calls: readonly { usage: Usage; costPico: PicoUsd }[], atMs: number): PicoUsd {
    const { book, settings } = this.session.sides.reserve.live.gateway;
    return calls.reduce(
      (sum, { usage, costPico }) => sum + book.costOf(settings.model, usage, atMs) - costPico,
      0,
    );
  }

  /** Sends one task, and resolves when both gateways are done with it. @throws InputError (as a rejection) naming the field. */
  async send(form: TaskForm): Promise<void> {
    if (form.conversation) this.conversation ??= { session: ++this.conversations, tokens: 0 };
    else this.conversation = null;
    const { conversation, session } = this;
    const task = taskOf(form, conversation, session.clock.nowMs());
    const { trace, done } = session.ask(task);
    this.trace = trace;
    this.turn++;
    await done;
    if (session !== this.session) return;
    this.turn++;
    const { answer } = trace.passages[this.looking];
    if (conversation && answer?.kind === 'answered')
      this.conversation = {
        ...conversation,
        tokens: task.inputTokens + answer.calls.at(-1)!.usage.outputTokens,
      };
  }

  newConversation(): void {
    this.conversation = null;
  }

  /** Sends the same task many times at the same moment. @throws InputError (as a rejection) naming the field. */
  async sendMany(form: TaskForm): Promise<void> {
    const { session } = this;
    const task = taskOf({ ...form, deferrable: false }, null, session.clock.nowMs());
    this.bursting = true;
    this.burst = undefined;
    const burst = await session.burst(task, BURST, (trace) => {
      this.trace = trace;
      this.turn++;
    });
    if (session !== this.session) return;
    this.burst = burst;
    this.bursting = false;
    this.turn++;
  }

  async sendHour(): Promise<void> {
    const { session } = this;
    this.progress = 0;
    await session.hour(
      (trace) => (this.trace = trace),
      (share) => (this.progress = share),
    );
    this.progress = undefined;
    this.turn++;
  }

  /** Puts the clock forward. */
  async step(ms: number): Promise<void> {
    this.progress = 0;
    await this.session.clock.step(ms, (share) => (this.progress = share));
    this.progress = undefined;
    this.turn++;
  }

  /** Changes what is set, here and in both gateways. @throws InputError, and nothing is changed. */
  change(next: Change): void {
    this.apply(next);
    if (!('switches' in next && Object.keys(next).length === 1)) void this.keep();
  }

  usePrices(list: Exclude<PriceListName, 'own'>): void {
    this.change({ list, models: PRICE_LISTS[list] });
  }

  pull(control: EmergencyControl): void {
    const expected = this.estimates?.alone.get(control) ?? null;
    const { inForce } = this.pulls;
    this.session.configure({ ...this.config(), pulled: inForce.add(control) });
    this.pulls.pull(control, expected, this.reading());
    this.turn++;
  }

  release(control: EmergencyControl): void {
    const { inForce } = this.pulls;
    inForce.delete(control);
    this.session.configure({ ...this.config(), pulled: inForce });
    this.pulls.release(control, this.reading());
    this.turn++;
  }

  /** Forgets what was spent, and goes back to the time of the wall clock. What the learner has set stays. */
  startAnew(): void {
    this.session.close();
    this.begin();
    this.announcement = 'Started anew: nothing is spent, and the clock shows the real time.';
  }

  /** Prices, budgets and rules as they were at first. */
  async reset(): Promise<void> {
    this.change({
      list: 'module',
      models: MODULE_PROFILES,
      budgets: DEFAULT_BUDGETS,
      rules: DEFAULT_RULES,
      switches: DEFAULT_SWITCHES,
    });
    await this.forget();
  }

  private apply(next: Change): void {
    const names = (next.models ?? this.models).map(({ name }) => name);
    const rules = rightRules(checkRules(next.rules ?? this.rules, names));
    this.session.configure({ ...this.config(), ...next, rules });
    Object.assign(this, next);
    this.turn++;
  }

  private begin(): void {
    const wall = wallClock();
    const clock = new SteppedClock(() => wall.now());
    this.session = new CostSession(clock, { ...this.config(), pulled: NONE_PULLED }, () => this.draw());
    this.pulls = new Pulls(this.reading());
    this.trace = this.burst = this.progress = undefined;
    this.bursting = false;
    this.conversation = null;
    this.turn++;
  }

  private config(): CostConfig {
    const { models, budgets, switches, checked } = this;
    const pulled = this.pulls?.inForce ?? NONE_PULLED;
    return { models, budgets, rules: rightRules(checked), switches, pulled };
  }

  private reading(): Reading {
    const { live, asked } = this.session.sides.reserve;
    return {
      nowMs: this.session.clock.nowMs(),
      spentUsd: live.gateway.ledger.total.costUsd,
      requests: asked,
    };
  }

  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    setTimeout(() => {
      this.drawing = false;
      this.turn++;
    }, DRAW_MS);
  }
}

let store: LiveCostStore | undefined;
/** One for the visit: going to another page and back keeps what was spent. */
export const liveCost = (): LiveCostStore => (store ??= new LiveCostStore());
