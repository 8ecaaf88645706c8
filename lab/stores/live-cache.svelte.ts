import { flowPolicy, parseDataPolicy, type DataPolicy } from '../../engine/cache/data-policies.ts';
import type { CacheEntry } from '../../engine/cache/entry.ts';
import type { Effect, ReadOutcome, Target } from '../../engine/cache/flow/protocol.ts';
import type { Embedding } from '../../engine/cache/semantic/encoder.ts';
import type { Match } from '../../engine/cache/semantic/semantic-index.ts';
import { NANO_USD, savingsByMiss, savingsByTokens, type CacheReport } from '../../engine/cache/stats.ts';
import type { ConnectionState } from '../../engine/cache/tiers/connection.ts';
import type { HealthReport } from '../../engine/cache/tiers/indexeddb-connection.browser.ts';
import type { Tier, TierLevel } from '../../engine/cache/tiers/tier.ts';
import { InputError, show } from '../../engine/core/errors.ts';
import { wallClock } from '../../engine/live/clock.ts';
import type { LoadedValue } from '../../engine/live/options.ts';
import { EmbedderStore } from './embedder.svelte.ts';
import { reportOfAll } from './live-cache-counts.ts';
import { nameRequest, type KeyKind, type NamedRequest } from './live-cache-key.ts';
import {
  distinct,
  noticeInWords,
  promotedInWords,
  purgeInWords,
  stopped,
  targetInWords,
} from './live-cache-notes.ts';
import { originValue, tokensOf } from './live-cache-origin.ts';
import {
  AGENTS,
  ALL_LEVELS,
  BREAKER,
  DEFAULT_POLICIES,
  MODEL_TIMES_MS,
  PRICE_USD_PER_MTOK,
  setUp,
  type AgentName,
  type Instance,
} from './live-cache-setup.ts';
import { wait, type StorageFault, type SwitchedTier } from './live-cache-switched-tier.ts';
import {
  idleLanes,
  inWords,
  lanesOf,
  LEVELS,
  matchLane,
  withLane,
  type Lane,
  type LaneContext,
} from './live-cache-walk.ts';
import { Wordings } from './live-cache-wordings.ts';

const INSPECTED = 200;
const RECALLED = 5000;
/** Nobody waits for a slow disk for longer than this. */
const RECALL_MS = 2000;
const INSPECT_MS = 1000;
const HAPPENINGS = 8;

export interface Walk {
  /** Counts the walks of the page. */
  id: number;
  prompt: string;
  policy: string;
  kind: KeyKind;
  key: string;
  lanes: readonly Lane[];
  /** Null while the wording is being matched, and for what is no prompt. */
  match: Match | null;
  /** Of the prompt's vector; null when none was made. */
  reliable: boolean | null;
  /** What the CDN said of its lookup, as HTTP does; empty when it was not asked. */
  cacheStatus: string;
  /** Undefined as long as it walks. */
  outcome: ReadOutcome | undefined;
  summary: string;
}

export interface Inspection {
  entries: readonly CacheEntry[];
  /** Why it can't be said what is in there; empty when it can. */
  problem: string;
}

const NOT_LOOKED: Inspection = { entries: [], problem: '' };

/** An instance, and the last walk through it. */
class Agent {
  walk = $state.raw<Walk | undefined>();
  stop: AbortController | undefined;
  constructor(readonly instance: Instance) {}

  get busy(): boolean {
    return this.walk !== undefined && this.walk.outcome === undefined;
  }
}

/** The live cache of the page (C1–C17): two agent instances in front of a simulated model. */
export class LiveCacheStore {
  readonly embedder = new EmbedderStore();
  policies = $state.raw<readonly DataPolicy[]>(DEFAULT_POLICIES);
  /** The agent that asks and is looked at. */
  looking = $state<AgentName>('A');
  report = $state.raw<CacheReport | undefined>();
  happenings = $state.raw<readonly { id: number; text: string }[]>([]);
  /** What each level holds; L1 and L4 are those of the agent that is looked at. */
  contents = $state.raw<Readonly<Record<TierLevel, Inspection>>>({
    l1: NOT_LOOKED,
    l2: NOT_LOOKED,
    l3: NOT_LOOKED,
    l4: NOT_LOOKED,
  });
  health = $state.raw<HealthReport>({ state: 'idle', message: '' });
  storage = $state.raw<{ usedBytes: number; quotaBytes: number } | undefined>();
  /** Said politely, after a purge. */
  announcement = $state('');

  modelMs = $state(MODEL_TIMES_MS[0]);
  modelFails = $state(false);
  l1Off = $state(false);
  l2State = $state<ConnectionState>('up');
  l3Fault = $state<StorageFault>('none');
  l4State = $state<ConnectionState>('up');

