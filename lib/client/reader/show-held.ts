/** Where our picture proxy answers; whatever else an address may be, nothing is asked for at it. */
const ours = /^\/api\/accounts\/[^/]+\/remote-image\?/;

/**
 * Puts pictures that were held back into their places, at the addresses of our proxy in `hrefs`. What has none there
 * stays held. One that does not come is told to `onMissing`.
 */
export function showHeld(
  page: ParentNode,
  hrefs: ReadonlyMap<string, string>,
  onMissing: (image: HTMLImageElement, url: string) => void,
): void {
  const hrefOf = (url: string | undefined) => {
    const href = hrefs.get(url ?? '');
    return href !== undefined && ours.test(href) ? href : null;
  };
  for (const image of page.querySelectorAll<HTMLImageElement>('img[data-held-src]')) {
    const url = image.dataset.heldSrc ?? '';
    const href = hrefOf(url);
    if (href === null) continue;
    delete image.dataset.heldSrc;
    image.addEventListener('error', () => onMissing(image, url), { once: true });
    image.src = href;
  }
  for (const element of page.querySelectorAll<HTMLElement>('[data-held-background]')) {
    const href = hrefOf(element.dataset.heldBackground);
    if (href === null) continue;
    delete element.dataset.heldBackground;
    element.style.setProperty('background-image', `url(${JSON.stringify(href)})`);
  }
}
