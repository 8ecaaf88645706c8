/**
 * Which experiments of the objectives were opened, and on which live pages something was pressed, chosen or typed. It is two small lists in
 * a storage that answers at once; that a run has finished is in the runs themselves.
 */
import { objectives } from '../../../quiz/objectives.ts';

const KEY = 'surge-lab.experiments';

export interface Experiments {
  /** Addresses, as the objectives have them. */
  opened: string[];
  used: string[];
}

const hrefs: ReadonlySet<string> = new Set(objectives.map(({ experiment }) => experiment.href));

/** The experiment that an address opens; undefined when it is none. What else the query says does not matter. */
export function experimentAt({ search, hash }: { search: string; hash: string }): string | undefined {
  const page = `#/${hash.replace(/^#?\/?/, '').split(/[/?]/)[0] ?? ''}`;
  const scenario = new URLSearchParams(search).get('scenario');
  const href = page === '#/' ? `?scenario=${scenario ?? ''}#/` : page;
  return hrefs.has(href) ? href : undefined;
}

function here(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** What cannot be read counts as nothing. */
export function keptExperiments(storage = here()): Experiments {
  try {
    const kept = JSON.parse(storage?.getItem(KEY) ?? '{}') as Partial<Record<keyof Experiments, unknown>>;
    return { opened: known(kept.opened), used: known(kept.used) };
  } catch {
    return { opened: [], used: [] };
  }
}

const known = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((one): one is string => hrefs.has(one as string)) : [];

export function noteExperiment(what: keyof Experiments, href: string, storage = here()): void {
  const kept = keptExperiments(storage);
  if (kept[what].includes(href)) return;
  try {
    storage?.setItem(KEY, JSON.stringify({ ...kept, [what]: [...kept[what], href] }));
  } catch {
    // No room, or none allowed: the map shows it as not begun.
  }
}

/** What counts as use: a control within the page's main part. */
const CONTROL = 'main :is(button, input, select, textarea, summary, [role="slider"])';

/** Watches the page for as long as it is open. */
export function watchExperiments(): void {
  const look = (): void => {
    const href = experimentAt(location);
    if (href) noteExperiment('opened', href);
  };
  const use = ({ target }: Event): void => {
    const href = experimentAt(location);
    if (href && target instanceof Element && target.closest(CONTROL)) noteExperiment('used', href);
  };
  addEventListener('hashchange', look);
  addEventListener('click', use);
  addEventListener('change', use);
  look();
}
