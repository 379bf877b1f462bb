import { findWords } from '../../text/find-words.ts';

/** What has one name in the sheets of the page and of a mail's frame. */
const inList = 'posthorn-found';
const inMessage = 'posthorn-found-inside';
/** Nobody looks for the thousandth. */
const most = 500;
const mostText = 100_000;
const frames = 'iframe.mail-frame';

/**
 * Marks words in the rows and in the open message until what it gives is called, as CSS highlights: nothing in the page or
 * in the mail is changed by it. Browsers without them (before 2025, some) show the words unmarked.
 */
export function markFound(words: readonly string[]): () => void {
  if (typeof Highlight === 'undefined' || words.length === 0) return () => undefined;
  const stops = [
    follow('main', (list) => mark(window, inList, [...list.querySelectorAll('[role="row"] a')], words)),
    follow('[data-reader]', (reader, observe) => {
      mark(window, inMessage, [reader], words);
      for (const frame of reader.querySelectorAll<HTMLIFrameElement>(frames)) {
        const page = frame.contentDocument;
        if (page?.body == null) continue;
        observe(page);
        mark(frame.contentWindow, inMessage, [page.body], words);
      }
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    CSS.highlights.delete(inList);
    for (const view of [window, ...[...document.querySelectorAll<HTMLIFrameElement>(frames)].map(viewOf)])
      view?.CSS.highlights.delete(inMessage);
  };
}

type View = Window & typeof globalThis;
const viewOf = ({ contentWindow }: HTMLIFrameElement) => contentWindow as View | null;

/** Paints what is at `selector` now, and again after each change in it. */
function follow(selector: string, paint: (root: Element, observe: (node: Node) => void) => void): () => void {
  let request = 0;
  const observe = (node: Node) =>
    observer.observe(node, { subtree: true, childList: true, characterData: true, attributeFilter: ['class'] });
  const now = () => {
    request = 0;
    const root = document.querySelector(selector);
    if (root !== null) paint(root, observe);
  };
  const observer = new MutationObserver(() => {
    request ||= requestAnimationFrame(now);
  });
  const root = document.querySelector(selector);
  if (root !== null) observe(root);
  now();
  return () => {
    cancelAnimationFrame(request);
    observer.disconnect();
  };
}

function mark(window: Window | null, name: string, roots: readonly Node[], words: readonly string[]): void {
  const view = window as View | null;
  if (view === null) return;
  const ranges = roots.flatMap((root) => rangesIn(root, words)).slice(0, most);
  view.CSS.highlights.set(name, new view.Highlight(...ranges));
}

function rangesIn(root: Node, words: readonly string[]): Range[] {
  const page = root.ownerDocument;
  const walker = page?.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, leavesOutTimes);
  const ranges: Range[] = [];
  let read = 0;
  for (let node = walker?.nextNode(); node && read < mostText && ranges.length < most; node = walker?.nextNode()) {
    if (node.nodeType !== Node.TEXT_NODE) continue;
    const text = (node.nodeValue ?? '').slice(0, mostText - read);
    read += text.length;
    for (const [from, to] of findWords(text, words).slice(0, most)) {
      const range = (page as Document).createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      ranges.push(range);
    }
  }
  return ranges;
}

/** What was found by no words. */
const leavesOutTimes = (node: Node): number =>
  node.nodeName === 'TIME' ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
