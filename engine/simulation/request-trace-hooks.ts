import type { PicoUsd } from '../cost/money.ts';
import type { Usage } from '../cost/task.ts';
import type { Job, ModelCall } from '../gateway/job.ts';
import type { Refusal } from '../gateway/port.ts';
import type { Ending, Guard } from './guard.ts';
import type { PathNode } from './path-walk.ts';
import type { FailureCause } from './request-trace.ts';
import type { Station } from './station.ts';
import type { StationPart } from './station-part.ts';
import type { TierCaches } from './tier-caches.ts';

/**
 * What the engine tells of requests on their way, to somebody who only looks on. Requests, tries and calls are named by their slots; `t` is a
 * try. A run that is not traced has nobody to tell, and pays one comparison for each of these.
 */
export interface CallerHooks {
  /** Somebody wants something, and is counted. @param demand what of a model, or NONE. */
  arrives(key: number, instance: number, priority: number, demand: number, nowMs: number): void;
  /** @param request NONE: it has no slot. */
  turnedAway(request: number, afterMs: number, nowMs: number): void;
  /** The one that has just arrived is answered by its probe, and never has a slot. */
  answeredAtOnce(tier: number, nowMs: number): void;
  /** The one that has just arrived has this slot. */
  opens(request: number): void;
  /** A request to renew an entry of the tier. */
  renews(request: number, tier: TierCaches, nowMs: number): void;
  /** A new try begins. */
  tries(request: number): void;
  /** Its probe of tiers has been made, and takes its time from now on. */
  probed(t: number, nowMs: number): void;
  travels(t: number, to: PathNode, fromMs: number, toMs: number): void;
  /** The tier at a station has been looked up in. */
  lookedUp(t: number, nowMs: number): void;
  lookupFails(t: number, nowMs: number): void;
  /** @param waitMs until the next try; −1: there is none. */
  fails(request: number, refused: boolean, waitMs: number, nowMs: number): void;
  answered(request: number, tier: number, nowMs: number): void;
  gaveUp(request: number, nowMs: number): void;
  /** Its instance works again. */
  runs(t: number, nowMs: number): void;
}

export interface DeskHooks {
  /** The try waits for a call that is under way already. */
  joins(t: number, call: number, nowMs: number): void;
  rejected(t: number, station: Station): void;
  /** The try has sent a call. */
  calls(t: number, call: number): void;
  /** About to be added to the queue. */
  queues(call: number, station: Station, place: StationPart, nowMs: number): void;
  serves(call: number, station: Station, part: StationPart, nowMs: number): void;
  serviceEnds(call: number, station: Station, nowMs: number): void;
  /** About to leave the queue unserved. */
  drops(call: number, cause: FailureCause, nowMs: number): void;
  /** The last try that waited for the call has left. @param cancel it is taken out if it still waits. */
  abandons(t: number, call: number, cancel: boolean, nowMs: number): void;
  /** It stays in the queue as work for nobody, and will have another name when it is served. */
  forgets(call: number): void;
}

export interface GuardHooks {
  breakerRefuses(t: number, guard: Guard, nowMs: number): void;
  /** What the try needed it did not get. */
  lacks(t: number, cause: FailureCause, station: Station): void;
  /** A second copy goes out, as a try of its own. */
  hedges(t: number, guard: Guard, nowMs: number): void;
  copyEnds(t: number, ending: Ending, nowMs: number): void;
  asksConnection(t: number, guard: Guard, nowMs: number): void;
  connects(t: number, guard: Guard, handshakeMs: number, nowMs: number): void;
  gathers(t: number, guard: Guard, nowMs: number): void;
  batchGoes(order: number, tries: readonly number[]): void;
  /** Each of its members is paid for. */
  batchEnds(order: number, station: Station, nowMs: number): void;
}

export interface GatewayHooks {
  held(t: number, why: 'batch' | 'off-peak', untilMs: number): void;
  asksModel(call: ModelCall, model: string, station: Station, nowMs: number): void;
  /** Refused, or dropped before it began: it is not paid. */
  failed(call: ModelCall): void;
  denied(t: number, why: Refusal): void;
  paid(job: Job, usage: Usage, cost: PicoUsd): void;
}

export interface MemoryHooks {
  standsStill(t: number, instance: number, answer: boolean): void;
  lostWith(t: number): void;
}
