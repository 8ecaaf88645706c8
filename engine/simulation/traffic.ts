import { AliasTable } from '../core/alias-table.ts';
import { LawSampler } from '../core/distributions.ts';
import { exp, normalQuantile } from '../core/exact-math.ts';
import { PlacedStream, RandomStream } from '../core/random.ts';
import { CRITICALITIES } from '../cost/task.ts';
import { Conversations, Demands } from './demands.ts';
import type { Population } from './population.ts';
import type { AgentSettings, TrafficSettings } from './traffic-schema.ts';

/** Of one text; a wide law draws more now and then. */
const MOST_TOKENS = 10_000_000;

/** An agent type in a run: its settings as they stand now. */
export class AgentType {
  factor: number;
  turns: number;
  inputTokensMean: number;
  outputTokensMean: number;
  contextTokens: number;
  readonly priority: number;
  readonly think: LawSampler;

  constructor(
    readonly index: number,
    readonly settings: AgentSettings,
    dice: PlacedStream,
  ) {
    this.factor = settings.factor;
    this.turns = settings.turns;
    this.inputTokensMean = settings.inputTokens.mean;
    this.outputTokensMean = settings.outputTokens.mean;
    this.contextTokens = settings.contextTokens;
    this.priority = CRITICALITIES.indexOf(settings.criticality);
    this.think = new LawSampler(settings.think, dice);
  }

  get name(): string {
    return this.settings.name;
  }
}

/**
 * What is asked of the models, and by whom: conversations of agents for tenants. Each request of a conversation carries all that was
 * said before, so its tokens, and its bill, grow with every turn. Nobody decides here how long a conversation gets:
 * after each answer it goes on with probability 1 − 1/turns.
 */
export class Traffic {
  readonly agents: AgentType[];
  readonly tenants: string[];
  readonly demands = new Demands();
  readonly conversations = new Conversations();
  private readonly agentOf: RandomStream;
  private readonly tenantOf: RandomStream;
  /** What a conversation asks at a turn, whatever else happens: runs stay comparable request by request. */
  private readonly content: PlacedStream;
  /** How it goes on after that. */
  private readonly course: PlacedStream;
  private readonly tenantTable: AliasTable;
  private agentTable!: AliasTable;
  private oneTime = 0;
  private serial = 0;

  constructor(
    settings: TrafficSettings,
    seed: number,
    private readonly population: Population,
  ) {
    this.tenants = settings.tenants.map((t) => t.name);
    this.tenantTable = new AliasTable(settings.tenants.map((t) => t.share));
    this.agentOf = new RandomStream(seed, 'traffic:agents');
    this.tenantOf = new RandomStream(seed, 'traffic:tenants');
    this.content = new PlacedStream(seed, 'traffic:content');
    this.course = new PlacedStream(seed, 'traffic:course');
    this.agents = settings.agents.map((a, i) => new AgentType(i, a, this.course));
    this.mixChanged();
  }

  /** Conversations begun so far. */
  get begun(): number {
    return this.serial;
  }

  /** Rate of conversations begun, as a multiple of the load's. */
  get mix(): number {
    return this.agents.reduce((sum, a) => sum + a.settings.share * a.factor, 0);
  }

  /** To be called when an agent type's factor has changed. */
  mixChanged(): void {
    const weights = this.agents.map((a) => a.settings.share * a.factor);
    this.agentTable = new AliasTable(weights.some((w) => w > 0) ? weights : weights.map(() => 1));
  }

  /** A conversation begins; returns its first demand. */
  begin(): number {
    const agent = this.agentTable.draw(this.agentOf);
    const tenant = this.tenants.length > 1 ? this.tenantTable.draw(this.tenantOf) : 0;
    return this.demand(this.conversations.open(agent, tenant, this.serial++));
  }

  /** The next request of a conversation. */
  demand(conversation: number): number {
    const { conversations, demands } = this;
    const agent = this.agents[conversations.agent[conversation]!]!;
    const { settings } = agent;
    const turn = ++conversations.turn[conversation]!;
    this.content.at(conversations.serial[conversation]!, turn);
    const fresh = this.tokens(agent.inputTokensMean, settings.inputTokens.sigma);
    const said = conversations.said[conversation]!;
    // A conversation that is cut at its beginning shares no more than the prefix with what the provider has cached.
    const whole = said + fresh <= agent.contextTokens;
    const d = demands.open(conversation);
    demands.inputTokens[d] = settings.prefixTokens + Math.min(said + fresh, agent.contextTokens);
    demands.repeatedTokens[d] = settings.prefixTokens + (whole ? said : 0);
    demands.freshTokens[d] = fresh;
    demands.outputTokens[d] = Math.max(
      1,
      Math.min(this.tokens(agent.outputTokensMean, settings.outputTokens.sigma), settings.maxOutputTokens),
    );
    const [least, most] = settings.complexity;
    demands.complexity[d] = least + (most - least) * this.content.uniform();
    demands.doubt[d] = this.content.uniform();
    demands.key[d] =
      turn === 1 && this.content.uniform() < settings.repeatShare
        ? this.population.repeated(this.content) * this.agents.length + agent.index
        : -++this.oneTime | 0;
    return d;
  }

  /**
   * A request has ended. Returns the milliseconds until the conversation's next, or −1 when it is over; the demand is closed.
   * @param answeredTokens tokens of the answer, which stay in the conversation; −1 when there was none.
   */
  ended(demand: number, answeredTokens: number): number {
    const { conversations, demands } = this;
    const conversation = demands.conversation[demand]!;
    const agent = this.agents[conversations.agent[conversation]!]!;
    conversations.said[conversation]! += demands.freshTokens[demand]! + Math.max(0, answeredTokens);
    demands.close(demand);
    this.course.at(conversations.serial[conversation]!, conversations.turn[conversation]!);
    if (answeredTokens >= 0 && this.course.uniform() < 1 - 1 / agent.turns) return agent.think.next();
    conversations.close(conversation);
    return -1;
  }

  agentOfDemand(demand: number): AgentType {
    return this.agents[this.conversations.agent[this.demands.conversation[demand]!]!]!;
  }

  /** Lognormal with the mean as stated. */
  private tokens(mean: number, sigma: number): number {
    if (mean <= 0) return 0;
    if (sigma === 0) return Math.round(mean);
    const drawn = mean * exp(sigma * normalQuantile(this.content.uniform()) - (sigma * sigma) / 2);
    return Math.round(Math.min(drawn, MOST_TOKENS));
  }
}
