/** The part of a host that one owner registers, in ASCII and lower case; the host itself where there is none (an IP address). */
export type SiteOf = (host: string) => string;

let loading: Promise<SiteOf> | undefined;
let ready: SiteOf | null = null;

/** Fetches the list of public suffixes ahead of the first message. */
export function warmSites(): Promise<SiteOf> {
  loading ??= import('tldts').then(({ getDomain }) => {
    ready = (host) => {
      const ascii = asciiHost(host);
      // What hosting companies give to their customers counts as well: two of github.io are two owners.
      return getDomain(ascii, { allowPrivateDomains: true }) ?? ascii;
    };
    return ready;
  });
  return loading;
}

/** The same at once; null before it has come. */
export const readySites = (): SiteOf | null => ready;

/** A host as it is asked for, `xn--` for letters beyond ASCII; lower case alone where it cannot be one. */
export function asciiHost(host: string): string {
  const url = `http://${host}/`;
  const bare = host.toLowerCase().replace(/\.$/, '');
  if (!/^[^\s/?#@:\\]+$/.test(bare) || !URL.canParse(url)) return bare;
  return new URL(url).hostname.replace(/\.$/, '');
}
