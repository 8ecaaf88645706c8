import type { Criticality, Task } from '../../engine/cost/task.ts';
import { CRITICALITIES } from '../../engine/cost/task.ts';
import { InputError, show } from '../../engine/core/errors.ts';

/** Tokens of instructions that every request of an agent type begins with. */
export const AGENT_TYPES = { support: 1200, coder: 2400, analyst: 1600, background: 400 } as const;
export type AgentType = keyof typeof AGENT_TYPES;
export const AGENT_NAMES = Object.keys(AGENT_TYPES) as AgentType[];
export const TENANTS = ['acme', 'globex', 'initech'] as const;

/** A task as it stands in the form; numbers as they were typed. */
export interface TaskForm {
  prompt: string;
  agentType: AgentType;
  tenant: string;
  criticality: Criticality;
  complexity: string;
  minAccuracy: string;
  maxSeconds: string;
  deferrable: boolean;
  /** Hours from now; empty for none. */
  deadlineHours: string;
  conversation: boolean;
}

/** A conversation so far. */
export interface Conversation {
  session: number;
  /** All that the provider has seen of it, instructions included. */
  tokens: number;
}

const REFUND =
  'A customer writes that the blender she ordered on 3 November came with a cracked jug, that the shop has not answered her two e-mails, and that she wants her money back and not a new jug. Write the answer of our support: say sorry, say how the refund works and when the money is there, and ask for nothing we know already.';
const CONTRACT = `Compare the two versions of the supply contract below, clause by clause. List every change of liability, of dates and of prices, say whom it favours, and mark what must be negotiated again before we sign. ${'Clause: the supplier delivers the goods listed in annex A to the places in annex B within the periods agreed, and is liable for delay up to the amount in annex C unless the delay was caused by the customer or by events that neither side could have foreseen. '.repeat(24)}`;

export interface Sample {
  title: string;
  note: string;
  form: TaskForm;
}

const plain: TaskForm = {
  prompt: REFUND,
  agentType: 'support',
  tenant: 'acme',
  criticality: 'normal',
  complexity: '0.5',
  minAccuracy: '0.9',
  maxSeconds: '3',
  deferrable: false,
  deadlineHours: '',
  conversation: false,
};

/** Tasks ready to send: one that a rule catches, one for the score, one that only the best model may do. */
export const SAMPLES: readonly Sample[] = [
  { title: 'Answer a complaint', note: 'everyday', form: plain },
  {
    title: 'Tag a ticket',
    note: 'small and simple, can wait',
    form: {
      ...plain,
      prompt:
        'Tag this ticket as billing, delivery or other: “My parcel says delivered, and it is not here.”',
      agentType: 'background',
      criticality: 'low',
      complexity: '0.1',
      minAccuracy: '0.85',
      maxSeconds: '30',
      deferrable: true,
      deadlineHours: '24',
    },
  },
  {
    title: 'Compare two contracts',
    note: 'long and hard',
    form: {
      ...plain,
      prompt: CONTRACT,
      agentType: 'analyst',
      tenant: 'globex',
      criticality: 'high',
      complexity: '0.9',
      minAccuracy: '0.97',
      maxSeconds: '10',
    },
  },
];

/**
 * An estimate, for the page has no provider's tokeniser: a token for every four characters, or four for every three words, whichever
 * is more. English prose is within a fifth of it; code, numbers and other scripts take more.
 */
export function estimateTokens(text: string): { words: number; characters: number; tokens: number } {
  const words = text.match(/\S+/g)?.length ?? 0;
  const characters = [...text.trim()].length;
  return { words, characters, tokens: Math.max(Math.ceil(characters / 4), Math.ceil((words * 4) / 3)) };
}

/** Length of an answer as the page expects it: the harder the longer. Twice that is where it is cut. */
const outputTokens = (complexity: number): number => Math.round(60 + 540 * complexity);

/**
 * The task of a form.
 * @param conversation what was said before; null: this is nobody's conversation.
 * @throws InputError, whose place is the field.
 */
export function taskOf(form: TaskForm, conversation: Conversation | null, nowMs: number): Task {
  const { tokens } = estimateTokens(form.prompt);
  if (tokens === 0) throw new InputError('prompt', 'a text', 'nothing');
  const tenant = form.tenant.trim();
  if (tenant === '') throw new InputError('tenant', 'a name', 'nothing');
  if (!CRITICALITIES.includes(form.criticality))
    throw new InputError('criticality', `one of ${CRITICALITIES.join(', ')}`, show(form.criticality));
  const complexity = numberOf(form.complexity, 'complexity', 'a number from 0 to 1', (x) => x >= 0 && x <= 1);
  const minAccuracy = numberOf(
    form.minAccuracy,
    'minAccuracy',
    'a share from 0 to 1, such as 0.95',
    (x) => x >= 0 && x <= 1,
  );
  const maxSeconds = numberOf(form.maxSeconds, 'maxSeconds', 'seconds above 0', (x) => x > 0 && x < Infinity);
  const deadline =
    form.deferrable && form.deadlineHours.trim() !== ''
      ? numberOf(
          form.deadlineHours,
          'deadlineHours',
          'hours above 0, or nothing for no deadline',
          (x) => x > 0,
        )
      : null;
  const prefixTokens = AGENT_TYPES[form.agentType];
  const before = conversation?.tokens ?? 0;
  const expectedOutputTokens = outputTokens(complexity);
  return {
    tenant,
    agentType: form.agentType,
    criticality: form.criticality,
    inputTokens: Math.max(prefixTokens, before) + tokens,
    repeatedTokens: Math.max(prefixTokens, before),
    prefixTokens,
    expectedOutputTokens,
    maxOutputTokens: expectedOutputTokens * 2,
    complexity,
    minAccuracy,
    maxLatencyMs: Math.round(maxSeconds * 1000),
    budgetUsd: null,
    deferrable: form.deferrable,
    deadlineMs: deadline === null ? null : Math.round(nowMs + deadline * 3_600_000),
    session: conversation?.session ?? -1,
  };
}

function numberOf(text: string, place: string, expected: string, holds: (x: number) => boolean): number {
  const trimmed = text.trim();
  const x = Number(trimmed);
  if (trimmed === '' || !holds(x))
    throw new InputError(place, expected, trimmed === '' ? 'nothing' : show(text));
  return x;
}
