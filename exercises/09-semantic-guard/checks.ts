import fc from 'fast-check';
import type { Check, Checks, Oracle } from '../format.ts';
import { returns } from '../grader/expectation.ts';
import { argumentsOf, call, create, run } from '../grader/operations.ts';

interface Question {
  tenant: string;
  context: string;
  text: string;
  vector: number[] | null;
}

const negating = ['not', 'no', 'never', 'without', 'cannot'];

/** Reads a text character by character, where the reference has regular expressions. */
function read(text: string): { words: string[]; numbers: string[] } {
  const words: string[] = [];
  const numbers: string[] = [];
  let [word, number] = ['', ''];
  const isDigit = (c: string) => c >= '0' && c <= '9';
  const lower = `${text.toLowerCase()} `;
  for (let i = 0; i < lower.length; i++) {
    const c = lower[i];
    if (isDigit(c) || (c >= 'a' && c <= 'z') || c === "'") word += c;
    else if (word) {
      words.push(word);
      word = '';
    }
    const goesOn = c === '.' && number !== '' && !number.includes('.') && isDigit(lower[i + 1] ?? '');
    if (isDigit(c) || goesOn) number += c;
    else if (number) {
      numbers.push(number);
      number = '';
    }
  }
  return { words, numbers };
}

/** The reason, and what it is about. */
function compare(a: string, b: string, telling: string[]): { reason?: string; because: string } {
  const [x, y] = [read(a), read(b)];
  const list = (texts: string[]) => texts.join(', ') || 'none';
  const differ = (p: string[], q: string[]) => p.length !== q.length || p.some((text, i) => text !== q[i]);
  if (differ(x.numbers, y.numbers))
    return { reason: 'numbers', because: `the numbers are ${list(x.numbers)} and ${list(y.numbers)}` };
  const [noX, noY] = [x, y].map(({ words }) =>
    words.filter((word) => negating.includes(word) || word.endsWith("n't")),
  );
  if (noX.length > 0 !== noY.length > 0)
    return { reason: 'negation', because: `the words that negate are ${list(noX)} and ${list(noY)}` };
  const [tellX, tellY] = [x, y].map(({ words }) => words.filter((word) => telling.includes(word)));
  if (differ(tellX, tellY))
    return { reason: 'words', because: `the telling words are ${list(tellX)} and ${list(tellY)}` };
  return {
    because: `the numbers (${list(x.numbers)}), the telling words (${list(tellX)}) and whether they negate (${noX.length ? 'yes' : 'no'}) are the same`,
  };
}

const normal = (text: string) =>
  text
    .toLowerCase()
    .split(/\s/)
    .filter((word) => word !== '')
    .join(' ');

/** The cosine as the projection of one direction onto the other; undefined where a vector is missing. */
function cosineOf(a: number[] | null, b: number[] | null): number | undefined {
  if (!a || !b) return undefined;
  const length = (vector: number[]) => Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  const lengths = length(a) * length(b);
  return lengths === 0 ? 0 : a.reduce((sum, x, i) => sum + x * b[i], 0) / lengths;
}

