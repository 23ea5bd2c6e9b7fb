// A page's answer in two parts: the sentence that answers, and what the server says besides.

export interface Headline {
  answer: string;
  rest: string; // '' when the answer is all
}

// An answer of more letters than this is parted at its first semicolon.
const LONG = 120;

// Parts an answer after its first sentence; a long one after its first clause.
export function headline(said: string): Headline {
  const sentence = /[.!?] (?=[A-Z0-9'])/.exec(said);
  const end = sentence === null ? said.length : sentence.index + 1;
  const clause = said.indexOf('; ');
  if (end > LONG && clause > 0 && clause < end)
    return { answer: said.slice(0, clause), rest: upper(said.slice(clause + 2)) };
  return { answer: said.slice(0, end), rest: said.slice(end).trim() };
}

function upper(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
