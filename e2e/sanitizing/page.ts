import { fillFrame } from '../../lib/client/reader/frame-document.ts';
import { showInFrame } from '../../lib/client/reader/show-in-frame.ts';
import type { Held } from '../../lib/client/sanitize/place.ts';
import { sanitizeMail } from '../../lib/client/sanitize/sanitize.ts';
import { warmSites } from '../../lib/client/trust/site.ts';

/** What the tests call in the browser: the reader's own functions, and frames with one barrier or another left out. */

type Answer = { html: string; css: string; held: Held[] };

const cids: Record<string, string> = { 'logo@mail': '/api/accounts/a/messages/m/parts/2?inline=true' };
const cidUrl = (cid: string) => cids[cid] ?? null;
const ground = {
  kind: 'paper',
  ink: '',
  link: '',
  isDark: false,
  fontFamily: 'sans-serif',
  quoteLabel: 'quote',
} as const;

const words = { quote: 'Show quoted text', leadsTo: (host: string) => `leads to ${host}` };

/** Makes a frame at `path` with the sandbox given (null: none at all) and waits until it has loaded. */
async function makeFrame(path: string, sandbox: string | null): Promise<HTMLIFrameElement> {
  for (const old of document.querySelectorAll('iframe')) old.remove();
  const frame = document.createElement('iframe');
  frame.style.cssText = 'display:block;width:100%;border:0';
  if (sandbox !== null) frame.setAttribute('sandbox', sandbox);
  frame.src = path;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  return frame;
}

function viewOf(frame: HTMLIFrameElement): Window & typeof globalThis {
  return frame.contentWindow as Window & typeof globalThis;
}

const api = {
  makeFrame,

  /** The sanitiser's answer as text, for looking at only: the product never makes text of it. */
  async sanitize(html: string): Promise<Answer> {
    const frame = await makeFrame('/plain', null);
    const { body, sheets, held } = await sanitizeMail(html, viewOf(frame), { cidUrl });
    const css = sheets.flatMap((sheet) => Array.from(sheet.cssRules, (rule) => rule.cssText)).join('\n');
    return { html: body.outerHTML, css, held };
  },

  /**
   * Sanitised nodes in a frame that would run scripts and fetch anything: only the sanitiser stands. Then the same as
   * text, parsed a second time: what mutates on the way would run there.
   */
  async showBySanitizerAlone(html: string): Promise<void> {
    const frame = await makeFrame('/plain', null);
    const mail = await sanitizeMail(html, viewOf(frame), { cidUrl });
    const text = mail.body.outerHTML;
    fillFrame(frame, mail, ground, words, await warmSites());
    poke(frame);
    frame.contentDocument?.open();
    frame.contentDocument?.write(text);
    frame.contentDocument?.close();
    poke(frame);
  },

  /** The mail's HTML as it came, parsed by the frame itself: only the frame's sandbox or policy stands. */
  async showRaw(html: string, path: string, sandbox: string | null): Promise<void> {
    const frame = await makeFrame(path, sandbox);
    const page = frame.contentDocument;
    if (page === null) throw new Error('no document');
    page.open();
    page.write(html);
    page.close();
    poke(frame);
  },

  /** As the reader shows it. */
  async show(html: string): Promise<Answer['held']> {
    const frame = await makeFrame('/frame', 'allow-same-origin allow-popups allow-popups-to-escape-sandbox');
    const shown = await showInFrame(
      frame,
      html,
      { cidUrl, words, scale: 1, onLyingLink: () => undefined },
      new AbortController().signal,
    );
    return shown.held;
  },

  /** As the reader shows it once its pictures are wanted; `hrefs` are what the server gave for them. */
  async showPictures(html: string, hrefs: [string, string][]): Promise<void> {
    const frame = await makeFrame('/frame', 'allow-same-origin allow-popups allow-popups-to-escape-sandbox');
    const body = await showInFrame(
      frame,
      html,
      { cidUrl, words, scale: 1, onLyingLink: () => undefined },
      new AbortController().signal,
    );
    body.showHeld(new Map(hrefs), () => undefined);
  },
};

/** What a reader's mouse and keys would do by chance, and what focus alone does. */
function poke(frame: HTMLIFrameElement): void {
  for (const element of frame.contentDocument?.body?.querySelectorAll<HTMLElement>('*') ?? []) {
    for (const name of ['mouseover', 'mousemove', 'focusin', 'toggle'])
      element.dispatchEvent(new Event(name, { bubbles: true }));
    if (element.tabIndex >= 0) element.focus({ preventScroll: true });
  }
}

export type SanitizingPage = typeof api;
document.body.style.margin = '0';
Object.assign(window, { sanitizing: api });
