import type { SanitizedMail } from './sanitize.ts';

const attributes = ['bgcolor', 'color', 'data-held-background', 'bordercolor'];
const properties = [
  'color',
  'background-color',
  'background-image',
  'box-shadow',
  'text-shadow',
  '-webkit-text-fill-color',
  '-webkit-text-stroke-color',
];

/** Lines are mostly grey and seen on any ground; black ones are not seen on a dark one. */
const edges = ['top', 'right', 'bottom', 'left'].map((side) => `border-${side}-color`);
const black = /^(?:black|rgb\(\d{1,2}, \d{1,2}, \d{1,2}\))$/;

/** True where the mail says nothing about colour, so that it can be read on the theme's own ground as well as on white. */
export function isColourless({ body, sheets }: SanitizedMail): boolean {
  const selector = attributes.map((name) => `[${name}]`).join(',');
  if (body.matches(selector) || body.querySelector(`${selector},img:not([data-held-src])`) !== null) return false;
  const styled = [body, ...body.querySelectorAll<HTMLElement>('[style]')];
  if (styled.some(({ style }) => setsColour(style))) return false;
  return sheets.every(
    (sheet) =>
      Array.from(sheet.cssRules).every(
        (rule) => !('style' in rule) || !setsColour(rule.style as CSSStyleDeclaration),
      ) && !Array.from(sheet.cssRules).some((rule) => 'cssRules' in rule && !('style' in rule)),
  );
}

function setsColour(style: CSSStyleDeclaration): boolean {
  if (edges.some((name) => black.test(style.getPropertyValue(name)))) return true;
  return properties.some((name) => {
    const value = style.getPropertyValue(name);
    return value !== '' && !['inherit', 'initial', 'transparent', 'none', 'currentcolor'].includes(value.toLowerCase());
  });
}
