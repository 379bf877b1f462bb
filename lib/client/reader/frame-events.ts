import { hostOfLie } from '../trust/lying-links.ts';
import type { SiteOf } from '../trust/site.ts';
import { mailtoEvent } from './mailto-event.ts';

/** A link whose text is the address of one site, and which leads to another. */
export interface LyingLink {
  text: string;
  host: string;
  href: string;
}

/**
 * Lets the app hear what is pressed inside the frame: keys are dispatched again on the frame itself, so the shortcuts go
 * on working while a mail has the focus; a link to a place in the mail scrolls there; one that lies is not followed before
 * `onLyingLink` says so. Gives the function that stops it.
 */
export function listenInFrame(
  frame: HTMLIFrameElement,
  siteOf: SiteOf,
  onLyingLink: (link: LyingLink) => void,
): () => void {
  const page = frame.contentDocument;
  if (page === null) return () => undefined;
  const stop = new AbortController();
  page.addEventListener('keydown', (event) => repeatKey(frame, event), { signal: stop.signal });
  page.addEventListener('click', (event) => followPlace(frame, event), { signal: stop.signal });
  page.addEventListener('click', (event) => offerMailto(frame, event), { signal: stop.signal });
  for (const press of ['click', 'auxclick'] as const) {
    page.addEventListener(press, (event) => stopLie(event, siteOf, onLyingLink), { signal: stop.signal });
  }
  // Menus and dialogs of the app close on a press anywhere, and the frame is anywhere.
  page.addEventListener('pointerdown', () => frame.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })), {
    signal: stop.signal,
  });
  return () => stop.abort();
}

function repeatKey(frame: HTMLIFrameElement, event: KeyboardEvent): void {
  const { key, code, ctrlKey, metaKey, shiftKey, altKey, repeat } = event;
  // Copying and selecting belong to the mail.
  if ((ctrlKey || metaKey) && ['c', 'a', 'x'].includes(key.toLowerCase())) return;
  const copy = new KeyboardEvent('keydown', {
    ...{ key, code, ctrlKey, metaKey, shiftKey, altKey, repeat },
    bubbles: true,
    cancelable: true,
  });
  if (!frame.dispatchEvent(copy)) event.preventDefault();
}

function followPlace(frame: HTMLIFrameElement, event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest?.('a[href^="#"]');
  if (link === null || link === undefined) return;
  event.preventDefault();
  const name = link.getAttribute('href')?.slice(1) ?? '';
  if (name !== '') frame.contentDocument?.getElementById(name)?.scrollIntoView();
}

function offerMailto(frame: HTMLIFrameElement, event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest?.('a[href^="mailto:" i]');
  if (link === null || link === undefined) return;
  const detail = link.getAttribute('href') ?? '';
  const offer = new CustomEvent<string>(mailtoEvent, { bubbles: true, cancelable: true, detail });
  if (!frame.dispatchEvent(offer)) event.preventDefault();
}

/** The first button and the middle one follow a link; the other opens a menu. */
function stopLie(event: MouseEvent, siteOf: SiteOf, onLyingLink: (link: LyingLink) => void): void {
  const link = (event.target as Element | null)?.closest?.<HTMLAnchorElement>('a[href^="http"]');
  if (link === null || link === undefined || event.button === 2) return;
  const host = hostOfLie(link, siteOf);
  if (host === null) return;
  event.preventDefault();
  onLyingLink({ text: link.innerText.trim(), host, href: link.getAttribute('href') ?? '' });
}
