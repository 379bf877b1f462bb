/** `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark';

/** The cookie by which the server draws the first paint in the right theme. It holds nothing else. */
export const themeCookie = 'posthorn-theme';

/** Reads a cookie's text; anything unknown is `system`. */
export function parseTheme(text: string | undefined): Theme {
  return text === 'light' || text === 'dark' ? text : 'system';
}

/** Draws the page in `theme` now, and remembers it on this device for the next first paint. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we support
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=31536000; samesite=lax`;
}
