import type { NodeTier, TopologyFigures } from '../topology-figures.ts';
import { type Box, type Boxes, middle } from './boxes.ts';
import { rowsOf } from './dots.ts';
import { hasPile } from './piles.ts';
import { lane, type Kind, type Lane, type Point, type Stream } from './lane.ts';

/** The way back of the answers runs this far outside of the nodes. */
const BACK_PX = 8;
/** A pile keeps this much of the gap in front of its node. */
export const PILE_PX = 8;
const BACK_ROOM = 3;

/** Answers of a station that is no model are as plain as the requests. */
const kindOf = (tier: NodeTier): Kind => tier ?? 'first';

/** Everything that flows, and where. */
export function lanesOf(
  figures: TopologyFigures,
  boxes: Boxes,
  perDot: number,
  modelsPerS: readonly number[] = [],
): Lane[] {
  const rows = (perS: number): number => rowsOf(perS, perDot);
  return [
    ...forwards(figures, boxes, rows),
    ...toModels(boxes, modelsPerS, rows),
    ...answers(figures, boxes, rows),
    ...backAgain(figures, boxes, rows),
    ...inVain(figures, boxes, rows),
  ];
}

type Rows = (perS: number) => number;

function forwards({ flows, nodes }: TopologyFigures, { vertical, flows: gaps }: Boxes, rows: Rows): Lane[] {
  return flows.map(({ perS, retryShare }, i) => {
    const { x, y } = middle(gaps[i]);
    const pile = hasPile(nodes[i]) ? PILE_PX : 0;
    const points = vertical
      ? [
          { x, y: gaps[i].top },
          { x, y: gaps[i].bottom - pile },
        ]
      : [
          { x: gaps[i].left, y },
          { x: gaps[i].right - pile, y },
        ];
    return lane(points, [
      { kind: 'first', rows: rows(perS * (1 - retryShare)) },
      { kind: 'retry', rows: rows(perS * retryShare) },
    ]);
  });
}

/** From the gateway to each model, as a fan. Stacked below each other there is no room for it. */
function toModels({ vertical, nodes, models }: Boxes, modelsPerS: readonly number[], rows: Rows): Lane[] {
  if (vertical) return [];
  const gateway = nodes[nodes.length - 1];
  return models.slice(0, modelsPerS.length).map((box, i) =>
    lane(
      [
        { x: gateway.right, y: middle(gateway).y },
        { x: gateway.right + 5, y: middle(box).y },
        { x: box.left, y: middle(box).y },
      ],
      [{ kind: 'first', rows: rows(modelsPerS[i]) }],
      { room: 3 },
    ),
  );
}

/** Each node's answers leave it and join the way back to the users, which carries those of all nodes behind. */
function answers({ nodes, answersPerS }: TopologyFigures, boxes: Boxes, rows: Rows): Lane[] {
  const { vertical, users } = boxes;
  const outside = vertical
    ? Math.min(...boxes.nodes.map(({ left }) => left)) - BACK_PX
    : Math.min(...boxes.nodes.map(({ top }) => top)) - BACK_PX;
  const back = (along: number): Point => (vertical ? { x: outside, y: along } : { x: along, y: outside });
  const along = (box: Box): number => (vertical ? middle(box).y : middle(box).x);
  const lanes: Lane[] = [];
  let joined: Stream[] = [];
  let from: number | undefined;
  for (let i = nodes.length - 1; i >= 0; i--) {
    if (answersPerS[i] <= 0) continue;
    const box = boxes.nodes[i];
    const stream = { kind: kindOf(nodes[i].tier), rows: rows(answersPerS[i]) };
    const here = along(box);
    if (from !== undefined)
      lanes.push(lane([back(from), back(here)], joined, { room: BACK_ROOM, head: false }));
    lanes.push(
      lane([vertical ? { x: box.left, y: here } : { x: here, y: box.top }, back(here)], [stream], {
        room: BACK_ROOM,
        head: false,
      }),
    );
    joined = [stream, ...joined];
    from = here;
  }
  if (from === undefined) return lanes;
  const end = along(users);
  const home = vertical
    ? { x: Math.max(outside, users.left - 4), y: end }
    : { x: end, y: Math.max(outside, users.top - 4) };
  lanes.push(lane([back(from), back(end), home], joined, { room: BACK_ROOM }));
  return lanes;
}

function backAgain({ loop }: TopologyFigures, { vertical, nodes, loop: box }: Boxes, rows: Rows): Lane[] {
  if (!loop || !box) return [];
  const from = nodes[loop.from];
  const into = nodes[loop.into];
  const x = from.right + BACK_PX;
  const points = vertical
    ? [
        { x: from.right, y: middle(from).y },
        { x, y: middle(from).y },
        { x, y: from === into ? into.top + 8 : middle(into).y },
        { x: into.right, y: from === into ? into.top + 8 : middle(into).y },
      ]
    : [
        { x: box.right, y: from.bottom },
        { x: box.right, y: middle(box).y },
        { x: box.left, y: middle(box).y },
        { x: box.left, y: into.bottom },
      ];
  return [
    lane(points, [{ kind: 'retry', rows: rows(loop.retriesPerS) }], {
      room: vertical ? BACK_ROOM : 4,
      trouble: true,
    }),
  ];
}

/** What nobody gets an answer to leaves downwards: refused at the door, or failed behind the last node. */
function inVain(
  { shedPerS, failedPerS }: TopologyFigures,
  { vertical, flows, nodes, failed }: Boxes,
  rows: Rows,
): Lane[] {
  const lanes: Lane[] = [];
  const out = (x: number, from: number, to: number, perS: number): void => {
    lanes.push(
      lane(
        [
          { x, y: from },
          { x, y: to },
        ],
        [{ kind: 'lost', rows: rows(perS) }],
        { room: 3, trouble: true },
      ),
    );
  };
  if (shedPerS > 0 && !vertical) {
    const { x, y } = middle(flows[0]);
    out(x, y + 12, nodes[0].bottom, shedPerS);
  }
  if (failedPerS > 0 && failed) {
    const end = nodes[nodes.length - 1];
    out(
      vertical ? middle(failed).x : failed.left + 7,
      end.bottom,
      vertical ? failed.top : failed.bottom,
      failedPerS,
    );
  }
  return lanes;
}
