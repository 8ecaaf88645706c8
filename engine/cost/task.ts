/** From what must always be served to what can be left. */
export const CRITICALITIES = ['critical', 'high', 'normal', 'low'] as const;
export type Criticality = (typeof CRITICALITIES)[number];

/** What is known of a request to a model before it runs. Tokens are whole numbers of 0 or more. */
export interface Task {
  tenant: string;
  agentType: string;
  criticality: Criticality;
  /** All input: the shared prefix, the conversation so far, and what is new. */
  inputTokens: number;
  /** Of `inputTokens`, those at the beginning that an earlier call of the same conversation or agent type sent too. */
  repeatedTokens: number;
  /** Of those, the ones with which every request of the agent type begins. */
  prefixTokens: number;
  expectedOutputTokens: number;
  /** The answer is cut here; the worst case of a reservation. */
  maxOutputTokens: number;
  /** 0 trivial … 1 hard. */
  complexity: number;
  /** Least accuracy of a model, 0 … 1. */
  minAccuracy: number;
  /** Longest typical response of a model, ms. */
  maxLatencyMs: number;
  /** What a model may cost for this task; null: no bound. Dollars. */
  budgetUsd: number | null;
  /** Nobody waits for the answer: it may run later, until `deadlineMs`. */
  deferrable: boolean;
  /** Milliseconds on the clock of the decisions; null: none. */
  deadlineMs: number | null;
  /** Conversation, for the provider's prompt cache; −1: none. */
  session: number;
}

/** Tokens of a finished call. */
export interface Usage {
  /** All input, cached and written ones included. */
  inputTokens: number;
  /** Read from the provider's prompt cache. */
  cachedTokens: number;
  /** Written to it. */
  cacheWriteTokens: number;
  outputTokens: number;
}
