/** Holds the bank to what a learner may expect of it. */
import { describe, expect, it } from 'vitest';
import { scenarioByName } from '../engine/scenarios/catalogue.ts';
import { outcomeOf } from '../engine/tuning/outcome.ts';
import { openTrial } from '../engine/tuning/trial.ts';
import { bank } from './bank.ts';
import type { ComputeQuestion, PredictQuestion } from './format.ts';
import { drawnBy, filled, gradeNumber, measuredOption } from './grading.ts';
import { objectives } from './objectives.ts';
import { measured, runsOf } from './predict.ts';

const ofKind = <K extends string>(kind: K) => bank.filter((question) => question.kind === kind);

describe('the bank', () => {
  it('has a question for each objective', () => {
    const asked = new Set(bank.map(({ objective }) => objective));
    expect(objectives.filter(({ id }) => !asked.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('names sections that are those of objectives', () => {
    const sections = new Set(objectives.map(({ id }) => id));
    expect(bank.filter(({ source }) => !sections.has(source.split('/')[0]!)).map(({ id }) => id)).toEqual([]);
  });
});

describe.each((ofKind('compute') as ComputeQuestion[]).map((question) => [question.id, question] as const))(
  '%s',
  (_, question) => {
    it('has numbers, an answer and words for 50 seeds, and mistakes that are mistakes', () => {
      let told = 0;
      for (let seed = 0; seed < 50; seed++) {
        const drawn = drawnBy(question, seed);
        const answer = question.answer(drawn);
        expect(Number.isFinite(answer)).toBe(true);
        for (const text of [question.question, ...question.given.flat()])
          expect(filled(text, drawn)).not.toContain('{');
        expect(filled(question.working, { ...drawn, answer })).not.toContain('{');
        // What a learner types is rounded to four digits.
        expect(gradeNumber(question, drawn, Number(answer.toPrecision(4))).right).toBe(true);
        for (const mistake of question.mistakes)
          told += gradeNumber(question, drawn, mistake.answer(drawn)).right ? 0 : 1;
      }
      // A mistake may come to the right number by chance, and no more often than one time in ten.
      expect(told).toBeGreaterThanOrEqual(0.9 * 50 * question.mistakes.length);
    });
  },
);

describe.each((ofKind('predict') as PredictQuestion[]).map((question) => [question.id, question] as const))(
  '%s',
  (_, question) => {
    it('is answered alike by several seeds, by one of its options', () => {
      for (const { scenario } of question.runs) expect(scenarioByName(scenario).name).toBe(scenario);
      const places = [1, 2, 3].map((seed) => {
        const outcomes = runsOf(question, seed).map((request) =>
          outcomeOf(openTrial(request).run(), request.figures),
        );
        const value = measured(question, outcomes);
        return measuredOption(question, value) ?? `no option for ${value}`;
      });
      expect(places).toEqual([places[0], places[0], places[0]]);
      expect(typeof places[0]).toBe('number');
    });
  },
);
