import type { SanitizedMail } from '../sanitize/sanitize.ts';
import { tellLyingLinks } from '../trust/lying-links.ts';
import type { SiteOf } from '../trust/site.ts';
import { foldQuote } from './fold-quote.ts';
import { drawPlaceholder } from './held-placeholder.ts';

/** What a mail is drawn on: white paper, or the theme's own ground where the mail names no colour. */
export interface FrameGround {
  kind: 'paper' | 'theme';
  /** Computed colours of the page, for `theme`. */
  ink: string;
  link: string;
  isDark: boolean;
  fontFamily: string;
}

/** What the frame itself says, in the person's language. */
export interface FrameWords {
  /** On the line that opens a folded quote. */
  quote: string;
  /** Behind a link whose text is the address of another host. */
  leadsTo: (host: string) => string;
}

/** What we say in a mail stands in a layer and is important there, which no rule of the mail can be above (CSS Cascade 5 §6.4.4). */
const baseCss = `
  html { background: #fff; color: #1d2026; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
  body { margin: 0; font-size: 15px; line-height: 1.5; overflow-wrap: break-word; }
  p, ul, ol, blockquote, pre { margin: 0 0 1em; }
  img { max-width: 100%; }
  a { color: var(--posthorn-link, #1d4f9e); unicode-bidi: isolate; }
  pre { white-space: pre-wrap; }
  blockquote { margin-inline: 0; padding-inline-start: 12px; border-inline-start: 2px solid rgb(128 128 128 / .35); }
  hr { border: 0; border-top: 1px solid rgb(128 128 128 / .35); }
  .posthorn-outer { display: flow-root; }
  .posthorn-padded { padding: 20px; }
  .posthorn-fluid :is(table, tbody, tr, td, th, div, img, p) { max-width: 100% !important; min-width: 0 !important; }
  .posthorn-fluid :is(table, td, th, div)[width] { width: auto !important; }
  .posthorn-fluid table { width: 100% !important; }
  .posthorn-fluid img { height: auto !important; }
  .posthorn-fluid :not(pre, pre *) { text-wrap-mode: wrap !important; }
  .posthorn-fluid div { flex-wrap: wrap !important; }
  @layer posthorn {
    .posthorn-lie {
      all: initial !important;
      display: inline-block !important; margin-inline-start: 6px !important; padding: 0 7px !important;
      border-radius: 4px !important; background: #fbe9e7 !important; color: #8f1d14 !important;
      font: 12px/18px system-ui, sans-serif !important; overflow-wrap: anywhere !important;
    }
    .posthorn-wide {
      box-sizing: border-box !important; max-width: var(--posthorn-room) !important; overflow-x: auto !important;
    }
    table.posthorn-wide { display: block !important; }
    .posthorn-unlit { background-color: #6b6b6b !important; }
    ::highlight(posthorn-found-inside) {
      background-color: light-dark(#ffe58a, #6d5410) !important; color: light-dark(#1d2026, #fff) !important;
    }
  }
  .posthorn-quote { margin-top: 12px; }
  .posthorn-quote > summary {
    display: inline-block; list-style: none; cursor: pointer; margin-bottom: 8px; padding: 4px 11px; border-radius: 99px;
    background: rgb(128 128 128 / .16); font: 12px/16px system-ui, sans-serif; user-select: none;
  }
  .posthorn-quote > summary::-webkit-details-marker { display: none; }
  .posthorn-quote > summary:hover { background: rgb(128 128 128 / .26); }
  .posthorn-quote > summary::before { content: '\\2026'; margin-inline-end: 6px; font-weight: 700; }
  .gmail_signature, .moz-signature, .gmail_signature_prefix { opacity: .66; }
  @media (max-width: 600px) { .posthorn-padded { padding: 16px; } }
`;

/**
 * Puts a sanitised mail into the frame as nodes and adopted sheets, in place of what was there, and gives the two boxes
 * that `fitFrame` measures, and where lying links lead. The frame's document is /frame, with a policy of its own.
 */
