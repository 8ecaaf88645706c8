import 'uplot/dist/uPlot.min.css';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/controls.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { connectWorker } from './stores/connection.ts';
import { DEFAULTS, readRunAddress, type RunAddress } from './stores/run-address.ts';
import { RunStore } from './stores/run.svelte.ts';
import { theme } from './stores/theme.svelte.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id "app".');

let address: RunAddress = DEFAULTS;
let wrong: string | undefined;
try {
  address = readRunAddress(new URLSearchParams(location.search));
} catch (error) {
  wrong = error instanceof Error ? error.message : String(error);
}
// Before anything is drawn, so that no page flashes in the other theme.
theme.start(address.theme);

const run = new RunStore(connectWorker);
run.speed = address.speed;
if (wrong === undefined) void run.open({ scenario: address.scenario, seed: address.seed });
else run.fail(wrong);

mount(App, { target, props: { run } });
