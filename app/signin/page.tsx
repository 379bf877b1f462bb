import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignIn } from '@/components/owners/sign-in';
import { isSignedIn, readOffer } from '@/lib/api/sign-in-page';
import { nextPath } from './next-path';

export const metadata: Metadata = { title: 'Sign in' };

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[]; ended?: string }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, ended } = await searchParams;
  const to = nextPath(next);
  if (await isSignedIn(await headers())) redirect(to);
  return <SignIn next={to} hasEnded={ended !== undefined} {...readOffer()} />;
}
