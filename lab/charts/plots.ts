import type uPlot from 'uplot';

/** The plots that are on the page, by their outermost element. */
export const plots = new WeakMap<Element, uPlot>();

/** Draws a plot once more with `times` the pixels, and gives them as a canvas of its own. The plot is then as it was. */
export function enlarged(plot: uPlot, times: number): HTMLCanvasElement {
  const { canvas } = plot.ctx;
  const copy = document.createElement('canvas');
  // Setting the size anew draws at once, and lets uPlot forget what its canvas was set to.
  const redraw = () => plot.batch(() => plot.setSize({ width: plot.width, height: plot.height }));
  const { width: wide, height: high } = canvas;
  // uPlot draws in the pixels of the screen and sets the size of its canvas itself, so the canvas makes more of that size.
  const scaled = (name: 'width' | 'height', set: (pixels: number) => void) =>
    Object.defineProperty(canvas, name, {
      configurable: true,
      get: () => (name === 'width' ? wide : high),
      set: (pixels: number) => {
        set(pixels * times);
        plot.ctx.setTransform(times, 0, 0, times, 0, 0);
      },
    });
  const setter = (name: 'width' | 'height') =>
    Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, name)!.set!.bind(canvas);
  scaled('width', setter('width'));
  scaled('height', setter('height'));
  try {
    redraw();
    copy.width = Math.round(wide * times);
    copy.height = Math.round(high * times);
    copy.getContext('2d')?.drawImage(canvas, 0, 0);
  } finally {
    Reflect.deleteProperty(canvas, 'width');
    Reflect.deleteProperty(canvas, 'height');
    redraw();
  }
  return copy;
}
