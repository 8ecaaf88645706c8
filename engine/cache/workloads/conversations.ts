import type { RandomStream } from '../../core/random.ts';
import { doubled } from '../../core/growing.ts';
import { real, whole, workload } from './workload.ts';

/**
 * Quantile functions fitted to Mooncake's conversation trace (12,031 prompts in 59 minutes, blocks of 512 tokens; Qin et al., FAST
 * 2025, https://github.com/kvcache-ai/Mooncake). Knots are [share, value], straight lines between them.
 */
type Quantiles = readonly (readonly [share: number, value: number])[];

/** Blocks of a conversation's first prompt. */
const FIRST_BLOCKS: Quantiles = [
  [0, 1.5],
  [0.18, 2.5],
  [0.27, 3.5],
  [0.35, 6],
  [0.4, 8],
  [0.5, 11],
  [0.6, 15],
  [0.7, 22],
  [0.8, 31],
  [0.9, 50],
  [0.95, 76],
  [0.98, 132],
  [0.995, 219],
  [1, 247],
];
/** Prompts of others between two of one conversation. */
const GAP_PROMPTS: Quantiles = [
  [0, 5],
  [0.02, 60],
  [0.05, 95],
  [0.1, 138],
  [0.2, 200],
  [0.3, 253],
  [0.4, 323],
  [0.5, 423],
  [0.6, 555],
  [0.7, 772],
  [0.8, 1088],
  [0.9, 1646],
  [0.95, 2096],
  [0.98, 3379],
  [0.995, 6711],
  [1, 10514],
];
/** Blocks that a follow-up adds: the one that was not full before, the answer, the question. */
const ADDED_BLOCKS: Quantiles = [
  [0, 0.5],
  [0.03, 0.7],
  [0.04, 1],
  [0.25, 1.4],
  [0.3, 1.6],
  [0.7, 2.4],
  [0.75, 3],
  [0.8, 4],
  [0.9, 10],
  [0.95, 15],
  [0.98, 24],
  [0.995, 45],
  [1, 120],
];
/** Blocks that stay when an earlier part of the prompt is edited. */
const KEPT_BLOCKS: Quantiles = [
  [0, 1.6],
  [0.15, 2.4],
  [0.4, 4],
  [0.5, 6],
  [0.6, 8],
  [0.7, 12],
  [0.8, 17],
  [0.9, 28],
  [0.95, 47],
  [0.98, 70],
  [1, 145],
];
/** By how much the edited prompt is longer. */
const EDITED_GROWTH: Quantiles = [
  [0, -40],
  [0.02, -30],
  [0.05, -21],
  [0.1, -15],
  [0.2, -8],
  [0.3, -6],
  [0.4, -2],
  [0.5, 0],
  [0.7, 2],
  [0.8, 5],
  [0.9, 10],
  [0.95, 15],
  [0.98, 26],
  [1, 53],
];

/**
 * Prompts of many conversations, as the blocks of a prefix cache. Each prompt begins with the block of the common system prompt; a
 * follow-up repeats all full blocks of the prompt before it and adds some, at times it keeps only the beginning (an edited
 * prompt). A conversation that has gone on for long is likely to go on: the chance of another turn after d turns is
 * (a + d) / (a + b + d), that of a beta-distributed habit.
 */
export const conversations = workload({
  summary:
    'Blocks of prompts of LLM conversations, like the conversation trace of Mooncake: 37 % of all tokens are reused.',
  parameters: {
    prompts: whole(12_000, 'prompts of a model, each of many blocks', 1, 1_000_000),
    pace: real(1, 'prompts of others between two turns, times this', 0.01, 100),
    stay: real(1, 'odds that a conversation goes on, times this', 0, 20),
  },
  generate({ prompts, pace, stay }, random) {
    const blocks = new Blocks();
    const waiting = new Waiting();
    for (let i = 0; i < prompts; i++) {
      const due = waiting.take(i);
      const habit = due === null ? beginHabit(random) : due.habit;
      const prompt = due === null ? begin(random, blocks) : goOn(random, blocks, due.prompt, habit);
      const turn = due === null ? 0 : due.turn + 1;
      for (const block of prompt) blocks.ask(block);
      const odds = (stay * (CONTINUES + turn)) / ENDS;
      if (prompt.length >= 3 && random.uniform() < odds / (1 + odds))
        waiting.add({
          at: i + Math.max(1, Math.round(draw(random, GAP_PROMPTS) * pace)),
          prompt,
          turn,
          habit,
        });
    }
    return blocks.asked();
  },
});

