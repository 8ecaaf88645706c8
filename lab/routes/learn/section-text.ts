/** A section of the reading as lab/setup/markdown-section.ts makes it of its text when the site is built. */
export interface SectionAbout {
  title: string;
  words: number;
  headings: { id: string; title: string }[];
}

export type Block = { kind: 'html'; html: string } | { kind: 'figure' } | { kind: 'check'; question: string };

export interface SectionText extends SectionAbout {
  /** The first paragraph, as HTML. */
  standfirst: string;
  blocks: Block[];
}
