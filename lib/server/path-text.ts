/**
 * The address of a request, or one that is nothing where its path is not percent-encoded text (RFC 3986 §2.1): Next
 * decodes without asking and ends in a 500 of its own; this way it is not found, by the API or by a page.
 */
export function readableAddress(address: string): string {
  const path = address.split('?', 1)[0] ?? '';
  try {
    decodeURIComponent(path);
    return address;
  } catch {
    return path.startsWith('/api/') ? '/api/not-text' : '/not-text';
  }
}
