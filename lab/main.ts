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
import { readRunAddress } from './stores/run-address.ts';
import { openAddress } from './stores/run-address-open.ts';
import { route } from './stores/route.svelte.ts';
import { RunStore } from './stores/run.svelte.ts';
import { theme, type Theme } from './stores/theme.svelte.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id "app".');

const run = new RunStore(connectWorker);

let asked: Theme | undefined;
try {
  asked = readRunAddress(new URLSearchParams(location.search)).theme;
} catch {
  // The page of the run says what is wrong with the address.
}
// Before anything is drawn, so that no page flashes in the other theme.
theme.start(asked);
route.start();
mount(App, { target, props: { run, open: () => void openAddress(run) } });
// Nothing on the page waits for it, and without it only the course's map knows less.
void import('./stores/mastery/experiments.ts').then(
  ({ watchExperiments }) => watchExperiments(),
  () => undefined,
);
// Nor for this: the browser is asked to keep what the learner made, once there is something.
void import('./stores/backup/persistence.ts').then(
  ({ askWhenKept }) => askWhenKept(),
  () => undefined,
);
