import type { Identity } from '../../contract/identities.ts';
import { cleanForEditor, htmlOfText, type Sanitizer } from './html.ts';
import type { Written } from './written.ts';

type Signed = Pick<Identity, 'textSignature' | 'htmlSignature'>;

/** The line that stands before a signature (RFC 3676 §4.3). */
const mark = '-- ';

/** A signature as lines of text, its mark first; none where there is none. */
const linesOf = ({ textSignature }: Signed): string[] =>
  textSignature.trim() === '' ? [] : [mark, ...textSignature.trimEnd().split('\n')];

/** What is written with the signature of an identity below it, in both kinds of text. */
export function withSignature(written: Written, identity: Signed, sanitize: Sanitizer): Written {
  const lines = linesOf(identity);
  if (lines.length === 0 && identity.htmlSignature === null) return written;
  const { html, text } = written;
  return {
    ...written,
    html: below(html, htmlOf(identity, sanitize)),
    text: lines.length === 0 ? text : inText(text, lines),
  };
}

/** The same for another identity: where the signature of the one before still stands as it was, it gives way. */
export function swapSignature(written: Written, from: Signed, to: Signed, sanitize: Sanitizer): Written {
  const [old, fresh] = [linesOf(from), linesOf(to)];
  const block = `\n${old.join('\n')}\n`;
  const hasText = old.length > 0 && `\n${written.text}\n`.includes(block);
  const bare = hasText ? `\n${written.text}\n`.replace(block, '\n').slice(1, -1) : written.text;
  const isBegun = hasText || old.length === 0;
  const own = withoutSignature(written.html, from, sanitize);
  return {
    ...written,
    text: isBegun && fresh.length > 0 ? inText(bare, fresh) : bare,
    html: own === null ? written.html : below(own, htmlOf(to, sanitize)),
  };
}

const blank = '<div><br></div>';

/** With a line to write in, and one between the text and the signature. */
function below(html: string, signature: string): string {
  if (signature === '') return html;
  const blocks = blocksOf(html);
  const isApart = blocks.length > 1 && textOf(blocks.at(-1)) === '';
  return `${blocks.length === 0 ? blank : html}${isApart ? '' : blank}${signature}`;
}

function htmlOf(identity: Signed, sanitize: Sanitizer): string {
  if (identity.htmlSignature !== null) return cleanForEditor(sanitize, `<div>--</div>${identity.htmlSignature}`);
  const lines = linesOf(identity);
  return lines.length === 0 ? '' : htmlOfText(lines.map((line) => line.trimEnd()).join('\n'));
}

/** Above what is quoted, which begins after the empty lines that one writes in. */
function inText(text: string, lines: readonly string[]): string {
  const quoted = /^\n\n(?=\S)/.test(text);
  const signature = lines.join('\n');
  return quoted ? `\n\n${signature}\n\n${text.slice(2)}` : `${text.trimEnd()}\n\n${signature}\n`;
}

/** What stands above the signature; null where it was changed, and is the person's own text. */
function withoutSignature(html: string, identity: Signed, sanitize: Sanitizer): string | null {
  const expected = blocksOf(htmlOf(identity, sanitize)).map(textOf);
  const blocks = blocksOf(html);
  const last = blocks.slice(blocks.length - expected.length);
  if (expected.length > blocks.length || last.some((block, at) => textOf(block) !== expected[at])) return null;
  for (const block of last) block.remove();
  return blocks[0]?.ownerDocument?.body.innerHTML ?? '';
}

const blocksOf = (html: string): ChildNode[] => [...new DOMParser().parseFromString(html, 'text/html').body.childNodes];
const textOf = (block: ChildNode | undefined): string => (block?.textContent ?? '').trim();