/** A list in the order of storing, where the best that is left is looked for again and again. */
function oracle(): Oracle {
  let stored: { question: Question; value: unknown }[] = [];
  let threshold = 0;
  let telling: string[] = [];

  const inScope = ({ tenant, context }: Question) =>
    stored.filter(({ question: of }) => of.tenant === tenant && of.context === context);
  const find = (question: Question) => {
    const scope = inScope(question);
    const others = stored.length - scope.length;
    const away = others ? `What is stored for another tenant or context (${others}) does not count. ` : '';
    const same = scope.find((one) => normal(one.question.text) === normal(question.text));
    if (same)
      return returns(
        { value: same.value, by: 'exact' },
        {
          note: `${away}The same text is stored in this scope, whatever the vectors say.`,
        },
      );
    const seen: string[] = [];
    let left = scope.map((one) => ({ ...one, cosine: cosineOf(one.question.vector, question.vector) }));
    while (left.length) {
      const best = left.reduce((a, b) => ((b.cosine ?? -2) > (a.cosine ?? -2) ? b : a));
      left = left.filter((one) => one !== best);
      const { text } = best.question;
      if (best.cosine === undefined) {
        seen.push(`“${text}” has no vector to compare, or the question has none.`);
        continue;
      }
      const near = `“${text}” has a cosine of ${Number(best.cosine.toFixed(4))}`;
      if (best.cosine < threshold) {
        seen.push(`${near}, and ${threshold} is needed.`);
        continue;
      }
      const { reason, because } = compare(question.text, text, telling);
      seen.push(`${near}: ${because}${reason ? `, so it is refused (${reason})` : ''}.`);
      if (!reason) return returns({ value: best.value, by: 'similar' }, { note: `${away}${seen.join(' ')}` });
    }
    const nothing = scope.length ? seen.join(' ') : 'Nothing is stored for this tenant in this context.';
    return returns(undefined, { note: `${away}${nothing}` });
  };

  return (operation) => {
    const args = argumentsOf(operation);
    if (operation.do === 'new') {
      ({ threshold, telling } = args[0] as { threshold: number; telling: string[] });
      return returns(undefined);
    }
    if (operation.do === 'run') {
      const { reason, because } = compare(...(args as [string, string, string[]]));
      return returns(reason, { note: `${because[0].toUpperCase()}${because.slice(1)}.` });
    }
    const [question, value] = args as [Question, unknown];
    if (operation.do === 'call' && operation.method === 'find') return find(question);
    const same = inScope(question).find((one) => normal(one.question.text) === normal(question.text));
    stored = [...stored.filter((one) => one !== same), { question, value }];
    return returns(undefined, { note: 'store returns nothing.' });
  };
}

const telling = ['paris', 'london', 'enable', 'disable'];
const cache = (threshold: number) => create('SemanticCache', { threshold, telling });
const asked = (text: string, vector: number[] | null, tenant = 'shop', context = 'help'): Question => ({
  tenant,
  context,
  text,
  vector,
});
const store = (question: Question, value: unknown) => call('store', question, value);
const find = (question: Question) => call('find', question);

const byHand = (id: string, title: string, pairs: [string, string][], words: string[] = []): Check => ({
  id,
  title,
  objective: 'guard',
  operations: fc.constant(pairs.map(([a, b]) => run('guard', a, b, words))),
  runs: 1,
});
const vocabulary =
  "order order Order order? 12 12, 21 3.5 3 5 not note another never Never no now don't don won't cannot can without with " +
  'Paris paris london Londoners enable disable';
const word = fc.constantFrom(...vocabulary.split(' '));
const sentence = fc.array(word, { minLength: 1, maxLength: 4, size: 'max' }).map((words) => words.join(' '));

// Their lengths are whole numbers, so that no cosine depends on how it is rounded.
const vector = fc.constantFrom('1 0', '2 0', '24 7', '24 -7', '48 14', '4 3', '0 1', '0 0', '');
const question = fc
  .record({
    tenant: fc.constantFrom('shop', 'shop', 'shop', 'shop:eu'),
    context: fc.constantFrom('help', 'help', 'help', 'eu:help'),
    text: fc.constantFrom(
      'Where is order 12?',
      ' where is  ORDER 12?',
      'Where is order 21?',
      'Where is my order 12?',
      'My order 12, where?',
      "Why isn't order 12 here?",
      'Why is order 12 here?',
      'Ship order 12 from Paris to London',
      'Ship order 12 from London to Paris',
      'Another note on order 12',
    ),
    vector,
  })
  .map(({ text, vector: at, tenant, context }) =>
    asked(text, at ? at.split(' ').map(Number) : null, tenant, context),
  );
