import type { Contents, StoreName } from '../../../stores/backup/contents.ts';

const KINDS: [StoreName, string, string][] = [
  ['progress', 'exercise begun', 'exercises begun'],
  ['attempts', 'try of an exercise', 'tries of exercises'],
  ['drafts', 'draft', 'drafts'],
  ['versions', 'earlier text', 'earlier texts'],
  ['answers', 'answer of the quiz', 'answers of the quiz'],
  ['reading', 'section read', 'sections read'],
  ['runs', 'run', 'runs'],
  ['scenarios', 'scenario of your own', 'scenarios of your own'],
];

/** What is kept, in words; empty when that is nothing. */
export function summaryOf({ work, settings, page }: Contents): string[] {
  const kinds = KINDS.map(([store, one, many]) => words(work[store]?.length ?? 0, one, many));
  const left = words(page.partings.length, 'text that was left unkept', 'texts that were left unkept');
  const pages = words(Object.keys(settings).length, 'setting of a page', 'settings of pages');
  return [...kinds, left, pages].flatMap((one) => one ?? []);
}

const words = (count: number, one: string, many: string): string | undefined =>
  count === 0 ? undefined : `${count} ${count === 1 ? one : many}`;