  price = $state({ inputUsdPerMTok: PRICE_USD_PER_MTOK, outputUsdPerMTok: PRICE_USD_PER_MTOK });
  private avoided = $state.raw({ calls: 0, inputTokens: 0, outputTokens: 0 });
  readonly avoidedCalls = $derived(this.avoided.calls);
  readonly avoidedTokens = $derived(this.avoided.inputTokens + this.avoided.outputTokens);
  readonly savedUsd = $derived(savingsByTokens(this.avoided, this.price) / NANO_USD);
  readonly savedByModuleUsd = $derived(savingsByMiss(this.avoided.calls) / NANO_USD);
  savedBytes = $state(0);

  readonly agents: Readonly<Record<AgentName, Agent>>;
  private readonly clock = wallClock();
  private readonly l3: SwitchedTier;
  private readonly wordings = new Wordings();
  threshold = $state(this.wordings.threshold);
  private walks = 0;
  private looks = 0;
  private happened = 0;
  /** Resolves when the prompts of an earlier visit are known. */
  private readonly recalled: Promise<void>;

  constructor() {
    const { l3, instances } = setUp(this.clock, {
      onHealth: (report) => (this.health = report),
      onNotice: (name, notice) => this.note(`Agent ${name}: ${noticeInWords(notice, BREAKER)}`),
      onEffect: (name, effect) => this.watch(name, effect),
      onHeard: (name, target) =>
        this.note(
          `Bus: agent ${name} heard that ${targetInWords(target)} changed, and dropped its own copies.`,
        ),
    });
    this.l3 = l3;
    this.agents = { A: new Agent(instances.A), B: new Agent(instances.B) };
    this.apply();
    this.recalled = this.recall();
  }

  get nowMs(): number {
    return this.clock.now();
  }

  policyOf(name: string): DataPolicy {
    return this.policies.find((policy) => policy.name === name) ?? ALL_LEVELS;
  }

  laneContext(policy: DataPolicy): LaneContext {
    return { levels: policy.levels, l1Off: this.l1Off };
  }

  /**
   * Asks as one of the agents, and resolves when it is answered and the copies are where they belong.
   * @throws InputError (as a rejection) when there is nothing to ask.
   */
  async ask(name: AgentName, prompt: string, policyName: string, tags: readonly string[]): Promise<void> {
    const agent = this.agents[name];
    if (agent.busy) return;
    const policy = this.policyOf(policyName);
    const request = nameRequest(prompt, policy);
    const { kind } = request;
    const stop = (agent.stop = new AbortController());
    const begun: Walk = {
      id: ++this.walks,
      prompt,
      policy: policy.name,
      kind,
      key: request.key,
      lanes: idleLanes(this.laneContext(policy)),
      match: null,
      reliable: null,
      cacheStatus: '',
      outcome: undefined,
      summary: '',
    };
    agent.walk = begun;
    await Promise.race([this.recalled, wait(RECALL_MS)]);

    const { match, embedding, lane } = await this.match(prompt, request, (asking) => {
      agent.walk = { ...begun, lanes: withLane(begun.lanes, 'match', asking) };
    });
    const key = match?.hit ? match.key : request.key;
    const wording = match?.hit ? match.prompt : prompt;
    const lanes = withLane(begun.lanes, 'match', lane);
    const matched = { ...begun, key, match, reliable: embedding?.reliable ?? null, lanes };
    agent.walk = matched;

    const outcome = await agent.instance.live
      .get(key, {
        policy: policy.name,
        tags: distinct([...tags, policy.name]),
        signal: stop.signal,
        load: (_, { signal }) => this.origin(wording, request, signal),
      })
      .catch(() => stopped(key));
    const walked = lanesOf(outcome, lane, this.laneContext(policy));
    agent.walk = {
      ...matched,
      lanes: walked,
      cacheStatus: this.cdnSaid(agent, outcome),
      outcome,
      summary: `Agent ${name}. ${inWords(walked, outcome)}`,
    };
    this.book(outcome, wording, request, distinct([...tags, policy.name]), policy, embedding);
    this.tell(name, outcome);
    void this.look();
    await this.settled(agent);
    await this.look();
  }

  /** The agent waits no longer. */
  cancel(name: AgentName): void {
    this.agents[name].stop?.abort(new Error('stopped'));
  }

  /** Replaces a policy. @throws InputError naming the field that is wrong. */
  setPolicy(input: unknown): void {
    const policy = parseDataPolicy(input);
    this.policies = this.policies.map((old) => (old.name === policy.name ? policy : old));
    for (const name of AGENTS) this.agents[name].instance.live.setPolicy(policy);
    this.apply();
  }

