/**
 * 双随机: which tickets are inspected and by whom. Everything follows from the seed and the list, so that anybody can
 * repeat the draw; nobody can choose.
 */

export interface Drawable {
  id: string
  /** The lead unit or the agent: with layers each gives its share. */
  layer: string
}

/** Numbers from 0 to 1 that follow from a text: xmur3 makes the state, sfc32 the numbers. */
export function randomOf(seed: string): () => number {
  let h = 1779033703 ^ seed.length
  for (const char of seed) {
    h = Math.imul(h ^ (char.codePointAt(0) ?? 0), 3432918353)
    h = (h << 13) | (h >>> 19)
  }
  const part = () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507)
    h = Math.imul(h ^ (h >>> 13), 3266489909)
    return (h ^= h >>> 16) >>> 0
  }
  let [a, b, c, d] = [part(), part(), part(), part()]
  const next = () => {
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 2 ** 32
  }
  // The first ones still look like the seed.
  for (let n = 0; n < 15; n += 1) next()
  return next
}

/** Every order is equally likely (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    ;[result[last], result[other]] = [result[other] as T, result[last] as T]
  }
  return result
}

/**
 * All of the population in the order in which they are drawn. With layers each layer's share of the first n is as its
 * share of the population to within two tickets, for every n. The order of the list that is given does not matter.
 */
export function drawOrder(population: readonly Drawable[], seed: string, hasLayers: boolean): Drawable[] {
  const random = randomOf(seed)
  const sorted = [...population].sort((x, y) => (x.id < y.id ? -1 : x.id > y.id ? 1 : 0))
  if (!hasLayers) return shuffled(sorted, random)
  const layers = new Map<string, Drawable[]>()
  for (const one of sorted) layers.set(one.layer, [...(layers.get(one.layer) ?? []), one])
  const names = [...layers.keys()].sort()
  // The k-th of a layer of n stands at (k - u) / n of the way, u by chance: each layer is spread evenly.
  return names
    .flatMap((name) => {
      const mixed = shuffled(layers.get(name) ?? [], random)
      const offset = random()
      return mixed.map((one, k) => ({ one, at: (k + offset) / mixed.length }))
    })
    .sort((x, y) => x.at - y.at || (x.one.id < y.one.id ? -1 : 1))
    .map(({ one }) => one)
}

export interface Candidate {
  id: string
  /** Whoever had a hand in it: never inspects it. */
  barred: ReadonlySet<string>
}

export interface Drawn {
  id: string
  inspectorId: string
}

/**
 * The first `size` tickets that somebody may inspect, each with one of the inspectors by chance; none has more than one
 * ticket more than he must.
 * @returns also those passed over because every inspector had a hand in them
 */
export function assignInspectors(
  candidates: readonly Candidate[],
  size: number,
  inspectorIds: readonly string[],
  seed: string,
): { drawn: Drawn[]; passedOver: string[] } {
  const random = randomOf(`${seed}|inspectors`)
  const people = [...new Set(inspectorIds)].sort()
  const load = new Map(people.map((id) => [id, 0]))
  const drawn: Drawn[] = []
  const passedOver: string[] = []
  for (const { id, barred } of candidates) {
    if (drawn.length >= size) break
    const free = people.filter((person) => !barred.has(person))
    const least = Math.min(...free.map((person) => load.get(person) ?? 0))
    const idle = free.filter((person) => load.get(person) === least)
    const inspectorId = idle[Math.floor(random() * idle.length)]
    if (inspectorId === undefined) passedOver.push(id)
    else {
      load.set(inspectorId, least + 1)
      drawn.push({ id, inspectorId })
    }
  }
  return { drawn, passedOver }
}
