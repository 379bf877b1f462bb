/** Smaller, or paler than this on its ground, nobody reads it. */
const leastPixels = 4;
const leastDifference = 24;

/** The text of an element that a person sees: without what is too small, clipped away or of the colour of its ground. */
export function seenText(element: HTMLElement): string {
  const view = element.ownerDocument.defaultView;
  if (view === null) return '';
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = '';
  while (walker.nextNode() !== null)
    if (isSeen(walker.currentNode as Text, element, view)) text += walker.currentNode.nodeValue;
  return text;
}

function isSeen(text: Text, within: HTMLElement, view: Window): boolean {
  const range = text.ownerDocument.createRange();
  range.selectNodeContents(text);
  if (range.getBoundingClientRect().height < leastPixels) return false;
  for (let at = text.parentElement; at !== null && at !== within; at = at.parentElement) {
    const { opacity, visibility, overflow } = view.getComputedStyle(at);
    if (Number(opacity) < 0.15 || visibility !== 'visible') return false;
    if (overflow !== 'visible' && Math.min(at.offsetWidth, at.offsetHeight) < leastPixels) return false;
  }
  const parent = text.parentElement ?? within;
  return !isOfItsGround(view.getComputedStyle(parent).color, groundOf(parent, view));
}

const channelsOf = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);

function isOfItsGround(colour: string, ground: number[]): boolean {
  const [red = 0, green = 0, blue = 0, alpha = 1] = channelsOf(colour);
  const difference = Math.max(...[red, green, blue].map((channel, at) => Math.abs(channel - (ground[at] ?? 0))));
  return difference * alpha < leastDifference;
}

/** What a mail is drawn on that says so; white paper where it does not. */
function groundOf(element: HTMLElement, view: Window): number[] {
  for (let at: HTMLElement | null = element; at !== null; at = at.parentElement) {
    const channels = channelsOf(view.getComputedStyle(at).backgroundColor);
    if ((channels[3] ?? 1) >= 0.5) return channels;
  }
  return [255, 255, 255];
}
