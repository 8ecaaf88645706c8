import type { NotableEvent } from './notable.ts';
import type { World } from './world.ts';

/** Agents that are reclaimed within this time are told of together. */
const QUIET_MS = 60_000;

/** Watches money for what a person would point at: alerts, measures, refusals, agents that were reclaimed. Changes nothing. */
export class CostWatch {
  private level = 0;
  private readonly refused = new Map<string, number>();
  private interrupted = 0;
  private interruptedAtMs = -Infinity;
  private quietMs = QUIET_MS;
  private decided = 0;

  constructor(private readonly world: World) {}

  /** To be called after every closed interval. */
  onInterval(): NotableEvent[] {
    const events: NotableEvent[] = [];
    const { gateway, controls } = this.world;
    // Of the interval that ends now: at midnight that is still the day before.
    const nowMs = this.world.nowMs - 1;
    const nowS = this.world.nowMs / 1000;
    if (gateway) {
      const { budgets } = gateway.gateway;
      const originMs = gateway.epochMs(0);
      for (const { budget, threshold, atMs, share } of budgets.takeAlerts())
        events.push({
          atS: Math.max(0, (atMs - originMs) / 1000),
          kind: 'alert',
          data: { budget, threshold, share },
        });
      const measures = gateway.gateway.measures(nowMs);
      const states = gateway.budgetStates(this.world.nowMs);
      if (measures.level !== this.level) {
        const everybody = states.filter(({ scope }) => scope.kind === 'global');
        const share = Math.max(0, ...everybody.map(({ remainingShare }) => 1 - remainingShare));
        events.push({
          atS: nowS,
          kind: 'measures',
          data: { level: measures.level, name: measures.name, from: this.level, share },
        });
      }
      this.level = measures.level;
      for (const { name, refused, startMs, share, spentUsd, limitUsd } of states) {
        // Once for each window in which a budget refuses.
        if (refused > 0 && this.refused.get(name) !== startMs) {
          this.refused.set(name, startMs);
          events.push({
            atS: nowS,
            kind: 'refusing',
            data: { budget: name, share, refused, spentUsd, limitUsd },
          });
        }
      }
    }
    for (const d of controls.keeper?.decisions.slice(this.decided) ?? [])
      events.push({
        atS: d.atS,
        kind: 'decision',
        data: {
          station: controls.keeper!.settings.station,
          from: d.from,
          to: d.to,
          why: d.why,
          meanMs: d.meanMs,
          arrivalsPerS: d.arrivalsPerS,
          serviceMs: d.serviceMs,
          targetMs: d.targetMs,
        },
      });
    this.decided = controls.keeper?.decisions.length ?? 0;
    const interrupted = controls.agents?.pool.counts.interrupted ?? 0;
    const over = this.world.nowMs >= this.world.scenario.durationS * 1000;
    const quiet = this.world.nowMs - this.interruptedAtMs < this.quietMs;
    if (interrupted > this.interrupted && (over || !quiet)) {
      events.push({ atS: nowS, kind: 'interrupted', data: { agents: interrupted - this.interrupted } });
      this.interrupted = interrupted;
      // While they go one by one, it is told more and more seldom.
      this.quietMs = this.world.nowMs - this.interruptedAtMs < 4 * this.quietMs ? 2 * this.quietMs : QUIET_MS;
      this.interruptedAtMs = this.world.nowMs;
    }
    return events;
  }
}
