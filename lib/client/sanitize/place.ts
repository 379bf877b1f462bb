import { type AddressRules, placeLink, placePicture } from './addresses.ts';
import { filterDeclarations } from './declarations.ts';
import { allowedRoles } from './policy.ts';
import { isKnownTracker } from './trackers.ts';

/** A picture that another server would have been asked for. */
export interface Held {
  url: string;
  /** Too small to be seen, or known for it: it would only tell the sender that the mail was opened. */
  isTracker: boolean;
  /** It stands in an element. What a style sheet asks for by window, pointer or press would tell of those, and stays held. */
  isShowable: boolean;
}

/** Goes over one sanitised element: its links lead out safely, its pictures are the mail's own or held back, its style is filtered. */
export function placeAddresses(element: HTMLElement, rules: AddressRules, held: Map<string, Held>): void {
  if (element.hasAttribute('style')) {
    filterDeclarations(element.style, (url, property) => placeOwnStyle(element, property, url, rules, held));
    // What the browser did not understand is still in the attribute; written anew it is gone.
    if (element.style.length === 0) element.removeAttribute('style');
    else element.setAttribute('style', element.style.cssText);
  }
  if (!allowedRoles.has((element.getAttribute('role') ?? '').toLowerCase())) element.removeAttribute('role');
  if (element.localName === 'a') placeAnchor(element);
  else element.removeAttribute('href');
  placeAttribute(element, 'background', rules, held);
  if (element.localName === 'img') placeAttribute(element, 'src', rules, held);
  else element.removeAttribute('src');
}

function placeAnchor(link: HTMLElement): void {
  const target = placeLink(link.getAttribute('href') ?? '');
  if (target === null) {
    link.removeAttribute('href');
    return;
  }
  link.setAttribute('href', target);
  if (target.startsWith('#')) return;
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
  link.setAttribute('title', target);
  // The innermost title is the one that is shown.
  for (const inner of link.querySelectorAll('[title]')) inner.removeAttribute('title');
}

function placeAttribute(
  element: HTMLElement,
  name: 'src' | 'background',
  rules: AddressRules,
  held: Map<string, Held>,
) {
  const address = element.getAttribute(name);
  if (address === null) return;
  const placed = placePicture(address, rules);
  if (placed !== null && 'show' in placed && name === 'src') {
    element.setAttribute(name, placed.show);
    return;
  }
  element.removeAttribute(name);
  if (placed === null) return;
  if ('show' in placed) {
    element.style.setProperty('background-image', `url(${JSON.stringify(placed.show)})`);
    return;
  }
  // Nothing would be seen of it, so nothing stands for it.
  if (name === 'src' && isKnownTracker(placed.held)) element.style.setProperty('display', 'none');
  hold(placed.held, name === 'src' && isInvisible(element) ? 'unseen' : 'element', held);
  if (name === 'src' || element.dataset.heldBackground === undefined)
    element.setAttribute(`data-held-${name}`, placed.held);
}

/** The same for an element's own style: what is held back of it is the background, as if by its attribute. */
function placeOwnStyle(
  element: HTMLElement,
  property: string,
  url: string,
  rules: AddressRules,
  held: Map<string, Held>,
): string | null {
  const placed = placePicture(url, rules);
  if (placed === null || 'show' in placed) return placed?.show ?? null;
  const isBackground = property === 'background-image';
  hold(placed.held, isBackground ? 'element' : 'sheet', held);
  if (isBackground) element.dataset.heldBackground = placed.held;
  return null;
}

function hold(url: string, place: 'element' | 'unseen' | 'sheet', held: Map<string, Held>): void {
  const known = held.get(url);
  const isShowable = !isKnownTracker(url) && (known?.isShowable === true || place === 'element');
  const isTracker = !isShowable && (isKnownTracker(url) || known?.isTracker === true || place === 'unseen');
  held.set(url, { url, isTracker, isShowable });
}

/** The address to show in a style sheet, or null; one of another server counts as held where it `isUsed`. */
export function placeInStyle(
  url: string,
  rules: AddressRules,
  isUsed: boolean,
  held: Map<string, Held>,
): string | null {
  const placed = placePicture(url, rules);
  if (placed === null) return null;
  if ('show' in placed) return placed.show;
  if (isUsed) hold(placed.held, 'sheet', held);
  return null;
}

function isInvisible(image: HTMLElement): boolean {
  const side = (name: 'width' | 'height') => Number.parseFloat(image.style[name] || image.getAttribute(name) || 'NaN');
  return (
    (side('width') <= 2 && side('height') <= 2) || image.style.display === 'none' || image.style.visibility === 'hidden'
  );
}
