import type { NodeFigures, TopologyFigures } from '../topology-figures.ts';
import type { Box, Boxes } from './boxes.ts';
import { decadesOf } from './dots.ts';

/** A block is a power of ten. */
export const BLOCK_PX = 8;
const BLOCK_GAP_PX = 1;
const THICK_PX = 6;

/** Calls that wait in front of a node, as blocks on each other. */
export interface Pile {
  /** Where the first block is; the others follow upwards, or to the right where the nodes are below each other. */
  box: Box;
  vertical: boolean;
  blocks: number;
  /** Blocks that there may be; null where nothing limits them. */
  limit: number | null;
  /** Part of the pile, from its start, that nobody waits for any more. */
  deadShare: number;
}

export const hasPile = ({ queue, queueLimit }: NodeFigures): boolean => queue > 0 || queueLimit !== null;

/** How far a pile of so many blocks reaches, with the gaps between them. */
export const lengthPx = (blocks: number): number => blocks * BLOCK_PX + Math.floor(blocks) * BLOCK_GAP_PX;

export function pilesOf({ nodes }: TopologyFigures, { vertical, nodes: boxes }: Boxes): Pile[] {
  return nodes.flatMap((node, i) => {
    if (!hasPile(node)) return [];
    const { left, top, bottom } = boxes[i];
    const box = vertical
      ? { left: left + 6, top: top - THICK_PX - 1, right: left + 6 + BLOCK_PX, bottom: top - 1 }
      : { left: left - THICK_PX - 1, top: bottom - BLOCK_PX, right: left - 1, bottom };
    const limit = node.queueLimit === null ? null : decadesOf(node.queueLimit);
    return [{ box, vertical, blocks: decadesOf(node.queue), limit, deadShare: node.deadShare }];
  });
}
