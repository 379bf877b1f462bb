import { allowedFunctions, isAllowedProperty } from './policy.ts';

/** What becomes of an address in CSS: another one to show, or null to drop the declaration. */
export type UrlRule = (url: string, property: string) => string | null;

// As the CSSOM writes values (CSSOM §6.7.2): strings and addresses in quotes, escapes resolved.
const quoted = /"(?:[^"\\]|\\[\s\S])*"/g;
const soleUrl = /^url\("((?:[^"\\]|\\[\s\S])*)"\)$/;
const functionName = /([^\s,()/]*)\(/g;
// A length of the window's height in a frame as high as its content would grow without end. Those of a container are the
// window's where there is none (CSS Conditional 5 §6.1), and no mail may make one.
const windowHeight = /\d(?:[sld]?v(?:h|min|max|b)|cq(?:h|min|max|b))\b/;

/**
 * Drops from `style`, in place, every declaration that is not allowed. Values are read as the browser's own parser has
 * understood them, so that no spelling of `url(` passes; one that is not understood yet (`var()`) is dropped.
 */
export function filterDeclarations(style: CSSStyleDeclaration, urlRule: UrlRule): void {
  for (const name of Array.from(style)) {
    const value = style.getPropertyValue(name);
    if (!isAllowedProperty(name) || !isAllowedPlace(name, value)) {
      style.removeProperty(name);
      continue;
    }
    if (isAllowedValue(value)) continue;
    const address = soleUrl.exec(value)?.[1];
    const shown = address === undefined || !/\\/.test(address) ? (address && urlRule(address, name)) || null : null;
    if (shown === null) style.removeProperty(name);
    else style.setProperty(name, `url(${JSON.stringify(shown)})`, style.getPropertyPriority(name));
  }
}

function isAllowedValue(value: string): boolean {
  // A longhand whose shorthand waits for var() has no value of its own (CSS Variables §3.3).
  if (value === '') return false;
  const bare = value.replace(quoted, '""');
  if (bare.includes('\\') || windowHeight.test(bare)) return false;
  return Array.from(bare.matchAll(functionName)).every(
    ([, name]) => allowedFunctions.has((name ?? '').toLowerCase()) || name === '',
  );
}

function isAllowedPlace(name: string, value: string): boolean {
  // What is written backwards reads as something else than it says, an address above all.
  if (name === 'unicode-bidi') return !value.includes('override');
  return name !== 'position' || value === 'static' || value === 'relative' || value === 'absolute';
}
