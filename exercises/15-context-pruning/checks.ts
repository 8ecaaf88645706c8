import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { near, returns } from '../grader/expectation.ts';
import { argumentsOf, call, create, run } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';

interface Settings {
  keepLast: number;
  windowTokens: number;
  importantAbove: number;
}

interface Message {
  number: number;
  role: string;
  tokens: number;
  points: number;
}

/** Importance in tenths, with the reasons. */
function points(role: string, text: string): { sum: number; why: string } {
  const why = ['5 tenths to begin with'];
  let sum = 5;
  const more = (tenths: number, reason: string) => {
    sum += tenths;
    why.push(`${tenths} for ${reason}`);
  };
  if (role === 'system') more(3, 'the role');
  const word = /important|remember|critical/i.exec(text);
  if (word) more(2, `“${word[0]}”`);
  if (text.length > 200) more(1, `a text of ${text.length} characters`);
  else why.push(`nothing for a text of ${text.length} characters`);
  return { sum: Math.min(sum, 10), why: `${why.join(', ')}; at most 10.` };
}

/** Fills the window by asking, again and again, who is next. */
function fill(messages: Message[], { keepLast, windowTokens, importantAbove }: Settings) {
  const rankOf = ({ role, number, points: tenths }: Message) => {
    if (role === 'system') return 1;
    if (number === messages.length) return 2;
    if (tenths / 10 > importantAbove) return 3;
    return number > messages.length - keepLast ? 4 : 5;
  };
  const names = ['', 'system', 'newest', 'important', 'recent'];
  const next = (a: Message, b: Message) => {
    const [rankA, rankB] = [rankOf(a), rankOf(b)];
    if (rankA !== rankB) return rankA - rankB;
    if (rankA === 1) return a.number - b.number;
    if (rankA === 3 && a.points !== b.points) return b.points - a.points;
    return b.number - a.number;
  };
  const steps: string[] = [];
  const kept: number[] = [];
  let left = windowTokens;
  for (const message of messages.toSorted(next)) {
    const { number, tokens, points: tenths } = message;
    const what = `${number} (${names[rankOf(message)]}${rankOf(message) === 3 ? ` ${tenths / 10}` : ''}, ${tokens} tokens)`;
    if (rankOf(message) === 5) continue;
    if (tokens > left) {
      steps.push(`${what} does not fit into ${left}`);
      continue;
    }
    left -= tokens;
    kept.push(number);
    steps.push(what);
  }
  return { kept: kept.sort((a, b) => a - b), steps: steps.join('; ') || 'nothing to send' };
}

function oracle(): Oracle {
  let settings: Settings;
  const messages: Message[] = [];
  return (operation) => {
    const args = argumentsOf(operation);
    if (operation.do === 'new') {
      settings = args[0] as Settings;
      return returns(undefined);
    }
    if (operation.do === 'run') {
      const [role, text] = args as [string, string];
      const { sum, why } = points(role, text);
      return near(sum / 10, 1e-9, { note: why });
    }
    if (operation.do === 'call' && operation.method === 'add') {
      const [role, text, tokens] = args as [string, string, number];
      const number = messages.length + 1;
      messages.push({ number, role, tokens, points: points(role, text).sum });
      return returns(number, { note: 'Messages are numbered from 1 on.' });
    }
    const { kept, steps } = fill(messages, settings);
    return returns(kept, {
      note: `The window of ${settings.windowTokens} tokens, step by step: ${steps}. What is in stays in, and is sent in the order of the conversation.`,
    });
  };
}

const long = (times: number) => 'Where is my parcel? '.repeat(times);
const texts = {
  plain: 'Where is it?',
  keyword: 'Remember: no nuts.',
  long: long(11),
  both: `This is CRITICAL. ${long(11)}`,
};
const roles = ['user', 'assistant', 'system'];

const conversation = (settings: Partial<Settings>) =>
  create('Conversation', { keepLast: 2, windowTokens: 100, importantAbove: 0.7, ...settings });
const add = (text: string, tokens = 10, role = 'user') => call('add', role, text, tokens);
const { plain, keyword, both } = texts;

