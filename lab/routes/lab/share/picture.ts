/**
 * The charts as one picture: the plots drawn once more in more pixels, and the words around them where they stand on the page, under a
 * caption that says which run it is.
 */
import { enlarged, plots } from '../../../charts/plots.ts';

/** Pixels of the picture for each one of the page. */
const TIMES = 2;
const MARGIN_PX = 20;
const TITLE_PX = 28;
const LINE_PX = 18;

/** What a picture says above the charts. */
export interface Caption {
  title: string;
  lines: string[];
}

/** The element that holds the charts; null when the page shows something else in their place. */
export const chartsOnPage = (): Element | null =>
  document.querySelector('.charts .u-wrap')?.closest('.charts') ?? null;

/** @throws Error when the page shows no charts, or the browser makes no picture */
export async function chartsPicture(caption: Caption): Promise<Blob> {
  const charts = chartsOnPage();
  if (!charts) throw new Error('The page shows no charts at present.');
  const blob = await new Promise<Blob | null>((done) => draw(charts, caption).toBlob(done, 'image/png'));
  if (!blob) throw new Error('The browser could not make the picture.');
  return blob;
}

function draw(charts: Element, { title, lines }: Caption): HTMLCanvasElement {
  const figures = [...charts.querySelectorAll('figure, .events')];
  const boxes = figures.map((figure) => figure.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const width = Math.max(...boxes.map((box) => box.right)) - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top;
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();

  const canvas = document.createElement('canvas');
  const g = canvas.getContext('2d');
  if (!g) throw new Error('The browser gives no canvas.');
  g.font = `13px ${colour('--sans')}`;
  const words = lines.flatMap((line) => wrapped(g, line, width));
  const above = MARGIN_PX + TITLE_PX + words.length * LINE_PX + 10;
  canvas.width = Math.ceil((width + 2 * MARGIN_PX) * TIMES);
  canvas.height = Math.ceil((above + height + MARGIN_PX) * TIMES);
  g.scale(TIMES, TIMES);
  g.fillStyle = colour('--bg');
  g.fillRect(0, 0, canvas.width, canvas.height);

  g.textBaseline = 'alphabetic';
  g.fillStyle = colour('--ink');
  g.font = `600 20px ${colour('--serif')}`;
  g.fillText(title, MARGIN_PX, MARGIN_PX + 18);
  g.fillStyle = colour('--ink-2');
  g.font = `13px ${colour('--sans')}`;
  words.forEach((line, i) => g.fillText(line, MARGIN_PX, MARGIN_PX + TITLE_PX + 13 + i * LINE_PX));

  g.translate(MARGIN_PX - left, above - top);
  for (const root of charts.querySelectorAll('.uplot')) {
    const plot = plots.get(root);
    if (!plot) continue;
    const box = plot.ctx.canvas.getBoundingClientRect();
    g.drawImage(enlarged(plot, TIMES), box.left, box.top, box.width, box.height);
  }
  for (const part of charts.querySelectorAll('figcaption, .events')) drawWords(g, part);
  return canvas;
}

/** Whole words, as many on a line as fit. */
function wrapped(g: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) === '' || g.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The texts and the shapes of an element, where they stand. What is hidden, or only for a screen reader, is left out. */
function drawWords(g: CanvasRenderingContext2D, element: Element): void {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (element.classList.contains('vh') || style.visibility === 'hidden' || box.width === 0) return;
  if (element.matches('li') && style.borderLeftStyle === 'none' && style.borderRightStyle === 'none') return;
  if (element.matches('.mark')) drawMark(g, box, style);
  for (const node of element.childNodes) {
    if (node instanceof Element) drawWords(g, node);
    else if (node instanceof Text && node.data.trim() !== '') drawText(g, node, style);
  }
}

function drawText(g: CanvasRenderingContext2D, node: Text, style: CSSStyleDeclaration): void {
  const range = document.createRange();
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect();
  g.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  g.fillStyle = style.color;
  g.textBaseline = 'middle';
  const text = node.data.trim().replaceAll(/\s+/g, ' ');
  g.fillText(text, box.left, box.top + box.height / 2 + 0.5);
}

/** A tier's shape: the polygon that the style sheet cuts out of a square, or the whole square, or a disc. */
function drawMark(g: CanvasRenderingContext2D, box: DOMRect, style: CSSStyleDeclaration): void {
  g.fillStyle = style.backgroundColor;
  g.beginPath();
  const corners = /^polygon\((.*)\)$/.exec(style.clipPath)?.[1];
  if (corners !== undefined)
    for (const corner of corners.split(',')) {
      const [x = 0, y = 0] = corner.trim().split(/\s+/).map(parseFloat);
      g.lineTo(box.left + (box.width * x) / 100, box.top + (box.height * y) / 100);
    }
  else if (style.clipPath.startsWith('circle'))
    g.arc(box.left + box.width / 2, box.top + box.height / 2, box.width / 2, 0, 2 * Math.PI);
  else g.rect(box.left, box.top, box.width, box.height);
  g.fill();
}
