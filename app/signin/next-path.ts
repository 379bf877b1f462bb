const home = '/mail';

/** Where to go after signing in: a path of this site, else the mail. Other sites' addresses in any spelling are refused. */
export function nextPath(asked: string | string[] | undefined): string {
  if (typeof asked !== 'string' || !asked.startsWith('/')) return home;
  const here = 'http://posthorn.invalid';
  if (!URL.canParse(asked, here)) return home;
  const { origin, pathname, search, hash } = new URL(asked, here);
  if (origin !== here || pathname.startsWith('//') || pathname.startsWith('/signin') || pathname.startsWith('/api'))
    return home;
  return pathname === '/' ? home : `${pathname}${search}${hash}`;
}
