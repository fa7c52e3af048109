import type { Scene } from './step'
import type { Story } from './stories'

/** Two messages of one matter, played side by side: one waits for the other at two points. */
export interface Pair {
  /** The main ticket, as soon as it has come to where others may join; undefined: it never will. */
  main: Promise<Pick<Scene, 'view' | 'message' | 'number'> | undefined>
  ready(main: Scene | undefined): void
  /** The second one has joined, or never will. */
  whenDone: Promise<void>
  done(): void
  /** One of the two is over: the other waits for it no longer. */
  leave(): void
  joiner: Story
}

export function createPair(joiner: Story): Pair {
  const main = createPromise<Scene | undefined>()
  const done = createPromise<void>()
  const leave = () => {
    main.resolve(undefined)
    done.resolve()
  }
  return { joiner, main: main.promise, ready: main.resolve, whenDone: done.promise, done: done.resolve, leave }
}

function createPromise<T>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((fulfil) => {
    resolve = fulfil
  })
  return { promise, resolve }
}
