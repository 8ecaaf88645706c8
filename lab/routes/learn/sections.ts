/** The sections of the reading: one for each objective, in the objectives' order. */
import { objectives, PARTS, type Objective } from '../../../quiz/objectives.ts';
import type { Still } from '../../figures/still.ts';
import type { SectionAbout, SectionText } from './section-text.ts';

const abouts = import.meta.glob<SectionAbout>('../../../docs/module/*/*.md', {
  query: '?about',
  import: 'default',
  eager: true,
});
const texts = import.meta.glob<SectionText>('../../../docs/module/*/*.md', {
  query: '?section',
  import: 'default',
});
const stills = import.meta.glob<Still | undefined>(['../../figures/*/*.ts', '!../../figures/held/*'], {
  query: '?still',
  import: 'default',
});

/** Words of such a text that are read in a minute. */
const WORDS_PER_MIN = 200;
/** To look at the figure, and to turn a knob. */
const FIGURE_MIN = 1;

export interface Section {
  /** Also the objective's. */
  id: string;
  /** Place in the module: `3.6`. */
  number: string;
  objective: Objective;
  part: (typeof PARTS)[number];
  title: string;
  /** To read it. */
  minutes: number;
  headings: SectionAbout['headings'];
}

const fileOf = ({ part, id }: Objective): string => `../../../docs/module/${part}/${id}.md`;

export const parts: { part: Section['part']; number: number; sections: Section[] }[] = PARTS.map(
  (part, i) => ({
    part,
    number: i + 1,
    sections: objectives
      .filter((objective) => objective.part === part.id)
      .flatMap((objective, j): Section[] => {
        const about = abouts[fileOf(objective)];
        if (!about) return [];
        const { title, words, headings } = about;
        const minutes = Math.ceil(words / WORDS_PER_MIN) + FIGURE_MIN;
        return [{ id: objective.id, number: `${i + 1}.${j + 1}`, objective, part, title, minutes, headings }];
      }),
  }),
);

export const sections: Section[] = parts.flatMap((one) => one.sections);

export interface LoadedSection {
  text: SectionText;
  /** Undefined where the figure is missing. */
  still: Still | undefined;
}

/** @throws Error when its files do not arrive */
export async function loadSection({ objective }: Section): Promise<LoadedSection> {
  const [text, still] = await Promise.all([
    texts[fileOf(objective)](),
    stills[`../../figures/${objective.part}/${objective.id}.ts`]?.(),
  ]);
  return { text, still };
}
