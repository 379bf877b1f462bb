import type { createSanitizer } from '../sanitize/sanitize.ts';

export type Sanitizer = Awaited<ReturnType<typeof createSanitizer>>;

const keptCid = { cidUrl: (cid: string) => `cid:${usableCid(cid)}` };

/** The name of a picture in what is written: mails name theirs by any bytes, the contract takes some. Always the same for the same. */
export const usableCid = (cid: string): string =>
  cid.replace(/[^\w.@+-]/gu, (letter) => `_${letter.codePointAt(0)?.toString(16)}`).slice(-200);

/**
 * HTML of strangers, made safe to be written on in: pictures of the message itself stay by `cid:`, those of other servers
 * go. What it gives is parsed by the editor into the few things that it knows, in a document that loads nothing.
 */
export function cleanForEditor(sanitize: Sanitizer, html: string): string {
  const { body } = sanitize(html, keptCid);
  for (const image of body.querySelectorAll('img:not([src])')) image.remove();
  for (const block of body.querySelectorAll('p, div')) {
    const [only] = block.childNodes;
    if (block.childNodes.length === 1 && only?.nodeName === 'BR') only.remove();
  }
  return body.innerHTML;
}

/**
 * HTML of strangers as it is quoted in what one sends: remote pictures where they were, without trackers, so that whoever
 * gets it is asked as by the first message; nothing of it can be drawn over what one has written above. Nothing is loaded:
 * the document has no window.
 */
export function cleanForQuote(sanitize: Sanitizer, html: string): string {
  const { body, held } = sanitize(html, keptCid);
  const trackers = new Set(held.flatMap(({ url, isTracker }) => (isTracker ? [url] : [])));
  for (const image of body.querySelectorAll('img')) {
    const url = image.getAttribute('data-held-src');
    image.removeAttribute('data-held-src');
    if (url !== null && !trackers.has(url)) image.setAttribute('src', url);
    else if (!image.hasAttribute('src')) image.remove();
  }
  for (const element of body.querySelectorAll('[data-held-background]'))
    element.removeAttribute('data-held-background');
  for (const element of body.querySelectorAll<HTMLElement>('[style]')) keepInPlace(element);
  for (const link of body.querySelectorAll('a'))
    for (const name of ['title', 'target', 'rel']) link.removeAttribute(name);
  return body.innerHTML;
}

const beside =
  /^(?:position$|box-shadow$|outline-|border-image-|-webkit-b(?:ox-reflect|order-image)|text-(?:shadow|underline|decoration-thick|emphasis))/;

/** Without what paints beside the place that an element has in its text. */
function keepInPlace({ style }: HTMLElement): void {
  for (const name of Array.from(style)) {
    const isBelowZero = name.startsWith('margin-') && /-|\(/.test(style.getPropertyValue(name));
    if (isBelowZero || beside.test(name)) style.removeProperty(name);
  }
}

/** Plain text as HTML, a block for each line. */
export function htmlOfText(text: string): string {
  const page = document.implementation.createHTMLDocument('');
  for (const line of text.split('\n')) {
    const block = page.createElement('div');
    if (line === '') block.append(page.createElement('br'));
    else block.textContent = line;
    page.body.append(block);
  }
  return page.body.innerHTML;
}

/** The pictures that a text names. */
export function cidsIn(html: string): Set<string> {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const sources = Array.from(page.querySelectorAll('img[src]'), (image) => image.getAttribute('src') ?? '');
  return new Set(sources.filter((source) => source.startsWith('cid:')).map((source) => source.slice(4)));
}

/** What of HTML is to be read as text; links with where they lead, unless their text says so. */
export function textOfHtml(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const link of page.querySelectorAll('a[href]')) {
    const address = link.getAttribute('href') ?? '';
    const words = link.textContent?.trim() ?? '';
    if (/^(?:https?:|mailto:)/i.test(address) && words !== '' && bareOf(words) !== bareOf(address))
      link.append(` <${address.replace(/^mailto:/i, '')}>`);
  }
  for (const end of page.querySelectorAll('br, div, p, li, h1, h2, h3, h4, h5, h6, tr, blockquote, pre')) {
    end.after('\n');
    if (end.nodeName === 'BR') end.remove();
  }
  return (page.body.textContent ?? '')
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** An address as people write it. */
const bareOf = (address: string): string => address.replace(/^(?:https?:\/\/|mailto:)/i, '').replace(/\/$/, '');

/** Quoted as plain text: a mark in front of each line. */
export const quoteText = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : line === '' ? '>' : `> ${line}`))
    .join('\n');
