const svg = 'http://www.w3.org/2000/svg';
const fontSize = 12;
const letterWidth = 6.6;
const lineHeight = 16;

/**
 * Draws in the place of a picture that was held back: a quiet box of its size with its description in words. It stays an
 * `img`, so the mail is laid out as with the picture; invisible ones stay invisible.
 */
export function drawPlaceholder(image: HTMLImageElement): void {
  const given = { width: sideOf(image, 'width'), height: sideOf(image, 'height') };
  const alt = (image.getAttribute('alt') ?? '').trim();
  // A picture that gives way to a narrow screen is drawn smaller, its words must not be.
  const room = image.ownerDocument.documentElement.clientWidth;
  const scale = given.width !== null && room > 0 ? Math.max(1, given.width / room) : 1;
  const width = given.width ?? (alt === '' ? 120 : Math.min(360, alt.length * letterWidth + 24));
  const lines = wrap(alt, Math.max(1, Math.floor((width - 12) / (letterWidth * scale))));
  const height = given.height ?? (alt === '' ? 60 : lines.length * lineHeight * scale + 16);
  if (width <= 2 || height <= 2) {
    image.style.setProperty('visibility', 'hidden');
    return;
  }
  const drawn = picture(width, height, lines, scale);
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
}

/** A side in px where the mail gives one; a share of the width is left to the layout. */
function sideOf(image: HTMLImageElement, name: 'width' | 'height'): number | null {
  const text = image.style[name] || image.getAttribute(name) || '';
  const length = Number.parseFloat(text);
  return Number.isNaN(length) || /%|em|vw/.test(text) ? null : Math.min(2_000, length);
}

// Nodes, not text: the description is the mail's.
function picture(width: number, height: number, lines: readonly string[], scale: number): SVGElement {
  const leading = lineHeight * scale;
  const page = document.implementation.createDocument(svg, 'svg');
  const root = page.documentElement as unknown as SVGElement;
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) {
    root.setAttribute(name, String(value));
  }
  const add = (tag: string, attributes: Record<string, string | number>) => {
    const element = page.createElementNS(svg, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    root.append(element);
    return element;
  };
  add('rect', { width, height, rx: Math.min(4, height / 4), fill: '#808080', 'fill-opacity': 0.12 });
  const shown = lines.slice(0, Math.max(0, Math.floor((height - 4) / leading)));
  const top = height / 2 - ((shown.length - 1) * leading) / 2;
  shown.forEach((line, index) => {
    const text = add('text', {
      x: width / 2,
      y: top + index * leading,
      'text-anchor': 'middle',
      'dominant-baseline': 'central',
      'font-family': 'system-ui, sans-serif',
      'font-size': fontSize * scale,
      fill: '#757982',
    });
    text.textContent = line;
  });
  return root;
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else if (word !== '') lines.push(word);
  }
  return lines;
}