  /** @throws InputError */
  setThreshold(text: string): void {
    const value = Number(text);
    const got = text.trim() === '' ? 'nothing' : show(text);
    if (got === 'nothing' || !(value > 0 && value <= 1))
      throw new InputError('threshold', 'a number above 0, at most 1', got);
    this.wordings.setThreshold(value);
    this.threshold = value;
  }

  setL1(on: boolean): void {
    this.l1Off = !on;
    this.apply();
    if (!on) for (const name of AGENTS) this.agents[name].instance.memory.store.clear();
    void this.look();
  }

  setL2(state: ConnectionState): void {
    this.l2State = state;
    for (const name of AGENTS) this.agents[name].instance.redis.setState(state, this.nowMs);
    void this.look();
  }

  setL3(fault: StorageFault): void {
    this.l3Fault = this.l3.fault = fault;
    void this.look();
  }

  setL4(state: ConnectionState): void {
    this.l4State = state;
    for (const name of AGENTS) this.agents[name].instance.edge.setState(state, this.nowMs);
    void this.look();
  }

  /** Purges as the agent that is looked at; the other one hears of it through the bus. */
  async purge(target: Target): Promise<void> {
    const agent = this.agents[this.looking];
    const outcome = await agent.instance.live.invalidate(target);
    this.wordings.forgetPurged(target);
    this.announcement = purgeInWords(outcome);
    this.note(`Agent ${agent.instance.name}: ${this.announcement}`);
    await this.settled(agent);
    await this.look();
  }

  /** Starts the encoder, and makes vectors of what was found by its words only up to now. */
  async loadEncoder(): Promise<void> {
    await this.embedder.load();
    await this.recalled;
    for (const [key, wording] of this.wordings.unembedded()) {
      if (!this.embedder.ready) return; // its state says why
      const embedding = await this.embedder.embed(wording.prompt).catch(() => null);
      if (this.wordings.get(key) === wording) this.wordings.know(key, { ...wording, embedding });
    }
  }

  /** Looks at the figures and into the tiers; one that does not answer does not hold up the others. */
  async look(): Promise<void> {
    const { instance } = this.agents[this.looking];
    const instances = AGENTS.map((name) => this.agents[name].instance);
    this.report = reportOfAll(instances.map(({ live }) => live.cache));
    this.savedBytes = instances.reduce((sum, { live }) => sum + live.report().savedByDeduplicationBytes, 0);
    const tiers = { l1: instance.memory, l2: instance.redis, l3: this.l3, l4: instance.edge };
    const turn = ++this.looks;
    const inspect = async (level: TierLevel): Promise<void> => {
      const inspection = await this.inspect(tiers[level]);
      if (turn === this.looks) this.contents = { ...this.contents, [level]: inspection };
    };
    await Promise.all(LEVELS.map(inspect));
    const estimate = await navigator.storage?.estimate().catch(() => undefined);
    if (estimate) this.storage = { usedBytes: estimate.usage ?? 0, quotaBytes: estimate.quota ?? 0 };
  }

  private async inspect(tier: Tier): Promise<Inspection> {
    try {
      const options = { nowMs: this.nowMs, signal: AbortSignal.timeout(INSPECT_MS) };
      return { entries: await tier.inspect(INSPECTED, options), problem: '' };
    } catch (error) {
      return { entries: [], problem: words(error) };
    }
  }

  /** Shows the walk as it happens. */
  private watch(name: AgentName, effect: Effect): void {
    const agent = this.agents[name];
    const { walk } = agent;
    if (!walk || walk.outcome) return;
    const asking = { tone: 'asking', word: 'asking' } as const;
    if (effect.kind === 'load') agent.walk = { ...walk, lanes: withLane(walk.lanes, 'model', asking) };
    if (effect.kind === 'tier' && effect.action.do === 'get')
      agent.walk = { ...walk, lanes: withLane(walk.lanes, LEVELS[effect.tier], asking) };
  }

  /** The same words first, then the nearest wording that the guard lets pass. */
  private async match(
    prompt: string,
    { kind, context }: NamedRequest,
    onAsking: (lane: Partial<Lane>) => void,
  ): Promise<{ match: Match | null; embedding: Embedding | null; lane: Lane }> {
    if (kind !== 'prompt') {
      const reason = kind === 'tool' ? 'parameters that mean the same are one key' : 'found by its name only';
      const lane = { name: 'match', tone: 'skipped', word: 'by key', tookMs: null, reason } as const;
      return { match: null, embedding: null, lane };
    }
    this.wordings.forgetExpired(this.nowMs);
    const startedMs = this.nowMs;
    const exact = this.wordings.findExact(context, prompt);
    let embedding: Embedding | null = null;
    let problem = '';
    if (!exact && this.embedder.ready) {
      onAsking({ tone: 'asking', word: 'encoding' });
      try {
        embedding = await this.embedder.embed(prompt);
      } catch (error) {
        problem = `the encoder failed (${words(error)}), so only the same words would do`;
      }
    }
    const match = exact ?? this.wordings.find(context, prompt, embedding);
    const lane = matchLane(match, this.nowMs - startedMs, this.threshold);
    return { match, embedding, lane: problem ? { ...lane, tone: 'trouble', reason: problem } : lane };
  }

