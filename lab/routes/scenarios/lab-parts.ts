/** What the library adds to the lab: fetched beside the run, so that the first page does not wait for it. */
export { default as Debrief } from './Debrief.svelte';
export { default as Goal } from './Goal.svelte';
