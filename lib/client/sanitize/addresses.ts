/** What stands for the content of a mail: its own pictures by `cid:`, everything else by what the address is. */
export interface AddressRules {
  /** Our URL of the part with this Content-ID (RFC 2392), or null where the mail has none. */
  cidUrl: (cid: string) => string | null;
}

const safePicture = /^data:image\/(?:png|jpeg|jpg|gif|webp);base64,/i;

/** The address of a picture that may be shown now, or `held` where it would ask another server, or null to drop it. */
export function placePicture(address: string, rules: AddressRules): { show: string } | { held: string } | null {
  const text = address.trim();
  if (safePicture.test(text)) return { show: text };
  if (/^cid:/i.test(text)) {
    const url = rules.cidUrl(decodeCid(text.slice(4)));
    return url === null ? null : { show: url };
  }
  const remote = parse(text.startsWith('//') ? `https:${text}` : text);
  if (remote === null || !['http:', 'https:'].includes(remote.protocol)) return null;
  return { held: remote.href };
}

/** Where a link of a mail may lead: http, https, mailto, or a place in the mail itself (`#…`); else null. */
export function placeLink(address: string): string | null {
  const text = address.trim();
  if (text.startsWith('#')) return text;
  const url = parse(text.startsWith('//') ? `https:${text}` : text);
  if (url === null || !['http:', 'https:', 'mailto:'].includes(url.protocol)) return null;
  return url.href;
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function decodeCid(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
