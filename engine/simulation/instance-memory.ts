import { exp, ln } from '../core/exact-math.ts';
import { doubled } from '../core/growing.ts';
import { RandomStream } from '../core/random.ts';
import { answerPeakBytes, ProcessMemory } from '../latency/memory-model.ts';
import { Hold, type Requests, type Tries } from './calls.ts';
import { contextSizes, type ContextSizes } from './context-sizes.ts';
import { EventKind, SUBJECT } from './event-kind.ts';
import type { EventQueue } from './event-queue.ts';
import { HeldContexts } from './held-contexts.ts';
import type { MemorySettings } from './memory-schema.ts';
import { RENEWAL } from './outcomes.ts';
import type { MemoryHooks } from './request-trace-hooks.ts';
import type { Scenario } from './scenario.ts';
import type { TierCaches } from './tier-caches.ts';
import type { Traffic } from './traffic.ts';

/** What the callers do when the instance of a try works on. */
export interface MemoryCallers {
  /** The try's request has what it needs in memory, and is worked on. */
  onRunning(t: number, nowMs: number): void;
  onAnswer(t: number, nowMs: number): void;
  onRefused(t: number, nowMs: number): void;
}

/** What a try waits for while its instance stands still. */
const enum Wait {
  /** To be taken in. */
  Start = 0,
  /** To go on: it is in memory, and the collection was its own. */
  Run = 1,
  /** Its answer, to go out. */
  Answer = 2,
}
const WAITS = 4;

/** Chunks of an answer that is streamed. */
const CHUNKS = { streamed: true, chunkBytes: 4096, chunksInFlight: 4 } as const;

/**
 * Memory of the agent instances: each is a process that holds conversations, makes garbage with every request, and stands still while it
 * is collected. What comes in the meantime, requests and answers, waits in order. A process that runs out of memory begins anew: it has
 * lost its conversations, its own caches, and the requests it was working on.
 *
 * Users are bound to an instance, so a conversation is held once. Bytes are those of real conversations (context-sizes.ts).
 */
export class InstanceMemory {
  readonly settings: MemorySettings;
  readonly processes: ProcessMemory[];
  readonly contexts: HeldContexts;
  callers!: MemoryCallers;
  traffic: Traffic | null = null;
  /** Set by a tracer of requests. */
  trace: MemoryHooks | null = null;
  /** Sums over the run: conversations begun, and requests lost with their process. */
  begun = 0;
  lost = 0;
  /** Longest pause begun since it was last set to 0. */
  longestPauseMs = 0;
  sizes: ContextSizes;
  private readonly waiting: { entries: number[]; head: number }[];
  private readonly stoppedUntilMs: Float64Array;
  /** How often an instance has begun anew; a request of an earlier life is lost. */
  private readonly life: Int32Array;
  private readonly usersPerInstance: number;
  private readonly users: RandomStream;
  // By request.
  private subject = new Int32Array(1024);
  private serial = new Float64Array(1024);
  private working = new Float64Array(1024);
  private bornIn = new Int32Array(1024);

  constructor(
    scenario: Scenario & { memory: MemorySettings },
    seed: number,
    private readonly requests: Requests,
    private readonly tries: Tries,
    private readonly events: EventQueue,
    private readonly tiers: readonly TierCaches[],
  ) {
    const { memory, instances } = scenario;
    this.settings = { ...memory, process: { ...memory.process }, contexts: { ...memory.contexts } };
    this.sizes = contextSizes(this.settings.contexts);
    this.processes = Array.from({ length: instances }, () => new ProcessMemory(this.settings.process));
    this.usersPerInstance = Math.ceil((memory.users ?? 0) / instances);
    this.contexts = new HeldContexts(instances, this.usersPerInstance * instances);
    this.waiting = this.processes.map(() => ({ entries: [], head: 0 }));
    this.stoppedUntilMs = new Float64Array(instances).fill(-Infinity);
    this.life = new Int32Array(instances);
    this.users = new RandomStream(seed, 'memory:users');
    if (scenario.historyS > 0 && memory.users !== undefined) this.fillLongRun(scenario, seed);
  }

  /** The instance that a conversation is bound to. */
  instanceOf(conversation: number): number {
    return this.traffic!.conversations.serial[conversation]! % this.processes.length;
  }

