// The service worker of notices, and of nothing else: it keeps no page and answers no request. It shows what a page asks
// it to, unless the person is looking at Posthorn, and hands a press on a notice to a page.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const { title, options } = event.data;
  event.waitUntil(show(title, options));
});

self.addEventListener('notificationclick', (event) => {
  const { notification, action } = event;
  notification.close();
  event.waitUntil(handOn({ ...notification.data, action }));
});

async function show(title, options) {
  const pages = await pagesOfOurs();
  if (!pages.some((page) => page.focused)) await self.registration.showNotification(title, options);
}

async function handOn(press) {
  const [page] = await pagesOfOurs();
  if (page === undefined) {
    await self.clients.openWindow(press.href);
    return;
  }
  page.postMessage(press);
  if (press.action === '') await page.focus();
}

async function pagesOfOurs() {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.filter(({ url }) => new URL(url).pathname.startsWith('/mail'));
}
