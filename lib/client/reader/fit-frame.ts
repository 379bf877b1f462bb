/** A mail is scaled down to this at the least; what is still wider is scrolled inside its frame. */
const smallestZoom = 0.45;
/** Smaller than this a mail is written for nobody: what is wide in it is scrolled by itself, and the rest left as it is. */
const legibleZoom = 0.55;
/** A mail that grows without end with its own frame is left at this height, with a scrollbar. */
const mostFits = 200;

/**
 * Keeps the frame as high as its mail and the mail as wide as its frame: a mail that is too wide is first let flow, then
 * scaled, or what is wide in it scrolled sideways, and never cut off. `scale` is how large the mail is written where there is room. Gives the
 * function that stops it.
 */
export function fitFrame(frame: HTMLIFrameElement, outer: HTMLElement, inner: HTMLElement, scale: number): () => void {
  const page = outer.ownerDocument;
  let fits = 0;
  let fittedWidth = 0;
  let contentWidth = 0;

  const fit = () => {
    fits += 1;
    if (fits > mostFits) {
      page.documentElement.style.setProperty('overflow', 'auto', 'important');
      return;
    }
    const width = page.documentElement.clientWidth;
    if (width === 0) return;
    if (width !== fittedWidth || outer.scrollWidth !== contentWidth) {
      fitWidth(outer, inner, width, scale);
      fittedWidth = width;
      contentWidth = outer.scrollWidth;
    }
    const height = `${Math.ceil(outer.scrollHeight)}px`;
    if (frame.style.height !== height) frame.style.height = height;
  };

  fit();
  const observer = new ResizeObserver(fit);
  observer.observe(outer);
  observer.observe(inner);
  observer.observe(frame);
  // A picture of the mail has no size before it is here, and its load event does not bubble.
  page.addEventListener('load', fit, true);
  return () => {
    observer.disconnect();
    page.removeEventListener('load', fit, true);
  };
}

function fitWidth(outer: HTMLElement, inner: HTMLElement, width: number, scale: number): void {
  inner.style.zoom = scale === 1 ? '' : String(scale);
  inner.classList.remove('posthorn-fluid');
  for (const block of inner.querySelectorAll('.posthorn-wide')) block.classList.remove('posthorn-wide');
  const natural = outer.scrollWidth;
  if (natural <= width + 1) return;
  inner.classList.add('posthorn-fluid');
  const fluid = outer.scrollWidth;
  if (fluid <= width + 1) return;
  const isFarTooWide = width / Math.min(fluid, natural) < legibleZoom;
  if (fluid >= natural && !isFarTooWide) inner.classList.remove('posthorn-fluid');
  if (isFarTooWide) scrollWide(inner, width / scale);
  if (outer.scrollWidth <= width + 1) return;
  // Text does not shrink quite as its box does, so the first answer may be a hair too wide.
  let zoom = (scale * width) / outer.scrollWidth;
  for (let tries = 0; tries < 3; tries += 1) {
    zoom = Math.max(smallestZoom, zoom);
    inner.style.zoom = String(zoom);
    if (outer.scrollWidth <= width || zoom === smallestZoom) return;
    zoom *= (width / outer.scrollWidth) * 0.998;
  }
}

/** The innermost blocks that are wider than `room`, and not only as wide as what stands around them: a table of figures, a log. */
function scrollWide(inner: HTMLElement, room: number): void {
  const wide = Array.from(inner.querySelectorAll<HTMLElement>('table, pre, div, p, ul, ol')).filter(
    (block) => block.scrollWidth > room && (block.matches('table, pre') || block.scrollWidth > block.clientWidth + 1),
  );
  const around = new Set<Element>();
  for (const block of wide)
    for (let above = block.parentElement; above !== null && !around.has(above); above = above.parentElement)
      around.add(above);
  const margin = 2 * Number.parseFloat(getComputedStyle(inner).paddingInlineStart);
  inner.style.setProperty('--posthorn-room', `${room - margin}px`);
  for (const block of wide) if (!around.has(block)) block.classList.add('posthorn-wide');
}
