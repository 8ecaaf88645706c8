import type { CourseFacts } from './course-facts.ts';

/** Made when the site is built (lab/setup/course-facts.ts). */
export const facts = import.meta.glob<CourseFacts>('./make-facts.ts', {
  query: '?made',
  import: 'default',
  eager: true,
})['./make-facts.ts'];

const objectives = new Map(
  Object.entries(facts.questions).flatMap(([objective, ids]) => ids.map((id) => [id, objective] as const)),
);

export const objectiveOf = (question: string): string | undefined => objectives.get(question);

export const questions: ReadonlySet<string> = new Set(objectives.keys());
