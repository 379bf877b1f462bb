/**
 * Lets the app hear what is pressed inside the frame: keys are dispatched again on the frame itself, so the shortcuts go
 * on working while a mail has the focus; a link to a place in the mail scrolls there. Gives the function that stops it.
 */
export function listenInFrame(frame: HTMLIFrameElement): () => void {
  const page = frame.contentDocument;
  if (page === null) return () => undefined;
  const stop = new AbortController();
  page.addEventListener('keydown', (event) => repeatKey(frame, event), { signal: stop.signal });
  page.addEventListener('click', (event) => followPlace(frame, event), { signal: stop.signal });
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
