import { describe, expect, it } from 'vitest';
import type { FigureData, KnobValues } from './format.ts';
import { FigureReader } from './reader.svelte.ts';

const still: FigureData = { title: 'still', knobs: { load: 1 }, panels: [], rows: [] };

/** Answers when it is told to. */
function worker() {
  const asked: KnobValues[] = [];
  const answers: { give: () => void; fail: (message: string) => void }[] = [];
  const compute = (_: string, knobs: KnobValues) =>
    new Promise<FigureData>((resolve, reject) => {
      asked.push(knobs);
      answers.push({
        give: () => resolve({ ...still, title: `load ${knobs.load}`, knobs }),
        fail: (message) => reject(new Error(message)),
      });
    });
  return { asked, answers, compute };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a figure on the page', () => {
  it('shows its still picture until it was computed', async () => {
    const { answers, compute } = worker();
    const reader = new FigureReader('storm', still, compute);
    expect([reader.data.title, reader.live]).toEqual(['still', false]);
    void reader.read();
    answers[0].give();
    await settled();
    expect([reader.data.title, reader.live, reader.busy]).toEqual(['load 1', true, false]);
  });

  it('computes of many turns the one under way and the newest', async () => {
    const { asked, answers, compute } = worker();
    const reader = new FigureReader('storm', still, compute);
    for (const load of [2, 3, 4, 5]) reader.turn('load', load);
    expect(reader.knobs).toEqual({ load: 5 });
    answers[0].give();
    await settled();
    answers[1].give();
    await settled();
    expect(asked).toEqual([{ load: 2 }, { load: 5 }]);
    expect(reader.data.title).toBe('load 5');
  });

  it('tells what went wrong, keeps the picture, and can try again', async () => {
    const { answers, compute } = worker();
    const reader = new FigureReader('storm', still, compute);
    reader.turn('load', 2);
    answers[0].fail('no worker');
    await settled();
    expect([reader.failure, reader.data.title, reader.busy]).toEqual(['no worker', 'still', false]);
    void reader.read();
    answers[1].give();
    await settled();
    expect([reader.failure, reader.data.title]).toEqual([undefined, 'load 2']);
  });
});
