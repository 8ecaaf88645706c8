/** Every question, checked. */
import { parseQuestions, type Question } from './format.ts';
import { moduleQuestions } from './questions/module.ts';

/** The module's own five: the test at its end. */
export const moduleTest: Question[] = parseQuestions(moduleQuestions);

/** The others, in the order of the objectives. */
const more = import.meta.glob<Record<string, Parameters<typeof parseQuestions>[0]>>(
  ['./questions/*.ts', '!./questions/module.ts', '!./questions/*.test.ts'],
  { eager: true },
);

export const bank: Question[] = parseQuestions([
  ...moduleQuestions,
  ...Object.values(more).flatMap((file) => Object.values(file).flat()),
]);

export const questionById = (id: string): Question | undefined => bank.find((one) => one.id === id);
