import { useEffect, useState } from 'react';
import { readySites, type SiteOf, warmSites } from './site.ts';

/** What tells one owner's hosts from another's; null while it is on its way. */
export function useSites(): SiteOf | null {
  const [siteOf, setSiteOf] = useState(readySites);
  useEffect(() => {
    let isGone = false;
    warmSites().then(
      (loaded) => {
        if (!isGone) setSiteOf(() => loaded);
      },
      (error: unknown) => console.error('public suffixes:', error),
    );
    return () => {
      isGone = true;
    };
  }, []);
  return siteOf;
}
