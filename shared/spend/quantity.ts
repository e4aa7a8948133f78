import { decimal, everyDigit, SpendInputError, zero } from './decimal'

const unitValues: Record<string, number> = {
  '': 1,
  k: 1e3,
  K: 1e3,
  千: 1e3,
  万: 1e4,
  M: 1e6,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  G: 1e9,
  B: 1e9,
  十亿: 1e9,
  万亿: 1e12,
}

const part = /(\d[\d,]*(?:\.\d+)?)\s*(万亿|千万|百万|十亿|[kKMGB千万亿]?)/y
const thousands = /^\d{1,3}(,\d{3})+(\.\d+)?$/

/**
 * A number of tokens as people write it: `10M`, `1000万`, `1.5亿`, `1亿2000万`, full-width digits, commas between
 * thousands. Several parts only of falling Chinese units; the whole must be a whole number.
 * @returns every digit of it. @throws {SpendInputError} `notAQuantity`
 */
export function parseQuantity(typed: string, field = 'quantity'): string {
  const refused = new SpendInputError(field, 'notAQuantity')
  const text = typed.normalize('NFKC').trim()
  let total = zero
  let mayFollowBelow = Number.POSITIVE_INFINITY
  let position = 0
  while (position < text.length) {
    part.lastIndex = position
    const match = part.exec(text)
    const [found, digits = '', unit = ''] = match ?? []
    const unitValue = unitValues[unit] ?? Number.NaN
    if (!found || !(unitValue < mayFollowBelow) || (digits.includes(',') && !thousands.test(digits))) throw refused
    total = total.plus(decimal(digits.replaceAll(',', '')).times(unitValue))
    mayFollowBelow = unit === '' || /[A-Za-z]/.test(unit) ? 0 : unitValue
    position = part.lastIndex
    while (text[position] === ' ') position += 1
  }
  if (position === 0 || !total.round(0, 0).eq(total)) throw refused
  return everyDigit(total)
}
