import type { Message, TextBody } from '../../mail/model.ts';
import { displayText } from '../../text/bidi.ts';
import { unflow } from '../../text/format-flowed.ts';
import { sanitizeMail } from '../sanitize/sanitize.ts';
import { settleMedia } from '../sanitize/stylesheet.ts';
import { showHeld } from './show-held.ts';

/** What is printed of a message besides its text, in the person's language. */
export interface PrintPage {
  message: Message;
  kind: 'html' | 'plain';
  subject: string;
  /** Who, to whom, when: each with its label. */
  lines: readonly { label: string; text: string }[];
  /** The files that come with it, by name and size. */
  files: readonly string[];
  cidUrl: (cid: string) => string | null;
  /** Our addresses for the pictures of other servers that are shown, by their own; others stay out. */
  hrefs: ReadonlyMap<string, string>;
}

const css = `
  @page { margin: 16mm; }
  html { background: #fff; color: #111; color-scheme: light; font: 11pt/1.45 system-ui, sans-serif; }
  body { margin: 0; }
  h1 { margin: 0 0 8pt; font-size: 16pt; line-height: 1.25; overflow-wrap: anywhere; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: 2pt 10pt; margin: 0 0 14pt; padding-bottom: 10pt; border-bottom: 1px solid #999; font-size: 9.5pt; }
  dt { color: #555; }
  dd { margin: 0; overflow-wrap: anywhere; }
  pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
  section { position: relative; isolation: isolate; overflow: clip; margin-bottom: 12pt; }
  ul { margin: 14pt 0 0; padding: 8pt 0 0; border-top: 1px solid #999; list-style: none; font-size: 9.5pt; }
`;
/** Inside a body's own root, below what the mail says of itself. */
const bodyCss = `
  :host { display: block; }
  body { display: block; margin: 0; overflow-wrap: break-word; }
  img, table { max-width: 100% !important; }
  img { height: auto; }
  img:not([src]) { display: none; }
  a { color: inherit; }
`;
const maxImageWaitMs = 4_000;

/**
 * Prints one message alone: a document of our own in a frame without scripts, in paper colours, with every quote open. Each
 * body stands in a shadow root of its own, so that its style reaches neither the other bodies nor the lines above, which
 * are text. Rejects where the frame did not come.
 */
export async function printMessage(page: PrintPage): Promise<void> {
  const frame = await openFrame();
  const { contentDocument: paper, contentWindow } = frame;
  const view = contentWindow as (Window & typeof globalThis) | null;
  if (paper === null || view === null || paper.location.pathname !== '/frame') throw new TypeError('no frame to print');
  paper.title = displayText(page.subject);
  paper.adoptedStyleSheets = [sheetOf(css, view)];
  paper.body.append(headOf(page, paper));
  const { message, kind } = page;
  for (const body of kind === 'html' ? message.htmlBody : message.textBody) {
    paper.body.append(body.type === 'text/html' ? await htmlOf(body, view, page) : plainOf(body, paper));
  }
  if (page.files.length > 0) paper.body.append(listOf(page.files, paper));
  await imagesOf(paper);
  view.focus();
  view.print();
}

/** The frame of the last print goes when the next comes: browsers may still read it after `print` has returned. */
function openFrame(): Promise<HTMLIFrameElement> {
  document.querySelector('iframe[data-print]')?.remove();
  const frame = document.createElement('iframe');
  frame.dataset.print = '';
  frame.src = '/frame?print=true';
  frame.setAttribute('sandbox', 'allow-same-origin allow-modals');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.className = 'print-frame';
  return new Promise((resolve, reject) => {
    frame.addEventListener('load', () => resolve(frame), { once: true });
    frame.addEventListener('error', () => reject(new TypeError('no frame to print')), { once: true });
    document.body.append(frame);
  });
}

function headOf({ subject, lines }: PrintPage, paper: Document): DocumentFragment {
  const head = paper.createDocumentFragment();
  const list = paper.createElement('dl');
  for (const { label, text } of lines) list.append(element(paper, 'dt', label), element(paper, 'dd', text));
  head.append(element(paper, 'h1', subject), list);
  return head;
}

function plainOf({ text, isFlowed = false, isDelSp = false }: TextBody, paper: Document): HTMLElement {
  const section = paper.createElement('section');
  const lines = text.replace(/\r\n?/g, '\n');
  section.append(element(paper, 'pre', isFlowed ? unflow(lines, isDelSp) : lines));
  return section;
}

async function htmlOf(
  { text }: TextBody,
  view: Window & typeof globalThis,
  { cidUrl, hrefs }: Pick<PrintPage, 'cidUrl' | 'hrefs'>,
): Promise<HTMLElement> {
  const mail = await sanitizeMail(text, view, { cidUrl });
  for (const sheet of mail.sheets) settleMedia(sheet, view);
  const section = view.document.createElement('section');
  const root = section.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [...mail.sheets, sheetOf(bodyCss, view)];
  root.append(mail.body);
  // One that does not come is left out, as all others are.
  showHeld(root, hrefs, (image) => image.removeAttribute('src'));
  return section;
}

function listOf(files: readonly string[], paper: Document): HTMLElement {
  const list = paper.createElement('ul');
  for (const file of files) list.append(element(paper, 'li', file));
  return list;
}

function element(paper: Document, name: string, text: string): HTMLElement {
  const made = paper.createElement(name);
  made.textContent = name === 'pre' ? text : displayText(text);
  made.dir = 'auto';
  return made;
}

function sheetOf(text: string, view: Window & typeof globalThis): CSSStyleSheet {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** Resolves when every picture is here or has failed, or after some seconds: a page without one beats no page. */
async function imagesOf(paper: Document): Promise<void> {
  const images = [...paper.querySelectorAll('section')].flatMap(({ shadowRoot }) => [
    ...(shadowRoot?.querySelectorAll<HTMLImageElement>('img[src]') ?? []),
  ]);
  const waiting = images.filter(({ complete }) => !complete);
  const settled = Promise.all(
    waiting.map(
      (image) =>
        new Promise<void>((resolve) => {
          for (const end of ['load', 'error']) image.addEventListener(end, () => resolve(), { once: true });
        }),
    ),
  );
  await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, maxImageWaitMs))]);
}
