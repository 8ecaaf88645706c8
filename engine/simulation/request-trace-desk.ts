import { usdOf } from '../cost/money.ts';
import { NONE } from './calls.ts';
import type { DeskHooks } from './request-trace-hooks.ts';
import type { PaidWork } from './request-trace-paid.ts';
import type { TracedRequests } from './request-trace-registry.ts';
import { stateOf, whoStandsBefore } from './request-trace-station.ts';
import type { FailureCause, RequestRef } from './request-trace.ts';
import type { Station } from './station.ts';
import type { StationPart } from './station-part.ts';

/** What the requests meet at stations: queues, servers, calls of others, and work that goes on for nobody. */
export class DeskTracer implements DeskHooks {
  /** Who has sent the calls that others may join, by call. */
  private readonly owners = new Map<number, RequestRef>();

  constructor(
    private readonly requests: TracedRequests,
    private readonly paidWork: PaidWork,
  ) {}

  joins(t: number, call: number, nowMs: number): void {
    const { requests } = this;
    const builder = requests.of(t);
    const owner = this.owners.get(call);
    if (!builder || !owner) return;
    const isOwn = owner.id === builder.id;
    builder.begin(requests.copyOf(builder, t), nowMs, {
      kind: 'joined',
      station: this.stationOf(call).name,
      owner: isOwn ? null : owner,
    });
    if (isOwn) return;
    if (!builder.waitedFor.some(({ id }) => id === owner.id)) builder.waitedFor.push(owner);
    requests.withId(owner.id)?.joinedBy.add(builder.id);
  }

  rejected(t: number, station: Station): void {
    this.requests.of(t)?.lacks(station.refusedBy, station.name, stateOf(station));
  }

  calls(t: number, call: number): void {
    const { requests } = this;
    const builder = requests.of(t);
    if (builder) this.paidWork.begins(call, builder);
    if (!this.stationOf(call).coalesce) return;
    const arrivedAtMs = requests.world.callers.requests.intendedMs[requests.tries.request[t]!]!;
    this.owners.set(call, { id: requests.idOfTry(t), arrivedAtMs });
  }

  queues(call: number, station: Station, place: StationPart, nowMs: number): void {
    const { requests } = this;
    let before: ReturnType<typeof whoStandsBefore> | undefined;
    requests.waitingFor(call, (builder, copy) => {
      if (builder.isWaiting(copy, 'joined')) return;
      before ??= whoStandsBefore(station, place, call, requests.desk.calls);
      builder.begin(copy, nowMs, {
        kind: 'queue',
        station: station.name,
        replica: replicaOf(station, place),
        gate: place === station.gate,
        ...before,
        busy: station.busy,
        servers: station.servers,
        newestFirst: station.discipline === 'lifo',
      });
    });
  }

  serves(call: number, station: Station, part: StationPart, nowMs: number): void {
    const { requests } = this;
    requests.waitingFor(call, (builder, copy) => {
      if (builder.isWaiting(copy, 'joined')) return;
      const replica = replicaOf(station, part);
      const members = requests.membersOf(call);
      builder.begin(copy, nowMs, { kind: 'service', station: station.name, replica, members, found: null });
    });
  }

  serviceEnds(call: number, station: Station, nowMs: number): void {
    const { requests } = this;
    requests.waitingFor(call, (builder, copy) => builder.close(copy, nowMs));
    if (requests.desk.calls.order[call] === NONE)
      this.paidWork.ends(call, station, nowMs, requests.isWithin(nowMs));
    this.owners.delete(call);
  }

  drops(call: number, cause: FailureCause, nowMs: number): void {
    const station = this.stationOf(call);
    this.requests.waitingFor(call, (builder, copy) => {
      builder.lacks(cause, station.name, stateOf(station));
      builder.begin(copy, nowMs, { kind: 'lost', station: station.name });
    });
    this.owners.delete(call);
    this.paidWork.drops(call, this.requests.desk.calls.order[call]!);
  }

  abandons(t: number, call: number, cancel: boolean, nowMs: number): void {
    const { requests } = this;
    const builder = requests.of(t);
    if (!builder || builder.isOver) return;
    const { order, position } = requests.desk.calls;
    const inService = position[call] === NONE;
    if (cancel && !inService) return;
    const station = this.stationOf(call);
    const isForgotten = !inService && !station.coalesce && order[call] === NONE;
    builder.mark(requests.copyOf(builder, t), nowMs, {
      kind: 'deadWork',
      station: station.name,
      inService,
      owedUsd: isForgotten ? usdOf(station.picoUsdPerCall) : null,
    });
  }

  forgets(call: number): void {
    this.paidWork.forgets(call);
    this.owners.delete(call);
  }

  private stationOf(call: number): Station {
    const { world, desk } = this.requests;
    return world.stations[desk.calls.station[call]!]!;
  }
}

function replicaOf(station: Station, place: StationPart): number | null {
  return station.replicas && place !== station.gate ? place.index + 1 : null;
}
