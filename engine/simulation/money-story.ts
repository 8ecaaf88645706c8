import { formatClock, parseClock } from '../core/clock.ts';
import type { BudgetState } from '../cost/budget.ts';
import { CRITICALITIES } from '../cost/task.ts';
import type { Simulation } from './simulation.ts';
import { amount, listOf, percent } from './wording.ts';

/** Stretch over which "now" is taken. */
const RECENT_S = 1800;
/** An agent type that spends this many times what it did before the first event has run away. */
const RUNAWAY = 4;

const dollars = (usd: number): string => `$${amount(usd)}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The run told as money, for scenarios with a gateway; null for others. Pure, as the narrative is. */
export function moneyStory(simulation: Simulation): { lede: string; paragraphs: string[] } | null {
  if (!simulation.world.gateway) return null;
  const story = new MoneyStory(simulation);
  return { lede: story.lede(), paragraphs: story.paragraphs() };
}

class MoneyStory {
  private readonly budgets: BudgetState[];
  /** Of the stretch that ends now: at midnight, budgets are those of the day before. */
  private readonly atMs: number;
  private readonly from: number;
  private readonly to: number;
  private readonly runaway: { name: string; times: number; share: number } | null;

  constructor(private readonly simulation: Simulation) {
    const { world } = simulation;
    const { recorder } = world;
    this.atMs = Math.max(0, simulation.nowMs - 1);
    this.to = recorder.closed;
    this.from = Math.max(0, this.to - Math.max(1, Math.round((RECENT_S * 1000) / recorder.intervalMs)));
    this.budgets = world.gateway!.budgetStates(simulation.nowMs);
    this.runaway = this.findRunaway();
  }

  lede(): string {
    const { runaway } = this;
    const refusing = this.budgets.find((b) => b.refused > 0);
    const level = this.simulation.world.gateway!.gateway.measures(this.atMs);
    const over = this.budgets.find((b) => b.overshootUsd > 0);
    if (over) return `The ${over.name} budget is overspent by ${dollars(over.overshootUsd * this.cells)}.`;
    if (refusing && refusing.share > 0.9) return `The ${refusing.name} budget has stopped the spending.`;
    if (this.dearer && this.priceLede() !== '') return this.priceLede();
    if (runaway) return `${capital(runaway.name)} spends ${amount(runaway.times)} times what it did.`;
    const { agents } = this.simulation.world.controls;
    if (this.reclaimedText() !== '' && agents!.pool.starting > agents!.pool.ready / 4)
      return `Spot agents are taken back: ${agents!.pool.ready} work, ${agents!.pool.starting} are starting.`;
    if (level.level > 0) return `Saving: ${level.name}.`;
    return `${dollars(this.spentUsd)} so far${this.forecast()}.`;
  }

  paragraphs(): string[] {
    return [
      this.pace(),
      this.priceText(),
      this.runawayText(),
      this.budgetText(),
      this.avoided(),
      this.without(),
      this.nightText(),
    ].filter((text) => text !== '');
  }

  private get cells(): number {
    return this.simulation.scenario.fleet.cells;
  }
  private get spentUsd(): number {
    return this.simulation.world.recorder.total.cost.usd * this.cells;
  }

  private sum(column: string, from = this.from, to = this.to): number {
    let total = 0;
    const data = this.simulation.world.recorder.column(column);
    for (let row = from; row < to; row++) total += data[row]!;
    return total;
  }

  private perHour(column: string, from = this.from, to = this.to): number {
    const hours = ((to - from) * this.simulation.world.recorder.intervalMs) / 3_600_000;
    return hours > 0 ? (this.sum(column, from, to) * this.cells) / hours : 0;
  }

  private forecast(): string {
    const usdPerHour = this.perHour('costUsd');
    const leftH = (this.simulation.durationMs - this.simulation.nowMs) / 3_600_000;
    if (leftH < 0.5) return '';
    return `, ${dollars(this.spentUsd + usdPerHour * leftH)} by the end at this pace`;
  }

  private pace(): string {
    const usdPerHour = this.perHour('costUsd');
    const agents = this.byAgent();
    const total = agents.reduce((sum, a) => sum + a.usdPerHour, 0);
    if (total <= 0) return 'The models are not asked at all.';
    const most = agents.slice(0, 2).map((a) => `${a.name} ${percent(a.usdPerHour / total)}`);
    return `${dollars(usdPerHour)} an hour for [[model|models]], of which ${listOf(most)}.`;
  }

  /** Prices that have changed in mid-run, and whether the gateway has gone elsewhere. */
  private priceText(): string {
    const { scenario, world } = this.simulation;
    const { prices, settings } = world.gateway!.gateway;
    const total = this.perHour('costUsd');
    const changed = Object.keys(scenario.models).filter((model) => prices.factor(model) !== 1);
    return changed
      .map((model) => {
        const factor = prices.factor(model);
        const share = this.perHour(`spend.model.${model}`) / total;
        if (total === 0) return `[[model|${model}]] costs ${amount(factor)} times its list price.`;
        const went =
          settings.route === 'fixed'
            ? `The route is fixed, so ${percent(share)} of the money still goes there.`
            : share < 0.05
              ? 'The gateway compares before each call, and has gone elsewhere.'
              : `The gateway compares before each call, and still spends ${percent(share)} of the money there.`;
        return `[[model|${model}]] costs ${amount(factor)} times its list price. ${went}`;
      })
      .join(' ');
  }

  private priceLede(): string {
    const { scenario, world } = this.simulation;
    const { prices, settings } = world.gateway!.gateway;
    const dearest = Object.keys(scenario.models).find((model) => prices.factor(model) > 1);
    const total = this.perHour('costUsd');
    if (dearest === undefined || total === 0) return '';
    const there = this.perHour(`spend.model.${dearest}`) / total;
    return settings.route === 'fixed' && there > 0.5
      ? `${dearest} is dearer, and everything still runs on it.`
      : there < 0.05
        ? `${dearest} is dearer, and hardly asked any more.`
        : '';
  }

  /** Every agent type spends more: it is the price, and nobody has run away. */
  private get dearer(): boolean {
    const { scenario, world } = this.simulation;
    return Object.keys(scenario.models).some((model) => world.gateway!.gateway.prices.factor(model) > 1);
  }

  private byAgent(): { name: string; usdPerHour: number }[] {
    return (this.simulation.scenario.traffic?.agents ?? [])
      .map(({ name }) => ({ name, usdPerHour: this.perHour(`spend.agent.${name}`) }))
      .sort((a, b) => b.usdPerHour - a.usdPerHour);
  }

  private findRunaway(): { name: string; times: number; share: number } | null {
    const { surgeS } = this.simulation.objectives;
    const { recorder } = this.simulation.world;
    if (surgeS === null || this.simulation.nowMs / 1000 <= surgeS || this.dearer) return null;
    const before = Math.floor((surgeS * 1000) / recorder.intervalMs);
    const agents = this.byAgent();
    const total = agents.reduce((sum, a) => sum + a.usdPerHour, 0);
    for (const { name, usdPerHour } of agents) {
      const was = this.perHour(`spend.agent.${name}`, Math.max(0, before - (this.to - this.from)), before);
      if (was > 0 && usdPerHour > RUNAWAY * was)
        return { name, times: usdPerHour / was, share: usdPerHour / total };
    }
    return null;
  }

  private runawayText(): string {
    const { runaway } = this;
    if (!runaway) return '';
    const agent = this.simulation.world.callers.traffic!.agents.find((a) => a.name === runaway.name)!;
    const longer =
      agent.turns > agent.settings.turns
        ? ` Its conversations go on for ${amount(agent.turns)} requests instead of ${amount(agent.settings.turns)}, and each carries all that was said before: the bill grows with the square of their length.`
        : '';
    return `[[trouble|${capital(runaway.name)}]] takes ${percent(runaway.share)} of the money.${longer}`;
  }

  private budgetText(): string {
    const tight = [...this.budgets].sort((a, b) => b.share - a.share)[0];
    if (!tight) return 'No budget holds: whatever is asked is paid.';
    const left = `${dollars(Math.max(0, tight.remainingUsd) * this.cells)} left of ${dollars(tight.limitUsd * this.cells)}`;
    const { scenario } = this.simulation;
    const scope =
      tight.scope.kind === 'global' ? 'costUsd' : `spend.agent.${'of' in tight.scope ? tight.scope.of : ''}`;
    const known = this.simulation.world.recorder.columns.includes(scope);
    const usdPerHour = known ? this.perHour(scope) : 0;
    const hours = usdPerHour > 0 ? (tight.remainingUsd * this.cells) / usdPerHour : Infinity;
    const gone = this.simulation.nowMs + hours * 3_600_000;
    const end = Math.min(tight.endMs - this.simulation.world.gateway!.epochMs(0), this.simulation.durationMs);
    const until =
      tight.remainingUsd > 0 && gone < end
        ? `, gone at ${formatClock(parseClock(scenario.startsAt, 'startsAt') + gone / 1000).slice(0, 5)} at this pace`
        : '';
    return `Budget ${tight.name}: ${percent(tight.share)} spent, ${left}${until}.`;
  }

  /** What caches, batches and cheaper models have saved. */
  private avoided(): string {
    const requests = this.sum('arrivals') + this.sum('background.arrivals');
    const calls = this.sum('gateway.calls');
    if (requests === 0 || calls === 0) return '';
    const cost = this.sum('costUsd');
    const baseline = this.sum('gateway.baselineUsd');
    const saved = baseline > 0 ? 1 - cost / baseline : 0;
    const model = this.simulation.scenario.gateway!.model;
    const cheaper = saved > 0.005 ? `, at ${percent(saved)} less than on ${model} at list price` : '';
    return `${amount(requests)} requests in the last half hour became ${amount(calls)} calls${cheaper}.`;
  }

  /** Who goes without an answer. */
  private without(): string {
    const parts = CRITICALITIES.flatMap((c) => {
      const ended = this.sum(`class.${c}.ended`);
      const share = ended > 0 ? this.sum(`class.${c}.givenUp`) / ended : 0;
      return share >= 0.01 ? [`${percent(share)} of ${c} requests`] : [];
    });
    return parts.length > 0 ? `Without an answer: ${listOf(parts)}.` : '';
  }

  /** Spot agents that were taken back in the last stretch. */
  private reclaimedText(): string {
    const { agents } = this.simulation.world.controls;
    const lost = agents ? this.sum('agents.interrupted') : 0;
    if (lost < 2) return '';
    return `${amount(lost)} [[trouble|spot agents were reclaimed]] in the last half hour; each is replaced at once, and starts for ${amount(agents!.pool.settings.coldStartS)} s.`;
  }

  private nightText(): string {
    const waiting = this.simulation.world.gateway!.gateway.deferredNow * this.cells;
    const perCall = this.sum('gateway.batched');
    const agents = this.simulation.world.controls.agents;
    const parts: string[] = [];
    if (waiting > 0) parts.push(`${amount(waiting)} pieces of work wait for the cheap hours.`);
    const reclaimed = this.reclaimedText();
    if (reclaimed !== '') parts.push(reclaimed);
    if (agents)
      parts.push(
        `${agents.pool.ready} agents work${agents.pool.starting > 0 ? `, ${agents.pool.starting} are starting` : ''}.`,
      );
    if (perCall > 0 && waiting === 0) parts.push(`${amount(perCall)} requests shared a call.`);
    return parts.join(' ');
  }
}