export function fillFrame(
  frame: HTMLIFrameElement,
  mail: SanitizedMail,
  ground: FrameGround,
  words: FrameWords,
  siteOf: SiteOf,
): { outer: HTMLElement; inner: HTMLElement; lyingHosts: string[] } {
  const page = frame.contentDocument;
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (page === null || view === null) throw new TypeError('the frame has no document');
  const base = new view.CSSStyleSheet();
  base.replaceSync(baseCss);
  const negative = new view.CSSStyleSheet();
  negative.replaceSync('img { filter: invert(1) hue-rotate(180deg) }');
  page.adoptedStyleSheets = [new view.CSSStyleSheet(), negative, base, ...mail.sheets];
  turnPictures(page, frame.dataset.negative !== undefined);

  const outer = page.createElement('div');
  const inner = page.createElement('div');
  outer.className = 'posthorn-outer';
  outer.dir = mail.body.dir || 'auto';
  inner.append(...mail.body.childNodes);
  for (const element of [mail.body, ...inner.querySelectorAll('[class*="posthorn-"]')]) disown(element);
  if (ground.kind === 'paper') padPaper(inner);
  for (const image of inner.querySelectorAll<HTMLImageElement>('img[data-held-src]')) drawPlaceholder(image);
  for (const image of inner.querySelectorAll<HTMLImageElement>('img[width][height]')) keepShape(image);
  foldQuote(inner, words.quote);
  outer.append(inner);

  for (const { name } of [...page.body.attributes]) page.body.removeAttribute(name);
  for (const { name, value } of mail.body.attributes) page.body.setAttribute(name, value);
  page.body.removeAttribute('dir');
  page.body.replaceChildren(outer);
  holdPlace(page);
  paintGround(page, ground);
  return { outer, inner, lyingHosts: tellLyingLinks(inner, words.leadsTo, siteOf) };
}

/** Our own classes are not the mail's to wear. */
function disown(element: Element): void {
  for (const name of [...element.classList]) if (name.startsWith('posthorn-')) element.classList.remove(name);
}

/**
 * Colours the ground anew, e.g. when the theme changes under an open mail. In a sheet of its own, since by attributes of
 * the document a mail could tell the themes apart, and say something else in each.
 */
export function paintGround(page: Document, { kind, isDark, ink, link, fontFamily }: FrameGround): void {
  const [painted] = page.adoptedStyleSheets;
  if (painted === undefined) return;
  const scheme = kind === 'theme' && isDark ? 'dark' : 'light';
  const ground = kind === 'theme' ? `color: ${ink}; --posthorn-link: ${link};` : '';
  painted.replaceSync(`
    @layer posthorn { html { color-scheme: ${scheme} !important; ${kind === 'theme' ? 'background: transparent !important;' : ''} } }
    html:root { font-family: ${fontFamily}; ${ground} }
  `);
}

/** Turns the pictures of a mail back that is shown as its negative. */
export function turnPictures(page: Document, isNegative: boolean): void {
  const [, negative] = page.adoptedStyleSheets;
  if (negative !== undefined) negative.disabled = !isNegative;
}

// The mail's own rules for html and body must not take the frame's measure away; inline and important, these win.
function holdPlace(page: Document): void {
  const rules = { height: 'auto', 'min-height': '0', 'max-height': 'none', position: 'static', float: 'none' };
  for (const element of [page.documentElement, page.body]) {
    for (const [name, value] of Object.entries(rules)) element.style.setProperty(name, value, 'important');
    element.style.setProperty('display', 'block', 'important');
    element.style.setProperty('width', 'auto', 'important');
    element.style.setProperty('min-width', '0', 'important');
  }
  page.documentElement.style.setProperty('overflow', 'auto hidden', 'important');
  page.body.style.setProperty('overflow', 'visible', 'important');
}

/** A picture that has to give way in width gives way in height as well. */
function keepShape(image: HTMLImageElement): void {
  const [width, height] = [image.getAttribute('width'), image.getAttribute('height')].map(Number);
  if (!width || !height || image.style.width !== '' || image.style.height !== '') return;
  image.style.aspectRatio = `${width} / ${height}`;
  image.style.height = 'auto';
}

/** Gives a mail on paper its margin, unless it fills its width by itself. */
export function padPaper(inner: HTMLElement): void {
  if (!fillsItsWidth(inner)) inner.classList.add('posthorn-padded');
}

/** Newsletters lay a coloured table from edge to edge; letters want a margin. */
function fillsItsWidth(body: HTMLElement): boolean {
  const outermost = body.querySelectorAll<HTMLElement>(':scope > table, :scope > * > table, :scope > * > * > table');
  return Array.from(outermost).some((table) => table.getAttribute('width') === '100%' || table.style.width === '100%');
}
