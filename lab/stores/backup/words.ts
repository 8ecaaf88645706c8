/** What taking in a file would do, in sentences. */
import type { Preview } from './backup.ts';
import type { Count, Tally } from './tally.ts';

/** Lines for the page; the settings that differ are asked about apart. */
export interface PreviewWords {
  /** What changes here; empty when all of it is here already. */
  changes: string[];
  /** What stays as it is, and why. */
  stays: string[];
  /** Settings of the file that differ from those here: taken on the learner's word only. */
  differing: string[];
}

const some = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

type Kind = Exclude<keyof Tally, 'newer' | 'putAside' | 'unknown' | 'aside'>;
/** Drafts and the standing of exercises have sentences of their own. */
const ADDED: [Kind, string, string][] = [
  ['attempts', 'try of an exercise', 'tries of exercises'],
  ['answers', 'answer of the quiz', 'answers of the quiz'],
  ['sittings', 'sitting of the quiz', 'sittings of the quiz'],
  ['reading', 'section read', 'sections read'],
  ['drafts', 'draft', 'drafts'],
  ['versions', 'version of a text', 'versions of texts'],
  ['runs', 'run', 'runs'],
  ['scenarios', 'scenario of your own', 'scenarios of your own'],
];

export function previewWords({ tally, settings }: Preview): PreviewWords {
  const changes = ADDED.filter(([kind]) => tally[kind].added > 0).map(
    ([kind, one, many]) => `Adds ${some(tally[kind].added, one, many)}.`,
  );
  const stays: string[] = [];
  const { progress, drafts, answers, reading, runs, scenarios } = tally;
  const standing = progress.added + progress.changed;
  if (standing > 0) changes.push(`Brings the standing of ${some(standing, 'exercise')} up to date.`);
  if (drafts.changed > 0)
    changes.push(
      `${some(drafts.changed, 'draft')} of the file ${drafts.changed === 1 ? 'is' : 'are'} newer than here: ${
        drafts.changed === 1 ? 'it takes' : 'they take'
      } the place, and what is here becomes a version.`,
    );
  if (drafts.kept > 0)
    stays.push(
      `${some(drafts.kept, 'draft')} here ${drafts.kept === 1 ? 'is' : 'are'} newer and ${
        drafts.kept === 1 ? 'stays' : 'stay'
      }. The text of the file becomes a version.`,
    );
  const merged = [reading, runs, scenarios, answers].reduce((sum, { changed }) => sum + changed, 0);
  if (merged > 0) changes.push(`Makes one of ${some(merged, 'record')} that both have in part.`);
  for (const { place, fate } of settings)
    if (fate === 'new') changes.push(`Brings ${place.title}: there is none here.`);
  if (tally.newer > 0)
    changes.push(`Carries along ${some(tally.newer, 'record')} of a newer version of the lab, untouched.`);
  if (tally.putAside > 0)
    changes.push(
      `Puts ${some(tally.putAside, 'record')} aside that cannot be read, or stand against one here. Nothing is thrown away.`,
    );
  const same = sameOf(tally);
  if (same > 0) stays.push(`${some(same, 'record')} ${same === 1 ? 'is' : 'are'} here already.`);
  if (tally.unknown > 0)
    stays.push(
      `${some(tally.unknown, 'record')} of a kind that this version does not know stay in the file.`,
    );
  for (const { place, fate } of settings)
    if (fate === 'unread') stays.push(`Of another version, and left in the file: ${place.title}.`);
  const differing = settings.filter(({ fate }) => fate === 'differs').map(({ place }) => place.title);
  return { changes, stays, differing };
}

function sameOf(tally: Tally): number {
  const kinds = [...ADDED.map(([kind]) => kind), 'progress' as const];
  return kinds.reduce((sum, kind) => {
    const { same, kept }: Count = tally[kind];
    return sum + same + (kind === 'drafts' ? 0 : kept);
  }, 0);
}
