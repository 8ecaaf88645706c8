/** When an item comes back, for one that is not due: `tomorrow`, `in 4 days`, `in 3 weeks`. @param days whole, 1 or more */
export function comesBackWords(days: number): string {
  if (days <= 1) return 'tomorrow';
  if (days < 14) return `in ${days} days`;
  if (days < 60) return `in ${Math.round(days / 7)} weeks`;
  if (days < 730) return `in ${Math.round(days / 30)} months`;
  return `in ${Math.round(days / 365)} years`;
}

const some = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** `5 questions and 1 exercise` */
export function itemsWords(items: readonly { kind: 'question' | 'exercise' }[]): string {
  const exercises = items.filter(({ kind }) => kind === 'exercise').length;
  const questions = items.length - exercises;
  const parts = [questions > 0 && some(questions, 'question'), exercises > 0 && some(exercises, 'exercise')];
  return parts.filter(Boolean).join(' and ');
}
