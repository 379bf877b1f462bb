/** A new Message-ID on the person's own domain (RFC 5322 §3.6.4), without brackets; it names no machine. */
export function createMessageId(email: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  const random = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  return `${random}@${asciiHost(email.slice(email.lastIndexOf('@') + 1))}`;
}

function asciiHost(domain: string): string {
  const url = `https://${domain}`;
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host === '' ? 'localhost' : host;
}
