import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignIn } from '@/components/owners/sign-in';
import { currentSession } from '@/lib/server/session';
import { nextPath } from './next-path';
import { readOffer } from './offer';

export const metadata: Metadata = { title: 'Sign in' };

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[]; ended?: string }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, ended } = await searchParams;
  const to = nextPath(next);
  const request = new Request('http://posthorn.invalid/', { headers: await headers() });
  if ((await currentSession(request)) !== null) redirect(to);
  return <SignIn next={to} hasEnded={ended !== undefined} {...readOffer()} />;
}
