import { hasDirectionOverride } from '../../text/bidi.ts';
import { isLookalikeDomain } from '../../text/lookalike.ts';
import { seenText } from './seen-text.ts';
import { asciiHost, type SiteOf } from './site.ts';

const looksLikeAddress =
  /^(?:https?:\/\/)?((?:[\p{L}\p{M}\p{N}-]{1,63}\.){1,20}\p{L}{2,63})\.?(?::\d+)?(?:[/?#]\S*)?$/iu;
/** Put between the letters of an address it hides that there is one. */
const unseen = /\p{Default_Ignorable_Code_Point}|(?!\s)\p{Cc}/gu;
const maxTextLength = 2_000;

/**
 * Puts the true host behind every link whose text is an address of another site, or one in look-alike letters, and gives
 * these hosts. The same site under another name of its own (www, links, mail) is not told: newsletters count their clicks.
 */
export function tellLyingLinks(inner: HTMLElement, leadsTo: (host: string) => string, siteOf: SiteOf): string[] {
  const links = Array.from(inner.querySelectorAll<HTMLAnchorElement>('a[href^="http"]'), (link) => ({
    link,
    host: hostOfLie(link, siteOf),
  }));
  const lies = links.flatMap(({ link, host }) => (host === null ? [] : [{ link, host }]));
  for (const { link, host } of lies) {
    const note = link.ownerDocument.createElement('span');
    note.className = 'posthorn-lie';
    note.textContent = leadsTo(host);
    link.after(note);
  }
  return [...new Set(lies.map(({ host }) => host))];
}

/** The same of one link, which is drawn: by its text, by what of it is shown, and by what a person sees of that. */
export function hostOfLie(link: HTMLAnchorElement, siteOf: SiteOf): string | null {
  const href = link.getAttribute('href') ?? '';
  const host = lyingHost(link.innerText, href, siteOf) ?? lyingHost(link.textContent ?? '', href, siteOf);
  // Letters that hide among others have an element of their own.
  return host ?? (link.childElementCount === 0 ? null : lyingHost(seenText(link), href, siteOf));
}

/** The host that a link really leads to, where its text claims another site; null where it claims none or the same. */
export function lyingHost(text: string, href: string, siteOf: SiteOf): string | null {
  const shown = text.replace(unseen, '').trim();
  if (shown.length > maxTextLength || !URL.canParse(href)) return null;
  const backwards = hasDirectionOverride(text) ? lyingHost([...shown].reverse().join(''), href, siteOf) : null;
  return backwards ?? hostBehind(shown, href, siteOf);
}

function hostBehind(seen: string, href: string, siteOf: SiteOf): string | null {
  // Letters of other widths and dots of other scripts lead where those do that they stand for (UTS #46 §4).
  const claimed = looksLikeAddress.exec(seen.normalize('NFKC').replaceAll('。', '.'))?.[1];
  if (claimed === undefined) return null;
  const hostname = asciiHost(new URL(href).hostname);
  return siteOf(claimed) === siteOf(hostname) && !isLookalikeDomain(claimed) ? null : hostname;
}
