/** A name as a part of an address within the page; a lone surrogate, which no address can hold, becomes the replacement character. */
export function fragment(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '\uFFFD'));
}