/** a and b of the beta distribution. */
const CONTINUES = 1.4;
const ENDS = 2.5;

interface Turn {
  at: number;
  prompt: number[];
  turn: number;
  habit: Habit;
}

/** What stays the same through a conversation: whether its prompts are edited, and how much it adds in a turn, as shares. */
interface Habit {
  edits: number;
  adds: number;
}

function beginHabit(random: RandomStream): Habit {
  return { edits: random.uniform(), adds: random.uniform() };
}

function begin(random: RandomStream, blocks: Blocks): number[] {
  const length = Math.max(2, Math.round(draw(random, FIRST_BLOCKS)));
  return [SYSTEM_PROMPT, ...blocks.fresh(length - 1)];
}

function goOn(random: RandomStream, blocks: Blocks, before: readonly number[], habit: Habit): number[] {
  const { length } = before;
  const edited = habit.edits < (length <= 6 ? 0.01 : length <= 12 ? 0.04 : length <= 20 ? 0.13 : 0.27);
  if (!edited) {
    const added = Math.round(at(ADDED_BLOCKS, (habit.adds + random.uniform()) / 2));
    return [...before.slice(0, length - 1), ...blocks.fresh(added)];
  }
  const kept = Math.min(length - 2, Math.round(draw(random, KEPT_BLOCKS)));
  const longer = Math.max(kept + 2, length + Math.round(draw(random, EDITED_GROWTH)));
  return [...before.slice(0, kept), ...blocks.fresh(longer - kept)];
}

const draw = (random: RandomStream, quantiles: Quantiles): number => at(quantiles, random.uniform());

function at(quantiles: Quantiles, u: number): number {
  let k = 1;
  while (quantiles[k][0] < u) k++;
  const [fromShare, fromValue] = quantiles[k - 1];
  const [toShare, toValue] = quantiles[k];
  return fromValue + ((u - fromShare) / (toShare - fromShare)) * (toValue - fromValue);
}

const SYSTEM_PROMPT = 0;

class Blocks {
  private keys = new Int32Array(65536);
  private count = 0;
  private next = SYSTEM_PROMPT + 1;

  fresh(count: number): number[] {
    return Array.from({ length: count }, () => this.next++);
  }

  ask(block: number): void {
    if (this.count === this.keys.length) this.keys = doubled(this.keys);
    this.keys[this.count++] = block;
  }

  asked(): Int32Array {
    return this.keys.slice(0, this.count);
  }
}

/** Turns to come, by when they are due; a binary heap. */
class Waiting {
  private readonly turns: Turn[] = [];

  add(turn: Turn): void {
    const { turns } = this;
    let i = turns.push(turn) - 1;
    for (let up = (i - 1) >> 1; i > 0 && turns[up].at > turn.at; up = (i - 1) >> 1) {
      turns[i] = turns[up];
      i = up;
    }
    turns[i] = turn;
  }

  /** The earliest turn, if it is due now. */
  take(now: number): Turn | null {
    const { turns } = this;
    if (turns.length === 0 || turns[0].at > now) return null;
    const first = turns[0];
    const last = turns.pop() as Turn;
    if (turns.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= turns.length) break;
      if (child + 1 < turns.length && turns[child + 1].at < turns[child].at) child++;
      if (turns[child].at >= last.at) break;
      turns[i] = turns[child];
      i = child;
    }
    turns[i] = last;
    return first;
  }
}
