'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { whenIdle } from '@/lib/client/reader/when-idle';

/**
 * While the password is being typed, the inbox is fetched; after the sign-in page has all it needs. Mounted in the layout: what a
 * page fetches lacks what that page has already, and would not be the very scripts of the inbox's own page.
 */
export function WarmInbox(): null {
  const isSigningIn = usePathname() === '/signin';
  useEffect(() => (isSigningIn ? whenIdle(() => void import('./mail-root')) : undefined), [isSigningIn]);
  return null;
}
