/** What only a scenario with a gateway needs: fetched when there is one. */
export { moneyReading } from '../../charts/money-reading.ts';
export { tabsOf, type TabName } from '../../charts/money/tabs.ts';
export { gatewayFigures } from './money/gateway-figures.ts';
export { default as GatewayNode } from './money/GatewayNode.svelte';
export { default as ModelStations } from './money/ModelStations.svelte';
export { default as MoneyTable } from './money/MoneyTable.svelte';
export { default as Spending } from './money/Spending.svelte';
