/**
 * What a question is. Texts may hold `**strong**`, `code` in backquotes and terms in a tier's colour, `[[l2|Redis]]`.
 *
 *   why      one of several options is right
 *   predict  the options speak of a figure of runs; which one is right is measured, when the learner has answered
 *   compute  a number, drawn anew by each seed and computed by the engine
 */
import * as v from 'valibot';
import { InputError } from '../engine/core/errors.ts';
import type { RandomStream } from '../engine/core/random.ts';
import { parse } from '../engine/core/schema.ts';
import { objectives } from './objectives.ts';

const text = v.pipe(v.string(), v.trim(), v.minLength(1, 'a text'));
const id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'words in lower case, joined by hyphens'));

const about = {
  id,
  objective: v.picklist(objectives.map((one) => one.id)),
  /** 1 recall, 2 apply, 3 reason over several mechanisms. */
  difficulty: v.picklist([1, 2, 3]),
  /** Where the module speaks of it: a part of a section's id, `cache/ttl`. */
  source: v.pipe(v.string(), v.regex(/^[a-z-]+(\/[a-z-]+)?$/, 'a section, as in "metastable"')),
  question: text,
  /** Facts above the options: `Timeout 3 s`. */
  given: v.optional(v.array(v.tuple([text, text])), []),
};

const optionSchema = v.strictObject({
  text,
  /** Why it is right, or why it is not; shown beside the option once the question is over. */
  feedback: text,
  right: v.optional(v.literal(true)),
});

const whySchema = v.pipe(
  v.strictObject({
    ...about,
    kind: v.literal('why'),
    options: v.pipe(v.array(optionSchema), v.minLength(3, 'three options or more')),
    /** The order says something (numbers, places), so it is kept. */
    ordered: v.optional(v.boolean(), false),
  }),
  v.forward(
    v.check(
      ({ options }) => options.filter(({ right }) => right).length === 1,
      'one right option, with `right: true`',
    ),
    ['options'],
  ),
);

const pullSchema = v.strictObject({
  atS: v.number(),
  lever: v.string(),
  value: v.union([v.number(), v.string(), v.boolean()]),
});
const runSchema = v.strictObject({
  /** What it is called beside its figure: "untouched". */
  title: text,
  scenario: v.string(),
  overrides: v.optional(v.array(v.strictObject({ path: v.string(), value: v.unknown() })), []),
  pulls: v.optional(v.array(pullSchema), []),
  untilS: v.optional(v.pipe(v.number(), v.gtValue(0, 'a number above 0'))),
});
const predictSchema = v.pipe(
  v.strictObject({
    ...about,
    kind: v.literal('predict'),
    runs: v.pipe(v.array(runSchema), v.minLength(1), v.maxLength(2, 'one run or two')),
    measure: v.strictObject({
      /** A figure of engine/tuning/outcome.ts, or a column of the recorder. */
      figure: v.string(),
      /** Of one run its value; of two the second's over the first's, or less the first's. */
      of: v.picklist(['value', 'ratio', 'difference']),
      unit: v.string(),
    }),
    options: v.pipe(
      v.array(
        v.strictObject({
          text,
          feedback: text,
          /** The option holds from here; left out: from anywhere below. */
          from: v.optional(v.number()),
          /** And up to, not including, here. */
          below: v.optional(v.number()),
        }),
      ),
      v.minLength(3, 'three options or more'),
    ),
    ordered: v.optional(v.boolean(), true),
  }),
  v.forward(
    v.check(
      ({ options }) => options.every(({ from, below }) => from !== undefined || below !== undefined),
      'a range for each, `from`, `below` or both',
    ),
    ['options'],
  ),
  v.forward(
    v.check(
      ({ runs, measure }) => (runs.length === 1) === (measure.of === 'value'),
      'two runs for a ratio or a difference, one for a value',
    ),
    ['runs'],
  ),
);

const functionSchema = <F>() => v.custom<F>((input) => typeof input === 'function', 'a function');
export type Drawn = Record<string, number>;
const computeSchema = v.pipe(
  v.strictObject({
    ...about,
    kind: v.literal('compute'),
    /** The numbers of one asking. The question and the facts name them in braces: `{tokens}`. */
    draw: functionSchema<(random: RandomStream) => Drawn>(),
    /** By the engine's own function for it. */
    answer: functionSchema<(drawn: Drawn) => number>(),
    unit: v.string(),
    /** A share of the answer within which it counts as right; 0: exactly. */
    tolerance: v.pipe(v.number(), v.minValue(0), v.maxValue(0.2, 'a share of at most 0.2')),
    /** How it is worked out, with the numbers in braces and `{answer}`. */
    working: text,
    /** Wrong ways that people take, and what to say to each. */
    mistakes: v.pipe(
      v.array(v.strictObject({ answer: functionSchema<(drawn: Drawn) => number>(), feedback: text })),
      v.minLength(1, 'one mistake or more'),
    ),
  }),
);

export const questionSchema = v.variant('kind', [whySchema, predictSchema, computeSchema]);

export type WhyQuestion = v.InferOutput<typeof whySchema>;
export type PredictQuestion = v.InferOutput<typeof predictSchema>;
export type ComputeQuestion = v.InferOutput<typeof computeSchema>;
export type Question = v.InferOutput<typeof questionSchema>;
export type QuestionInput = v.InferInput<typeof questionSchema>;

/** Checks questions as they are written down. @throws InputError that names the question and the place in it. */
export function parseQuestions(inputs: readonly QuestionInput[]): Question[] {
  const seen = new Set<string>();
  return inputs.map((input, i) => {
    const name = typeof input.id === 'string' ? input.id : `question ${i + 1}`;
    let question: Question;
    try {
      question = parse(questionSchema, input, name);
    } catch (error) {
      if (!(error instanceof InputError) || error.place === name) throw error;
      throw new InputError(`${name}: ${error.place}`, error.expected, error.got);
    }
    if (seen.has(question.id)) throw new InputError(name, 'an id of its own', 'one that is taken');
    seen.add(question.id);
    return question;
  });
}
