import type { Config, DOMPurify } from 'dompurify';
import type { AddressRules } from './addresses.ts';
import { type Held, placeAddresses, placeInStyle } from './place.ts';
import { allowedAttributes, allowedTags } from './policy.ts';
import { buildStyleSheet } from './stylesheet.ts';

export interface SanitizedMail {
  /** In a document without a window: nothing in it loads before it is adopted elsewhere. */
  body: HTMLElement;
  /** Made for the window that was given; not adopted yet. */
  sheets: CSSStyleSheet[];
  /** Addresses of pictures that were held back, each once. */
  held: Held[];
  /** It would have asked for something to be typed in; that is taken out. */
  hasForm: boolean;
}

const config: Config = {
  ALLOWED_TAGS: allowedTags,
  ALLOWED_ATTR: allowedAttributes,
  ALLOWED_NAMESPACES: ['http://www.w3.org/1999/xhtml'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|cid:|#|\/\/|[^a-z]|[a-z+.-]+(?:[^a-z+.:-]|$))/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: false,
};

const fields = 'input:not([type=hidden i], [type=submit i], [type=button i], [type=image i]), textarea, select';

let loading: Promise<DOMPurify> | undefined;
const purifiers = new WeakMap<Window, DOMPurify>();

/** Fetches DOMPurify ahead of the first HTML mail. */
export function warmSanitizer(): Promise<DOMPurify> {
  loading ??= import('dompurify').then((module) => module.default);
  return loading;
}

/** DOMPurify on the classes of `view`; one for each frame. */
async function purifierOf(view: Window & typeof globalThis): Promise<DOMPurify> {
  const createPurifier = await warmSanitizer();
  const known = purifiers.get(view) ?? createPurifier(view);
  if (!known.isSupported) throw new TypeError('DOMPurify does not work in this browser');
  purifiers.set(view, known);
  return known;
}

/**
 * Makes the HTML of one body part safe to show in `view`, a window without scripts. The mail's style sheets are taken out
 * first and go through the CSSOM; the elements go through DOMPurify; then links and pictures are placed. The result is
 * nodes and sheets: at no point is sanitised HTML or CSS turned back into text.
 */
export async function sanitizeMail(
  html: string,
  view: Window & typeof globalThis,
  rules: AddressRules,
): Promise<SanitizedMail> {
  return (await createSanitizer(view))(html, rules);
}

/** The same, ready to be called again and again without a wait, as an editor needs it. */
export async function createSanitizer(
  view: Window & typeof globalThis,
): Promise<(html: string, rules: AddressRules) => SanitizedMail> {
  const purify = await purifierOf(view);
  return (html, rules) => sanitizeWith(purify, html, view, rules);
}

function sanitizeWith(
  purify: DOMPurify,
  html: string,
  view: Window & typeof globalThis,
  rules: AddressRules,
): SanitizedMail {
  // Parsed on the frame's side: a parsed document takes over the policy of its window, and the app's allows no mail's style.
  const source = new view.DOMParser().parseFromString(html, 'text/html');
  const css = Array.from(source.querySelectorAll('style'), (style) => {
    style.remove();
    return appliesToScreens(style) ? (style.textContent ?? '') : '';
  });
  const hasForm = source.querySelector(fields) !== null;
  // A body goes in, so a body comes out, of an inert document of DOMPurify's.
  const body = purify.sanitize(source.body, { ...config, RETURN_DOM: true }) as HTMLBodyElement;

  const held = new Map<string, Held>();
  for (const element of [body, ...body.querySelectorAll<HTMLElement>('*')]) {
    placeAddresses(element, rules, held);
  }
  const sheets = css
    .filter((text) => text.trim() !== '')
    .map((text) =>
      buildStyleSheet(text, view, (url, selector) => placeInStyle(url, rules, matches(body, selector), held)),
    );
  return { body, sheets, held: [...held.values()], hasForm };
}

function matches(body: HTMLElement, selector: string): boolean {
  return body.matches(selector) || body.querySelector(selector) !== null;
}

function appliesToScreens(style: HTMLStyleElement): boolean {
  const media = style.getAttribute('media');
  return media === null || media.trim() === '' || /\b(?:all|screen)\b/i.test(media);
}
