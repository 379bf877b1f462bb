import { hasDirectionOverride } from '../../text/bidi.ts';
import { safeFileName } from '../../text/file-name.ts';

/** What a file may do to whoever opens it: run, run macros, or show a page of its maker's. */
export type AttachmentRisk = 'program' | 'macros' | 'page';

const programs = words(`
  exe com bat cmd scr pif msi msp msix appx cpl dll hta jar jnlp js jse vbs vbe wsf wsh ws ps1 psm1 reg inf lnk url scf
  application gadget chm iso img vhd vhdx app dmg pkg command terminal workflow action sh run bin deb rpm appimage apk ipa
  desktop py pyw rb pl
`);
const macros = words('docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm one');
const pages = words('html htm xhtml shtml mht mhtml svg svgz xht');
/** Endings that people take for harmless; before a program's they only disguise it. */
const harmless =
  /\.(pdf|docx?|xlsx?|pptx?|odt|ods|txt|rtf|csv|jpe?g|png|gif|webp|mp[34]|zip|html?)[\s._\p{Default_Ignorable_Code_Point}\u2800-]*\.[^.]+$/iu;

/** By the ending of the name that it is saved under, since a system opens by that; null for what only its own program can read. */
export function riskOf(name: string | null): AttachmentRisk | null {
  const ending = /\.([a-z0-9]+)$/i.exec(safeFileName(name))?.[1]?.toLowerCase() ?? '';
  if (programs.has(ending)) return 'program';
  if (macros.has(ending)) return 'macros';
  return pages.has(ending) ? 'page' : null;
}

/** Whether a name is written to look like another kind of file: `invoice.pdf.exe`, or letters turned round. */
export function isDisguised(name: string | null): boolean {
  if (name === null) return false;
  return hasDirectionOverride(name) || (riskOf(name) === 'program' && (harmless.test(name) || / {3,}/.test(name)));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
