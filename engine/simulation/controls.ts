import { AgentsControl } from './agents-control.ts';
import { EventKind, SUBJECT } from './event-kind.ts';
import type { EventQueue } from './event-queue.ts';
import { Keeper } from './keeper.ts';
import { TtlControl } from './ttl-control.ts';
import type { World } from './world.ts';

/** Time between two looks at the hit rate and the measures in force. */
const TTL_EVERY_MS = 60_000;

const enum Subject {
  Ttl = 0,
  Agents = 1,
  Keeper = 2,
}

/** What looks at the system from time to time, and changes it. */
export class Controls {
  readonly ttl: TtlControl | null;
  readonly agents: AgentsControl | null;
  readonly keeper: Keeper | null;

  constructor(
    private readonly world: World,
    seed: number,
    private readonly events: EventQueue,
  ) {
    const { controls } = world.scenario;
    this.ttl = controls.ttl
      ? new TtlControl(
          controls.ttl,
          controls.ttl.tiers.map((name) => world.tiers.find((t) => t.name === name)!),
        )
      : null;
    this.agents = controls.agents ? new AgentsControl(controls.agents, world, seed) : null;
    // A millisecond before the full minute: the last one of a day is judged by the budgets of that day.
    if (this.ttl || world.gateway) events.push(TTL_EVERY_MS - 1, EventKind.Control + SUBJECT * Subject.Ttl);
    this.keeper = controls.keeper ? new Keeper(controls.keeper, world) : null;
    if (this.keeper) events.push(this.keeper.everyMs, EventKind.Control + SUBJECT * Subject.Keeper);
    if (this.agents) events.push(0, EventKind.Control + SUBJECT * Subject.Agents);
  }

  onTick(subject: number, nowMs: number): void {
    const { world, events } = this;
    if (subject === (Subject.Ttl as number)) {
      const { recorder, gateway } = world;
      const hits = recorder.total.hits + recorder.hitCount;
      const requests = recorder.total.completed + recorder.completed;
      // At midnight those of the day before: no budget may begin its day before the last interval is written down.
      const factor = gateway?.gateway.measures(nowMs - 1).ttlFactor ?? 1;
      this.ttl?.tick(hits, requests, factor, nowMs);
      if (gateway) gateway.gateway.policy.hitRate = requests > 0 ? hits / requests : NaN;
      events.push(nowMs + TTL_EVERY_MS, EventKind.Control + SUBJECT * Subject.Ttl);
    } else if (subject === (Subject.Keeper as number)) {
      this.keeper!.tick(nowMs);
      events.push(nowMs + this.keeper!.everyMs, EventKind.Control + SUBJECT * Subject.Keeper);
    } else {
      const nextMs = this.agents!.tick(nowMs);
      events.push(nextMs, EventKind.Control + SUBJECT * Subject.Agents);
    }
  }

  /** The controls' columns; see extra-columns.ts. */
  put(put: (value: number) => void): void {
    const { ttl } = this.world.scenario.controls;
    for (const name of ttl?.tiers ?? []) put(this.world.tiers.find((t) => t.name === name)!.ttlMs / 1000);
    if (this.keeper) put(this.keeper.servers);
    this.agents?.put(put);
  }
}