const sequences = fc
  .tuple(
    fc.constantFrom(0.8, 0.9, 0.96),
    fc.array(
      fc.oneof(
        question.map(find),
        question.map(find),
        fc
          .tuple(question, fc.constantFrom<unknown>('A', 'B', 'C', 0, '', null))
          .map(([one, value]) => store(one, value)),
      ),
      { maxLength: 16, size: 'max' },
    ),
  )
  .map(([threshold, steps]) => [cache(threshold), ...steps]);

export const checks: Checks = {
  oracle,
  checks: [
    byHand('guard-numbers', 'guard refuses other numbers, and the same in another order', [
      ['Refund order 12', 'Give me a refund for order 12, please'],
      ['Refund order 12', 'Refund order 21'],
      ['From 5 to 10', 'From 10 to 5'],
      ['Wait 3.5 hours.', 'Wait 3 hours, 5'],
    ]),
    byHand('guard-negation', 'guard refuses when one negates and the other does not', [
      ['Can I cancel?', "Can't I cancel?"],
      ['Never ship it', 'Do not ship it'],
      ['Ship another note', 'Ship no other'],
      ['Nothing is here', 'Know another'],
    ]),
    byHand(
      'guard-words',
      'guard refuses other telling words, and the same in another order',
      [
        ['Weather in PARIS', 'How is the weather in Paris?'],
        ['From Paris to London', 'To London from Paris'],
        ['Paris', 'Comparison'],
      ],
      ['paris', 'london'],
    ),
    {
      id: 'guard-any-texts',
      title: 'guard is right for any two texts',
      objective: 'guard',
      operations: fc.tuple(sentence, sentence).map(([a, b]) => [run('guard', a, b, telling)]),
      runs: 300,
    },
    {
      id: 'exact-first',
      title: 'finds the same text first, and needs no vector for it',
      objective: 'nearest',
      operations: fc.constant([
        cache(0.9),
        store(asked('Where is my parcel?', null), 'on its way'),
        store(asked('Parcel, where?', [1, 0]), 'near'),
        find(asked('  where is MY\n parcel? ', [1, 0])),
        find(asked('Tell me where it is', null)),
      ]),
      runs: 1,
    },
    {
      id: 'nearest-that-passes',
      title: 'goes on to the next nearest when the guard refuses one',
      objective: 'nearest',
      operations: fc.constant([
        cache(0.9),
        store(asked('Status of order 21', [1, 0]), 'lost'),
        store(asked('Order 12: how is it?', [24, 7]), 'packed'),
        store(asked('How far is order 12?', [2, 0]), 'sent'),
        find(asked('Status of order 12', [3, 0])),
        find(asked('Status of order 7', [3, 0])),
      ]),
      runs: 1,
    },
    {
      id: 'threshold-and-cosine',
      title: 'compares directions, and takes the threshold itself',
      objective: 'nearest',
      operations: fc.constant([
        cache(0.96),
        store(asked('A long vector', [40, 30]), 'far'),
        store(asked('Nothing', [0, 0]), 'zero'),
        find(asked('Which way?', [1, 0])),
        store(asked('Just near enough', [24, 7]), 'near'),
        store(asked('Just as near', [24, -7]), 'later'),
        find(asked('Which way?', [1, 0])),
      ]),
      runs: 1,
    },
    {
      id: 'scopes',
      title: 'never gives an answer to another tenant or context',
      objective: 'scope',
      operations: fc.constant([
        cache(0.9),
        store(asked('What do I owe?', [1, 0], 'shop:eu', 'help'), '12 €'),
        find(asked('What do I owe?', [1, 0], 'shop', 'help')),
        find(asked('How much do I owe?', [1, 0], 'shop:eu', 'sales')),
        find(asked('What do I owe?', [1, 0], 'shop', 'eu:help')),
        find(asked('How much do I owe?', [1, 0], 'shop:eu', 'help')),
      ]),
      runs: 1,
    },
    {
      id: 'any-sequence',
      title: 'is right in any sequence of questions and answers',
      objective: 'scope',
      operations: sequences,
      runs: 200,
    },
  ],
};
