import { isColourless } from '../sanitize/colours.ts';
import type { Held } from '../sanitize/place.ts';
import { sanitizeMail } from '../sanitize/sanitize.ts';
import type { Findings } from '../trust/doubts.ts';
import { warmSites } from '../trust/site.ts';
import { isLightMail } from './darken.ts';
import { fitFrame } from './fit-frame.ts';
import { followTheme, isDarkTheme } from './follow-theme.ts';
import { type FrameGround, type FrameWords, fillFrame, padPaper, paintGround } from './frame-document.ts';
import { type LyingLink, listenInFrame } from './frame-events.ts';
import { groundHeld } from './ground-held.ts';
import { drawPlaceholder } from './held-placeholder.ts';
import { showHeld } from './show-held.ts';

interface ShowOptions {
  cidUrl: (cid: string) => string | null;
  words: FrameWords;
  /** How large the mail is written; 1 as its sender chose. */
  scale: number;
  /** Asked before a link is followed whose text is the address of another site. */
  onLyingLink: (link: LyingLink) => void;
}

/** What was found in a body as it was shown. */
export interface Shown extends Findings {
  held: Held[];
  /** Shows pictures that were held back, at these addresses of ours by their own; `onMissing` is told which did not come. */
  showHeld: (hrefs: ReadonlyMap<string, string>, onMissing: (url: string) => void) => void;
}

/**
 * Sanitises one HTML body and shows it in the frame until `signal` aborts; gives what was held back, how to show that, and
 * what of the mail is not as it seems. Rejects when the frame has no document of ours.
 */
export async function showInFrame(
  frame: HTMLIFrameElement,
  html: string,
  { cidUrl, words, scale, onLyingLink }: ShowOptions,
  signal: AbortSignal,
): Promise<Shown> {
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (view === null || !isFrameReady(frame)) throw new TypeError('the frame has no document of ours');
  const [mail, siteOf] = await Promise.all([sanitizeMail(html, view, { cidUrl }), warmSites()]);
  const { held, hasForm } = mail;
  if (signal.aborted) return { held, hasForm, lyingHosts: [], showHeld: () => undefined };

  let kind: FrameGround['kind'] = isColourless(mail) ? 'theme' : 'paper';
  frame.dataset.ground = kind;
  const { outer, inner, lyingHosts } = fillFrame(frame, mail, readGround(frame, kind), words, siteOf);
  groundHeld(inner);
  if (kind === 'paper' && isLightMail(outer)) frame.dataset.light = '';
  else delete frame.dataset.light;
  const stops = [
    fitFrame(frame, outer, inner, scale),
    listenInFrame(frame, siteOf, onLyingLink),
    followTheme(() => {
      if (frame.contentDocument !== null) paintGround(frame.contentDocument, readGround(frame, kind));
    }),
  ];
  signal.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
  return {
    held,
    hasForm,
    lyingHosts,
    showHeld(hrefs, onMissing) {
      const page = frame.contentDocument;
      if (signal.aborted || page === null || hrefs.size === 0) return;
      showHeld(page, hrefs, (image, url) => {
        drawPlaceholder(image);
        onMissing(url);
      });
      if (kind === 'paper') return;
      // Its pictures were made for a white page.
      kind = 'paper';
      frame.dataset.ground = kind;
      padPaper(inner);
      paintGround(page, readGround(frame, kind));
      if (isLightMail(outer)) frame.dataset.light = '';
    },
  };
}

/** Whether the frame holds the empty document with its own policy, and not an error page or about:blank. */
export function isFrameReady(frame: HTMLIFrameElement): boolean {
  const page = frame.contentDocument;
  return page !== null && page.readyState === 'complete' && page.location.pathname === '/frame';
}

// The frame element itself wears the theme's colours, so that they can be read as computed values.
function readGround(frame: HTMLIFrameElement, kind: FrameGround['kind']): FrameGround {
  const { color, caretColor, fontFamily } = getComputedStyle(frame);
  return { kind, isDark: isDarkTheme(), ink: color, link: caretColor, fontFamily };
}