  private async origin(
    prompt: string,
    { kind, context }: NamedRequest,
    signal: AbortSignal,
  ): Promise<LoadedValue> {
    await wait(this.modelMs, signal);
    if (this.modelFails) throw new Error('the model was switched to failing on this page');
    return { value: originValue(prompt, kind), metadata: { prompt, context } };
  }

  /** Counts what was saved, and remembers the wording. */
  private book(
    { key, level, status, reason, value, freshForMs }: ReadOutcome,
    prompt: string,
    { kind, context }: NamedRequest,
    tags: readonly string[],
    policy: DataPolicy,
    embedding: Embedding | null,
  ): void {
    if (status !== 'value') return;
    if (level !== 'origin' && reason !== 'stale-if-error') {
      const { inputTokens, outputTokens } = tokensOf(prompt, value);
      const { avoided } = this;
      this.avoided = {
        calls: avoided.calls + 1,
        inputTokens: avoided.inputTokens + inputTokens,
        outputTokens: avoided.outputTokens + outputTokens,
      };
    }
    if (kind !== 'prompt') return;
    const known = this.wordings.get(key);
    const staleMs = 1000 * Math.max(policy.staleIfErrorS, policy.staleWhileRevalidateS);
    const endMs = this.nowMs + Math.max(0, freshForMs ?? 0) + staleMs;
    this.wordings.know(key, {
      prompt,
      context,
      tags: known?.tags ?? tags,
      endMs: level === 'origin' ? endMs : Math.max(endMs, known?.endMs ?? 0),
      // The vector made is of what was asked, which need not be what is stored.
      embedding: known ? known.embedding : embedding,
    });
    if (this.embedder.ready) void this.loadEncoder();
  }

  private cdnSaid({ instance }: Agent, { steps }: ReadOutcome): string {
    const step = steps.find(({ level }) => level === 'l4');
    return step && ['fresh', 'stale', 'miss'].includes(step.result) ? instance.edge.lastCacheStatus : '';
  }

  private tell(name: AgentName, outcome: ReadOutcome): void {
    const from = outcome.level?.toUpperCase();
    if (outcome.promotedTo.length > 0)
      this.note(
        `Agent ${name}: ${from} had it, so ${promotedInWords(outcome)} got a copy with the rest of its life.`,
      );
    if (outcome.reason === 'stale-if-error')
      this.note(`Agent ${name}: the model failed, so a stale answer was served, and said to be stale.`);
  }

  /** The prompts of what IndexedDB has kept from an earlier visit. */
  private async recall(): Promise<void> {
    try {
      const options = { nowMs: this.nowMs, signal: AbortSignal.timeout(RECALL_MS) };
      for (const { key, metadata, tags, staleUntilMs } of await this.l3.inspect(RECALLED, options)) {
        const { prompt, context } = metadata;
        if (typeof prompt === 'string' && typeof context === 'string' && key.startsWith(`${context}:`))
          this.wordings.know(key, { prompt, context, tags, endMs: staleUntilMs, embedding: null });
      }
    } catch {
      // How the storage is stands on the page; without it there is nothing to recall.
    }
  }

  /** Puts the levels that are switched on into force. */
  private apply(): void {
    for (const policy of this.policies) {
      const levels = policy.levels.filter((level) => level !== 'l1' || !this.l1Off);
      for (const name of AGENTS)
        this.agents[name].instance.live.cache.setPolicy({ ...flowPolicy(policy), levels });
    }
  }

  /** Waits until copies have been put where they belong. */
  private async settled({ instance }: Agent): Promise<void> {
    for (let i = 0; i < 100 && instance.live.cache.underWay > 0; i++) await wait(20);
  }

  private note(text: string): void {
    this.happenings = [{ id: ++this.happened, text }, ...this.happenings].slice(0, HAPPENINGS);
  }
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

let store: LiveCacheStore | undefined;
/** One for the visit: going to another page and back keeps what is in it. */
export const liveCache = (): LiveCacheStore => (store ??= new LiveCacheStore());
