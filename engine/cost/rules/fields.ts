import { CRITICALITIES, type Task } from '../task.ts';

/**
 * What a rule can ask about. `duration` is a number of milliseconds; `choice` is a text that is one of `values`.
 */
export interface Field {
  name: string;
  type: 'number' | 'duration' | 'boolean' | 'text' | 'choice';
  description: string;
  values?: readonly string[];
}

/** The fields of a rule language. A rule reaches these and nothing else: names are looked up here, never on an object. */
export class FieldTable {
  private readonly places = new Map<string, number>();

  constructor(readonly list: readonly Field[]) {
    list.forEach((field, i) => this.places.set(field.name, i));
  }

  get(name: string): Field | undefined {
    const i = this.places.get(name);
    return i === undefined ? undefined : this.list[i];
  }

  /** Place of a field in a context; −1 for an unknown name. */
  indexOf(name: string): number {
    return this.places.get(name) ?? -1;
  }

  get names(): string[] {
    return this.list.map((field) => field.name);
  }
}

/**
 * Values of the fields for one evaluation, by the place of the field: numbers, durations and booleans (0 or 1) in `numbers`,
 * texts in `texts`. NaN is a value that nobody knows. Made once and filled again for each task.
 */
export interface RuleContext {
  readonly numbers: Float64Array;
  readonly texts: string[];
}

export function contextFor(fields: FieldTable): RuleContext {
  return {
    numbers: new Float64Array(fields.list.length).fill(NaN),
    texts: fields.list.map(() => ''),
  };
}

export const TASK_FIELDS = new FieldTable([
  { name: 'tokens', type: 'number', description: 'input tokens' },
  { name: 'output_tokens', type: 'number', description: 'output tokens, as expected' },
  { name: 'complexity', type: 'number', description: 'from 0, trivial, to 1, hard' },
  { name: 'min_accuracy', type: 'number', description: 'least accuracy that the task asks for, 0 to 1' },
  { name: 'max_latency', type: 'duration', description: 'longest wait that the task allows, such as `5 s`' },
  { name: 'tenant', type: 'text', description: 'whose task it is' },
  { name: 'agent', type: 'text', description: 'type of the agent that asks' },
  { name: 'criticality', type: 'choice', description: 'how much depends on it', values: CRITICALITIES },
  { name: 'deferrable', type: 'boolean', description: 'may run later' },
  { name: 'deadline_in', type: 'duration', description: 'time until the deadline; endless without one' },
  {
    name: 'hour',
    type: 'number',
    description: 'local hour of the budget, from 0 to below 24, 22.5 at half past ten',
  },
  { name: 'budget_used', type: 'number', description: 'share of the tightest budget that is used, 1 is all' },
  { name: 'hit_rate', type: 'number', description: 'share of requests that the cache answers, 0 to 1' },
  { name: 'warm', type: 'boolean', description: "the provider holds the conversation's prompt in its cache" },
]);

/** What a rule may ask that the task itself does not know. NaN for what is not known yet. */
export interface Situation {
  nowMs: number;
  /** Local hour of the budget's zone, 0 … 24. */
  hour: number;
  /** Used share of the tightest budget. */
  budgetUsed: number;
  /** Of the response cache. */
  hitRate: number;
  warm: boolean;
}

const at = (name: string): number => TASK_FIELDS.indexOf(name);
const TOKENS = at('tokens');
const OUTPUT_TOKENS = at('output_tokens');
const COMPLEXITY = at('complexity');
const MIN_ACCURACY = at('min_accuracy');
const MAX_LATENCY = at('max_latency');
const TENANT = at('tenant');
const AGENT = at('agent');
const CRITICALITY = at('criticality');
const DEFERRABLE = at('deferrable');
const DEADLINE_IN = at('deadline_in');
const HOUR = at('hour');
const BUDGET_USED = at('budget_used');
const HIT_RATE = at('hit_rate');
const WARM = at('warm');

/** Fills a context of TASK_FIELDS; allocates nothing. A task without a deadline has Infinity until it. */
export function fillTask(context: RuleContext, task: Task, situation: Situation): void {
  const { numbers, texts } = context;
  numbers[TOKENS] = task.inputTokens;
  numbers[OUTPUT_TOKENS] = task.expectedOutputTokens;
  numbers[COMPLEXITY] = task.complexity;
  numbers[MIN_ACCURACY] = task.minAccuracy;
  numbers[MAX_LATENCY] = task.maxLatencyMs;
  texts[TENANT] = task.tenant;
  texts[AGENT] = task.agentType;
  texts[CRITICALITY] = task.criticality;
  numbers[DEFERRABLE] = task.deferrable ? 1 : 0;
  numbers[DEADLINE_IN] = task.deadlineMs === null ? Infinity : task.deadlineMs - situation.nowMs;
  numbers[HOUR] = situation.hour;
  numbers[BUDGET_USED] = situation.budgetUsed;
  numbers[HIT_RATE] = situation.hitRate;
  numbers[WARM] = situation.warm ? 1 : 0;
}