  /** A try reaches its instance, which goes on with it at once or when it works again. */
  begin(t: number, nowMs: number): void {
    const request = this.tries.request[t]!;
    const instance = this.requests.instance[request]!;
    if (this.requests.tries[request] === 1) this.introduce(request, instance);
    const queue = this.waiting[instance]!;
    // Whoever caused a pause waits for its end too, so there is a queue for as long as the instance stands still.
    if (queue.head < queue.entries.length) this.wait(instance, t, Wait.Start);
    else if (this.take(request, instance, nowMs)) this.callers.onRunning(t, nowMs);
    else this.wait(instance, t, this.isLost(request) ? Wait.Start : Wait.Run);
  }

  /** True when an answer cannot go out now: its instance stands still, or the process that worked on it is no more. */
  holdsBack(t: number, tier: number, nowMs: number): boolean {
    const request = this.tries.request[t]!;
    if (this.requests.demand[request] === RENEWAL) return false;
    const instance = this.requests.instance[request]!;
    if (this.isLost(request)) {
      this.lost++;
      this.trace?.lostWith(t);
      this.callers.onRefused(t, nowMs);
      return true;
    }
    if (nowMs >= this.stoppedUntilMs[instance]!) return false;
    this.tries.source[t] = tier;
    this.wait(instance, t, Wait.Answer);
    return true;
  }

  /** The request is over: what it worked on is garbage. */
  end(request: number): void {
    if (request >= this.working.length || this.working[request] === 0) return;
    if (!this.isLost(request)) this.processes[this.requests.instance[request]!]!.free(this.working[request]!);
    this.working[request] = 0;
  }

  /** A pause is over, or a process is back. */
  onResume(instance: number, nowMs: number): void {
    const { tries, callers } = this;
    const queue = this.waiting[instance]!;
    while (queue.head < queue.entries.length && nowMs >= this.stoppedUntilMs[instance]!) {
      const entry = queue.entries[queue.head]!;
      const t = Math.floor(entry / WAITS);
      const kind: Wait = entry % WAITS;
      if (kind === Wait.Answer) {
        queue.head++;
        callers.onAnswer(t, nowMs);
        continue;
      }
      const request = tries.request[t]!;
      const left = tries.isSettled(t);
      if (!left && kind === Wait.Start && !this.take(request, instance, nowMs)) {
        queue.entries[queue.head] = t * WAITS + (this.isLost(request) ? Wait.Start : Wait.Run);
        break;
      }
      queue.head++;
      tries.release(t, Hold.Travel);
      if (!left) callers.onRunning(t, nowMs);
    }
    if (queue.head > 1024 && queue.head * 2 > queue.entries.length) {
      queue.entries.splice(0, queue.head);
      queue.head = 0;
    }
  }

  /** Tries that wait for their instances. */
  get waitingTries(): number {
    return this.waiting.reduce((n, { entries, head }) => n + entries.length - head, 0);
  }

  /** To be called when the settings of the contexts have changed: a conversation takes its new form when it is used again. */
  contextsChanged(): void {
    this.sizes = contextSizes(this.settings.contexts);
  }

  /** To be called when the heap or its threshold has changed. */
  processChanged(): void {
    for (const process of this.processes) process.retune();
  }

  /** Forgets the conversations whose time is over. */
  expire(nowMs: number): void {
    for (const [i, process] of this.processes.entries())
      process.free(this.contexts.expire(i, nowMs - this.settings.keepS * 1000));
  }

  private wait(instance: number, t: number, kind: Wait): void {
    this.waiting[instance]!.entries.push(t * WAITS + kind);
    this.trace?.standsStill(t, instance, kind === Wait.Answer);
    this.tries.hold(t, Hold.Travel);
  }

  private isLost(request: number): boolean {
    return this.bornIn[request] !== this.life[this.requests.instance[request]!];
  }

  /** Whose request it is. */
  private introduce(request: number, instance: number): void {
    while (request >= this.subject.length) {
      this.subject = doubled(this.subject);
      this.serial = doubled(this.serial);
      this.working = doubled(this.working);
      this.bornIn = doubled(this.bornIn);
    }
    this.bornIn[request] = this.life[instance]!;
    const { traffic } = this;
    if (traffic) {
      const conversation = traffic.demands.conversation[this.requests.demand[request]!]!;
      this.subject[request] = conversation;
      this.serial[request] = traffic.conversations.serial[conversation]!;
    } else if (this.usersPerInstance > 0)
      this.subject[request] = instance * this.usersPerInstance + this.users.below(this.usersPerInstance);
  }

