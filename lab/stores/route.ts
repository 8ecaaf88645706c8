/** The areas of the lab and their pages, by the fragment of the address: `#/cache`. */
const pagesOf = {
  course: [{ name: 'course', href: '#/course', title: 'Course' }],
  learn: [{ name: 'learn', href: '#/learn', title: 'Learn' }],
  lab: [
    { name: 'lab', href: '#/', title: 'Lab' },
    { name: 'scenarios', href: '#/scenarios', title: 'Scenarios' },
    { name: 'compare', href: '#/compare', title: 'Compare' },
    { name: 'rescue', href: '#/rescue', title: 'Rescue' },
    { name: 'edit', href: '#/edit', title: 'Edit' },
  ],
  live: [
    { name: 'cache', href: '#/cache', title: 'Cache' },
    { name: 'cost', href: '#/cost', title: 'Cost' },
    { name: 'context', href: '#/context', title: 'Context' },
    { name: 'requests', href: '#/requests', title: 'Requests' },
  ],
  measure: [
    { name: 'report', href: '#/report', title: 'Load report' },
    { name: 'ablation', href: '#/ablation', title: 'Ablation' },
    { name: 'tune', href: '#/tune', title: 'Tune' },
    { name: 'replay', href: '#/replay', title: 'Replay' },
    { name: 'scale', href: '#/scale', title: 'Full scale' },
    { name: 'claims', href: '#/claims', title: 'Claims' },
    { name: 'trust', href: '#/trust', title: 'Trust' },
  ],
  code: [{ name: 'code', href: '#/code', title: 'Code' }],
  quiz: [
    { name: 'quiz', href: '#/quiz', title: 'Quiz' },
    { name: 'review', href: '#/review', title: 'Review' },
  ],
} as const;

export const AREAS = [
  { title: 'Course', pages: pagesOf.course },
  { title: 'Learn', pages: pagesOf.learn },
  { title: 'Lab', pages: pagesOf.lab },
  { title: 'Live', pages: pagesOf.live },
  { title: 'Measure', pages: pagesOf.measure },
  { title: 'Code', pages: pagesOf.code },
  { title: 'Quiz', pages: pagesOf.quiz },
] as const;

export const PAGES = AREAS.flatMap(({ pages }) => [...pages]);

export type PageName = (typeof AREAS)[number]['pages'][number]['name'];

/** Pages with addresses of their own below them: `#/course/data`, `#/learn/ttl`, `#/code/01-ttl-cache`, `#/quiz/ttl`. */
const WITH_PATHS = ['course', 'learn', 'code', 'quiz', 'review', 'claims', 'rescue', 'edit'] as const;
type WithPath = (typeof WITH_PATHS)[number];
const withPath = (name: string | undefined): name is WithPath => WITH_PATHS.some((one) => one === name);

export type Route = { page: Exclude<PageName, WithPath> } | { page: WithPath | 'unknown'; path: string };

/** The page that a fragment asks for; undefined for one that names a place within a page (`#levers`). */
export function readRoute(hash: string): Route | undefined {
  if (hash === '' || hash === '#') return { page: 'lab' };
  if (!hash.startsWith('#/')) return undefined;
  const path = hash.slice(1).replace(/[?#].*$/, '');
  const [first, ...rest] = path.split('/').filter(Boolean);
  if (withPath(first) && rest.length <= 1) return { page: first, path: rest[0] ?? '' };
  const found = PAGES.find(({ href }) => href.slice(1).replace(/\/$/, '') === path.replace(/\/$/, ''));
  return found && !withPath(found.name) ? { page: found.name } : { page: 'unknown', path };
}
