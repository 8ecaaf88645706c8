import { Simulation } from '../../engine/simulation/simulation.ts';
import { scenarioByName } from '../../engine/scenarios/catalogue.ts';
import { outcomeOf } from '../../engine/tuning/outcome.ts';
import type { CurveFigure, Figure, FigureData, FigureFrame, KnobValues, Panel, RunFigure } from './format.ts';

/** @param knobs those that were turned; the others stand where the figure has them. Nothing depends on anything else. */
export function computeFigure(figure: Figure, knobs: KnobValues = {}): FigureData {
  const values = { ...usual(figure), ...knobs };
  const data: FigureData = { title: '', knobs: values, panels: [], rows: [], ...drawn(figure, values) };
  return { ...data, title: figure.title(data) };
}

export const usual = ({ knobs }: Pick<Figure, 'knobs'>): KnobValues =>
  Object.fromEntries(knobs.map(({ name, value }) => [name, value]));

export function frameOf(figure: Figure): FigureFrame {
  const { kind, knobs, caption, open } = figure;
  const about = { kind, knobs, caption, open };
  if (figure.kind === 'bars') return { ...about, y: { label: '', unit: figure.unit } };
  if (figure.kind === 'run') return { ...about, y: figure.y };
  return { ...about, x: { label: figure.x.label, unit: figure.x.unit }, y: figure.y };
}

function drawn(figure: Figure, knobs: KnobValues): Partial<FigureData> {
  switch (figure.kind) {
    case 'run':
      return {
        panels: runPanels(figure, knobs),
        ...(figure.levels ? { levels: figure.levels(knobs) } : {}),
        ...(figure.bands ? { bands: figure.bands(knobs) } : {}),
      };
    case 'curve':
      return { panels: [curve(figure, knobs)] };
    case 'bars':
      return { rows: figure.rows(knobs) };
  }
}

function runPanels(figure: RunFigure, knobs: KnobValues): Panel[] {
  const { scenario, seed, untilS, fromS = 0 } = figure;
  const input = typeof scenario === 'string' ? scenarioByName(scenario) : scenario;
  return figure.panels.map(({ title, overrides, pulls }) => {
    const simulation = new Simulation(input, seed, {
      overrides: [...(overrides?.(knobs) ?? []), { path: 'durationS', value: untilS }],
      pulls: pulls?.(knobs) ?? [],
    }).run();
    const { intervalMs, closed } = simulation.world.recorder;
    const first = Math.floor((fromS * 1000) / intervalMs);
    return {
      title,
      x: Float64Array.from({ length: closed - first }, (_, i) => ((first + i) * intervalMs) / 1000),
      lines: figure.lines.map(({ of, ...line }) => ({
        ...line,
        y: Float64Array.from(of(simulation)).slice(first, closed),
      })),
      verdict: figure.verdict(outcomeOf(simulation), simulation),
    };
  });
}

function curve({ x: { from, to, points = 120 }, lines, marks }: CurveFigure, knobs: KnobValues): Panel {
  const x = Float64Array.from({ length: points + 1 }, (_, i) => from + ((to - from) * i) / points);
  return {
    title: '',
    x,
    lines: lines.map(({ of, ...line }) => ({
      ...line,
      style: 'line' as const,
      y: x.map((at) => of(at, knobs)),
    })),
    ...(marks ? { marks: marks(knobs) } : {}),
  };
}
