import { createSanitizer } from '../sanitize/sanitize.ts';
import type { Sanitizer } from './html.ts';

let ready: Promise<Sanitizer> | undefined;

/**
 * The sanitiser of what is written, pasted and quoted, on the side of a frame that shows nothing and has no scripts: what is
 * parsed stands under its policy and not under the page's. Where the frame does not come, it works in the page all the same.
 */
export function writingSanitizer(): Promise<Sanitizer> {
  ready ??= openFrame().then(createSanitizer);
  ready.catch(() => {
    ready = undefined;
  });
  return ready;
}

function openFrame(): Promise<Window & typeof globalThis> {
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-same-origin');
  frame.src = '/frame';
  frame.hidden = true;
  frame.title = '';
  return new Promise((resolve) => {
    const end = () => {
      const view = frame.contentWindow as (Window & typeof globalThis) | null;
      const isOurs = view !== null && frame.contentDocument?.location.pathname === '/frame';
      resolve(isOurs ? view : window);
    };
    frame.onload = end;
    frame.onerror = end;
    document.body.append(frame);
  });
}
