import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { WarmInbox } from '@/components/owners/warm-inbox';
import { MenuHost } from '@/components/ui/menu';
import { QuestionHost } from '@/components/ui/question';
import { parseTheme, themeCookie } from '@/components/ui/theme';
import { ToastHost } from '@/components/ui/toast';
import { TooltipHost } from '@/components/ui/tooltip';
import { Words } from '@/components/ui/words';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Posthorn', template: '%s · Posthorn' },
  description: 'Webmail for your own mail server',
  applicationName: 'Posthorn',
  manifest: '/manifest.webmanifest',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false, date: false },
  appleWebApp: { capable: true, title: 'Posthorn', statusBarStyle: 'default' },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f6f3' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1115' },
  ],
};

/** The theme is known from a cookie on the server, so the first paint is right and needs no script. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" dir="ltr" {...(theme === 'system' ? {} : { 'data-theme': theme })} suppressHydrationWarning>
      <head>
        {/* Not of the metadata: those are taken out and put in again with every page, and the icon asked for again. */}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" sizes="any" />
      </head>
      <body>
        <Words>
          {children}
          <ToastHost />
          <MenuHost />
          <QuestionHost />
          <TooltipHost />
          <WarmInbox />
        </Words>
      </body>
    </html>
  );
}
