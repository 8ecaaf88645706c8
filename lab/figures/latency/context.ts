import { compact, compactSettings } from '../../../engine/latency/context/compact.ts';
import { importanceOf, importanceSettings } from '../../../engine/latency/context/importance.ts';
import type { Message } from '../../../engine/latency/context/message.ts';
import { prune, pruneAsPrinted, pruneSettings } from '../../../engine/latency/context/prune.ts';
import { relevanceScores, relevanceSettings } from '../../../engine/latency/context/relevance.ts';
import { sampleConversation } from '../../../engine/latency/context/samples.ts';
import { conversationTokens, estimateTokens } from '../../../engine/latency/context/tokens.ts';
import { wordVector } from '../../../engine/latency/context/word-vector.ts';
import type { BarsFigure, Row } from '../format.ts';

const SEED = 8;
const MODULE_ABOVE = 0.7;
const importance = importanceOf(importanceSettings());

/** How much each message has to do with the user's newest, by the words they share. */
function relevanceTo(messages: readonly Message[]): (message: Message) => number {
  const question = messages.findLast(({ role }) => role === 'user')!;
  const scores = relevanceScores(
    messages.map(({ id }) => id),
    messages.map(({ text, atMs }) => ({ vector: wordVector(text), atMs })),
    wordVector(question.text),
    messages.at(-1)!.atMs,
    relevanceSettings(),
  );
  return ({ id }) => scores.get(id)!;
}

/** What was said that is important, each text once: agents repeat their prompts. */
const importantTexts = (messages: readonly Message[]): Set<string> =>
  new Set(messages.filter((message) => importance(message) > MODULE_ABOVE).map(({ text }) => text));

interface Rule {
  label: string;
  keep: (messages: readonly Message[], windowTokens: number) => readonly Message[];
}

const rules: Rule[] = [
  { label: 'all of it', keep: (messages) => messages },
  { label: 'as printed: 50 and important', keep: (messages) => pruneAsPrinted(messages, importance).kept },
  {
    label: 'important first, by tokens',
    keep: (messages, windowTokens) =>
      prune(messages, pruneSettings({ windowTokens }), { count: estimateTokens, score: importance }).kept,
  },
  {
    label: 'the same, repeats merged before',
    keep: (messages, windowTokens) =>
      prune(
        compact(messages, compactSettings({ nearFrom: null })).messages,
        pruneSettings({ windowTokens }),
        {
          count: estimateTokens,
          score: importance,
        },
      ).kept,
  },
  {
    label: 'by relevance',
    keep: (messages, windowTokens) =>
      prune(messages, pruneSettings({ windowTokens, order: 'score' }), {
        count: estimateTokens,
        score: relevanceTo(messages),
      }).kept,
  },
];

const row = ({ label, keep }: Rule, messages: readonly Message[], windowTokens: number): Row => {
  const kept = keep(messages, windowTokens);
  const texts = new Set(kept.map(({ text }) => text));
  const important = importantTexts(messages);
  const left = [...important].filter((text) => texts.has(text)).length;
  const tokens = conversationTokens(kept, estimateTokens);
  return {
    label,
    value: tokens,
    good: tokens <= windowTokens && left === important.size,
    note: `${left} of ${important.size} important, ${kept.length} messages${tokens > windowTokens ? ', does not fit' : ''}`,
  };
};

/** Important texts that a row kept, and how many there are. */
export const importantKept = ({ note }: Row): [number, number] => {
  const [, left, all] = /^(\d+) of (\d+)/.exec(note!)!;
  return [Number(left), Number(all)];
};

export const figure: BarsFigure = {
  kind: 'bars',
  unit: 'tokens',
  knobs: [
    { name: 'windowTokens', label: 'Window', unit: 'tokens', min: 1024, max: 16_384, step: 512, value: 4096 },
    { name: 'exchanges', label: 'Questions so far', unit: '', min: 8, max: 80, step: 1, value: 40 },
  ],
  rows: ({ windowTokens, exchanges }) => {
    const messages = sampleConversation({ kind: 'support', exchanges, seed: SEED });
    return rules.map((rule) => row(rule, messages, windowTokens));
  },
  title: ({ rows: [whole, printed, mended, compacted], knobs: { windowTokens } }) => {
    const [left, all] = importantKept(printed);
    const [kept] = importantKept(mended);
    const [most] = importantKept(compacted);
    if (whole.value <= windowTokens) return 'The conversation still fits. Nothing has to go.';
    const much = printed.value > windowTokens ? ' and does not fit' : '';
    return left < all
      ? `The rule as printed keeps ${left} of ${all} important messages${much}. Mended, it keeps ${kept}${most > kept ? `, and ${most} if repeats are merged first` : ''}.`
      : `As printed the rule keeps what is important${much}. Mended, it sends ${mended.value.toFixed(0)} tokens.`;
  },
  caption:
    'A support agent’s conversation as it is sent to the model by five rules. Important: above 0.7 by the module’s points.',
  open: { href: '#/context', words: 'Prune a conversation of your own' },
};
