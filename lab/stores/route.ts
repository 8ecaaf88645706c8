/** The pages of the lab, by the fragment of the address: `#/cache`. */
export const PAGES = [
  { name: 'lab', href: '#/', title: 'Lab' },
  { name: 'cache', href: '#/cache', title: 'Cache' },
  { name: 'cost', href: '#/cost', title: 'Cost' },
  { name: 'replay', href: '#/replay', title: 'Replay' },
  { name: 'ablation', href: '#/ablation', title: 'Ablation' },
  { name: 'tune', href: '#/tune', title: 'Tune' },
] as const;

export type PageName = (typeof PAGES)[number]['name'];

export type Route = { page: PageName } | { page: 'unknown'; path: string };

/** The page that a fragment asks for; undefined for one that names a place within a page (`#levers`). */
export function readRoute(hash: string): Route | undefined {
  if (hash === '' || hash === '#') return { page: 'lab' };
  if (!hash.startsWith('#/')) return undefined;
  const path = hash.slice(1).replace(/[?#].*$/, '');
  const found = PAGES.find(({ href }) => href.slice(1).replace(/\/$/, '') === path.replace(/\/$/, ''));
  return found ? { page: found.name } : { page: 'unknown', path };
}
