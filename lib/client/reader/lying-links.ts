const looksLikeAddress = /^(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d+)?(?:[/?#]\S*)?$/i;

/**
 * Puts the true host behind every link whose text is an address of another one. The same site under another name of its
 * own (www, links, mail) is not told: newsletters count their clicks.
 */
export function tellLyingLinks(inner: HTMLElement, leadsTo: (host: string) => string): void {
  for (const link of inner.querySelectorAll<HTMLAnchorElement>('a[href^="http"]')) {
    const host = lyingHost(link.textContent ?? '', link.getAttribute('href') ?? '');
    if (host === null) continue;
    const note = link.ownerDocument.createElement('span');
    note.className = 'posthorn-lie';
    note.textContent = leadsTo(host);
    link.after(note);
  }
}

/** The host that a link really leads to, where its text claims another site; null where it claims none or the same. */
export function lyingHost(text: string, href: string): string | null {
  const claimed = looksLikeAddress.exec(text.trim())?.[1];
  if (claimed === undefined || !URL.canParse(href)) return null;
  const { hostname } = new URL(href);
  return siteOf(claimed) === siteOf(hostname) ? null : hostname;
}

/** The last two labels, three under endings such as co.uk: near enough to tell one owner from another. */
function siteOf(host: string): string {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const isShared =
    /^(?:co|com|net|org|gov|ac|edu|or|ne|go)$/.test(labels.at(-2) ?? '') && (labels.at(-1)?.length ?? 0) === 2;
  return labels.slice(isShared ? -3 : -2).join('.');
}
