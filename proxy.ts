import { type NextRequest, NextResponse } from 'next/server';
import { pagePolicy } from '@/lib/api/content-policy';

/** Gives every page a content policy with a nonce of its own; Next puts the nonce on its scripts. Authorises nothing. */
export function proxy(request: NextRequest): NextResponse {
  // The optimiser is off; its address must not even parse a request.
  if (request.nextUrl.pathname.startsWith('/_next/image')) return new NextResponse(null, { status: 404 });
  const nonce = btoa(crypto.randomUUID());
  const policy = pagePolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('X-Frame-Options', 'DENY');
  if (process.env.AUTH_URL?.startsWith('https:')) {
    response.headers.set('Strict-Transport-Security', 'max-age=31536000');
  }
  return response;
}

export const config = {
  // Not the API (bodies over 10 MB would be cut here) and not the mail frame: their policies are their own. Not Next's files.
  matcher: ['/((?!api/|_next/|frame$|metrics$).*)', '/_next/image'],
};
