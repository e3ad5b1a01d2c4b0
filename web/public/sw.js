// Keeps the shell, so that the app opens at once, and without a network. Data is never kept here: it belongs to who is signed in.
// Each build has a name of its own (tools/worker.ts): another one begins with nothing and takes the place of the one before.
const shell = 'shell-BUILD';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shell)
      .then((cache) => cache.add('/index.html'))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => event.waitUntil(forgetOthers().then(() => self.clients.claim())));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.startsWith('/assets/')) event.respondWith(fromCache(request));
  // The network's page goes first, whoever serves it; the shell stands in where there is no network.
  else if (request.mode === 'navigate')
    event.respondWith(fetch(request).catch(async (error) => (await caches.match('/index.html')) ?? Promise.reject(error)));
});

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== shell).map((name) => caches.delete(name)));
}

// What has its content in its name never changes.
async function fromCache(request) {
  const cache = await caches.open(shell);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) cache.put(request, answer.clone());
  return answer;
}
