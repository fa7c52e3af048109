/** 滨城住建 → bczj: the letters stand in the text in this order, others between them. */
export function hasInOrder(text: string, letters: string): boolean {
  let at = 0
  for (const letter of text) if (letter === letters[at]) at += 1
  return at === letters.length
}
