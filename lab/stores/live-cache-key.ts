import type { DataPolicy } from '../../engine/cache/data-policies.ts';
import { toolKey } from '../../engine/cache/parameters.ts';
import { contextHash, semanticKey } from '../../engine/cache/semantic/normalise.ts';
import { InputError, show } from '../../engine/core/errors.ts';
import { SYSTEM_PROMPT } from './live-cache-origin.ts';

/** What is asked for: a prompt to the model, a call of a tool, or the messages of a conversation. */
export type KeyKind = 'prompt' | 'tool' | 'conversation';

export interface NamedRequest {
  kind: KeyKind;
  key: string;
  /** Hash of what beside the wording changes the answer; nothing is found across it. */
  context: string;
}

export function kindOf(policy: Pick<DataPolicy, 'normaliseParameters' | 'keepMessages'>): KeyKind {
  if (policy.normaliseParameters) return 'tool';
  return policy.keepMessages === null ? 'prompt' : 'conversation';
}

/**
 * The cache key of what was typed, by the rules of its data policy.
 * @throws InputError when there is nothing, or when the policy is for tools and it is no call of one.
 */
export function nameRequest(typed: string, policy: DataPolicy): NamedRequest {
  if (typed.trim() === '')
    throw new InputError('prompt', 'a text', 'nothing', 'Type one, or pick one below.');
  const kind = kindOf(policy);
  const context = contextHash(policy.name, SYSTEM_PROMPT);
  if (kind !== 'tool') return { kind, key: semanticKey(typed, context), context };
  return { kind, key: `${context}:${callKey(typed)}`, context };
}

function callKey(typed: string): string {
  const match = /^\s*([\w.-]+)\s*(\{[\s\S]*\})\s*$/.exec(typed);
  const expected = 'a call such as get_order {"id": 4217}';
  if (!match)
    throw new InputError(
      'prompt',
      expected,
      show(typed),
      'This policy makes one key of parameters that mean the same.',
    );
  let parameters: unknown;
  try {
    parameters = JSON.parse(match[2]);
  } catch (error) {
    throw new InputError('prompt', expected, show(typed), `${(error as Error).message}.`);
  }
  return toolKey(match[1], parameters as Record<string, unknown>);
}
