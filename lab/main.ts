import 'uplot/dist/uPlot.min.css';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/controls.css';
import './styles/forms.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { connectWorker } from './stores/connection.ts';
import { readRunAddress, type RunAddress } from './stores/run-address.ts';
import { route } from './stores/route.svelte.ts';
import { RunStore } from './stores/run.svelte.ts';
import { theme, type Theme } from './stores/theme.svelte.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id "app".');

const run = new RunStore(connectWorker);
const readAddress = (): RunAddress => readRunAddress(new URLSearchParams(location.search));

/** Starts the run that the address asks for. */
function open(): void {
  try {
    const { scenario, seed, speed } = readAddress();
    if (run.holds({ scenario, seed })) return; // back from a page that left it as it was
    run.speed = speed;
    void run.open({ scenario, seed });
  } catch (error) {
    run.fail(error instanceof Error ? error.message : String(error));
  }
}

let asked: Theme | undefined;
try {
  asked = readAddress().theme;
} catch {
  // The page of the run says what is wrong with the address.
}
// Before anything is drawn, so that no page flashes in the other theme.
theme.start(asked);
route.start();
mount(App, { target, props: { run, open } });
