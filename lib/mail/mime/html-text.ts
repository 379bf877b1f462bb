import { decodeHTML } from 'entities';
import { Tokenizer } from 'htmlparser2';

/** Begin and end a line of their own, as far as words go. */
const blocks = new Set(
  `address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3
  h4 h5 h6 header hr legend li main nav ol option p pre section table tbody td tfoot th thead tr ul`.split(/\s+/),
);
/** What stands in these is for programs. */
const silent = new Set(['script', 'style', 'title']);
/** A reference to a character, with or without its semicolon. */
const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});?/gi;
/** Read at a time, so that a reader of the first words does not pay for the rest. */
const stepLength = 4_096;

/**
 * The words of HTML in order, a line for each block; at most about `maxLength` characters. No tree is built, so no depth
 * of nesting costs more than its length. With `hasQuotes: false` nothing of a blockquote is in it.
 */
export function textOfHtml(html: string, { maxLength = Number.POSITIVE_INFINITY, hasQuotes = true } = {}): string {
  const runs: string[] = [];
  let length = 0;
  let isSilent = false;
  let quotes = 0;
  const add = (run: string) => {
    if (isSilent || (quotes > 0 && !hasQuotes)) return;
    runs.push(run);
    length += run.length;
  };
  const nothing = () => undefined;
  const tokenizer = new Tokenizer(
    // Entities are decoded at the end: without them the tokenizer skips over text and attributes quickly.
    { decodeEntities: false },
    {
      ontext: (start, end) => add(html.slice(start, end).replace(/[ \t\r\n\f]+/g, ' ')),
      onopentagname(start, end) {
        const name = html.slice(start, end).toLowerCase();
        isSilent = silent.has(name);
        if (blocks.has(name)) add('\n');
        if (name === 'blockquote') quotes += 1;
      },
      onclosetag(start, end) {
        const name = html.slice(start, end).toLowerCase();
        isSilent = false;
        if (name === 'blockquote') quotes = Math.max(0, quotes - 1);
        if (blocks.has(name)) add('\n');
      },
      onselfclosingtag() {
        isSilent = false;
      },
      oncdata: (start, end) => add(html.slice(start, end)),
      onattribdata: nothing,
      onattribentity: nothing,
      onattribend: nothing,
      onattribname: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onopentagend: nothing,
      onprocessinginstruction: nothing,
      ontextentity: nothing,
    },
  );
  for (let at = 0; at < html.length && length < maxLength; at += stepLength)
    tokenizer.write(html.slice(at, at + stepLength));
  tokenizer.end();
  return runs.join('').replace(entity, (text) => decodeHTML(text));
}
