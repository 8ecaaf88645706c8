import type { Task } from '../task.ts';

/** A task for tests: 400 tokens in, 100 out, easy, from tenant acme, without a deadline. */
export const someTask: Task = {
  tenant: 'acme',
  agentType: 'support',
  criticality: 'high',
  inputTokens: 400,
  repeatedTokens: 0,
  prefixTokens: 0,
  expectedOutputTokens: 100,
  maxOutputTokens: 200,
  complexity: 0.2,
  minAccuracy: 0.9,
  maxLatencyMs: 2000,
  budgetUsd: null,
  deferrable: false,
  deadlineMs: null,
  session: -1,
};