const message = fc.record({
  role: fc.constantFrom('user', 'user', 'user', 'assistant', 'system'),
  text: fc.constantFrom(...Object.values(texts)),
  tokens: fc.integer({ min: 1, max: 30 }),
});
const settings = fc.record({
  keepLast: fc.integer({ min: 0, max: 5 }),
  windowTokens: fc.integer({ min: 1, max: 120 }),
  importantAbove: fc.constantFrom(0.7, 0.55, 0.65),
});
const sequences = fc
  .tuple(settings, fc.array(message, { minLength: 1, maxLength: 14, size: 'max' }))
  .map(([limits, messages]): Operation[] => [
    conversation(limits),
    ...messages.map(({ role, text, tokens }) => add(text, tokens, role)),
    call('window'),
  ]);

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'importance',
      title: 'scores a message by the rule',
      objective: 'importance',
      operations: fc
        .tuple(
          fc.constantFrom(...roles),
          fc.constantFrom(plain, 'This is unimportant.', keyword, long(10), long(11), both),
        )
        .map(([role, text]) => [run('importance', role, text)]),
    },
    {
      id: 'recent',
      title: 'sends the last messages, in their order',
      objective: 'token-window',
      operations: fc.constant([
        conversation({}),
        call('window'),
        add(plain),
        add(plain),
        add(plain),
        call('window'),
        add(plain),
        call('window'),
      ]),
      runs: 1,
    },
    {
      id: 'important-ones-stay',
      title: 'keeps what is old and important besides the last ones',
      objective: 'keeps-what-it-kept',
      operations: fc.constant([
        conversation({}),
        add(plain, 10, 'system'),
        add(plain),
        add(both, 60),
        add(plain),
        add(plain),
        add(plain),
        call('window'),
      ]),
      runs: 1,
    },
    {
      id: 'above-not-at',
      title: 'takes only what is above the threshold for important',
      objective: 'importance',
      operations: fc.constant([conversation({}), add(keyword), add(plain), add(plain), call('window')]),
      runs: 1,
    },
    {
      id: 'tokens',
      title: 'holds the window in tokens, to the last one',
      objective: 'token-window',
      operations: fc.constantFrom(
        [
          conversation({ keepLast: 4, windowTokens: 30 }),
          add(plain),
          add(plain),
          add(plain),
          add(plain),
          call('window'),
        ],
        [
          conversation({ keepLast: 4, windowTokens: 29 }),
          add(plain),
          add(plain),
          add(plain),
          add(plain),
          call('window'),
        ],
      ),
      runs: 20,
    },
    {
      id: 'next-is-tried',
      title: 'goes on with the next when one does not fit',
      objective: 'token-window',
      operations: fc.constant([
        conversation({ keepLast: 4, windowTokens: 30 }),
        add(plain, 10),
        add(plain, 50),
        add(plain, 10),
        call('window'),
      ]),
      runs: 1,
    },
    {
      id: 'counts-once',
      title: 'counts a message once, even if it is important and recent',
      objective: 'token-window',
      operations: fc.constant([
        conversation({ windowTokens: 80 }),
        add(plain, 10),
        add(plain, 10, 'system'),
        add(both, 60),
        call('window'),
      ]),
      runs: 1,
    },
    {
      id: 'order-of-filling',
      title: 'fills the window in the order of the rules',
      objective: 'keeps-what-it-kept',
      operations: fc.constantFrom(
        // Room for two beside the newest: the most important, then the newer of two that are alike.
        [
          conversation({ windowTokens: 30, importantAbove: 0.55 }),
          add(both),
          add(keyword),
          add(keyword),
          add(plain),
          call('window'),
        ],
        [conversation({ windowTokens: 20 }), add(both), add(plain, 10, 'system'), add(plain), call('window')],
        [conversation({ keepLast: 0 }), add(plain), add(plain), call('window')],
      ),
      runs: 30,
    },
    {
      id: 'any-conversation',
      title: 'is right in any conversation',
      objective: 'keeps-what-it-kept',
      operations: sequences,
      runs: 150,
    },
  ],
};