  /**
   * Takes a request into memory: its conversation, which is brought into the form that the settings say, what is sent to a model, and what
   * there is of the answer at a time. One allocation, so at most one collection.
   * @returns false when the instance stands still now: for a collection, or as its process is gone.
   */
  private take(request: number, instance: number, nowMs: number): boolean {
    const { contexts, sizes, settings } = this;
    const process = this.processes[instance]!;
    process.free(contexts.expire(instance, nowMs - settings.keepS * 1000));
    const subject = this.subject[request]!;
    const serial = this.serial[request]!;
    const sample = this.sampleOf(subject, serial);
    const heldBefore = contexts.bytesOf(subject, serial);
    const held = sizes.held[sample]!;
    // Packed contexts are written anew with every request; others just grow at their end.
    const rewritten = heldBefore !== held || settings.contexts.compress;
    const answerBytes = Math.round(settings.answerBytes);
    const peak = Math.round(answerPeakBytes(answerBytes, settings.streamed ? CHUNKS : { streamed: false }));
    const working = sizes.sent[sample]! + Math.round(settings.requestBytes) + peak;
    // A retry finds what the first try brought, unless that is lost; its own copy is garbage at once.
    const again = this.working[request]! > 0 && !this.isLost(request);
    const garbage = answerBytes - peak + (again ? working : 0);
    const added = garbage + (rewritten ? held : 0) + (again ? 0 : working);
    const pauseMs = process.hold(added, nowMs);
    if (process.outOfMemory) {
      this.restart(instance, nowMs);
      return false;
    }
    process.free(garbage + (rewritten ? Math.max(0, heldBefore) : 0));
    if (heldBefore < 0) this.begun++;
    contexts.put(instance, subject, serial, held, nowMs);
    if (!again) this.working[request] = working;
    this.bornIn[request] = this.life[instance]!;
    if (pauseMs === 0) return true;
    this.longestPauseMs = Math.max(this.longestPauseMs, pauseMs);
    this.stop(instance, nowMs + pauseMs);
    return false;
  }

  private restart(instance: number, nowMs: number): void {
    this.processes[instance]!.restart();
    this.contexts.clear(instance);
    this.life[instance]!++;
    for (const tier of this.tiers) if (tier.settings.scope === 'instance') tier.caches[instance]!.clear();
    this.stop(instance, nowMs + this.settings.restartS * 1000);
  }

  private stop(instance: number, untilMs: number): void {
    this.stoppedUntilMs[instance] = untilMs;
    this.events.push(untilMs, EventKind.Resume + SUBJECT * instance);
  }

  /** Which conversation of the sample this one is like. */
  private sampleOf(subject: number, serial: number): number {
    return (Math.imul(subject + serial * 31 + 1, 0x9e3779b1) >>> 8) % this.sizes.held.length;
  }

  /**
   * What is held in the long run: of users that ask at rate r, a share of 1 − exp(−r × keep), who last asked at a time ago that is
   * exponential within that span. The garbage there is at the start differs, so that the instances do not collect in step.
   */
  private fillLongRun(scenario: Scenario, seed: number): void {
    const random = new RandomStream(seed, 'memory:history');
    const keepMs = this.settings.keepS * 1000;
    const ratePerMs = scenario.load.ratePerS / 1000 / (this.usersPerInstance * this.processes.length);
    const here = 1 - exp(-ratePerMs * keepMs);
    for (const [instance, process] of this.processes.entries()) {
      const ages: { subject: number; ageMs: number }[] = [];
      for (let user = 0; user < this.usersPerInstance; user++)
        if (random.uniform() < here)
          ages.push({
            subject: instance * this.usersPerInstance + user,
            ageMs: ratePerMs > 0 ? -ln(1 - random.uniform() * here) / ratePerMs : 0,
          });
      ages.sort((a, b) => b.ageMs - a.ageMs);
      for (const { subject, ageMs } of ages)
        this.contexts.put(instance, subject, 0, this.sizes.held[this.sampleOf(subject, 0)]!, -ageMs);
      // Long ago, so that no collection of the past reaches into the run.
      process.hold(this.contexts.bytes[instance]!, -1e9);
      if (process.outOfMemory) {
        process.restart();
        this.contexts.clear(instance);
      } else process.allocate(Math.floor(random.uniform() * process.bytesToNextCollection), -1e9);
    }
  }
}
