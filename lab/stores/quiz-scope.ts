import { objectives, PARTS } from '../../quiz/objectives.ts';
import { REVIEW_SCOPE } from './quiz-figures.ts';

/** What a sitting is about, in words. */
export function scopeTitle(scope: string): string {
  if (scope === 'test') return 'The module’s test';
  if (scope === 'wrong') return 'What was wrong';
  if (scope === REVIEW_SCOPE) return 'Review';
  const part = PARTS.find(({ id }) => id === scope);
  return part?.title ?? objectives.find(({ id }) => id === scope)?.title ?? scope;
}
