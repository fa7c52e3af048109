/** Only the newest question counts; an older one's answer is dropped, and a failure changes nothing. */
export function latest<Q, A>(ask: (question: Q) => Promise<A>, take: (answer: A) => void) {
  let turn = 0
  return (question: Q): void => {
    const mine = ++turn
    ask(question).then(
      (answer) => mine === turn && take(answer),
      () => undefined,
    )
  }
}
