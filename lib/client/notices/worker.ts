/** A press on a notice; `action` is empty for the notice itself. */
export interface NoticePress {
  action: '' | 'archive' | 'read';
  accountId: string;
  mailboxId: string;
  messageId: string;
  href: string;
}

/** Whether this browser can show notices, on a page by https or of this machine. */
export const canNotify = (): boolean => 'Notification' in window && 'serviceWorker' in navigator;

/** The worker that shows notices while no page of ours is looked at; registered with the first wish for them. */
export async function noticeWorker(): Promise<ServiceWorkerRegistration> {
  await navigator.serviceWorker.register('/notices.js', { scope: '/mail' });
  // Active from here on, whatever controls this page.
  for (;;) {
    const registration = await navigator.serviceWorker.getRegistration('/mail');
    if (registration?.active) return registration;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Hears the presses until the returned function is called. */
export function hearPresses(onPress: (press: NoticePress) => void): () => void {
  const hear = ({ data }: MessageEvent<NoticePress>) => onPress(data);
  navigator.serviceWorker.addEventListener('message', hear);
  // Messages are kept back until somebody says that they are listened to.
  navigator.serviceWorker.startMessages();
  return () => navigator.serviceWorker.removeEventListener('message', hear);
}
