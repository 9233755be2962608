// The service worker of `/v/…`: keeps the page that checks a star offline, the public keys and the state of the day.
// Pages that the portal answers are never kept, whoever is signed in; everything here is fetched without cookies.
// A plain script: the worker that the portal writes says in KEPT what there is to keep, then loads this.
const { cache, prefix, page, data, files } = self.KEPT;

const keep = async (addresses) => {
  const kept = await caches.open(cache);
  await Promise.all(addresses.map(async (address) => {
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    await kept.put(address, answer);
  }));
};

const forgetEarlierReleases = async () => {
  const earlier = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cache);
  await Promise.all(earlier.map((name) => caches.delete(name)));
};

const fromCache = async (address) => {
  const kept = await caches.open(cache);
  return (await kept.match(address, { ignoreVary: true })) ?? Response.error();
};

const visited = async (event) => {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keep(data).catch(() => {}));  // the state of the day, while there is a connection
    return answer;
  } catch {
    return fromCache(page);
  }
};

self.addEventListener("install", (event) => event.waitUntil(keep(files).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetEarlierReleases().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { request } = event, { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(visited(event));
  else if (files.includes(pathname)) event.respondWith(fetch(request).catch(() => fromCache(pathname)));
});
