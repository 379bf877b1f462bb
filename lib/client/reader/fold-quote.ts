/** How the common programs mark what they quote below an answer: Gmail, Apple Mail and Thunderbird, Yahoo, Outlook. */
const marks = '.gmail_quote_container, .gmail_quote, blockquote[type="cite"], .yahoo_quoted, #divRplyFwdMsg';

/**
 * Folds the mail that is quoted whole below an answer, under a line that opens it (`details`, which needs no script).
 * A quote that is answered piece by piece, or that is all there is, stays open.
 */
export function foldQuote(inner: HTMLElement, label: string): void {
  const page = inner.ownerDocument;
  const quote = inner.querySelector(marks);
  if (quote === null) return;
  const isOutlook = quote.id === 'divRplyFwdMsg';
  const end = isOutlook ? (quote.parentElement?.lastChild ?? quote) : quote;
  if (textBetween(inner, null, quote) === '' || textBetween(inner, end, null) !== '') return;

  const fold = page.createElement('details');
  const summary = page.createElement('summary');
  fold.className = 'posthorn-quote';
  summary.textContent = label;
  const quoted: Node[] = [];
  for (let node: Node | null = quote; node !== null; node = node === end ? null : node.nextSibling) quoted.push(node);
  quote.replaceWith(fold);
  fold.append(summary, ...quoted);
}

function textBetween(inner: HTMLElement, after: Node | null, before: Node | null): string {
  const range = inner.ownerDocument.createRange();
  range.selectNodeContents(inner);
  if (after !== null) range.setStartAfter(after);
  if (before !== null) range.setEndBefore(before);
  return range.toString().trim();
}
