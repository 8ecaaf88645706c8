/**
 * The picture that a figure opens with, before anything runs on the page: the figure untouched, computed when the site is built
 * (lab/setup/figure-stills.ts). The page computes the same again as soon as it comes near the screen.
 */
import { computeFigure, frameOf } from './compute.ts';
import type { Figure, FigureData, FigureFrame } from './format.ts';

/** As JSON: columns are arrays of four digits, and a gap is null. */
export interface Still {
  frame: FigureFrame;
  data: FigureData;
}

// All are loaded at once, since nothing can be after the module was run; one that is broken is told when it is asked for.
const loaders = import.meta.glob<Figure>(['./*/*.ts', '!./held/*'], { import: 'figure' });
const figures = await Promise.allSettled(Object.values(loaders).map((load) => load()));

/** Undefined where the file has no figure. */
export async function stillOf(section: string): Promise<string | undefined> {
  const place = Object.keys(loaders).findIndex((path) => path.endsWith(`/${section}.ts`));
  const figure = await (place < 0 ? undefined : valueOf(figures[place]));
  return figure ? written({ frame: frameOf(figure), data: computeFigure(figure) }) : undefined;
}

const valueOf = <T>(result: PromiseSettledResult<T>): Promise<T> =>
  result.status === 'fulfilled' ? Promise.resolve(result.value) : Promise.reject(result.reason as Error);

const written = (still: Still): string =>
  JSON.stringify(still, (_, value: unknown) =>
    value instanceof Float64Array
      ? Array.from(value, (y) => (Number.isFinite(y) ? Number(y.toPrecision(4)) : null))
      : value,
  );
