'use client';

import { parseTheme, themeCookie } from '@/components/ui/theme';
import { BrokenPage } from './broken-page';

/** The layout itself broke, with all that it holds: this stands in its place, in the theme that the device remembers. */
export default function BrokenRoot() {
  const cookies = typeof document === 'undefined' ? '' : document.cookie;
  const theme = parseTheme(
    cookies
      .split('; ')
      .find((one) => one.startsWith(themeCookie))
      ?.split('=')[1],
  );
  return (
    <html lang="en" dir="ltr" {...(theme === 'system' ? {} : { 'data-theme': theme })}>
      <body>
        <title>Posthorn</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <BrokenPage onReload={() => window.location.reload()} />
      </body>
    </html>
  );
}
