import { lightnessOf } from './darken.ts';

const mostWritten = 200;

/**
 * Gives a ground to what is written in white on a picture that is held back, since it would be white on white. Below the
 * picture, once that is there.
 */
export function groundHeld(inner: HTMLElement): void {
  for (const element of inner.querySelectorAll<HTMLElement>('[data-held-background]'))
    if (isWhiteOnNothing(element)) element.classList.add('posthorn-unlit');
}

function isWhiteOnNothing(element: HTMLElement): boolean {
  const view = element.ownerDocument.defaultView;
  if (view === null || lightnessOf(view.getComputedStyle(element).backgroundColor) !== null) return false;
  const written = [element, ...element.querySelectorAll<HTMLElement>('*')].slice(0, mostWritten).filter(hasText);
  const isLight = (text: HTMLElement) => (lightnessOf(view.getComputedStyle(text).color) ?? 0) > 0.75;
  return written.length > 0 && written.every(isLight);
}

const hasText = ({ childNodes }: Node): boolean =>
  Array.from(childNodes).some((node) => node.nodeType === 3 && node.nodeValue?.trim() !== '');
