import { expect, test } from 'vitest';
import { moneyWords } from '../../../../engine/simulation/event-words-money.ts';
import { machineWords } from '../../../../engine/simulation/event-words-machines.ts';
import { eventWords } from '../../../../engine/simulation/event-words.ts';
import { parseScenario } from '../../../../engine/simulation/scenario.ts';
import { primeDay } from '../../../../engine/scenarios/prime-day.ts';
import { budgetDay } from '../../../../engine/scenarios/budget-day.ts';
import type { NotableKind } from '../../../../engine/simulation/notable.ts';
import { objectives } from '../../../../quiz/objectives.ts';

test('every section that a reason leads to is one of the reading', () => {
  const known = new Set(objectives.map(({ id }) => String(id)));
  const [plain, paid] = [parseScenario(primeDay), parseScenario(budgetDay)];
  const core = ['saturated', 'relieved', 'slow', 'collapse', 'plateau', 'metastable', 'recovered'];
  const kinds = [...core, ...Object.keys(moneyWords), ...Object.keys(machineWords)] as NotableKind[];
  for (const kind of kinds) {
    const { section } = eventWords({ atS: 0, kind, data: { level: 1 } }, kind in moneyWords ? paid : plain);
    expect(known, kind).toContain(section);
  }
});
