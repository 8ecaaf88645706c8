import type { Figure } from './format.ts';

const loaders = import.meta.glob<Figure>(['./*/*.ts', '!./held/*'], { import: 'figure' });

/** The figure of a section, by the objective's id. @throws Error when there is none. */
export async function figureOf(section: string): Promise<Figure> {
  const path = Object.keys(loaders).find((one) => one.endsWith(`/${section}.ts`));
  const figure = path && (await loaders[path]());
  if (!figure) throw new Error(`lab/figures/<part>/${section}.ts has no figure. format.ts says what one is.`);
  return figure;
}
