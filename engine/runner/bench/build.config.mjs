/** How Vite builds what the benchmarks run in a browser: minified for the same browsers as the site's own workers. */
const programs = ['prime-day-worker', 'idb-writes-worker', 'page-probe'];

export default {
  configFile: false,
  root: import.meta.dirname,
  base: './',
  logLevel: 'warn',
  build: {
    target: 'es2022',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(programs.map((name) => [name, `${import.meta.dirname}/${name}.ts`])),
      output: { entryFileNames: '[name].js' },
    },
  },
};
