import type { NotableEvent } from '../../engine/simulation/notable.ts';
import { percent } from '../format.ts';
import type { TimeMark } from './marks.ts';

/** What happens to one budget within this part of the run is one mark: at the scale of a day it is one moment. */
const TOGETHER = 1 / 40;

/** What a run's money did, in few words for the time axis: "company 80 %", "company refuses", "Measures: save", "3 spot agents lost". */
export function moneyMarks(events: readonly NotableEvent[], durationS: number): TimeMark[] {
  const marks: TimeMark[] = [];
  /** The mark of each budget, or of the agents, that what follows soon is added to. */
  const open = new Map<string, { mark: TimeMark; agents: number }>();
  const soon = (key: string, atS: number): { mark: TimeMark; agents: number } | undefined => {
    const group = open.get(key);
    return group && atS - group.mark.atS <= durationS * TOGETHER ? group : undefined;
  };
  const add = (key: string, mark: TimeMark): void => {
    marks.push(mark);
    open.set(key, { mark, agents: 0 });
  };
  for (const { atS, kind, data } of events) {
    const budget = String(data['budget']);
    if (kind === 'alert') {
      const share = Number(data['threshold']);
      const mark: TimeMark = {
        atS,
        label: `${budget} ${percent(share, 0)}`,
        kind: share >= 1 ? 'trouble' : 'minor',
      };
      const group = soon(budget, atS);
      if (group && !/refuses/.test(group.mark.label)) Object.assign(group.mark, mark);
      else if (!group) add(budget, mark);
    } else if (kind === 'refusing') {
      const mark: TimeMark = { atS, label: `${budget} refuses`, kind: 'trouble' };
      const group = soon(budget, atS);
      if (group) Object.assign(group.mark, mark);
      else add(budget, mark);
    } else if (kind === 'measures') {
      const level = Number(data['level']);
      const mark: TimeMark = {
        atS,
        label: level > 0 ? `Measures: ${String(data['name'])}` : 'Measures over',
        kind: 'event',
      };
      const group = soon('measures', atS);
      if (group) Object.assign(group.mark, mark);
      else add('measures', mark);
    } else if (kind === 'interrupted') {
      const group = soon('agents', atS);
      const agents = Number(data['agents']) + (group?.agents ?? 0);
      const mark: TimeMark = {
        atS: group?.mark.atS ?? atS,
        label: agents === 1 ? 'Spot agent lost' : `${agents} spot agents lost`,
        kind: 'minor',
      };
      if (group) {
        Object.assign(group.mark, mark);
        group.agents = agents;
      } else {
        add('agents', mark);
        open.get('agents')!.agents = agents;
      }
    }
  }
  return marks;
}
