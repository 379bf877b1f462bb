import { followTheme, isDarkTheme } from './follow-theme.ts';
import { turnPictures } from './frame-document.ts';

/**
 * Draws a mail that was made for white paper on a dark ground, for as long as the theme is dark: the frame is turned to its
 * negative with the hues kept, its pictures back again. Only a filter over what is there, so it changes nothing of the mail
 * and is gone when the returned function is called.
 */
export function darken(frame: HTMLIFrameElement): () => void {
  const draw = (isOn: boolean) => {
    if (frame.contentDocument !== null) turnPictures(frame.contentDocument, isOn);
    if (isOn) frame.dataset.negative = '';
    else delete frame.dataset.negative;
  };
  draw(isDarkTheme());
  const stop = followTheme(() => draw(isDarkTheme()));
  return () => {
    stop();
    draw(false);
  };
}

/**
 * Whether a negative would be dark: a mail that is written light on dark already would become glaring. Measured at what
 * covers most of it.
 */
export function isLightMail(outer: HTMLElement): boolean {
  const view = outer.ownerDocument.defaultView;
  if (view === null) return false;
  const whole = outer.offsetWidth * outer.offsetHeight;
  const grounds = [outer.ownerDocument.body, ...outer.querySelectorAll<HTMLElement>('table, td, div, center, section')];
  let ground = 1;
  for (const element of grounds.slice(0, mostGrounds)) {
    if (element.offsetWidth * element.offsetHeight < whole / 2) continue;
    ground = lightnessOf(view.getComputedStyle(element).backgroundColor) ?? ground;
  }
  return ground > 0.5;
}

const mostGrounds = 300;

/** 0 to 1; null for what lets the ground below shine through. */
export function lightnessOf(colour: string): number | null {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  if (!/^rgba?\(/.test(colour) || alpha < 0.5) return null;
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
