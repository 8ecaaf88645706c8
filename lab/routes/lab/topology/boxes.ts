import type { Point } from './lane.ts';

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where the words of the topology stand, in CSS pixels from the canvas's corner; what flows is drawn between them. */
export interface Boxes {
  /** From top to bottom instead of from left to right. */
  vertical: boolean;
  widthPx: number;
  heightPx: number;
  users: Box;
  /** flows[i] is the gap in front of nodes[i]. */
  flows: readonly Box[];
  nodes: readonly Box[];
  /** Models behind a gateway. */
  models: readonly Box[];
  loop: Box | undefined;
  /** The words for what fails, below the last node. */
  failed: Box | undefined;
}

export const middle = ({ left, right, top, bottom }: Box): Point => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
});

/** Reads where things are. Undefined before all of them are there. */
export function readBoxes(section: HTMLElement, canvas: HTMLCanvasElement): Boxes | undefined {
  const origin = canvas.getBoundingClientRect();
  const boxOf = (element: Element): Box => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return {
      left: left - origin.left,
      top: top - origin.top,
      right: right - origin.left,
      bottom: bottom - origin.top,
    };
  };
  const one = (selector: string): Box | undefined => {
    const found = section.querySelector(selector);
    return found ? boxOf(found) : undefined;
  };
  const all = (selector: string): Box[] => Array.from(section.querySelectorAll(selector), boxOf);
  const users = one('.users');
  const flows = all('.flow');
  const nodes = all('.node');
  if (!users || nodes.length === 0 || nodes.length !== flows.length) return undefined;
  return {
    vertical: nodes[0].top >= users.bottom,
    widthPx: origin.width,
    heightPx: origin.height,
    users,
    flows,
    nodes,
    models: all('.models > li'),
    loop: one('.loop'),
    failed: one('.failed'),
  };
}
