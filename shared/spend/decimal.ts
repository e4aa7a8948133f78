import BigConstructor, { type Big } from 'big.js'

/** Exact decimals: sums and products keep every digit, a quotient has 60. Nothing is rounded but by `rounding.ts`. */
const Exact = BigConstructor()
Exact.DP = 60
Exact.RM = BigConstructor.roundHalfUp

export type Decimal = Big

/** A number as it was typed or stored: text keeps every digit, a number those that it prints. */
export type Amount = string | number | Decimal

/** Why an input cannot be calculated with; `field` is the name of the input as its function takes it. */
export class SpendInputError extends Error {
  constructor(
    readonly field: string,
    readonly reason:
      | 'notANumber'
      | 'negative'
      | 'notPositive'
      | 'notAShare'
      | 'notWhole'
      | 'cachedAboveInput'
      | 'notAQuantity',
  ) {
    super(`${field}: ${reason}`)
  }
}

const decimalText = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?$/

/** The decimal that a text or a number stands for. @throws {SpendInputError} `notANumber` */
export function decimal(amount: Amount, field = 'amount'): Decimal {
  if (typeof amount === 'object') return amount
  const text = String(amount).trim()
  if (!decimalText.test(text)) throw new SpendInputError(field, 'notANumber')
  return new Exact(text)
}

/** @throws {SpendInputError} `notANumber`, `negative` */
export function notNegative(amount: Amount, field: string): Decimal {
  const value = decimal(amount, field)
  if (value.lt(0)) throw new SpendInputError(field, 'negative')
  return value
}

/** @throws {SpendInputError} `notANumber`, `notPositive` */
export function positive(amount: Amount, field: string): Decimal {
  const value = decimal(amount, field)
  if (value.lte(0)) throw new SpendInputError(field, 'notPositive')
  return value
}

/** A share from 0 to 1. @throws {SpendInputError} `notANumber`, `notAShare` */
export function share(amount: Amount, field: string): Decimal {
  const value = decimal(amount, field)
  if (value.lt(0) || value.gt(1)) throw new SpendInputError(field, 'notAShare')
  return value
}

/** A whole number from 0. @throws {SpendInputError} `notANumber`, `negative`, `notWhole` */
export function whole(amount: Amount, field: string): Decimal {
  const value = notNegative(amount, field)
  if (!value.round(0, BigConstructor.roundDown).eq(value)) throw new SpendInputError(field, 'notWhole')
  return value
}

/** Every digit of a decimal as text, without an exponent and without zeros at its end. */
export const everyDigit = (value: Decimal): string => value.toFixed()

export const zero = decimal(0)
export const one = decimal(1)
export const perMillion = decimal(1_000_000)
