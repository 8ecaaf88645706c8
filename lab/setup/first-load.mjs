/** What a page of the built site needs before it can be drawn, read from the files alone: no browser, no chance, always the same. */

/**
 * Files that index.html names: the first script, all that it imports, and the styles.
 * @param {ReadonlyMap<string, string>} files texts by path from the site's folder
 * @returns {Set<string>} paths, index.html among them
 */
export function firstFiles(files) {
  const html = textOf(files, 'index.html');
  const named = [...html.matchAll(/\b(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(
    ([, path]) => path,
  );
  return closure(files, ['index.html', ...named]);
}

/**
 * The same for a page that the first script fetches when it is opened, with its styles.
 * @param {ReadonlyMap<string, string>} files
 * @param {string} page `LabPage`
 * @returns {Set<string>}
 */
export function filesOfPage(files, page) {
  const first = [...firstFiles(files)].filter((path) => path.endsWith('.js'));
  // How Vite writes `import('./LabPage.svelte')` with the files to be fetched beside it: places in a list on top of the file.
  const call = new RegExp(`import\\(.\\./${page}-[^)]*\\)[^_]*__vite__mapDeps\\(\\[([\\d,]+)\\]\\)`);
  for (const path of first) {
    const text = textOf(files, path);
    const places = call.exec(text)?.[1];
    const list = /m\.f=(\[[^\]]*\])/.exec(text)?.[1];
    if (!places || !list) continue;
    const names = JSON.parse(list);
    return closure(
      files,
      places.split(',').map((place) => `assets/${names[Number(place)].replace('./', '')}`),
    );
  }
  throw new Error(`first load: expected a first script that fetches ${page}, got none. Is the site built?`);
}

/**
 * With all that scripts import for certain; what they fetch later is left out.
 * @param {ReadonlyMap<string, string>} files
 * @param {Iterable<string>} paths
 */
function closure(files, paths) {
  /** @type {Set<string>} */
  const found = new Set();
  const take = (/** @type {string} */ path) => {
    if (found.has(path)) return;
    found.add(path);
    const text = textOf(files, path);
    if (!path.endsWith('.js')) return;
    for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g))
      take(`assets/${name}`);
  };
  for (const path of paths) take(path);
  return found;
}

/** @param {ReadonlyMap<string, string>} files @param {string} path */
function textOf(files, path) {
  const text = files.get(path);
  if (text === undefined) throw new Error(`first load: expected ${path} in the built site, got none.`);
  return text;
}
