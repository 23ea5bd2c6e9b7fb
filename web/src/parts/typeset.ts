// A server's sentence as it is set: no line broken between a number and its per cent, a minus that
// is as wide as a digit.

export function typeset(sentence: string): string {
  return sentence
    .replace(/(\d) (?=%)/g, '$1\u00a0')
    .replace(/(^|[\s(])-(?=[$€£]?\d)/g, '$1\u2212');
}
