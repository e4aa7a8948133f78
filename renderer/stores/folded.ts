/** A watch that tells the whole once and then what is new, as the whole after each change. */
export async function* folded<Change, Whole>(
  changes: AsyncIterable<Change>,
  fold: (before: Whole | null, change: Change) => Whole | null,
): AsyncGenerator<Whole, void, void> {
  let whole: Whole | null = null
  for await (const change of changes) {
    whole = fold(whole, change)
    if (whole !== null) yield whole
  }
}
