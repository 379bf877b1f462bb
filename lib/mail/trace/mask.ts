/** What stands where something secret was: four dots, as all text of the wire in bytes as latin1. */
export const hidden = Buffer.from('••••', 'utf8').toString('latin1');

/** Takes one sign-in's secret out of lines of the wire. */
export interface Mask {
  /** `text` is bytes as latin1, and so is what it gives. Finds the secret within this text only, not across two. */
  hide(text: string): string;
  /** The longest form that is looked for: a text cut off may end in the beginning of one. */
  longest: number;
}

/**
 * Hides the secret as it is, as an IMAP quoted string has it (RFC 9051 §4.3), and in base64 with anything around it, as
 * SASL PLAIN, LOGIN, XOAUTH2 and OAUTHBEARER have it: the whole run of base64 goes.
 */
export function createMask(secret: string): Mask {
  const bytes = Buffer.from(secret, 'utf8');
  const plain = bytes.toString('latin1');
  const forms = [...new Set([plain, plain.replace(/["\\]/g, '\\$&')])].filter((form) => form !== '');
  const cores = coresOf(bytes);
  // Longer ones first, so that no form leaves the rest of another behind.
  forms.sort((one, other) => other.length - one.length);
  return {
    hide(text) {
      let safe = text;
      for (const core of cores) safe = hideRuns(safe, core);
      for (const form of forms) safe = safe.replaceAll(form, hidden);
      return safe;
    },
    longest: Math.max(0, ...[...forms, ...cores].map((form) => form.length)),
  };
}

const isBase64 = (character: string | undefined) => character !== undefined && /[A-Za-z0-9+/_=-]/.test(character);
/** Fewer characters are found in any text. */
const leastCore = 4;

/** The characters of base64 (RFC 4648 §4 and §5) that depend on these bytes alone, wherever in a group of three they begin. */
function coresOf(bytes: Buffer): string[] {
  const cores = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return encoded.slice(Math.ceil((8 * shift) / 6), Math.floor((8 * (shift + bytes.length)) / 6));
  });
  // A secret of one or two characters is known by its whole encoding only.
  const all = [...cores.filter((core) => core.length >= leastCore), bytes.toString('base64')];
  return [...new Set(all.flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')]))].filter(Boolean);
}

function hideRuns(text: string, core: string): string {
  let safe = '';
  let from = 0;
  for (let at = text.indexOf(core); at >= 0; at = text.indexOf(core, from)) {
    let start = at;
    let end = at + core.length;
    while (start > from && isBase64(text[start - 1])) start -= 1;
    while (isBase64(text[end])) end += 1;
    safe += text.slice(from, start) + hidden;
    from = end;
  }
  return safe + text.slice(from);
}
