import BigConstructor from 'big.js'
import { type Amount, type Decimal, decimal, everyDigit, zero } from './decimal'

/** Rounded half up (ties away from zero) to that many digits behind the point: once, on the exact value, for display. */
export function rounded(value: Decimal, digits: number): string {
  const text = value.toFixed(digits, BigConstructor.roundHalfUp)
  return /^-[0.]+$/.test(text) ? text.slice(1) : text
}

/**
 * Money as it is shown, without its currency: two digits, four below 0.01, `<0.0001` below that, so that what costs
 * something is never shown as nothing.
 */
export function shownMoney(value: Decimal): string {
  if (value.gt(0) && value.lt('0.0001')) return '<0.0001'
  return rounded(value, value.gt(0) && value.lt('0.01') ? 4 : 2)
}

/** What a sum shows, beside what two other ways of rounding would have shown: the working of a figure tells them. */
export function roundedSum(amounts: readonly Amount[]) {
  const values = amounts.map((amount) => decimal(amount))
  const exact = values.reduce((sum, value) => sum.plus(value), zero)
  const sumOfRounded = values.reduce((sum, value) => sum.plus(rounded(value, 2)), zero)
  return {
    shown: shownMoney(exact),
    exact: everyDigit(exact),
    halfEven: exact.toFixed(2, BigConstructor.roundHalfEven),
    sumOfRounded: everyDigit(sumOfRounded),
  }
}
