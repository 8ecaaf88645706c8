/** What every field of the form needs, from the workbench down. */
import { getContext, setContext } from 'svelte';
import type { ScenarioDocument } from '../../stores/scenario-edit-document.svelte.ts';
import { samePath, type Problem } from '../../stores/scenario-edit-check.ts';
import type { EditPlace } from '../../stores/scenario-edit-place.ts';
import type { NumberField, PlainField } from '../../stores/scenario-edit-schema.ts';
import type { Path } from '../../stores/scenario-edit-text.ts';

const KEY = Symbol('scenario form');
export const giveDocument = (doc: ScenarioDocument): ScenarioDocument => setContext(KEY, doc);
export const theDocument = (): ScenarioDocument => getContext<ScenarioDocument>(KEY);

const GROUPS = Symbol('groups of the form');
/** Which groups were open when the page was left, by their id. */
export const giveGroups = (groups: Readonly<Record<string, boolean>>): void =>
  void setContext(GROUPS, groups);
export const wasOpen = (path: Path): boolean | undefined =>
  getContext<Readonly<Record<string, boolean>>>(GROUPS)[idOf(path)];

/** Where one is in the form on the page. Beside it there are no groups: then they stay as they were. */
export function placeInForm(): Partial<Pick<EditPlace, 'groups' | 'field'>> {
  const groups = [...document.querySelectorAll<HTMLDetailsElement>('details.group')];
  return {
    ...(groups.length > 0 ? { groups: Object.fromEntries(groups.map(({ id, open }) => [id, open])) } : {}),
    field: document.activeElement?.closest('[id^="field-"]')?.id ?? '',
  };
}

/** The same in every visit, so that a link and a problem find the field. */
export const idOf = (path: Path): string =>
  `field-${path.map((key) => String(key).replace(/[^\w-]/g, '_')).join('-')}`;

export const problemAt = (problems: readonly Problem[], path: Path): Problem | undefined =>
  problems.find((problem) => problem.path !== undefined && samePath(problem.path, path));

/** The number that was typed; undefined when it is none. What bounds it has, the schema says. */
export function numberFrom(text: string): number | undefined {
  const typed = text.trim().replace(',', '.');
  const value = Number(typed);
  return typed !== '' && Number.isFinite(value) ? value : undefined;
}

/** A number, true, false or null where the setting takes them, else the text itself. */
export function plainFrom(
  text: string,
  { takes }: Pick<PlainField, 'takes'>,
): string | number | boolean | null {
  const typed = text.trim();
  if (takes.includes('null') && typed === 'null') return null;
  if (takes.includes('boolean') && (typed === 'true' || typed === 'false')) return typed === 'true';
  const value = Number(typed);
  if (takes.includes('number') && typed !== '' && Number.isFinite(value)) return value;
  return text;
}

/** What the field takes, in a few words. */
export function boundsOf({ min, max, above, below, whole }: NumberField): string {
  const least = min !== undefined ? `from ${min}` : above !== undefined ? `above ${above}` : '';
  const most = max !== undefined ? `to ${max}` : below !== undefined ? `below ${below}` : '';
  return [whole ? 'whole number' : '', least, most].filter(Boolean).join(' ');
}

/** A value of which there is no field, or a default, in short. */
export function shortOf(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
