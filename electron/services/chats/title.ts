const longestTitle = 48

/** A chat's first title: the first words of its first question, on one line and free of Markdown's marks. */
export function titleOf(question: string): string {
  const line =
    question
      .split('\n')
      .map((text) => text.replace(/^[\s#>*`~-]+/, '').trim())
      .find((text) => text !== '') ?? question.trim()
  const clean = line.replace(/\s+/g, ' ')
  const characters = [...clean]
  if (characters.length <= longestTitle) return clean
  const cut = characters.slice(0, longestTitle).join('')
  const lastBlank = cut.lastIndexOf(' ')
  return `${(lastBlank > longestTitle / 2 ? cut.slice(0, lastBlank) : cut).trimEnd()}…`
}
