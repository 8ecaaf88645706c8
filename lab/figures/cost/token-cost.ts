import { CATALOGUE } from '../../../engine/cost/catalogue.ts';
import { usdOf } from '../../../engine/cost/money.ts';
import { PriceBook, costAt } from '../../../engine/cost/prices.ts';
import { PromptCaches } from '../../../engine/cost/prompt-cache.ts';
import type { CurveFigure, KnobValues } from '../format.ts';

const MODEL = 'claude-sonnet-4-6';
const TURNS = 40;
/** Instructions and tool descriptions, at the beginning of every call. */
const PREFIX_TOKENS = 1500;
/** Of what a turn adds, the part that the model writes. */
const ANSWER_SHARE = 0.4;
const price = new PriceBook(CATALOGUE).priceAt(MODEL, 0);

/** How a conversation is paid: as sent; with the provider's prompt cache; or, as nobody sells it, for new tokens only. */
type Way = 'plain' | 'cached' | 'new only';

/** Dollars that a conversation has cost after so many turns, call by call. */
export function conversationUsd(turns: number, way: Way, { pauseMin, added }: KnobValues): number {
  const cache = new PromptCaches({ ttlMs: 300_000, minTokens: [1024], blockTokens: 1, maxEntries: 10 });
  const answer = Math.round(added * ANSWER_SHARE);
  const asked = added - answer;
  let usd = 0;
  for (let turn = 1; turn <= turns; turn++) {
    const nowMs = turn * pauseMin * 60_000;
    const inputTokens = PREFIX_TOKENS + (turn - 1) * added + asked;
    const repeated = turn === 1 ? 0 : inputTokens - added;
    const split = cache.split(0, 0, repeated, inputTokens, nowMs);
    cache.note(0, 0, inputTokens, nowMs);
    const paid = way === 'new only' && turn > 1 ? asked : inputTokens;
    usd += usdOf(
      costAt(price, {
        inputTokens: paid,
        cachedTokens: way === 'cached' ? split.cachedTokens : 0,
        cacheWriteTokens: way === 'cached' ? split.writeTokens : 0,
        outputTokens: answer,
      }),
    );
  }
  return usd;
}

const dollars = (usd: number): string => `$${usd.toFixed(2)}`;

export const figure: CurveFigure = {
  kind: 'curve',
  knobs: [
    { name: 'pauseMin', label: 'Between two turns', unit: 'min', min: 0.5, max: 10, step: 0.5, value: 2 },
    { name: 'added', label: 'New tokens in a turn', unit: '', min: 200, max: 4000, step: 100, value: 1000 },
  ],
  x: { label: 'turns', unit: '', from: 1, to: TURNS, points: TURNS - 1 },
  y: { label: 'dollars so far', unit: '$' },
  lines: [
    {
      label: 'as it is sent',
      tier: 'trouble',
      of: (x, knobs) => conversationUsd(Math.round(x), 'plain', knobs),
    },
    {
      label: 'with the prompt cache',
      tier: 'model',
      of: (x, knobs) => conversationUsd(Math.round(x), 'cached', knobs),
    },
    {
      label: 'each token paid once',
      dashed: true,
      of: (x, knobs) => conversationUsd(Math.round(x), 'new only', knobs),
    },
  ],
  title: ({ panels: [{ lines }] }) => {
    const [plain, cached, once] = lines.map(({ y }) => y.at(-1)!);
    const again = `Forty turns cost ${dollars(plain)}, and ${dollars(plain - once)} of it is for reading the same words again.`;
    return cached < plain
      ? `${again} A prompt cache makes it ${dollars(cached)}.`
      : `${again} A prompt cache that forgets between turns makes it ${dollars(cached)}.`;
  },
  caption: `One conversation on ${MODEL} at list price: 1,500 tokens of instructions, and 40 % of what a turn adds is answer.`,
  open: { href: '#/cost', words: 'Price a task with every model' },
};
